import { mistypedCloses } from "../mistyped-close.ts";
import { problemRule } from "../problem-rule.ts";

/** An IfModule that is true needs no end in any httpd, so not every finding is fatal; readers of the file need one. */
export const unclosedSection = problemRule({
  id: "unclosed-section",
  summary: "Every section is closed",
  category: "syntax",
  severity: "warning",
  // unmatched-close says it, at the closing tag.
  ignore: (problem, config) => mistypedCloses(config).consequences.has(problem),
});
