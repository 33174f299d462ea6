import { problemRule } from "../problem-rule.ts";

/** httpd 1.3 has no check and runs out of files; 2.x gives up at a depth of 128. */
export const includeCycle = problemRule({
  id: "include-cycle",
  summary: "No file includes itself",
  category: "semantics",
  severity: "error",
});
