import { dialects } from "../../../grammar/dialect.ts";
import { contextProblem } from "../../config/contexts.ts";
import { isMisled } from "../mistyped-close.ts";
import { nameOnly } from "../places.ts";
import { defineRule } from "../rule.ts";

/** Where httpd runs a command is in its tables; src/config/contexts.ts reads them as httpd does. */
export const wrongContext = defineRule({
  id: "wrong-context",
  summary: "Directives stand where httpd takes them",
  category: "semantics",
  severity: "error",
  fixable: "no",
  dialects,
  create: ({ config, report }) => ({
    directive(directive) {
      const problem = contextProblem(directive);
      if (problem === null || isMisled(directive, config)) return;
      report({ ...nameOnly(directive.origin), message: problem, fatal: true });
    },
  }),
});
