import type { IncomingMessage } from "node:http";
import type { RoutingTable } from "../compile/table.ts";
import { protocolAskedFor } from "../proxy/upgrade-protocol.ts";
import { isWebSocket, upgradeWord } from "../routing/proxy-passage.ts";

/** Protocols, in lower case, that some request may change to; `any`: all but those that carry HTTP themselves. */
export type Upgrades = ReadonlySet<string>;

/** WebSocket always, and what the ProxyPass lines of a table have behind `upgrade=`. */
export function readUpgrades(table: RoutingTable): Upgrades {
  const lines = [...table.hosts, ...table.sections].flatMap(({ directives }) => directives);
  return new Set(["websocket", ...lines.map((line) => upgradeWord(line) ?? "websocket")]);
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
