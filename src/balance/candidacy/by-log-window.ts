import type { CandidacyDefinition } from "../candidacy.ts";

/**
 * Keeps the first log2(n) of n servers, rounded down, at least one: of 17 it keeps 4. Choosing the best of a few random servers
 * spreads the load nearly as well as looking at all, and does not send everybody to the same one.
 */
export const byLogWindow: CandidacyDefinition = {
  name: "byLogWindow",
  sharedObject: null,
  summary: "keeps the first log2(n) of n servers",
  argument: null,
  ours: false,
  effect: "window",
  create() {
    return (candidates) => candidates.slice(0, Math.max(1, 31 - Math.clz32(candidates.length)));
  },
};
