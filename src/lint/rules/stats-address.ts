import { addressOf, announceTargetOf, networkOf, type Endpoint } from "../announce-target.ts";
import { wordOnly } from "../places.ts";
import { quote } from "../quote.ts";
import { defineRule } from "../rule.ts";

const HOST_NAME = /^[a-z][\w.-]*$/i;

function isNumber(text: string, from: number, to: number): boolean {
  return /^\d{1,5}$/.test(text) && Number(text) >= from && Number(text) <= to;
}

/** What is wrong with `address[:port][,ttl]`, or null. Host names are for stats-host-name. */
function problemOf({ host, port, ttl }: Endpoint, needsPort: boolean): string | null {
  if (addressOf(host) === null && !HOST_NAME.test(host)) return `Malformed address ${quote(host)}`;
  if (port === null && needsPort) return `Missing port behind ${quote(host)}`;
  if (port !== null && !isNumber(port, 1, 65_535)) return `Impossible port ${quote(port)}`;
  if (ttl !== null && !isNumber(ttl, 0, 255)) return `Impossible TTL ${quote(ttl)}`;
  return null;
}

/**
 * The addresses of MulticastStats, BroadcastStats and AcceptStats. What mod_backhand itself makes of a wrong one is not
 * known, since its sources are not; statistics do not arrive in any case.
 */
export const statsAddress = defineRule({
  id: "stats-address",
  summary: "Statistics have well-formed addresses, ports and networks",
  category: "backhand",
  severity: "error",
  fixable: "no",
  dialects: ["1.3"],
  create: ({ report }) => ({
    directives: ["acceptstats", "multicaststats", "broadcaststats"],
    directive(directive) {
      const [word] = directive.words;
      if (directive.key === "acceptstats" && word !== undefined) {
        if (networkOf(word.value) !== null) return;
        const help = "write an address, or a network as `10.0.0.0/24` or `10.0.0.0/255.255.255.0`";
        report({ ...wordOnly(directive, word), message: `Malformed network ${quote(word.value)}`, help });
        return;
      }
      const target = announceTargetOf(directive);
      if (target === null) return;
      for (const endpoint of [target.contact, target.destination]) {
        if (endpoint === null) continue;
        const message = problemOf(endpoint, endpoint === target.destination);
        if (message === null) continue;
        const help = `written as \`${directive.name} [address[:port]] address:port[,ttl]\``;
        report({ ...wordOnly(directive, endpoint.word), message, help });
      }
    },
  }),
});
