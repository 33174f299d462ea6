import type { CandidacyDefinition } from "../candidacy.ts";

/** Answers with a redirect to the chosen server's address instead of relaying the request. */
export const httpRedirectToIp: CandidacyDefinition = {
  name: "HTTPRedirectToIP",
  sharedObject: null,
  summary: "answers with a redirect to the chosen server's address",
  argument: null,
  ours: false,
  effect: "redirect",
  create() {
    return (candidates, context) => {
      context.redirect((chosen) => (chosen.address.includes(":") ? `[${chosen.address}]` : chosen.address));
      return candidates;
    };
  },
};
