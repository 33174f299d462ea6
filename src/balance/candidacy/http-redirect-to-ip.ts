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
      // The client knows nothing of our interfaces: a zone leads it nowhere.
      context.redirect(({ address }) => (address.includes(":") ? `[${address.replace(/%.*$/, "")}]` : address));
      return candidates;
    };
  },
};
