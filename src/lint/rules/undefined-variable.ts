import { problemRule } from "../problem-rule.ts";

/** The text `${NAME}` stays as it is, which is hardly ever meant. */
export const undefinedVariable = problemRule({
  id: "undefined-variable",
  summary: "Variables are defined",
  category: "semantics",
  severity: "warning",
});
