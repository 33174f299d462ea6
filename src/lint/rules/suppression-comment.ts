import { defineRule } from "../rule.ts";

/** What there is to say is known only when all other rules are done, so the engine says it (suppression-findings.ts). */
export const suppressionComment = defineRule({
  id: "suppression-comment",
  summary: "Suppression comments name rules that exist and suppress something",
  category: "style",
  severity: "info",
  fixable: "no",
  dialects: ["1.3", "2.0", "2.2", "2.4"],
  create: () => ({}),
});
