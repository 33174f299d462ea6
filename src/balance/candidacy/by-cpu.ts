import type { CandidacyDefinition } from "../candidacy.ts";
import { sortedBy } from "../order.ts";

/** Most idle CPU first. */
export const byCpu: CandidacyDefinition = {
  name: "byCPU",
  sharedObject: null,
  summary: "puts the servers with the most idle CPU first",
  argument: null,
  ours: false,
  effect: "sort",
  create() {
    return (candidates) => sortedBy(candidates, (candidate) => -candidate.cpuIdle);
  },
};
