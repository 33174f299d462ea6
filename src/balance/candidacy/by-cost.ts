import type { CandidacyDefinition, Candidate } from "../candidacy.ts";
import { sortedBy } from "../order.ts";

/**
 * Cheapest first, by the opportunity cost of one more request. With n servers, a server costs
 * n^(used memory / total memory) + n^(load / L), where L is the smallest power of two, at least 1, not below any load seen so
 * far. One more request adds 1 / (relative speed × CPUs) to the load and nothing to the memory, so the memory part drops out of
 * the difference; it decides between servers of the same marginal cost.
 * Y. Amir, B. Awerbuch, R. S. Borgstrom, A. Keren, "An opportunity cost approach for job assignment and reassignment"
 */
export const byCost: CandidacyDefinition = {
  name: "byCost",
  sharedObject: null,
  summary: "puts the servers first on which one more request costs least",
  argument: null,
  ours: false,
  effect: "sort",
  create() {
    let highWater = 1;
    return (candidates) => {
      let fastest = 0;
      for (const { load, arriba } of candidates) {
        while (highWater < load) highWater *= 2;
        if (arriba > fastest) fastest = arriba;
      }
      const base = candidates.length;
      const loadUnit = highWater;
      const byWhole = sortedBy(candidates, (candidate) => usedMemory(candidate));
      return sortedBy(byWhole, (candidate) => {
        const step = 1 / (relativeSpeed(candidate, fastest) * Math.max(1, candidate.cpuCount));
        // n^((load + step) / L) − n^(load / L), written so that two overflowing powers don't become NaN.
        return base ** (candidate.load / loadUnit) * (base ** (step / loadUnit) - 1);
      });
    };
  },
};

/** A server that did not measure itself counts as the fastest: nothing says that it is slower. */
function relativeSpeed(candidate: Candidate, fastest: number): number {
  return candidate.arriba > 0 && fastest > 0 ? candidate.arriba / fastest : 1;
}

/** Used share of the memory, 0 to 1; 0 for servers that don't tell. */
function usedMemory(candidate: Candidate): number {
  if (candidate.totalMemoryBytes <= 0) return 0;
  return 1 - Math.min(1, candidate.availableMemoryBytes / candidate.totalMemoryBytes);
}
