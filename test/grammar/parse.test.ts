import fc from "fast-check";
import { dialects, type Dialect } from "../../grammar/dialect.ts";
import { parse } from "../../grammar/parse.ts";
import type { Line } from "../../grammar/syntax-tree.ts";
import { argsWords } from "../../grammar/words.ts";
import { print } from "../../src/ast/print.ts";
import { nastyText } from "./nasty-text.ts";

/** A line in short: its kind, name and words, and what is odd about it. */
function brief(text: string, dialect: Dialect): string[] {
  const tree = parse(text, dialect);
  return tree.lines.map((line) => {
    if (!("name" in line)) return line.kind;
    const words = argsWords(tree, line).map((word) => `[${word.value}]`);
    const bracket = "bracket" in line ? (line.bracket === -1 ? " no>" : " >") : "";
    return `${line.kind} ${[line.name, ...words].join(" ")}${bracket}${line.continued ? " continued" : ""}`;
  });
}

describe.each(dialects)("parse, %s", (dialect) => {
  test("puts every character into exactly one line", () => {
    fc.assert(
      fc.property(nastyText, (text) => {
        const { lines } = parse(text, dialect);
        let end = 0;
        for (const line of lines) {
          expect(line.start).toBe(end);
          expect(line.end).toBeGreaterThan(line.start);
          end = line.end;
        }
        expect(end).toBe(text.length);
        expect(print(parse(text, dialect))).toBe(text);
      }),
      { numRuns: 400 },
    );
  });

  test("keeps the spans of names, arguments and brackets in order inside their line", () => {
    fc.assert(
      fc.property(nastyText, (text) => {
        for (const line of parse(text, dialect).lines) {
          if (!("name" in line)) continue;
          const order = [line.start, line.nameStart, line.nameEnd, line.argsStart, line.argsEnd, line.end];
          expect(order).toEqual(order.toSorted((a, b) => a - b));
          if ("bracket" in line && line.bracket !== -1) {
            expect(text[line.bracket]).toBe(">");
            expect(line.bracket).toBeGreaterThan(line.start);
            expect(line.bracket).toBeLessThan(line.end);
          }
          expect(text.slice(line.argsStart, line.argsEnd)).toBe(
            text.slice(line.argsStart, line.argsEnd).replace(/^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$/g, ""),
          );
        }
      }),
      { numRuns: 400 },
    );
  });

  test("takes a text of a single plain line apart", () => {
    expect(brief("ServerAdmin a@b", dialect)).toEqual(["directive ServerAdmin [a@b]"]);
    expect(brief("\t ServerAdmin  a  \r\n", dialect)).toEqual(["directive ServerAdmin [a]"]);
    expect(brief("ServerAdmin", dialect)).toEqual(["directive ServerAdmin"]);
    expect(brief("", dialect)).toEqual([]);
  });
});

