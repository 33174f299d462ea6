import { problemRule } from "../problem-rule.ts";

/** httpd 1.3 drops a continued line that nothing follows, without a word. */
export const lostLine = problemRule({
  id: "lost-line",
  summary: "No line gets lost at the end of the file",
  category: "syntax",
  severity: "warning",
});
