import type { CandidacyDefinition, Candidate } from "../candidacy.ts";
import { decayed } from "../inflight.ts";
import { sortedBy } from "../order.ts";

/**
 * Lowest peak-weighted latency times the requests in flight, the new one among them: what the next request may have to wait.
 * A slow answer counts at once and fades within seconds, so a server that was slow is tried again. Finagle's peak EWMA
 */
export const byLatency: CandidacyDefinition = {
  name: "byLatency",
  sharedObject: null,
  summary: "puts the servers first that answer our requests soonest, with what they have to do already",
  argument: null,
  ours: true,
  effect: "sort",
  create() {
    return (candidates, { nowMs }) => {
      const unknown = meanLatency(candidates, nowMs);
      return sortedBy(candidates, (candidate) => {
        const latency = candidate.latencyMs === 0 ? unknown : decayed(candidate, nowMs);
        return latency * (candidate.inflight + 1);
      });
    };
  },
};

/** Of those that answered, for those that did not yet: neither shunned nor flooded. 1 when none did. */
function meanLatency(candidates: readonly Candidate[], nowMs: number): number {
  let sum = 0;
  let count = 0;
  for (const candidate of candidates) {
    if (candidate.latencyMs === 0) continue;
    sum += decayed(candidate, nowMs);
    count += 1;
  }
  return count === 0 ? 1 : sum / count;
}
