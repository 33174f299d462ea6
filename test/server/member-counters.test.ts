import { createMemberCounters } from "../../src/server/member-counters.ts";

function herdingOf(arrivals: (period: number) => Readonly<Record<string, number>>): number | null {
  const counters = createMemberCounters();
  for (let period = 0; period < 60; period += 1) {
    for (const [id, count] of Object.entries(arrivals(period))) {
      counters.failed(id);
      for (let request = 0; request < count; request += 1) counters.started(id);
    }
    counters.periodEnded();
  }
  return counters.herding();
}

test("requests that all go to one server until its next announcement show as a herd", () => {
  const herd = herdingOf((period) => ({ a: period % 2 === 0 ? 100 : 0, b: period % 2 === 0 ? 0 : 100 }));
  expect(herd).toBeCloseTo(50, -1);
});

test("even requests show none, whatever the servers' shares are", () => {
  expect(herdingOf(() => ({ a: 90, b: 10 }))).toBeCloseTo(0, 5);
});

test("too few requests, or periods, say nothing", () => {
  expect(herdingOf(() => ({ a: 0 }))).toBeNull();
  const counters = createMemberCounters();
  counters.started("a");
  counters.periodEnded();
  expect(counters.herding()).toBeNull();
});

test("counts of those that are no members any more are forgotten", () => {
  const counters = createMemberCounters();
  counters.started("a");
  counters.failed("a");
  expect(counters.of("a")).toMatchObject({ requests: 1, errors: 1 });
  counters.keep(new Set(["b"]));
  expect(counters.of("a")).toMatchObject({ requests: 0, errors: 0 });
});
