import type { CandidacyDefinition, Candidate } from "../candidacy.ts";
import { sortedBy } from "../order.ts";

/**
 * Random order in which a server comes first as often as its share of all idle workers says: the method of Apache's
 * mod_lbmethod_heartbeat. A server with idle workers and no busy one has most likely just started and gets a quarter. Servers
 * without idle workers come last, in random order.
 * Weighted sampling without replacement after Efraimidis and Spirakis: sort by −ln(random) / weight.
 */
export const byIdle: CandidacyDefinition = {
  name: "byIdle",
  sharedObject: null,
  summary: "puts the servers in random order, weighted by their idle workers",
  argument: null,
  ours: true,
  effect: "shuffle",
  create() {
    return (candidates, { random }) => {
      const key = (candidate: Candidate): number => {
        const weight = candidate.busy === 0 ? candidate.ready / 4 : candidate.ready;
        const draw = random();
        // Idle ones stay below 1000: −ln(1 − draw) is at most 37, for a draw of 53 bits, and the smallest weight is 1/4.
        return weight > 0 ? -Math.log1p(-draw) / weight : 1000 + draw;
      };
      return sortedBy(candidates, key);
    };
  },
};
