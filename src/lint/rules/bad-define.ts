import { problemRule } from "../problem-rule.ts";

/** Names of variables must not contain a colon. */
export const badDefine = problemRule({
  id: "bad-define",
  summary: "Define and UnDefine are written as httpd takes them",
  category: "syntax",
  severity: "warning",
});
