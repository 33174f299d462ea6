import type { CandidacyDefinition } from "../candidacy.ts";
import { kept } from "../order.ts";

/** Takes this server out of the list. */
export const removeSelf: CandidacyDefinition = {
  name: "removeSelf",
  sharedObject: null,
  summary: "takes this server out of the list",
  argument: null,
  ours: false,
  effect: "filter",
  create() {
    return (candidates) => kept(candidates, (candidate) => !candidate.isSelf);
  },
};
