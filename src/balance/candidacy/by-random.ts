import type { CandidacyDefinition } from "../candidacy.ts";
import { shuffled } from "../order.ts";

/** Puts the servers in random order. */
export const byRandom: CandidacyDefinition = {
  name: "byRandom",
  sharedObject: null,
  summary: "puts the servers in random order",
  argument: null,
  ours: false,
  effect: "shuffle",
  create() {
    return (candidates, { random }) => shuffled(candidates, random);
  },
};
