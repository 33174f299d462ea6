import { problemRule } from "../problem-rule.ts";

/** httpd 1.3 ignores a stray `</IfModule>`, every other stray tag stops it. */
export const unmatchedClose = problemRule({
  id: "unmatched-close",
  summary: "Every closing tag has its opening one",
  category: "syntax",
  severity: "warning",
});
