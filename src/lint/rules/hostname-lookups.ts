import { dialects } from "../../../grammar/dialect.ts";
import { wholeLine } from "../places.ts";
import { defineRule } from "../rule.ts";
import { firstWord } from "../sections.ts";

export const hostnameLookups = defineRule({
  id: "hostname-lookups",
  summary: "No name is looked up for each request",
  category: "performance",
  severity: "warning",
  fixable: "no",
  dialects,
  create: ({ report }) => ({
    directives: ["hostnamelookups"],
    directive(directive) {
      if (directive.key !== "hostnamelookups" || !/^(?:on|double)$/i.test(firstWord(directive))) return;
      report({
        ...wholeLine(directive.origin),
        message: "Slow requests: each client's name is asked of the DNS before it gets an answer",
        help: "write `HostnameLookups Off`; logresolve looks the names up later",
      });
    },
  }),
});
