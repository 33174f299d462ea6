import fc from "fast-check";
import { applyEdits } from "../../src/ast/edit.ts";
import type { TextEdit } from "../../src/diagnostics/diagnostic.ts";

const edit = (start: number, end: number, text: string): TextEdit => ({ start, end, text });

const cases: Record<string, { edits: TextEdit[]; text: string; rejected?: number[] }> = {
  "no edits": { edits: [], text: "0123456789" },
  "offsets count in the text as given": { edits: [edit(8, 9, ""), edit(1, 2, "abc")], text: "0abc2345679" },
  "insertions at the ends": { edits: [edit(10, 10, "z"), edit(0, 0, "a")], text: "a0123456789z" },
  "insertions at one place stay in order": {
    edits: [edit(5, 5, "a"), edit(5, 5, "b"), edit(5, 5, "a")],
    text: "01234aba56789",
  },
  "edits that touch": {
    edits: [edit(2, 4, "a"), edit(4, 6, "b"), edit(2, 2, "c"), edit(6, 6, "d")],
    text: "01cabd6789",
  },
  "the first of two that overlap": {
    edits: [edit(4, 6, "a"), edit(3, 5, "b"), edit(5, 7, "c")],
    text: "0123a6789",
    rejected: [1, 2],
  },
  "one around others": {
    edits: [edit(4, 5, "a"), edit(0, 10, "b"), edit(6, 7, "c")],
    text: "0123a5c789",
    rejected: [1],
  },
  "one around an insertion": { edits: [edit(5, 5, "a"), edit(4, 6, "b")], text: "01234a56789", rejected: [1] },
  "an insertion inside of another": { edits: [edit(4, 6, "b"), edit(5, 5, "a")], text: "0123b6789", rejected: [1] },
  "behind insertions at its start": {
    edits: [edit(2, 6, "a"), edit(2, 2, "b"), edit(2, 4, "c")],
    text: "01ba6789",
    rejected: [2],
  },
  "the same replacement twice": {
    edits: [edit(4, 6, "a"), edit(4, 6, "a"), edit(4, 6, "b")],
    text: "0123a6789",
    rejected: [2],
  },
  "outside of the text or turned around": {
    edits: [edit(-1, 2, "a"), edit(9, 11, "a"), edit(4, 3, "a"), edit(11, 11, "a")],
    text: "0123456789",
    rejected: [0, 1, 2, 3],
  },
};

test.each(Object.entries(cases))("%s", (_, { edits, text, rejected = [] }) => {
  const result = applyEdits("0123456789", edits);
  expect(result.text).toBe(text);
  expect(result.rejected).toEqual(rejected.map((index) => edits[index]));
});

test("those that are applied do not overlap, and each rejected one overlaps one of them or is outside", () => {
  const any = fc.record({ start: fc.nat(12), end: fc.nat(12), text: fc.constantFrom("", "x", "yy") });
  fc.assert(
    fc.property(fc.array(any, { maxLength: 12 }), (edits) => {
      const { text, rejected } = applyEdits("0123456789", edits);
      const kept: TextEdit[] = [];
      const refused = new Set(rejected);
      for (const one of edits) {
        const outside = one.start > one.end || one.end > 10;
        const twin = kept.some((it) => it.start === one.start && it.end === one.end && it.text === one.text);
        const clash = kept.some((it) => it.start < one.end && one.start < it.end);
        const repeats = twin && one.start < one.end;
        expect(refused.has(one)).toBe(outside || (clash && !repeats));
        if (!refused.has(one) && !repeats) kept.push(one);
      }
      const change = kept.reduce((sum, one) => sum + one.text.length - (one.end - one.start), 0);
      expect(text).toHaveLength(10 + change);
    }),
    { numRuns: 500 },
  );
});
