import type { IncomingMessage } from "node:http";
import type { RoutingTable } from "../compile/table.ts";
import { isWebSocket, upgradeWord } from "../routing/proxy-passage.ts";

/** Protocols, in lower case, that some request may change to; `any`: all but those that carry HTTP themselves. */
export type Upgrades = ReadonlySet<string>;

/** WebSocket always, and what the ProxyPass lines of a table have behind `upgrade=`. */
export function readUpgrades(table: RoutingTable): Upgrades {
  const lines = [...table.hosts, ...table.sections].flatMap(({ directives }) => directives);
  return new Set(["websocket", ...lines.map((line) => upgradeWord(line) ?? "websocket")]);
}

/** One name of a protocol, with a version or not. RFC 9110 7.8 */
const protocolName = /^[\w!#$%&'*+.^`|~-]+(?:\/[\w!#$%&'*+.^`|~-]+)?$/;

/** Within these more requests would come, which nobody here would see: past the access rules. */
const carriesHttp = /^(?:h2c?|(?:http|tls)(?:\/.*)?)$/;

/** The protocol, in lower case, that a request asks for; null: none that could be relayed. */
export function protocolAskedFor({ method, headers }: IncomingMessage): string | null {
  const asked = headers.upgrade?.toLowerCase() ?? "";
  return method === "GET" && protocolName.test(asked) && !carriesHttp.test(asked) ? asked : null;
}

/** Whether a request wants a protocol that some server may be asked for; all others are handled as if they did not. */
export function wantsUpgrade(request: IncomingMessage, upgrades: Upgrades): boolean {
  const asked = protocolAskedFor(request);
  return asked !== null && (upgrades.has(asked) || upgrades.has("any"));
}

/** Whether a request wants the one protocol that is relayed without a line that says so. */
export function wantsWebSocket(request: IncomingMessage): boolean {
  return isWebSocket(protocolAskedFor(request));
}
