import fc from "fast-check";
import { dialects, type Dialect } from "../../grammar/dialect.ts";
import { plainLine } from "../../grammar/logical-line.ts";
import { nextWord, splitWords } from "../../grammar/words.ts";

const values = (text: string, dialect: Dialect): string[] =>
  splitWords(plainLine(text, 0, text.length), dialect).map((word) => word.value);

const table: Record<string, { text: string; words: string[] }> = {
  "nothing but blanks": { text: " \t\f\v\r", words: [] },
  "every blank of C separates": { text: "a\tb\fc\vd\re  f", words: ["a", "b", "c", "d", "e", "f"] },
  "both quotes": { text: `"a b" 'c d'`, words: ["a b", "c d"] },
  "the other quote inside": { text: `"it's" 'a"b'`, words: ["it's", 'a"b'] },
  "escaped quotes of the same kind only": { text: `"a \\" b" 'c\\'d' "e\\'f"`, words: ['a " b', "c'd", "e\\'f"] },
  "other backslashes stay": { text: `"\\d\\.\\/" \\d\\.`, words: ["\\d\\.\\/", "\\d\\."] },
  "pairs of backslashes become one, quoted and bare": {
    text: `"a\\\\b" a\\\\b a\\\\\\b`,
    words: ["a\\b", "a\\b", "a\\\\b"],
  },
  "a backslash does not join words": { text: "a\\ b", words: ["a\\", "b"] },
  "a quote inside a word is a character": { text: `a"b c"`, words: ['a"b', 'c"'] },
  "text behind a closing quote is another word": { text: `"a"b'c'`, words: ["a", "b'c'"] },
  "a quote that never closes": { text: `"a b 'c`, words: ["a b 'c"] },
  "a lone quote": { text: `"`, words: [""] },
  "empty words": { text: `"" ''`, words: ["", ""] },
  "hashes are characters": { text: "a #b c#", words: ["a", "#b", "c#"] },
  "variables are left alone": { text: "${A} x${B}", words: ["${A}", "x${B}"] },
  "an escaped quote at the end": { text: `"a\\"`, words: ['a"'] },
};

test.each(Object.entries(table))("every dialect: %s", (_, { text, words }) => {
  for (const dialect of dialects) expect(values(text, dialect)).toEqual(words);
});

test("an escaped backslash before the closing quote ends the word in 2.x; 1.3 takes the quote for an escaped one", () => {
  expect(values('"a\\\\" b', "2.4")).toEqual(["a\\", "b"]);
  expect(values('"a\\\\" b', "2.2")).toEqual(["a\\", "b"]);
  expect(values('"a\\\\" b', "2.0")).toEqual(["a\\", "b"]);
  expect(values('"a\\\\" b', "1.3")).toEqual(['a\\" b']);
  expect(values('"a\\\\" b" c', "1.3")).toEqual(['a\\" b', "c"]);
});

test("spans include the quotes, and the rest of the line starts at the next word", () => {
  const line = plainLine('xx "a b"  c "d', 3, 14);
  expect(splitWords(line, "2.4")).toEqual([
    { start: 3, end: 8, value: "a b", quote: '"', terminated: true },
    { start: 10, end: 11, value: "c", quote: "", terminated: true },
    { start: 12, end: 14, value: "d", quote: '"', terminated: false },
  ]);
  expect(nextWord(line, 0, "2.4")?.next).toBe(7);
  expect(nextWord(line, 7, "2.4")?.next).toBe(9);
  expect(nextWord(line, 11, "2.4")).toBeNull();
});

test("words lie in order, without blanks around them, and everything between them is blank", () => {
  const text = fc
    .array(fc.constantFrom("a", " ", "\t", '"', "'", "\\", "#", "é", '\\"'))
    .map((parts) => parts.join(""));
  fc.assert(
    fc.property(text, fc.constantFrom(...dialects), (text, dialect) => {
      let at = 0;
      for (const word of splitWords(plainLine(text, 0, text.length), dialect)) {
        expect(text.slice(at, word.start).trim()).toBe("");
        expect(word.end).toBeGreaterThan(word.start);
        expect(text.slice(word.start, word.end).startsWith(word.quote)).toBe(true);
        at = word.end;
      }
      expect(text.slice(at).trim()).toBe("");
    }),
  );
});
