import { problemRule } from "../problem-rule.ts";

/** httpd refuses modules that it does not have, and only remarks on those that are there already. */
export const moduleList = problemRule({
  id: "module-list",
  summary: "LoadModule, AddModule and ClearModuleList fit together",
  category: "semantics",
  severity: "info",
});
