import type { Host, Place, RoutingTable, TableDirective } from "../../compile/table.ts";
import { hostFinder } from "../../routing/virtual-host.ts";
import { isInside, parseNetwork } from "../../stats/ip-address.ts";
import { plainAddress } from "../client-address.ts";
import { ServerError } from "../server-error.ts";

/** Which connections begin with a header of the PROXY protocol. */
export interface ProxyProtocol {
  /** `refuse`: one would have to, but its peer is nobody whose word counts. */
  readonly expects: (connection: {
    readonly localAddress: string;
    readonly localPort: number;
    readonly peer: string;
  }) => "header" | "none" | "refuse";
}

/**
 * Reads RemoteIPProxyProtocol and its exceptions; `trusted` are the networks of BackhandTrustedProxy. Null: nowhere. Throws a
 * ServerError that names the line when nobody is trusted, or a network is none.
 */
export function createProxyProtocol(
  table: RoutingTable,
  trusted: readonly string[],
  where: (place: Place) => string,
): ProxyProtocol | null {
  const main = lastLine(table.hosts[0]);
  const lines = table.hosts.map((host) => lastLine(host) ?? main);
  const isOn = lines.map((line) => line?.args[0]?.toLowerCase() === "on");
  const line = lines.find((_, host) => isOn[host] === true);
  if (line === undefined) return null;
  if (trusted.length === 0) {
    throw new ServerError(
      "BACKHAND_BAD_TABLE",
      `RemoteIPProxyProtocol (${where(line.place)}): Expected a BackhandTrustedProxy line with the addresses of the proxies: ` +
        "whoever else connects could name any address as his own",
    );
  }
  const proxies = trusted.map(parseNetwork);
  const exceptions = table.hosts
    .flatMap(({ directives }) => directives)
    .filter(({ name }) => name.toLowerCase() === "remoteipproxyprotocolexceptions")
    .flatMap(({ args, place, name }) =>
      args.map((word) => {
        try {
          return parseNetwork(word);
        } catch (error) {
          throw new ServerError(
            "BACKHAND_BAD_TABLE",
            `${name}: Expected an address or a network, got "${word}" (${where(place)})`,
            error,
          );
        }
      }),
    );
  const findHost = hostFinder(table);
  return {
    expects({ localAddress, localPort, peer }) {
      if (isOn[findHost(localAddress, localPort, null, "").host] !== true) return "none";
      const address = plainAddress(peer);
      if (exceptions.length > 0 && isInside(address, exceptions)) return "none";
      return isInside(address, proxies) ? "header" : "refuse";
    },
  };
}

function lastLine(host: Host | undefined): TableDirective | undefined {
  return host?.directives.findLast(({ name }) => name.toLowerCase() === "remoteipproxyprotocol");
}
