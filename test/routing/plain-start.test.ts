import { dialects } from "../../grammar/dialect.ts";
import { compilePattern } from "../../src/routing/pattern.ts";
import { patternSyntax } from "../../src/routing/pattern-syntax.ts";
import { plainStart } from "../../src/routing/plain-start.ts";
import { createRouter, isRefusal } from "../../src/routing/router.ts";
import { compileText } from "../support/compile-text.ts";
import { randomFrom } from "../support/random.ts";

const SEED = 20_261_123;
const PARTS =
  "/a /b a b ab \\. \\- . .* a* b? (a|b) (/a|/b) | [ab] [|] [^b] \\w (?i) (?: ) ( {2} + $ [\\] ] (?#() \\Qa|b\\E".split(
    " ",
  );

describe("plainStart", () => {
  it.each([
    ["^/part1/(a|b)", "/part1/"],
    ["^/a\\.b", "/a.b"],
    ["^/ab*", "/a"],
    ["^/ab{2}", "/a"],
    ["^/a|/b", ""],
    ["/a", ""],
    ["^(?i)/a", ""],
    ["^/s[12]hop", "/s"],
  ])("of %j is %j", (pattern, start) => {
    expect(plainStart(pattern)).toBe(start);
  });

  it.each(["^/a[\\]|/b[c]", "^/a(?#()|/b", "^/a\\Q(\\E|/b"])(
    "knows nothing of %j, whose alternative is hidden",
    (pattern) => {
      expect(plainStart(pattern)).toBe("");
    },
  );

  it.each(dialects)("begins whatever a pattern of %s matches", (dialect) => {
    const random = randomFrom(SEED);
    let matched = 0;
    for (let round = 0; round < 20_000; round += 1) {
      const source = `^/${Array.from({ length: 1 + random.below(5) }, () => random.of(PARTS)).join("")}`;
      const start = plainStart(source);
      const pattern = start === "" ? { error: "" } : compilePattern(source, patternSyntax(dialect));
      if ("error" in pattern) continue;
      const text = `/${Array.from({ length: random.below(5) }, () => random.of(["a", "b", "/a", "/b", ".", "|", "c"])).join("")}`;
      if (!pattern.test(text)) continue;
      matched += 1;
      expect({ source, text, begins: text.startsWith(start) }).toEqual({ source, text, begins: true });
    }
    expect(matched).toBeGreaterThan(100);
  });
});

describe("many LocationMatch sections", () => {
  it.each(dialects)("apply in %s where each of them alone would", (dialect) => {
    const random = randomFrom(SEED);
    const patterns = Array.from({ length: 60 }, (_, index) =>
      index % 5 === 4
        ? random.of(["^/a|^/b", "b$", "^/[ab]+/", "\\.x"])
        : `^/${random.of(["a", "b", "ab", "a/b", "a\\.b"])}${random.of(["", "/", "/(a|b)", "*", "(/|$)"])}`,
    );
    const textOf = (list: readonly string[]): string =>
      [
        "Listen 80",
        "DocumentRoot /srv",
        ...list.flatMap((one) => [`<LocationMatch "${one}">`, "Options None", "</LocationMatch>"]),
      ].join("\n");
    const routerOf = (list: readonly string[]): ReturnType<typeof createRouter> =>
      createRouter(compileText(textOf(list), dialect).table);
    const all = routerOf(patterns);
    const alone = new Map(patterns.map((one) => [one, routerOf([one])]));
    const argumentsOf = (router: ReturnType<typeof createRouter>, target: string): readonly string[] => {
      const match = router.route({ localAddress: "10.0.0.1", localPort: 80, host: "x.ex", target, method: "GET" });
      if (isRefusal(match)) throw new Error(match.reason);
      return match.sections.map(({ argument }) => argument);
    };
    for (let round = 0; round < 100; round += 1) {
      const target = `/${Array.from({ length: 1 + random.below(4) }, () => random.of(["a", "b", "ab", "a.b", ".x", "/", "//"])).join(random.of(["", "/"]))}`;
      const wanted = patterns.filter((one) => {
        const router = alone.get(one);
        return router !== undefined && argumentsOf(router, target).length > 0;
      });
      expect({ target, found: argumentsOf(all, target) }).toEqual({ target, found: wanted });
    }
  });
});
