import fc from "fast-check";
import { nameFinder } from "../../src/config/name-finder.ts";

/** The same by trying every name at every place. */
function byTrying(names: readonly string[], text: string): readonly { readonly at: number; readonly name: string }[] {
  const found: { at: number; name: string }[] = [];
  const longestFirst = names.toSorted((a, b) => b.length - a.length);
  for (let at = 0; at < text.length;) {
    const name = longestFirst.find((one) => text.startsWith(one, at));
    if (name !== undefined) found.push({ at, name });
    at += name?.length ?? 1;
  }
  return found;
}

describe("nameFinder", () => {
  test("finds the first name, of two at one place the longer one, and goes on behind it", () => {
    const find = nameFinder(["$a", "$ab", "b$", "x"]);
    expect(find("$ab$a x $b$")).toEqual([
      { at: 0, name: "$ab" },
      { at: 3, name: "$a" },
      { at: 6, name: "x" },
      { at: 9, name: "b$" },
    ]);
    expect(find("")).toEqual([]);
    expect(nameFinder([])("abc")).toEqual([]);
  });

  test("finds what trying every name finds", () => {
    const word = fc.string({ unit: fc.constantFrom("a", "b", "$", "\ud83d\ude00"), minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(fc.uniqueArray(word, { maxLength: 12 }), fc.array(word, { maxLength: 12 }), (names, words) => {
        const text = words.join("");
        expect(nameFinder(names)(text)).toEqual(byTrying(names, text));
      }),
      { numRuns: 2000 },
    );
  });
});
