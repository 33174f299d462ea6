import type { HostAddress, RoutingTable } from "../../compile/table.ts";
import { fromBytes, lowerAscii, toBytes } from "../../routing/bytes.ts";
import { addressChains, chainFor, isWildcard } from "../../routing/host-addresses.ts";
import { hostFinder } from "../../routing/virtual-host.ts";

/** An address and port where requests arrive, and the hosts that they meet there. */
export interface Endpoint {
  /** IP text, or `*` for all that have no endpoint of their own. */
  readonly address: string;
  readonly port: number;
  /** Index into the table's hosts: answers names that nobody has. */
  readonly host: number;
  /** Names in lower case; no two are alike. Those with `*` or `?` stand in the order in which they are tried. */
  readonly names: readonly { readonly pattern: string; readonly host: number }[];
}

/** An address that no configuration has (RFC 5737), for whatever arrives at `*`. */
export const ANY_ADDRESS = "192.0.2.2";

/** The address to route with for an endpoint. */
export function routingAddress({ address }: Pick<Endpoint, "address">): string {
  return address === "*" ? ANY_ADDRESS : address;
}

/** Addresses of hosts that stand for no others, by port with those for any port among them; by 0 those for any alone. */
function fixedAddresses({ hosts }: RoutingTable): ReadonlyMap<number, readonly HostAddress[]> {
  const all = hosts.flatMap(({ addresses }) => addresses.filter((own) => !isWildcard(own)));
  const isForAny = all.some(({ port }) => port === 0);
  const found = new Map<number, HostAddress[]>([[0, all.filter(({ port }) => port === 0)]]);
  for (const own of all) {
    if (own.port === 0) continue;
    const list = found.get(own.port);
    if (list !== undefined) {
      if (!isForAny) list.push(own);
    } else found.set(own.port, isForAny ? all.filter(({ port }) => port === 0 || port === own.port) : [own]);
  }
  return found;
}

/** Everywhere that the server listens, with the hosts by the very search that routing uses. */
export function endpointsOf(table: RoutingTable): readonly Endpoint[] {
  const chains = addressChains(table);
  const find = hostFinder(table);
  const fixed = fixedAddresses(table);
  // Until 2.2 such an address has its hosts on every port, the first for want of another.
  const named = table.nameVirtualHosts.filter((one) => one.port === 0 && !isWildcard(one));
  const places = new Map<string, { readonly address: string; readonly port: number }>();
  for (const { address, port } of table.listen) {
    places.set(`${address}:${port}`, { address, port });
    if (address !== "*") continue;
    for (const own of [...(fixed.get(port) ?? fixed.get(0) ?? []), ...named]) {
      if (chainFor(chains, own.address, port, table.apache === "2.4") === null) continue;
      places.set(`${own.address}:${port}`, { address: own.address, port });
    }
  }
  return [...places.values()].map(({ address, port }): Endpoint => {
    const at = routingAddress({ address });
    const chain = chainFor(chains, at, port, table.apache === "2.4");
    const names = new Map<string, number>();
    for (const entry of chain?.names ?? []) {
      const host = table.hosts[entry.host];
      if (host === undefined || (entry.address.port !== 0 && entry.address.port !== port)) continue;
      const named = host.namePlace !== null || host.addresses.some(isWildcard);
      const own = [...(named ? [host.name] : []), ...host.aliases.map(({ pattern }) => pattern), entry.address.text];
      for (const one of own) {
        const pattern = fromBytes(lowerAscii(toBytes(one)));
        if (pattern === "" || names.has(pattern)) continue;
        // An earlier host's wildcard may take a name before its own host does.
        const isWild = /[*?]/.test(pattern);
        names.set(pattern, isWild ? entry.host : find(at, port, toBytes(pattern), "/").host);
      }
    }
    names.delete("*");
    return {
      address,
      port,
      host: find(at, port, null, "/").host,
      names: [...names].map(([pattern, host]) => ({ pattern, host })),
    };
  });
}
