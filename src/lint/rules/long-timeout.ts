import { dialects } from "../../../grammar/dialect.ts";
import { wholeLine } from "../places.ts";
import { defineRule } from "../rule.ts";
import { firstWord } from "../sections.ts";

/**
 * Seconds beyond which a process or thread is held for nobody: 300 was 1.3's default for a whole answer, and 15 for an idle
 * connection; a minute of idling is more than any browser uses.
 */
const LIMITS: ReadonlyMap<string, number> = new Map([
  ["timeout", 600],
  ["keepalivetimeout", 60],
]);

export const longTimeout = defineRule({
  id: "long-timeout",
  summary: "Connections that do nothing are given up in time",
  category: "performance",
  severity: "warning",
  fixable: "no",
  dialects,
  create: ({ report }) => ({
    directives: [...LIMITS.keys()],
    directive(directive) {
      const limit = LIMITS.get(directive.key);
      const value = firstWord(directive);
      if (limit === undefined || directive.spec === null || !/^\d{1,9}$/.test(value) || Number(value) <= limit) return;
      report({
        ...wholeLine(directive.origin),
        message: `Long ${directive.name}: a client that does nothing holds a worker for ${Number(value)} seconds`,
        help: directive.key === "timeout" ? "60 seconds are httpd's default today" : "5 to 15 seconds are enough",
      });
    },
  }),
});
