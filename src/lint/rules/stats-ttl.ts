import { addressOf, announceTargetOf, isGroup } from "../announce-target.ts";
import { fixAt, wordOnly } from "../places.ts";
import { quote } from "../quote.ts";
import { defineRule } from "../rule.ts";

/** A group is reached as far as its TTL goes; a broadcast or a single address is not counted by TTL. */
export const statsTtl = defineRule({
  id: "stats-ttl",
  summary: "MulticastStats has a TTL for a multicast group, and only for one",
  category: "backhand",
  severity: "warning",
  fixable: "unsafe",
  dialects: ["1.3"],
  create: ({ report }) => ({
    directives: ["multicaststats", "broadcaststats"],
    directive(directive) {
      const target = announceTargetOf(directive);
      if (target === null) return;
      const { host, port, ttl, word } = target.destination;
      const address = addressOf(host);
      // Without a port nothing is sure; argument-value says so.
      if (address === null || port === null) return;
      const place = wordOnly(directive, word);
      if (isGroup(address) && ttl === null) {
        const at = word.end - word.quote.length;
        report({
          ...place,
          message: `Missing TTL for the multicast group ${quote(host)}`,
          help: `write \`${word.value},1\` to stay in this network`,
          ...fixAt(directive.origin, false, [{ start: at, end: at, text: ",1" }]),
        });
      } else if (!isGroup(address) && ttl !== null) {
        const message = `Useless TTL: ${quote(host)} is no multicast group`;
        const at = word.end - word.quote.length;
        const edits = [{ start: at - ttl.length - 1, end: at, text: "" }];
        report({ ...place, message, help: `write \`${host}:${port}\``, ...fixAt(directive.origin, false, edits) });
      }
    },
  }),
});
