import { problemRule } from "../problem-rule.ts";

/** mod_macro counts arguments and refuses what does not fit. */
export const badMacro = problemRule({
  id: "bad-macro",
  summary: "Macros are defined and used with their arguments",
  category: "semantics",
  severity: "warning",
});
