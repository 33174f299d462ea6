import { fixAt, nameOnly } from "../places.ts";
import { defineRule } from "../rule.ts";

/** BroadcastStats is the name of before 1.0; MulticastStats takes the same arguments. */
export const broadcastStats = defineRule({
  id: "broadcast-stats",
  summary: "MulticastStats has replaced BroadcastStats",
  category: "backhand",
  severity: "warning",
  fixable: "safe",
  dialects: ["1.3"],
  create: ({ report }) => ({
    directives: ["broadcaststats"],
    directive(directive) {
      if (directive.key !== "broadcaststats") return;
      const place = nameOnly(directive.origin);
      const { start, end } = place.span;
      report({
        ...place,
        message: `Deprecated directive "${directive.name}"`,
        help: "`MulticastStats` takes the same arguments",
        ...fixAt(directive.origin, true, [{ start, end, text: "MulticastStats" }]),
      });
    },
  }),
});
