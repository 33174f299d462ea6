import { addressOf, announceTargetOf, isGroup } from "../announce-target.ts";
import { wordOnly } from "../places.ts";
import { quote } from "../quote.ts";
import { defineRule } from "../rule.ts";

/**
 * RFC 2365: 239.0.0.0/8 is for whom it may concern at home; other groups are assigned to somebody, and 224.0.0.0/24 belongs
 * to routing protocols. mod_backhand's own examples use 225.x with a TTL of 1, which leaves no network: that is worth a
 * remark only.
 */
export const statsGroupScope = defineRule({
  id: "stats-group-scope",
  summary: "Statistics use a multicast group of 239.0.0.0/8",
  category: "backhand",
  severity: "warning",
  fixable: "no",
  dialects: ["1.3"],
  create: ({ report }) => ({
    directives: ["multicaststats", "broadcaststats"],
    directive(directive) {
      const target = announceTargetOf(directive);
      if (target === null) return;
      const { host, ttl, word } = target.destination;
      const address = addressOf(host);
      if (address === null || !isGroup(address) || address.kind() !== "ipv4") return;
      const [first = 0, second = 0, third = 0] = address.toByteArray();
      if (first === 239) return;
      const reserved = first === 224 && second === 0 && third === 0;
      const stays = ttl === "0" || ttl === "1";
      report({
        ...wordOnly(directive, word),
        message: reserved
          ? `Reserved multicast group ${quote(host)}: 224.0.0.0/24 belongs to routing protocols`
          : `Public multicast group ${quote(host)}`,
        help: "groups of 239.0.0.0/8 are free for private use",
        severity: stays && !reserved ? "info" : "warning",
      });
    },
  }),
});
