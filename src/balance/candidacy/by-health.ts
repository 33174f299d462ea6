import type { CandidacyDefinition } from "../candidacy.ts";
import { defaultHealth, readHealthWords } from "../health-words.ts";

/**
 * Drops servers that failed so many of our requests one after the other, for `eject` seconds after the last failure: a stricter
 * rule for one place than BackhandHealth has for all. When it would drop more than `max-ejected` of the list, the list stays.
 */
export const byHealth: CandidacyDefinition = {
  name: "byHealth",
  sharedObject: null,
  summary: "drops servers that failed our last requests",
  argument: { description: "failures=, eject= and max-ejected=, separated by commas", default: "failures=1,eject=5" },
  ours: true,
  effect: "filter",
  create(argument) {
    const words = (argument ?? "failures=1,eject=5").split(",");
    const odd = words.find((word) => /^(?:errors|window)=/i.test(word));
    const read = readHealthWords(words, { ...defaultHealth, failures: 1, ejectMs: 5000 });
    if (odd !== undefined) return { error: `Expected failures=, eject= or max-ejected= instead of "${odd}"` };
    if ("error" in read) return read;
    const { failures, ejectMs, maxEjected } = read;
    return (candidates, { nowMs }) => {
      const kept = candidates.filter(
        ({ failuresInRow, failedAtMs }) => failuresInRow < failures || nowMs - failedAtMs >= ejectMs,
      );
      return candidates.length - kept.length > maxEjected * candidates.length ? candidates : kept;
    };
  },
};