const both: Record<string, { text: string; lines: string[] }> = {
  "comments only at the start of a line": {
    text: " # a\n#\n##\nA b # c\n",
    lines: ["comment", "comment", "comment", "directive A [b] [#] [c]"],
  },
  "a comment that ends in a backslash swallows the next line": {
    text: "# a \\\nA b\nC d\n",
    lines: ["comment", "directive C [d]"],
  },
  "a backslash before a blank does not continue": { text: "A b\\ \nC\n", lines: ["directive A [b\\]", "directive C"] },
  "a word cut by a continuation is one word": { text: "Ser\\\nver a\n", lines: ["directive Server [a] continued"] },
  "blanks after a continuation stay": { text: "A\\\n b\n", lines: ["directive A [b] continued"] },
  "continuations before CRLF": { text: "A \\\r\n b\\\r\nc\r\n", lines: ["directive A [bc] continued"] },
  "a continuation at the start of a line": { text: "\\\nA b\n", lines: ["directive A [b] continued"] },
  "continuations and nothing else make a blank line": { text: " \\\n\\\n \nA\n", lines: ["blank", "directive A"] },
  "a NUL hides the rest of its physical line": {
    text: "A b\0c\\\nD\0\n\0x\n  \0y\nE\\\n\0f\\\nG",
    lines: [
      "directive A [b] continued",
      "directive D continued",
      "blank",
      "blank",
      "directive E continued",
      "directive G",
    ],
  },
  "a lone CR is a blank": { text: "A\rb\r\n\rC", lines: ["directive A [b]", "directive C"] },
  "a no-break space and a byte order mark are no blanks": {
    text: "\ufeffA\u00a0b c",
    lines: ["directive \ufeffA\u00a0b [c]"],
  },
  "quoted names": {
    text: '"A" b\n\'A b\'c\n"A \t\nB',
    lines: ["directive A [b]", "directive A b [c]", "directive A", "directive B"],
  },
  "an empty quoted name": { text: '"" a', lines: ["directive  [a]"] },
  "tags with and without arguments": {
    text: "<A b c>\n<B>\n</B>\n</A>",
    lines: ["open A [b] [c] >", "open B >", "close B >", "close A >"],
  },
  "the last > of an opening tag counts": {
    text: "<A b> c > d\n<A b>c\n",
    lines: ["open A [b>] [c] >", "open A [b] >"],
  },
  "a tag without > ": { text: "<A b\n<B\n</A", lines: ["open A [b] no>", "open B no>", "close A no>"] },
  "text behind a tag without arguments needs a > of its own": { text: "<A> # c\n", lines: ["open A [#] [c] no>"] },
  "a closing tag ends with its first word": {
    text: "</A> # c >\n</A >\n</A>x\n",
    lines: ["close A [#] [c] [>] >", "close A [>] no>", "close A>x no>"],
  },
  "blanks behind the bracket leave the name empty": {
    text: "< A b>\n</ A>\n<>\n</>",
    lines: ["open  [A] [b] >", "close  [A>] no>", "open  >", "close  >"],
  },
  "operators in arguments": { text: "<IfVersion < 2.3>\n", lines: ["open IfVersion [<] [2.3] >"] },
  "quoted and continued tags": {
    text: '"<A" b>\n"</A>" c\n<\\\nA \\\nb\\\n>\n<\\\n/A\\\n>\n<A b \\\n  c>',
    lines: [
      "open A [b] >",
      "close A [c] >",
      "open A [b] > continued",
      "close A > continued",
      "open A [b] [c] > continued",
    ],
  },
  "a quote behind the bracket belongs to the name": { text: '<"A" b>', lines: ['open "A" [b] >'] },
  "Perl sections hold raw text": {
    text: "<Perl>\n$x = '<A>';\n # </Perl>\n </perl>\nA\n<PERL >\n</Perl>\n<Perl>\nx",
    lines: ["open Perl >", "raw", "close perl >", "directive A", "open PERL >", "close Perl >", "open Perl >", "raw"],
  },
  "only Perl, not what starts like it": {
    text: "<PerlX>\nA\n</PerlX>",
    lines: ["open PerlX >", "directive A", "close PerlX >"],
  },
  "a backslash at the very end is a character": { text: "A b\\", lines: ["directive A [b\\]"] },
  "escaped backslashes in names": { text: "A\\\\b c", lines: ["directive A\\b [c]"] },
};

test.each(Object.entries(both))("every dialect: %s", (_, { text, lines }) => {
  for (const dialect of dialects) expect(brief(text, dialect)).toEqual(lines);
});

const onlyIn24: typeof both = {
  "sections of mod_lua hold raw text up to the tag of their own": {
    text: "<LuaHookFixups f>\nif a <\n b then end\n</Lua>\n </luahookfixups> x\nA\n<LUAQuickHandler>\n</LuaHookFixups>\n",
    lines: [
      "open LuaHookFixups [f] >",
      "raw",
      "close luahookfixups [x] >",
      "directive A",
      "open LUAQuickHandler >",
      "raw",
    ],
  },
  "the directives of mod_lua are none, nor what only starts like its sections": {
    text: "LuaHookFixups a b\n<LuaHookLog>\nA\n</LuaHookLog>",
    lines: ["directive LuaHookFixups [a] [b]", "open LuaHookLog >", "directive A", "close LuaHookLog >"],
  },
};

test.each(Object.entries(onlyIn24))("2.4: %s", (_, { text, lines }) => {
  expect(brief(text, "2.4")).toEqual(lines);
});

