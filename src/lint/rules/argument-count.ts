import { dialects } from "../../../grammar/dialect.ts";
import { argumentProblem } from "../../config/arguments.ts";
import { wholeLine } from "../places.ts";
import { defineRule } from "../rule.ts";

/** How many arguments a directive takes is in httpd's tables; src/config/arguments.ts counts as httpd does. */
export const argumentCount = defineRule({
  id: "argument-count",
  summary: "Directives have as many arguments as they take",
  category: "syntax",
  severity: "error",
  fixable: "no",
  dialects,
  create: ({ report }) => ({
    directive(directive) {
      const problem = argumentProblem(directive);
      if (problem === null) return;
      const syntax = directive.spec?.syntax;
      const help = syntax === undefined ? {} : { help: `written as \`${syntax}\`` };
      report({ ...wholeLine(directive.origin), message: problem, ...help, fatal: true });
    },
  }),
});
