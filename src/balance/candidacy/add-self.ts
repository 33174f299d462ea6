import type { CandidacyDefinition } from "../candidacy.ts";

/** Puts this server at the end of the list if it is missing. */
export const addSelf: CandidacyDefinition = {
  name: "addSelf",
  sharedObject: null,
  summary: "puts this server at the end of the list if it is missing",
  argument: null,
  ours: false,
  effect: "extend",
  create() {
    return (candidates, { self }) =>
      candidates.some((candidate) => candidate.isSelf || candidate.id === self.id) ? candidates : [...candidates, self];
  },
};
