import { dialects } from "../../../grammar/dialect.ts";
import type { ActiveNode } from "../../config/active-config.ts";
import { argumentProblem } from "../../config/arguments.ts";
import { contextProblem } from "../../config/contexts.ts";
import { valueProblem } from "../../config/values.ts";
import { wholeLine } from "../places.ts";
import { defineRule } from "../rule.ts";

/** A marker that a build replaces, `@@Port@@`: what will stand there is not known. */
const MARKER = /@\w+@/;

/** What the handlers of the directives refuse; src/config/values.ts reads the words as they do. */
export const argumentValue = defineRule({
  id: "argument-value",
  summary: "The arguments of directives are ones that httpd takes",
  category: "semantics",
  severity: "error",
  fixable: "no",
  dialects,
  create: ({ report }) => {
    const check = (node: ActiveNode): void => {
      // httpd asks the handler last.
      if (node.origin === null || MARKER.test(node.rawArgs) || contextProblem(node) !== null) return;
      if (node.kind === "directive" && argumentProblem(node) !== null) return;
      const problem = valueProblem(node);
      if (problem === null) return;
      const { message, span, help } = problem;
      const place = wholeLine(node.origin);
      report({ ...place, span: span ?? place.span, message, ...(help === undefined ? {} : { help }), fatal: true });
    };
    return { directive: check, section: check };
  },
});
