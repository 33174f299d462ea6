import fc from "fast-check";
import {
  expandLine,
  lineText,
  logicalLine,
  plainLine,
  sliceLine,
  sourceEnd,
  sourceStart,
} from "../../grammar/logical-line.ts";
import { parse } from "../../grammar/parse.ts";
import { splitWords } from "../../grammar/words.ts";
import { nastyText } from "./nasty-text.ts";

const variables = new Map([
  ["A", "one two"],
  ["B", '"x'],
  ["EMPTY", ""],
  ["SELF", "${SELF}"],
  ["LONG", "abcdefg"],
]);
const lookup = (name: string): string | undefined => variables.get(name);

test("continuations are joined with the blanks around them", () => {
  const text = "a \\\n  b\\\r\nc";
  const line = logicalLine(text, 0, text.length, "2.4");
  expect(line.text).toBe("a   bc");
  expect(sourceStart(line, 4)).toBe(text.indexOf("b"));
  expect(sourceStart(line, 5)).toBe(text.indexOf("c"));
  expect(sourceEnd(line, 5)).toBe(text.indexOf("b") + 1);
  expect(sourceEnd(line, 6)).toBe(text.length);
});

test("the text of a whole line has no blanks at its ends", () => {
  const tree = parse("  A \\\n b \n", "1.3");
  const line = tree.lines[0];
  expect(line && lineText(tree, line).text).toBe("A  b");
});

test("every character maps to one like it in the source, in order", () => {
  fc.assert(
    fc.property(nastyText, fc.constantFrom("1.3" as const, "2.4" as const), (text, dialect) => {
      const tree = parse(text, dialect);
      for (const line of tree.lines) {
        if (line.kind === "raw") continue;
        const logical = lineText(tree, line);
        let last = line.start - 1;
        for (let at = 0; at < logical.text.length; at += 1) {
          const source = sourceStart(logical, at);
          expect(text[source]).toBe(logical.text[at]);
          expect(sourceEnd(logical, at + 1)).toBe(source + 1);
          expect(source).toBeGreaterThan(last);
          expect(source).toBeLessThan(line.end);
          last = source;
        }
      }
    }),
  );
});

test("name and arguments together are the logical line", () => {
  fc.assert(
    fc.property(nastyText, fc.constantFrom("1.3" as const, "2.4" as const), (text, dialect) => {
      const tree = parse(text, dialect);
      for (const line of tree.lines) {
        if (line.kind !== "directive") continue;
        const args = logicalLine(text, line.argsStart, line.argsEnd, dialect).text;
        expect(lineText(tree, line).text.endsWith(args)).toBe(true);
        const first = splitWords(lineText(tree, line), dialect)[0];
        expect(first?.start).toBe(line.nameStart);
        expect([line.name, `${line.name}>`]).toContain(first?.value);
      }
    }),
  );
});

describe("variables", () => {
  const expanded = (text: string): string => expandLine(plainLine(text, 0, text.length), lookup).text;

  test("are replaced before there are words, so blanks and quotes of values count", () => {
    const line = expandLine(plainLine("X ${A} ${B} y", 0, 13), lookup);
    expect(line.text).toBe('X one two "x y');
    expect(splitWords(line, "2.4").map((word) => [word.value, word.start, word.end])).toEqual([
      ["X", 0, 1],
      ["one", 2, 6],
      ["two", 2, 6],
      ["x y", 7, 13],
    ]);
  });

  test.each([
    ["unknown ones stay", "${NO} ${A}", "${NO} one two"],
    ["values are not looked at again", "${SELF}", "${SELF}"],
    ["an empty value leaves nothing", "a${EMPTY}b${EMPTY}", "ab"],
    ["a reference ends at the first brace", "${A${A}}", "${A${A}}"],
    ["a reference without end is text", "${A ${A", "${A ${A"],
    ["a dollar alone is text", "$A $ ${A}$", "$A $ one two$"],
    ["an empty name can be asked for", "${}", "${}"],
  ])("%s", (_, text, result) => {
    expect(expanded(text)).toBe(result);
  });

  test("a value as long as its reference still stands for all of it", () => {
    const line = expandLine(plainLine("${LONG}", 0, 7), () => "ab cdef");
    expect(splitWords(line, "2.4").map((word) => [word.start, word.end])).toEqual([
      [0, 7],
      [0, 7],
    ]);
  });

  test("the lookup learns where the reference stands, also across continuations", () => {
    const text = "X ${\\\nA} y";
    const seen: unknown[] = [];
    const line = expandLine(logicalLine(text, 0, text.length, "2.4"), (name, span) => {
      seen.push([name, text.slice(span.start, span.end)]);
      return "v";
    });
    expect(seen).toEqual([["A", "${\\\nA}"]]);
    expect(line.text).toBe("X v y");
    expect(text.slice(sourceStart(line, 4), sourceEnd(line, 5))).toBe("y");
  });

  test("a line with many references that never end returns", () => {
    const text = "${".repeat(200_000);
    expect(expanded(text)).toBe(text);
    expect(expanded("${A}".repeat(100_000)).length).toBe(700_000);
  });
});

test("a slice keeps the way back to the source", () => {
  const text = "ab\\\ncd\\\nef";
  const line = logicalLine(text, 0, text.length, "2.4");
  const slice = sliceLine(line, 1, 5);
  expect(slice.text).toBe("bcde");
  expect([0, 1, 2, 3].map((at) => text[sourceStart(slice, at)])).toEqual(["b", "c", "d", "e"]);
  expect(sourceEnd(slice, 4)).toBe(9);
  expect(sliceLine(line, 6, 6).text).toBe("");
});
