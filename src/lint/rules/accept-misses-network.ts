import type { ActiveDirective } from "../../config/active-config.ts";
import { addressOf, announceTargetOf, isBroadcast, networkOf } from "../announce-target.ts";
import { wordOnly } from "../places.ts";
import { quote } from "../quote.ts";
import { defineRule } from "../rule.ts";

/** Clusters have a handful; each address is compared with each. */
const MOST_NETWORKS = 100;

/**
 * The configuration itself names addresses of the servers' network: the one that this server advertises, and the broadcast
 * address that it announces to. When AcceptStats holds neither, the neighbours' packets are dropped.
 */
export const acceptMissesNetwork = defineRule({
  id: "accept-misses-network",
  summary: "AcceptStats covers the network that the statistics go to",
  category: "backhand",
  severity: "warning",
  fixable: "no",
  dialects: ["1.3"],
  create: ({ report }) => {
    const accepts: ActiveDirective[] = [];
    const announces: ActiveDirective[] = [];
    return {
      directives: ["acceptstats", "multicaststats", "broadcaststats"],
      directive(directive) {
        if (directive.key === "acceptstats") accepts.push(directive);
        if (announceTargetOf(directive) !== null) announces.push(directive);
      },
      end() {
        const [first] = accepts;
        const texts = new Set(accepts.map(({ words }) => words[0]?.value ?? ""));
        if (first === undefined || texts.size > MOST_NETWORKS) return;
        const networks = [...texts].map(networkOf);
        if (networks.includes(null)) return;
        for (const directive of announces) {
          const target = announceTargetOf(directive);
          if (target === null) continue;
          for (const endpoint of [target.contact, target.destination]) {
            const address = addressOf(endpoint?.host ?? "");
            if (endpoint === null || address === null) continue;
            const limited = address.toString() === "255.255.255.255";
            if (endpoint === target.destination && (limited || !isBroadcast(address))) continue;
            const covered = networks.some(
              (network) => network !== null && network[0].kind() === address.kind() && address.match([...network]),
            );
            if (covered) continue;
            const message = `Unaccepted address ${quote(endpoint.host)}: no AcceptStats covers it`;
            const related = [{ origin: first.origin, message: "accepted here" }];
            report({ ...wordOnly(directive, endpoint.word), message, related });
          }
        }
      },
    };
  },
});
