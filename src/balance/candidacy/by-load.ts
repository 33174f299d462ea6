import { parseNumber } from "../argument.ts";
import type { CandidacyDefinition } from "../candidacy.ts";
import { sortedBy } from "../order.ts";

/**
 * Lowest load average first. The bias is subtracted from this server's own load, so that it keeps the request unless another is
 * better by more than that.
 */
export const byLoad: CandidacyDefinition = {
  name: "byLoad",
  sharedObject: null,
  summary: "puts the servers in ascending order of their load average",
  argument: { description: "bias subtracted from this server's own load", default: "0" },
  ours: false,
  effect: "sort",
  create(argument) {
    const bias = parseNumber(argument ?? "0", { min: -1e6, max: 1e6, integer: false });
    if (typeof bias !== "number") return bias;
    return (candidates) =>
      sortedBy(candidates, (candidate) => (candidate.isSelf ? candidate.load - bias : candidate.load));
  },
};
