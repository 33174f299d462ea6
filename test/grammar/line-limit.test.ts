import { Buffer } from "node:buffer";
import fc from "fast-check";
import { dialects, type Dialect } from "../../grammar/dialect.ts";
import { lineText } from "../../grammar/logical-line.ts";
import { parse } from "../../grammar/parse.ts";
import { encode } from "../../src/source/encoding.ts";

const cutsOf = (text: string, dialect: Dialect): number[] => parse(text, dialect).cut.map((line) => line.end);
const linesOf = (text: string, dialect: Dialect): string[] =>
  parse(text, dialect).lines.map((line) => text.slice(line.start, line.end));

test("2.4 takes a line of any length, the others cut it after 8191 bytes", () => {
  const text = `A ${"b".repeat(9000)}\nC\n`;
  expect(linesOf(text, "2.4")).toHaveLength(2);
  for (const dialect of dialects.slice(0, 3)) {
    expect(linesOf(text, dialect)).toEqual([text.slice(0, 8191), text.slice(8191, 9003), "C\n"]);
    expect(cutsOf(text, dialect)).toEqual([8191]);
  }
});

test("a line feed that does not fit is a line of its own", () => {
  const fits = "a".repeat(8190);
  expect(linesOf(`${fits}\nb\n`, "1.3")).toEqual([`${fits}\n`, "b\n"]);
  expect(cutsOf(`${fits}\nb\n`, "1.3")).toEqual([]);
  expect(linesOf(`${fits}a\nb\n`, "1.3")).toEqual([`${fits}a`, "\n", "b\n"]);
  expect(cutsOf(`${fits}a`, "1.3")).toEqual([]);
});

test("joined lines share the buffer, without their backslashes and line feeds", () => {
  const part = "a".repeat(4000);
  expect(linesOf(`${part}\\\n${part}\\\nb\n`, "1.3")).toHaveLength(1);
  const text = `${part}\\\n${part}\\\n${"b".repeat(191)}c\n`;
  expect(linesOf(text, "1.3").map((line) => line.length)).toEqual([8004 + 191, 2]);
  expect(cutsOf(text, "1.3")).toEqual([8195]);
});

test("a cut through a continuation ends it, one between two backslashes makes one", () => {
  const text = `${"a".repeat(8190)}\\\nb\nc\n`;
  expect(linesOf(text, "1.3")).toEqual([`${"a".repeat(8190)}\\`, "\n", "b\n", "c\n"]);
  const escaped = `${"a".repeat(8190)}\\\\\nb\nc\n`;
  expect(linesOf(escaped, "1.3")).toEqual([`${"a".repeat(8190)}\\`, "\\\nb\n", "c\n"]);
  const second = parse(escaped, "1.3").lines[1];
  expect(second && lineText(parse(escaped, "1.3"), second).text).toBe("b");
});

test("bytes count, not characters, and no character is split", () => {
  expect(cutsOf("é".repeat(5000), "1.3")).toEqual([4095]);
  expect(cutsOf("漢".repeat(3000), "1.3")).toEqual([2730]);
  expect(cutsOf("😀".repeat(2100), "1.3")).toEqual([2 * 2047]);
  expect(cutsOf("\udc80".repeat(8200), "1.3")).toEqual([8191]);
});

test("sections and comments behind a cut are read as such", () => {
  const tree = parse(`#${"x".repeat(8190)}<A>\n</A>\n${"y".repeat(8191)}# z\n`, "1.3");
  expect(tree.lines.map((line) => line.kind)).toEqual(["comment", "open", "close", "directive", "comment"]);
  expect(tree.children.map((node) => node.kind)).toEqual(["comment", "section", "directive", "comment"]);
});

test("no line holds more than the buffer, and every character is in one", () => {
  const piece = fc.constantFrom(
    "\\\n",
    "\n",
    "\\",
    "a".repeat(2000),
    "é".repeat(1500),
    "a".repeat(8191),
    " ",
    "\0",
    "\\\\\n",
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 30 }), (parts) => {
      const text = parts.join("");
      const tree = parse(text, "1.3");
      let end = 0;
      for (const line of tree.lines) {
        expect(line.start).toBe(end);
        end = line.end;
        expect(Buffer.byteLength(encode(lineText(tree, line).text))).toBeLessThanOrEqual(8191);
      }
      expect(end).toBe(text.length);
    }),
  );
});
