import { parseNumber } from "../argument.ts";
import type { CandidacyDefinition } from "../candidacy.ts";

/**
 * Raises each server's load, for this decision, by the requests that we sent it since its last announcement, divided by its
 * CPUs. What a server announced a second ago does not know of them.
 */
export const addPrediction: CandidacyDefinition = {
  name: "addPrediction",
  sharedObject: null,
  summary: "adds the requests sent since the last announcement to each server's load",
  argument: { description: "load that one request counts for, before division by the CPUs", default: "1" },
  ours: false,
  effect: "adjust",
  create(argument) {
    const weight = parseNumber(argument ?? "1", { min: 0, max: 1e6, integer: false });
    if (typeof weight !== "number") return weight;
    return (candidates) =>
      candidates.map((candidate) =>
        candidate.sentSinceHeard === 0
          ? candidate
          : {
              ...candidate,
              load: candidate.load + (weight * candidate.sentSinceHeard) / Math.max(1, candidate.cpuCount),
            },
      );
  },
};
