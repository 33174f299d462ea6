import { problemRule } from "../problem-rule.ts";

/** A file with markers is the source of a configuration and none itself: one finding instead of one for each marker. */
export const templateFile = problemRule({
  id: "template-file",
  summary: "The file is a configuration and not its template",
  category: "semantics",
  severity: "info",
});
