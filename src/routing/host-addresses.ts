import type { Host, HostAddress, RoutingTable } from "../compile/table.ts";

/** A host under one of its addresses. */
export interface ChainEntry {
  readonly host: number;
  readonly address: HostAddress;
}

/** What listens at one address and port: one host by address, or several told apart by name. */
export interface AddressChain {
  readonly address: HostAddress;
  /** Answers when no name decides. */
  readonly host: number;
  /** In file order; null for a host that is chosen by address alone and never looks at names. */
  readonly names: readonly ChainEntry[] | null;
}

interface OpenChain {
  address: HostAddress;
  host: number | null;
  names: ChainEntry[] | null;
}

/** What the addresses of hosts depend on. */
type HostTable = Pick<RoutingTable, "apache" | "nameVirtualHosts"> & {
  readonly hosts: readonly Pick<Host, "addresses">[];
};

/** Whether a host stands on any address. */
export const isWildcard = (address: HostAddress): boolean => address.address === "*" || address.address === "_default_";

const fits = (chain: { readonly address: HostAddress }, port: number): boolean =>
  chain.address.port === 0 || chain.address.port === port;

/** Chains by address; `*` and `_default_` under `*`. */
export type AddressChains = ReadonlyMap<string, readonly AddressChain[]>;

function key(address: HostAddress): string {
  return isWildcard(address) ? "*" : address.address;
}

/**
 * 1.3 to 2.2: NameVirtualHost addresses first, then the hosts. A host joins the first chain that fits its address and port if
 * that is one of names, else it is a host by address; the first host in the file keeps an address that two claim.
 * The work goes from the last host to the first, as httpd's own, because that decides who meets which chain.
 * httpd 1.3 http_vhost.c ap_fini_vhost_config
 */
function namedChains(table: HostTable): Map<string, OpenChain[]> {
  const chains = new Map<string, OpenChain[]>();
  const at = (address: HostAddress): OpenChain[] => {
    const list = chains.get(key(address)) ?? [];
    chains.set(key(address), list);
    return list;
  };
  for (const address of table.nameVirtualHosts) {
    const chain: OpenChain = { address, host: null, names: null };
    if (address.address === "*") at(address).unshift(chain);
    else at(address).push(chain);
  }
  const named = new Map(Array.from(chains, ([address, list]) => [address, list.length]));
  for (let index = table.hosts.length - 1; index > 0; index--) {
    for (const address of table.hosts[index]?.addresses ?? []) {
      const list = at(address);
      const chain = list.find(
        (candidate) => fits(candidate, address.port) || (address.port === 0 && !isWildcard(address)),
      );
      if (chain !== undefined && (chain.names !== null || chain.host === null)) {
        chain.names ??= [];
        chain.names.push({ host: index, address });
        chain.host = index;
      } else if (chain === undefined || isWildcard(address)) {
        const tail = isWildcard(address) ? 0 : (named.get(address.address) ?? 0);
        list.splice(tail, 0, { address, host: index, names: null });
      } else {
        chain.address = address;
        chain.host = index;
      }
    }
  }
  for (const list of chains.values()) for (const { names } of list) names?.reverse();
  return chains;
}

/**
 * 2.4: every address and port has its hosts by name.
 * httpd 2.4 vhost.c ap_fini_vhost_config
 */
function allNamedChains(hosts: HostTable["hosts"]): Map<string, OpenChain[]> {
  const chains = new Map<string, OpenChain[]>();
  hosts.forEach((host, index) => {
    const seen = new Set<OpenChain>();
    for (const address of host.addresses) {
      const list = chains.get(key(address)) ?? [];
      chains.set(key(address), list);
      let chain = list.find((candidate) => candidate.address.port === address.port);
      if (chain === undefined) {
        chain = { address, host: index, names: [] };
        list.push(chain);
      }
      if (!seen.has(chain) || !isWildcard(address)) chain.names?.push({ host: index, address });
      seen.add(chain);
    }
  });
  return chains;
}

/** Sorts the hosts by address, once, at start. */
export function addressChains(table: HostTable): AddressChains {
  const open = table.apache === "2.4" ? allNamedChains(table.hosts) : namedChains(table);
  const chains = new Map<string, readonly AddressChain[]>();
  for (const [address, list] of open) {
    chains.set(
      address,
      list.flatMap(({ address: first, host, names }) => (host === null ? [] : [{ address: first, host, names }])),
    );
  }
  return chains;
}

/**
 * The chain for a connection: that of its address, else that of `*`. Earlier versions take the first that fits, 2.4 prefers
 * one with the very port. Null: the main server.
 */
export function chainFor(
  chains: AddressChains,
  address: string,
  port: number,
  exactFirst: boolean,
): AddressChain | null {
  for (const list of [chains.get(address), chains.get("*")]) {
    if (list === undefined) continue;
    const { byPort, anyPort } = chainIndex(list);
    const exact = byPort.get(port);
    if (exact !== undefined && (exactFirst || anyPort === null || exact.at < anyPort.at)) return exact.chain;
    if (anyPort !== null) return anyPort.chain;
  }
  return null;
}

interface PlacedChain {
  readonly chain: AddressChain;
  readonly at: number;
}

/** The first chain of each port, and the first for any. */
interface ChainIndex {
  readonly byPort: ReadonlyMap<number, PlacedChain>;
  readonly anyPort: PlacedChain | null;
}

const chainIndexes = new WeakMap<readonly AddressChain[], ChainIndex>();

function chainIndex(list: readonly AddressChain[]): ChainIndex {
  const known = chainIndexes.get(list);
  if (known !== undefined) return known;
  const byPort = new Map<number, PlacedChain>();
  let anyPort: PlacedChain | null = null;
  for (const [at, chain] of list.entries()) {
    const { port } = chain.address;
    if (port === 0) anyPort ??= { chain, at };
    else if (!byPort.has(port)) byPort.set(port, { chain, at });
  }
  const index = { byPort, anyPort };
  chainIndexes.set(list, index);
  return index;
}
