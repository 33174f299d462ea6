import { wildcardIndex } from "../../src/routing/wildcard-index.ts";
import { wildcardMatcher } from "../../src/routing/wildcard.ts";
import { randomFrom } from "../support/random.ts";

const SEED = 20_261_124;

describe("wildcardIndex", () => {
  const random = randomFrom(SEED);
  const textOf = (letters: readonly string[], length: number): string =>
    Array.from({ length }, () => random.of(letters)).join("");

  it.each([1, 3, 30, 300])("leaves out none of %d patterns that a text matches, and keeps their order", (count) => {
    const patterns = Array.from({ length: count }, () => textOf(["a", "b", ".", "*", "?"], 1 + random.below(6)));
    const near = wildcardIndex(patterns);
    let found = 0;
    for (let round = 0; round < 500; round += 1) {
      const text = textOf(["a", "b", "."], random.below(8));
      const matching = (at: number): boolean => wildcardMatcher(patterns[at] ?? "")(text);
      const wanted = patterns.flatMap((_, at) => (matching(at) ? [at] : []));
      expect({ text, places: near(text).filter(matching) }).toEqual({ text, places: wanted });
      found += wanted.length;
    }
    expect(found).toBeGreaterThan(0);
  });

  it.each([
    ["at the end", (number: number) => `www${number}.*`],
    ["at the start", (number: number) => `*site${number}.example`],
    ["in the middle", (number: number) => `www${number}.*.example`],
    ["in the middle, before letters of its own", (number: number) => `w*.site${number}.example`],
    ["for one letter", (number: number) => `www${number}.?xample`],
  ])("names one of a thousand patterns with a wildcard %s", (_, patternOf) => {
    const patterns = Array.from({ length: 1000 }, (__, number) => patternOf(number));
    const near = wildcardIndex(patterns);
    for (const number of [0, 7, 123, 999]) {
      const text = patternOf(number).replace("*", "x").replace("?", "e");
      expect(near(text)).toContain(number);
      // Besides, numbers that this one ends with.
      expect(near(text).length).toBeLessThanOrEqual(3);
    }
  });
});
