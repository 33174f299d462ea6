import { mayRetry, RetryBudget } from "../../src/proxy/retry.ts";

describe("another server may be tried", () => {
  test.each([
    ["never connected, any method", { method: "POST", connected: false }, true],
    ["never connected, too slow to connect", { connected: false, timedOut: true }, true],
    ["broken, GET", { method: "GET" }, true],
    ["broken, DELETE", { method: "DELETE" }, true],
    ["broken, POST", { method: "POST" }, false],
    ["broken, PATCH", { method: "PATCH" }, false],
    ["broken after it had been idle, POST", { method: "POST", reused: true }, true],
    ["no answer in time, GET", { method: "GET", timedOut: true }, false],
    ["never connected, but the body is lost", { connected: false, replayable: false }, false],
    ["broken, GET, but the body is lost", { method: "GET", replayable: false }, false],
  ])("%s: %s", (_what, attempt, expected) => {
    const usual = { method: "GET", connected: true, reused: false, timedOut: false, replayable: true };
    expect(mayRetry({ ...usual, ...attempt })).toBe(expected);
  });
});

describe("the budget of repetitions", () => {
  test("is a share of the requests, and a reserve for quiet times", () => {
    const budget = new RetryBudget(0.2);
    const spendAll = (): number => {
      let spent = 0;
      while (budget.spend()) spent += 1;
      return spent;
    };
    expect(spendAll()).toBe(RetryBudget.reserve);
    for (let request = 0; request < 101; request += 1) budget.earn();
    expect(spendAll()).toBe(20);
    for (let request = 0; request < 100_000; request += 1) budget.earn();
    expect(spendAll()).toBe(RetryBudget.most);
  });

  test("of nothing allows none", () => {
    const budget = new RetryBudget(0);
    budget.earn();
    expect(budget.spend()).toBe(false);
  });
});
