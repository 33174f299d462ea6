import { problemRule } from "../problem-rule.ts";

/** Written like a variable of the environment; those are set where the server starts, as in Debian's envvars. */
const OF_ENVIRONMENT = /\$\{[A-Z][A-Z0-9_]*\}/;

/** The text `${NAME}` stays as it is, which is hardly ever meant. */
export const undefinedVariable = problemRule({
  id: "undefined-variable",
  summary: "Variables are defined",
  category: "semantics",
  severity: "warning",
  severityOf: ({ message }) => (OF_ENVIRONMENT.test(message) ? "info" : "warning"),
});
