import { problemRule } from "../problem-rule.ts";

/** Where wildcards may stand differs between the httpd lines. */
export const badInclude = problemRule({
  id: "bad-include",
  summary: "Include names what httpd can include",
  category: "semantics",
  severity: "warning",
});
