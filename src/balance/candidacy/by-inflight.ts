import type { CandidacyDefinition } from "../candidacy.ts";
import { sortedBy } from "../order.ts";

/** Fewest requests in flight from this balancer first. The figure is never stale, unlike everything that is announced. */
export const byInflight: CandidacyDefinition = {
  name: "byInflight",
  sharedObject: null,
  summary: "puts the servers first that have the fewest of our requests in flight",
  argument: null,
  ours: true,
  effect: "sort",
  create() {
    return (candidates) => sortedBy(candidates, (candidate) => candidate.inflight);
  },
};