const different: Record<string, { text: string; before: string[]; now: string[] }> = {
  "two backslashes at the end of a line": {
    text: "A b\\\\\n C d\n",
    before: ["directive A [b\\] continued", "directive C [d]"],
    now: ["directive A [b\\] [C] [d] continued"],
  },
  "three backslashes at the end of a line": {
    text: "A b\\\\\\\n C d\n",
    before: ["directive A [b\\] continued", "directive C [d]"],
    now: ["directive A [b\\] [C] [d] continued"],
  },
  "an empty line behind a joined text that ends in a backslash": {
    text: "A b\\\\\n\nC d\n",
    before: ["directive A [b\\] continued", "blank", "directive C [d]"],
    now: ["directive A [bC] [d] continued"],
  },
  "two backslashes behind a name": {
    text: "A\\\\\n b\n",
    before: ["directive A\\ continued", "directive b"],
    now: ["directive A\\ [b] continued"],
  },
  "an escaped backslash before the closing quote (the same before 2.4 but 1.3)": {
    text: 'A "b\\\\" c\n',
    before: ['directive A [b\\" c]'],
    now: ["directive A [b\\] [c]"],
  },
  "a > behind the name of a directive": {
    text: "A> b\nB/> c\nC",
    before: ["directive A> [b]", "directive B/> [c]", "directive C"],
    now: ["directive A [b]", "directive B/> [c]", "directive C"],
  },
};

test.each(Object.entries(different))("1.3 and 2.4 differ: %s", (_, { text, before, now }) => {
  expect(brief(text, "1.3")).toEqual(before);
  expect(brief(text, "2.4")).toEqual(now);
});

test("a line that is continued into the end of the file is lost before 2.4", () => {
  const lost = (text: string, dialect: Dialect): string | null => {
    const tree = parse(text, dialect);
    return tree.lost && text.slice(tree.lost.start, tree.lost.end);
  };
  expect(lost("A\nB c \\\n", "1.3")).toBe("B c \\\n");
  expect(lost("A\nB c \\\r\n", "2.2")).toBe("B c \\\r\n");
  expect(lost("# c\\\n\\\n", "2.0")).toBe("# c\\\n\\\n");
  expect(lost("\\\n", "1.3")).toBe("\\\n");
  for (const text of ["A\nB c \\", "B c \\\\\n", "B\n", "", "<Perl>\n\\\n"]) expect(lost(text, "1.3")).toBeNull();
  expect(lost("A\nB c \\\n", "2.4")).toBeNull();
});

describe("texts made to hurt return", () => {
  const megabyte = 1 << 20;
  const nasties: Record<string, () => string> = {
    "a quarter million nested sections": () => "<a>\n".repeat(megabyte / 4),
    "as many stray closing tags inside as many sections": () =>
      "<a>\n".repeat(megabyte / 8) + "</b>\n".repeat(megabyte / 8),
    "sections that all cross": () => "<a>\n<b>\n</a>\n</b>\n".repeat(megabyte / 16),
    "sections of many names": () => Array.from({ length: megabyte / 8 }, (_, number) => `<s${number}>\n`).join(""),
    "one line of ten megabytes": () => `A ${"b".repeat(10 * megabyte)}`,
    "one word of ten megabytes in a tag": () => `<${"b".repeat(10 * megabyte)}`,
    "ten megabytes of blanks": () => " ".repeat(10 * megabyte),
    "open brackets only": () => "<".repeat(megabyte),
    "tags without end": () => "<a\n".repeat(megabyte / 3),
    "backslashes only": () => "\\".repeat(megabyte),
    "continuations only": () => "\\\n".repeat(megabyte),
    "continuations between letters": () => "a\\\n".repeat(megabyte / 2),
    "backslashes, then empty lines": () => "\\".repeat(megabyte / 2) + "\n".repeat(megabyte / 2),
    "unclosed quotes": () => '"a\n'.repeat(megabyte / 3) + '"' + "a ".repeat(megabyte),
    "NULs only": () => "\0".repeat(megabyte),
    "a NUL in every line": () => "a\0\n".repeat(megabyte / 3),
    "lone CRs": () => "a\r".repeat(megabyte / 2),
    "Perl sections without end": () => "<Perl>\n".repeat(megabyte / 7),
    "Perl sections with blanks before each end": () => "<Perl>\n   x\n  </Perl>\n".repeat(megabyte / 20),
    "long lines before 2.4": () => `A ${"b ".repeat(5000)}\\\n`.repeat(100),
  };
  test.each(Object.entries(nasties))("%s", (_, make) => {
    const text = make();
    // Sections cost the same in every dialect, lines do not.
    for (const dialect of text.startsWith("<") ? (["2.4"] as const) : (["1.3", "2.4"] as const)) {
      const tree = parse(text, dialect);
      expect(tree.lines.reduce((length, line) => length + line.end - line.start, 0)).toBe(text.length);
      const longest = tree.lines.reduce<Line | undefined>(
        (a, b) => (a && a.end - a.start >= b.end - b.start ? a : b),
        undefined,
      );
      if (longest && "name" in longest) expect(argsWords(tree, longest).length).toBeGreaterThanOrEqual(0);
    }
  });
});
