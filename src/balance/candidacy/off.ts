import type { CandidacyDefinition, Candidate } from "../candidacy.ts";

const nobody: readonly Candidate[] = [];

/** Empties the list and ends the pipeline: the request is not balanced. */
export const off: CandidacyDefinition = {
  name: "off",
  sharedObject: null,
  summary: "ends the pipeline: requests here are not balanced",
  argument: null,
  ours: false,
  effect: "stop",
  create() {
    return () => nobody;
  },
};

/** The name of the same function as a C symbol. */
export const backhandOff: CandidacyDefinition = { ...off, name: "backhand_off" };
