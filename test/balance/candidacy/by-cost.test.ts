import { byCost } from "../../../src/balance/candidacy/by-cost.ts";
import type { Candidate } from "../../../src/balance/candidacy.ts";
import { candidate, context } from "../../support/candidate.ts";
import { idsAfter, made } from "../../support/run-function.ts";

const order = (...servers: readonly Candidate[]) => idsAfter(byCost, null, servers);

test("byCost prefers the lower load", () => {
  expect(order(candidate("a", { load: 2 }), candidate("b", { load: 1 }), candidate("c", { load: 3 }))).toEqual([
    "b",
    "a",
    "c",
  ]);
});

test("byCost prefers the faster and the larger machine at the same load", () => {
  expect(order(candidate("slow", { load: 1, arriba: 500 }), candidate("fast", { load: 1, arriba: 1000 }))).toEqual([
    "fast",
    "slow",
  ]);
  expect(order(candidate("one", { load: 1, cpuCount: 1 }), candidate("four", { load: 1, cpuCount: 4 }))).toEqual([
    "four",
    "one",
  ]);
});

test("byCost prefers a busier machine when it is fast enough", () => {
  // L = 2: 2^(1/2)·(2^(1/2) − 1) = 0.586 for the slow one; 2^(2/2)·(2^(1/16) − 1) = 0.0886 for the fast one with 8 CPUs.
  expect(order(candidate("slow", { load: 1 }), candidate("fast", { load: 2, cpuCount: 8 }))).toEqual(["fast", "slow"]);
});

test("byCost prefers more free memory where a request costs the same", () => {
  const full = candidate("full", { totalMemoryBytes: 1000, availableMemoryBytes: 100 });
  const free = candidate("free", { totalMemoryBytes: 1000, availableMemoryBytes: 900 });
  expect(order(full, free)).toEqual(["free", "full"]);
});

test("byCost takes the highest load that it ever saw as its scale", () => {
  // At L = 1 the slow idle server costs 2^0·(2^1 − 1) = 1 and the busy one with two CPUs 2^0.9·(2^0.5 − 1) = 0.77;
  // at L = 64 it is 0.011 against 0.0055, whatever the loads of now.
  const slow = candidate("slow");
  const busy = candidate("busy", { load: 0.9, cpuCount: 2 });
  const run = made(byCost);
  const full = { ...context(), redirect: () => {}, draining: [] };
  const before = run([slow, busy], full).map((each) => each.id);
  run([candidate("peak", { load: 64 })], full);
  const verySlowIdle = candidate("idle", { cpuCount: 1 });
  const loaded = candidate("loaded", { load: 3, cpuCount: 2 });
  expect(before).toEqual(["busy", "slow"]);
  // 2^(3/4)·(2^(1/8) − 1) = 0.152 at L = 4 is less than 2^(1/4) − 1 = 0.189 as well; with more servers the base grows:
  // 8^(3/4)·(8^(1/8) − 1) = 1.41 > 8^(1/4) − 1 = 0.68 at L = 4, and 8^(3/64)·(8^(1/128) − 1) = 0.018 < 0.033 at L = 64.
  const eight = [loaded, verySlowIdle, ...["c", "d", "e", "f", "g", "h"].map((id) => candidate(id, { load: 3.5 }))];
  const first = (ids: readonly string[]) => ids[0];
  expect(first(idsAfter(byCost, null, eight))).toBe("idle");
  expect(first(run(eight, full).map((each) => each.id))).toBe("loaded");
});

test("byCost puts up with servers that measured nothing, and with extreme figures", () => {
  const none = { cpuCount: 0, arriba: 0, totalMemoryBytes: 0, availableMemoryBytes: 0 };
  const servers = [
    candidate("a", { ...none, load: 1e6 }),
    candidate("b", none),
    candidate("c", { arriba: 1e9, load: 1 }),
    candidate("d", { arriba: 1e-6 }),
    candidate("e", { arriba: 1e-6, load: 1 }),
  ];
  expect(new Set(order(...servers)).size).toBe(5);
  expect(order(...servers)[0]).toBe("b");
});
