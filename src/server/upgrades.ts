import type { IncomingMessage } from "node:http";
import type { RoutingTable } from "../compile/table.ts";
import { protocolAskedFor } from "../proxy/upgrade-protocol.ts";
import { lowerName } from "../routing/lower-name.ts";
import { proxyPassNames } from "../routing/proxy-pass.ts";
import { upgradeWord } from "../routing/proxy-passage.ts";

/** Protocols, in lower case, that some request may change to; `any`: all but those that carry HTTP themselves. */
export type Upgrades = ReadonlySet<string>;

/** WebSocket always, and what the ProxyPass lines of a table have behind `upgrade=`. */
export function readUpgrades(table: RoutingTable): Upgrades {
  const upgrades = new Set(["websocket"]);
  for (const { directives } of [...table.hosts, ...table.sections]) {
    for (const line of directives) {
      const word = proxyPassNames.has(lowerName(line.name)) ? upgradeWord(line) : null;
      if (word !== null) upgrades.add(word);
    }
  }
  return upgrades;
}

/** Whether a request wants a protocol that some server may be asked for; all others are handled as if they did not. */
export function wantsUpgrade(request: IncomingMessage, upgrades: Upgrades): boolean {
  const asked = protocolAskedFor(request);
  return asked !== null && (upgrades.has(asked) || upgrades.has("any"));
}
