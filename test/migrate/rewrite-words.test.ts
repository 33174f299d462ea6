import fc from "fast-check";

import { rewritePattern } from "../../src/migrate/site/rewrite-words.ts";

test("whether an expression matches an empty text is known without making it", () => {
  const piece = fc.constantFrom(
    "a",
    "\\.",
    ".",
    "(.*)",
    "(.+)",
    "([^/]*)",
    "([^/]+)",
    "([0-9]*)",
    "([0-9]+)",
    "-",
    "/",
  );
  fc.assert(
    fc.property(
      fc.array(piece, { minLength: 1, maxLength: 4 }),
      fc.boolean(),
      fc.boolean(),
      fc.constantFrom("1.3" as const, "2.4" as const),
      (pieces, starts, ends, dialect) => {
        const source = `${starts ? "^" : ""}${pieces.join("")}${ends ? "$" : ""}`;
        const found = rewritePattern(source, false, dialect);
        expect([source, found?.matches("")]).toEqual([source, new RegExp(source, "s").test("")]);
      },
    ),
    { numRuns: 500 },
  );
});

test.each([
  ["^$", true],
  ["^(a|)$", true],
  ["^(.*)(b)", false],
  ["!^$", true],
])("%s on an empty text: %s, negated or not", (source, expected) => {
  expect(rewritePattern(source, false, "2.4")?.matches("")).toBe(expected);
});
