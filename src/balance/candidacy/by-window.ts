import { parseNumber } from "../argument.ts";
import type { CandidacyDefinition } from "../candidacy.ts";

/** Two random choices give nearly all of the gain; more choices need fresher figures than one announcement a second. */
const DEFAULT_SIZE = "2";

/** Keeps the first so many servers. */
export const byWindow: CandidacyDefinition = {
  name: "byWindow",
  sharedObject: null,
  summary: "keeps the first so many servers",
  argument: { description: "number of servers", default: DEFAULT_SIZE },
  ours: true,
  effect: "window",
  create(argument) {
    const size = parseNumber(argument ?? DEFAULT_SIZE, { min: 1, max: 1e6, integer: true });
    if (typeof size !== "number") return size;
    return (candidates) => candidates.slice(0, size);
  },
};
