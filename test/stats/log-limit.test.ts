import { createLogLimit } from "../../src/stats/log-limit.ts";

describe("the limit of log lines", () => {
  test("lets one line through for each source and time", () => {
    const mayLog = createLogLimit(60_000);
    expect([
      mayLog("a", 0),
      mayLog("a", 59_999),
      mayLog("b", 59_999),
      mayLog("a", 60_000),
      mayLog("a", 60_001),
    ]).toEqual([true, false, true, true, false]);
  });

  test("is not stuck when the clock is set back", () => {
    const mayLog = createLogLimit(60_000);
    mayLog("a", 1e12);
    expect(mayLog("a", 0)).toBe(true);
  });

  test("remembers a bounded number of sources", () => {
    const mayLog = createLogLimit(60_000);
    const lines = Array.from({ length: 1500 }, (_, index) => mayLog(String(index), 0)).filter(Boolean);
    expect(lines).toHaveLength(1000);
    expect(mayLog("new", 60_000)).toBe(true);
  });
});
