import { parse } from "../../grammar/parse.ts";
import { print } from "../../src/ast/print.ts";

test("a tree prints as the text that it was read from", () => {
  const text = "\ufeffA\t b \\\r\n  c\r\n\n<D>\n  # e \\\n f\n</D >\n<Perl>\n$x;\n</Perl>\nlast";
  expect(print(parse(text, "1.3"))).toBe(text);
});

test("what is printed comes from the lines", () => {
  const tree = parse("a\nb\nc\n", "2.4");
  expect(print({ ...tree, lines: tree.lines.slice(1) })).toBe("b\nc\n");
});
