import { createRateLimit } from "../../src/stats/rate-limit.ts";

describe("the rate limit", () => {
  test("counts for each source and second", () => {
    const allow = createRateLimit(2, 10);
    expect([allow("a", 0), allow("a", 500), allow("a", 999), allow("b", 999), allow("a", 1000)]).toEqual([
      true,
      true,
      false,
      true,
      true,
    ]);
  });

  test("is not stuck when the clock is set back", () => {
    const allow = createRateLimit(1, 10);
    allow("a", 1e12);
    expect(allow("a", 0)).toBe(true);
  });

  test("refuses further sources of a second when there are too many", () => {
    const allow = createRateLimit(2, 2);
    expect([allow("a", 0), allow("b", 0), allow("c", 0), allow("a", 0), allow("c", 1000)]).toEqual([
      true,
      true,
      false,
      true,
      true,
    ]);
  });
});
