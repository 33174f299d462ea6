import { pretty } from "../../../src/report/formats/pretty.ts";
import { diagnosticAt, resultOf } from "../result-of.ts";

const plain = { color: false, columns: 80, fixed: false };

/** The report without the line of counts. */
function blocks(...args: Parameters<typeof resultOf>): string {
  return pretty(resultOf(...args), plain)
    .split("\n")
    .slice(0, -3)
    .join("\n");
}

describe("pretty", () => {
  test("a finding has its line, marks under the place, and help beside them", () => {
    const help = "did you mean `Backhand byAge`?";
    const message = 'Unknown directive "BackhandbyAge"';
    const rule = "unknown-directive";
    const text = `${"\n".repeat(40)}  BackhandbyAge 6\n`;
    expect(blocks(text, diagnosticAt(41, 3, { message, help, rule, endColumn: 16 }))).toBe(
      [
        'error  Unknown directive "BackhandbyAge"                       unknown-directive',
        "  ╭─ a.conf:41:3",
        "41│   BackhandbyAge 6",
        "  │   ^^^^^^^^^^^^^ help: did you mean `Backhand byAge`?",
      ].join("\n"),
    );
  });

  test("help that does not fit gets a line of its own, and related places follow", () => {
    const related = [{ path: "b.conf", line: 3, column: 1, message: "first here" }];
    expect(blocks("Bad x\n", diagnosticAt(1, 1, { help: "x".repeat(80), related })).split("\n")).toEqual([
      expect.stringMatching(/^error {2}Unknown/),
      " ╭─ a.conf:1:1",
      "1│ Bad x",
      " │ ^^^^",
      ` │ help: ${"x".repeat(80)}`,
      " ╰─ b.conf:3:1 first here",
    ]);
  });

  test.each([
    ["tabs", "\t\tBad x", 3, ["1│         Bad x", " │         ^^^^"]],
    ["wide characters", "漢字 Bad x", 4, ["1│ 漢字 Bad x", " │      ^^^^"]],
    ["marks under wide characters", "a 漢字漢字", 3, ["1│ a 漢字漢字", " │   ^^^^^^^^"]],
    ["combining characters", "e\u0301e\u0301 Bad x", 6, ["1│ e\u0301e\u0301 Bad x", " │    ^^^^"]],
    ["a place behind the end", "Bad", 4, ["1│ Bad", " │    ^"]],
    ["CRLF", "Bad\r\nx", 1, ["1│ Bad", " │ ^^^"]],
    ["escape sequences", "\u001b[31mBad", 6, ["1│ ␛[31mBad", " │      ^^^"]],
    ["C1 controls", "\u009b31mBad", 5, ["1│ <U+009B>31mBad", " │            ^^^"]],
    ["text that runs backwards", "\u202eBad x", 2, ["1│ <U+202E>Bad x", " │         ^^^^"]],
    ["bytes that are no UTF-8", "\udce9 Bad", 3, ["1│ <E9> Bad", " │      ^^^"]],
    ["a NUL and a carriage return", "a\0b\rBad", 5, ["1│ a␀b␍Bad", " │     ^^^"]],
  ])("%s", (_title, text, column, expected) => {
    expect(blocks(text, diagnosticAt(1, column)).split("\n").slice(2)).toEqual(expected);
  });

  test("nothing of the file or its name reaches the terminal as a control character", () => {
    const hostile = String.fromCharCode(...Array.from({ length: 160 }, (_, code) => code)).replace("\n", "");
    const result = resultOf(hostile, diagnosticAt(1, 1, { message: hostile, help: hostile }));
    const related = [{ path: hostile, line: 1, column: 1, message: hostile }];
    const evil = { ...result, dialectReason: hostile };
    for (const one of [evil, resultOf("x", diagnosticAt(1, 1, { related }))]) {
      expect(pretty(one, plain)).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
    }
  });

  test("a long line is cut around the place", () => {
    const text = `${"a".repeat(5_000_000)}Bad x${"b".repeat(5_000_000)}`;
    const [frame = "", marks = ""] = blocks(text, diagnosticAt(1, 5_000_001)).split("\n").slice(2);
    expect(frame.length).toBeLessThanOrEqual(80);
    expect(frame.slice(marks.indexOf("^"), marks.indexOf("^") + 5)).toBe("Bad x");
    expect(frame).toMatch(/^1│ …a+Bad xb+…$/);
  });

  test("a line of nothing but combining characters costs no more", () => {
    const text = `a${"\u0301".repeat(1_000_000)}`;
    expect(blocks(text, diagnosticAt(1, 900_000)).length).toBeLessThan(2000);
  });

  test("the last line counts", () => {
    const result = resultOf("Bad x\n", diagnosticAt(1, 1, { fix: { safe: true, edits: [] } }));
    expect(pretty(result, plain).split("\n").slice(-3)).toEqual([
      "1 error in 1 file, 10 directives (1 not understood, 2 suppressed); read as httpd 1.3: AddModule, a.conf line 3",
      "1 can be repaired with --fix",
      "",
    ]);
    expect(pretty(result, { ...plain, fixed: true })).not.toContain("--fix");
    expect(pretty(resultOf("Good\n"), plain)).toMatch(/^No problems in 1 file, /);
  });

  test("colours are used only where they may be", () => {
    const result = resultOf("Bad x\n", diagnosticAt(1, 1));
    expect(pretty(result, plain)).not.toContain("\u001b");
    expect(pretty(result, { ...plain, color: true })).toContain("\u001b[31m");
  });
});
