import { parseNumber } from "../argument.ts";
import type { CandidacyDefinition } from "../candidacy.ts";
import { sortedBy } from "../order.ts";

/** Fewest busy workers first; the bias is subtracted from this server's own count. */
export const byBusyChildren: CandidacyDefinition = {
  name: "byBusyChildren",
  sharedObject: null,
  summary: "puts the servers in ascending order of their busy workers",
  argument: { description: "bias subtracted from this server's own busy workers", default: "0" },
  ours: false,
  effect: "sort",
  create(argument) {
    const bias = parseNumber(argument ?? "0", { min: -1e6, max: 1e6, integer: true });
    if (typeof bias !== "number") return bias;
    return (candidates) =>
      sortedBy(candidates, (candidate) => (candidate.isSelf ? candidate.busy - bias : candidate.busy));
  },
};
