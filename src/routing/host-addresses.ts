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

/** What stands at one address, or at any, while it is sorted. */
interface OpenList {
  /** Of NameVirtualHost lines. */
  readonly named: OpenChain[];
  /** Of hosts by address; the last is tried first. */
  readonly added: OpenChain[];
  /** By port, 0 for any; the last is tried first. A configuration may have a port for each of its thousands of hosts. */
  readonly byPort: Map<number, RankedChain[]>;
}

/** A chain with its place among those of its list; smaller ones are tried first. */
interface RankedChain {
  readonly chain: OpenChain;
  readonly rank: number;
}

/** What the addresses of hosts depend on. */
type HostTable = Pick<RoutingTable, "apache" | "nameVirtualHosts"> & {
  readonly hosts: readonly Pick<Host, "addresses">[];
};

/** Whether a host stands on any address. */
export const isWildcard = (address: HostAddress): boolean => address.address === "*" || address.address === "_default_";

/** Chains by address; `*` and `_default_` under `*`. */
export type AddressChains = ReadonlyMap<string, readonly AddressChain[]>;

function key(address: HostAddress): string {
  return isWildcard(address) ? "*" : address.address;
}

function addToPort({ byPort }: OpenList, ranked: RankedChain): void {
  const { port } = ranked.chain.address;
  const list = byPort.get(port);
  if (list === undefined) byPort.set(port, [ranked]);
  else list.splice(list.findLastIndex(({ rank }) => rank > ranked.rank) + 1, 0, ranked);
}

/** The first chain that fits an address and port: one for any port fits all, and the first fits what has none. */
function firstFitting({ named, added, byPort }: OpenList, address: HostAddress): RankedChain | undefined {
  const first = named[0] ?? added.at(-1);
  const port = address.port === 0 && !isWildcard(address) ? first?.address.port : address.port;
  if (port === undefined) return undefined;
  const exact = byPort.get(port)?.at(-1);
  const any = byPort.get(0)?.at(-1);
  if (exact === undefined || any === undefined) return exact ?? any;
  return exact.rank < any.rank ? exact : any;
}

/**
 * 1.3 to 2.2: NameVirtualHost addresses first, then the hosts. A host joins the first chain that fits its address and port if
 * that is one of names, else it is a host by address; the first host in the file keeps an address that two claim.
 * The work goes from the last host to the first, as httpd's own, because that decides who meets which chain.
 * httpd 1.3 http_vhost.c ap_fini_vhost_config
 */
function namedChains(table: HostTable): ReadonlyMap<string, readonly OpenChain[]> {
  const lists = new Map<string, OpenList>();
  const at = (address: HostAddress): OpenList => {
    const known = lists.get(key(address));
    if (known !== undefined) return known;
    const list: OpenList = { named: [], added: [], byPort: new Map() };
    lists.set(key(address), list);
    return list;
  };
  const stars = table.nameVirtualHosts.filter(({ address }) => address === "*").reverse();
  const others = table.nameVirtualHosts.filter(({ address }) => address !== "*");
  for (const address of [...stars, ...others]) {
    const list = at(address);
    const chain: OpenChain = { address, host: null, names: null };
    addToPort(list, { chain, rank: list.named.length });
    list.named.push(chain);
  }
  for (let index = table.hosts.length - 1; index > 0; index--) {
    for (const address of table.hosts[index]?.addresses ?? []) {
      const list = at(address);
      const found = firstFitting(list, address);
      if (found !== undefined && (found.chain.names !== null || found.chain.host === null)) {
        found.chain.names ??= [];
        found.chain.names.push({ host: index, address });
        found.chain.host = index;
      } else if (found === undefined || isWildcard(address)) {
        const chain: OpenChain = { address, host: index, names: null };
        list.added.push(chain);
        // For any address hosts come before NameVirtualHost lines, for one behind them.
        addToPort(list, { chain, rank: (isWildcard(address) ? 0 : Number.MAX_SAFE_INTEGER) - list.added.length });
      } else {
        list.byPort.get(found.chain.address.port)?.pop();
        found.chain.address = address;
        found.chain.host = index;
        addToPort(list, found);
      }
    }
  }
  return new Map(
    Array.from(lists, ([address, { named, added }]) => {
      for (const { names } of named) names?.reverse();
      added.reverse();
      return [address, address === "*" ? [...added, ...named] : [...named, ...added]];
    }),
  );
}

/**
 * 2.4: every address and port has its hosts by name.
 * httpd 2.4 vhost.c ap_fini_vhost_config
 */
function allNamedChains(hosts: HostTable["hosts"]): ReadonlyMap<string, readonly OpenChain[]> {
  const chains = new Map<string, Map<number, OpenChain>>();
  hosts.forEach((host, index) => {
    const seen = new Set<OpenChain>();
    for (const address of host.addresses) {
      const byPort = chains.get(key(address)) ?? new Map<number, OpenChain>();
      chains.set(key(address), byPort);
      let chain = byPort.get(address.port);
      if (chain === undefined) {
        chain = { address, host: index, names: [] };
        byPort.set(address.port, chain);
      }
      if (!seen.has(chain) || !isWildcard(address)) chain.names?.push({ host: index, address });
      seen.add(chain);
    }
  });
  return new Map(Array.from(chains, ([address, byPort]) => [address, [...byPort.values()]]));
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
