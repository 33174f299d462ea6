import type { ActiveDirective } from "../../config/active-config.ts";
import { announceTargetOf } from "../announce-target.ts";
import { nameOnly } from "../places.ts";
import { defineRule } from "../rule.ts";

/**
 * With BackhandSelfRedirect a server that is chosen itself hands the request to the address that it advertises: the heavy
 * server beside it. Without an address in MulticastStats that is its own, and the request comes back to it.
 */
export const backhandSelfRedirect = defineRule({
  id: "backhand-self-redirect",
  summary: "BackhandSelfRedirect leads to another server than this one",
  category: "backhand",
  severity: "warning",
  fixable: "no",
  dialects: ["1.3"],
  create: ({ report }) => {
    const redirects: ActiveDirective[] = [];
    const announces: ActiveDirective[] = [];
    return {
      directives: ["backhandselfredirect", "multicaststats", "broadcaststats"],
      directive(directive) {
        const isOn = directive.words[0]?.value.toLowerCase() === "on";
        if (directive.key === "backhandselfredirect" && isOn) redirects.push(directive);
        if (announceTargetOf(directive) !== null) announces.push(directive);
      },
      end() {
        const own = announces.find((directive) => announceTargetOf(directive)?.contact === null);
        if (own === undefined) return;
        for (const directive of redirects) {
          report({
            ...nameOnly(directive.origin),
            message: "Circular BackhandSelfRedirect: the address that this server advertises is its own",
            help: "name the other server in front: `MulticastStats address:port destination:port,ttl`",
            related: [{ origin: own.origin, message: "advertised here" }],
          });
        }
      },
    };
  },
});
