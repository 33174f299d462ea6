import type { CandidacyDefinition } from "../candidacy.ts";
import { toBytes } from "../../routing/bytes.ts";
import { compilePattern } from "../../routing/pattern.ts";

/** Names are matched once and remembered, up to so many; a cluster has fewer, and forged names must not fill the memory. */
const REMEMBERED = 4096;

/** Keeps the servers whose name matches an extended regular expression somewhere. */
export const byHostname: CandidacyDefinition = {
  name: "byHostname",
  sharedObject: "byHostname.so",
  summary: "keeps the servers whose host name matches a regular expression",
  argument: { description: "extended regular expression", default: null },
  ours: false,
  effect: "filter",
  create(argument) {
    if (argument === null || argument === "") return { error: "Expected a regular expression for host names" };
    const pattern = compilePattern(toBytes(argument), "ere");
    if ("error" in pattern) return { error: `${pattern.error} in the regular expression "${argument}"` };
    const known = new Map<string, boolean>();
    return (candidates) =>
      candidates.filter(({ id }) => {
        const remembered = known.get(id);
        if (remembered !== undefined) return remembered;
        const matches = pattern.test(toBytes(id));
        if (known.size >= REMEMBERED) known.clear();
        known.set(id, matches);
        return matches;
      });
  },
};
