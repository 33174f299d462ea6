import { dialects } from "../../../grammar/dialect.ts";
import { wholeLine } from "../places.ts";
import { defineRule } from "../rule.ts";
import { firstWord } from "../sections.ts";

/** On is the default; who writes it has decided it, and who writes extended has left a test behind. */
export const traceEnabled = defineRule({
  id: "trace-enabled",
  summary: "TRACE is not switched on",
  category: "security",
  severity: "warning",
  fixable: "no",
  dialects,
  create: ({ report }) => ({
    directives: ["traceenable"],
    directive(directive) {
      const value = firstWord(directive).toLowerCase();
      if (directive.key !== "traceenable" || directive.spec === null || (value !== "on" && value !== "extended"))
        return;
      report({
        ...wholeLine(directive.origin),
        message: "Enabled TRACE: the answer repeats the request, its cookies and what proxies added",
        help: "write `TraceEnable Off`",
      });
    },
  }),
});
