import { aliasLength } from "../../src/routing/redirect.ts";
import { compilePattern, type Pattern } from "../../src/routing/pattern.ts";
import { ruleIndex } from "../../src/routing/rule-index.ts";
import { randomFrom } from "../support/random.ts";

const SEED = 20_261_123;

function patternOf(source: string): Pattern {
  const pattern = compilePattern(source, "pcre");
  if ("error" in pattern) throw new Error(pattern.error);
  return pattern;
}

describe("ruleIndex", () => {
  const random = randomFrom(SEED);
  const pathOf = (segments: number): string =>
    Array.from({ length: segments }, () => random.of(["/", "/", "//"]) + random.of(["a", "b", "ab", "c.d", ""])).join(
      "",
    ) + random.of(["", "", "/", "//"]);

  it.each([3, 30, 300])("finds the rule that trying all of %d one after the other finds", (count) => {
    const rules = Array.from({ length: count }, (_, index) => ({
      from:
        index % 7 === 3
          ? patternOf(`^/${random.of(["a", "b"])}.*${random.of(["a", "b", "d"])}$`)
          : pathOf(1 + (index % 4)),
    }));
    const covers = (from: string | Pattern, path: string): boolean =>
      typeof from === "string" ? aliasLength(path, from) > 0 : from.test(path);
    const find = ruleIndex(rules);
    let found = 0;
    for (let round = 0; round < 2000; round += 1) {
      const path = random.below(50) === 0 ? random.of(["*", "", "a/b"]) : pathOf(1 + (round % 6));
      const wanted = rules.find(({ from }) => covers(from, path));
      const got = find(path).find(({ from }) => covers(from, path));
      if (wanted !== undefined) found += 1;
      expect({ path, rule: got === undefined ? -1 : rules.indexOf(got) }).toEqual({
        path,
        rule: wanted === undefined ? -1 : rules.indexOf(wanted),
      });
    }
    expect(found).toBeGreaterThan(100);
  });

  it("keeps rules without a path, which take what they are asked for", () => {
    const rules = [...Array.from({ length: 20 }, (_, index) => ({ from: `/part${index}` })), { from: null }];
    const find = ruleIndex(rules);
    expect(find("/part7/x")).toEqual([{ from: "/part7" }, { from: null }]);
    expect(find("/nothing")).toEqual([{ from: null }]);
  });
});
