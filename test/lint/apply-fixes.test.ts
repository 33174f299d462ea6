import fc from "fast-check";
import type { Diagnostic, Fix, TextEdit } from "../../src/diagnostics/diagnostic.ts";
import { applyFixes } from "../../src/lint/apply-fixes.ts";

function diagnostic(fix: Fix): Diagnostic {
  return {
    rule: "r",
    category: "syntax",
    severity: "error",
    fatal: false,
    message: "m",
    url: "u",
    path: "p",
    line: 1,
    column: 1,
    endLine: 1,
    endColumn: 1,
    related: [],
    fix,
  };
}

function apply(text: string, ...fixes: readonly (readonly TextEdit[])[]): string {
  return applyFixes(
    text,
    fixes.map((edits) => diagnostic({ safe: true, edits })),
    false,
  );
}

const edit = (start: number, end: number, text: string): TextEdit => ({ start, end, text });

describe("applyFixes", () => {
  test.each<[string, string, string, readonly (readonly TextEdit[])[]]>([
    ["nothing to do", "abc", "abc", []],
    ["several fixes in any order", "abcd", "XbcY", [[edit(3, 4, "Y")], [edit(0, 1, "X")]]],
    ["several edits of one fix", "abcd", "[bc]", [[edit(3, 4, "]"), edit(0, 1, "[")]]],
    ["neighbours", "abcd", "XYcd", [[edit(0, 1, "X")], [edit(1, 2, "Y")]]],
    ["an insertion behind a replacement", "abcd", "X+bcd", [[edit(0, 1, "X")], [edit(1, 1, "+")]]],
    ["of two that overlap the first", "abcd", "Xd", [[edit(0, 3, "X")], [edit(2, 4, "Y")]]],
    ["of two insertions at one place the first", "ab", "a1b", [[edit(1, 1, "1")], [edit(1, 1, "2")]]],
    ["a fix whole or not at all", "abcd", "Xbcd", [[edit(0, 1, "X")], [edit(0, 1, "Y"), edit(3, 4, "Y")]]],
    ["no edit outside of the text", "ab", "ab", [[edit(1, 9, "X")]]],
    ["no fix that overlaps itself", "abcd", "abcd", [[edit(0, 3, "X"), edit(2, 4, "Y")]]],
  ])("%s", (_title, before, after, fixes) => {
    expect(apply(before, ...fixes)).toBe(after);
  });

  test("unsafe fixes only when they are asked for", () => {
    const unsafe = diagnostic({ safe: false, edits: [edit(0, 1, "X")] });
    expect(applyFixes("ab", [unsafe], false)).toBe("ab");
    expect(applyFixes("ab", [unsafe], true)).toBe("Xb");
  });

  test("whatever the fixes, every character outside of them stays in order", () => {
    const range = fc.tuple(fc.nat(40), fc.nat(6)).map(([start, length]) => edit(start, start + length, "#"));
    fc.assert(
      fc.property(fc.array(fc.array(range, { minLength: 1, maxLength: 3 }), { maxLength: 20 }), (fixes) => {
        const text = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMN";
        const kept = apply(text, ...fixes).replaceAll("#", "");
        const places = kept.split("").map((character) => text.indexOf(character));
        expect(places).toEqual([...new Set(places)].sort((a, b) => a - b));
      }),
    );
  });

  test("fifty thousand fixes", () => {
    const fixes = Array.from({ length: 50_000 }, (_, index) => [edit(index * 2, index * 2 + 1, "X")]);
    expect(apply("ab".repeat(50_000), ...fixes)).toBe("Xb".repeat(50_000));
  });
});
