import { byLatency } from "../../../src/balance/candidacy/by-latency.ts";
import { candidate } from "../../support/candidate.ts";
import { idsAfter } from "../../support/run-function.ts";

test("byLatency does what its page shows", () => {
  const servers = [
    candidate("web1", { latencyMs: 20, latencyAtMs: 0, inflight: 3 }),
    candidate("web2", { latencyMs: 50, latencyAtMs: 0, inflight: 0 }),
    candidate("web3", { latencyMs: 8, latencyAtMs: 0, inflight: 4 }),
  ];
  expect(idsAfter(byLatency, null, servers)).toEqual(["web3", "web2", "web1"]);
});

test("byLatency forgets an old latency, so that a slow server is tried again", () => {
  const servers = [
    candidate("quick", { latencyMs: 10, latencyAtMs: 60_000 }),
    candidate("slow", { latencyMs: 500, latencyAtMs: 0 }),
  ];
  expect(idsAfter(byLatency, null, servers, { nowMs: 1000 })).toEqual(["quick", "slow"]);
  expect(idsAfter(byLatency, null, servers, { nowMs: 60_000 })).toEqual(["slow", "quick"]);
});

test("byLatency takes a server without answers for a mean one", () => {
  const servers = [
    candidate("quick", { latencyMs: 10, latencyAtMs: 0 }),
    candidate("slow", { latencyMs: 100, latencyAtMs: 0 }),
    candidate("new"),
  ];
  expect(idsAfter(byLatency, null, servers)).toEqual(["quick", "new", "slow"]);
  expect(idsAfter(byLatency, null, [candidate("a", { inflight: 1 }), candidate("b")])).toEqual(["b", "a"]);
});
