import { parseNumber } from "../argument.ts";
import type { CandidacyDefinition } from "../candidacy.ts";
import { kept } from "../order.ts";

/** mod_backhand's default; far longer than a good choice needs, but it is what unadorned `byAge` lines were written for. */
const DEFAULT_SECONDS = "20";

/** Drops servers whose last announcement is older than so many seconds. This server itself is always fresh. */
export const byAge: CandidacyDefinition = {
  name: "byAge",
  sharedObject: null,
  summary: "drops servers that were not heard from for more than so many seconds",
  argument: { description: "seconds", default: DEFAULT_SECONDS },
  ours: false,
  effect: "filter",
  create(argument) {
    const seconds = parseNumber(argument ?? DEFAULT_SECONDS, { min: 0, max: 1e6, integer: false });
    if (typeof seconds !== "number") return seconds;
    const limitMs = seconds * 1000;
    return (candidates, { nowMs }) =>
      kept(candidates, (candidate) => candidate.isSelf || nowMs - candidate.lastHeardMs <= limitMs);
  },
};
