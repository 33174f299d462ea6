import { byIdle } from "../../../src/balance/candidacy/by-idle.ts";
import type { Candidate } from "../../../src/balance/candidacy.ts";
import { candidate, seededRandom } from "../../support/candidate.ts";
import { idsAfter } from "../../support/run-function.ts";

/** Share of 10,000 draws in which each server came first. */
function shares(...servers: readonly Candidate[]): Readonly<Record<string, number>> {
  const random = seededRandom(5);
  const counts: Record<string, number> = {};
  for (let draw = 0; draw < 10_000; draw += 1) {
    const [first = "nobody"] = idsAfter(byIdle, null, servers, { random });
    counts[first] = (counts[first] ?? 0) + 1e-4;
  }
  return counts;
}

test("byIdle puts a server first as often as its share of the idle workers says", () => {
  const found = shares(
    candidate("a", { ready: 6, busy: 1 }),
    candidate("b", { ready: 3, busy: 1 }),
    candidate("c", { ready: 1, busy: 1 }),
  );
  expect(found["a"]).toBeCloseTo(0.6, 1);
  expect(found["b"]).toBeCloseTo(0.3, 1);
  expect(found["c"]).toBeCloseTo(0.1, 1);
});

test("byIdle gives a server without a busy worker a quarter: it may have just started", () => {
  const found = shares(candidate("new", { ready: 8, busy: 0 }), candidate("old", { ready: 2, busy: 6 }));
  expect(found["new"]).toBeCloseTo(0.5, 1);
});

test("byIdle puts servers without idle workers last", () => {
  const servers = ["a", "b", "c"].map((id) => candidate(id, { ready: 0, busy: 8 }));
  const all = [...servers, candidate("idle", { ready: 1, busy: 7 })];
  const random = seededRandom(9);
  const second = new Set<string | undefined>();
  for (let draw = 0; draw < 100; draw += 1) {
    const order = idsAfter(byIdle, null, all, { random });
    expect(order[0]).toBe("idle");
    expect(order).toHaveLength(4);
    second.add(order[1]);
  }
  expect(second.size).toBe(3);
});
