import { dialects } from "../../../grammar/dialect.ts";
import { wholeLine } from "../places.ts";
import { quote } from "../quote.ts";
import { defineRule } from "../rule.ts";
import { firstWord } from "../sections.ts";

/** httpd refuses it when it starts, unless it was built with BIG_SECURITY_HOLE; httpd -t does not. */
export const runAsRoot = defineRule({
  id: "run-as-root",
  summary: "Requests are not answered by root",
  category: "security",
  severity: "warning",
  fixable: "no",
  dialects,
  create: ({ report }) => ({
    directives: ["user"],
    directive(directive) {
      const name = firstWord(directive);
      if (directive.key !== "user" || directive.spec === null || !/^(?:root|#0+)$/.test(name)) return;
      report({
        ...wholeLine(directive.origin),
        message: `Dangerous User ${quote(name)}: every fault of httpd or a script has all rights`,
        help: "name an account that owns nothing, such as www-data",
      });
    },
  }),
});
