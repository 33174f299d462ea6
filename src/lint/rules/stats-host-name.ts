import { addressOf, announceTargetOf } from "../announce-target.ts";
import { wordOnly } from "../places.ts";
import { quote } from "../quote.ts";
import { defineRule } from "../rule.ts";

/** Older versions of mod_backhand take addresses only, and a name that resolves elsewhere sends the traffic elsewhere. */
export const statsHostName = defineRule({
  id: "stats-host-name",
  summary: "Statistics go to and name addresses, not host names",
  category: "backhand",
  severity: "warning",
  fixable: "no",
  dialects: ["1.3"],
  create: ({ report }) => ({
    directives: ["multicaststats", "broadcaststats"],
    directive(directive) {
      const target = announceTargetOf(directive);
      if (target === null) return;
      for (const endpoint of [target.contact, target.destination]) {
        if (endpoint === null || addressOf(endpoint.host) !== null || !/^[a-z][\w.-]*$/i.test(endpoint.host)) continue;
        const message = `Host name ${quote(endpoint.host)} in ${directive.name}`;
        const help = "write its address: older versions of mod_backhand do not resolve names";
        report({ ...wordOnly(directive, endpoint.word), message, help });
      }
    },
  }),
});
