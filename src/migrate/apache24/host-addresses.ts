import { splitPort } from "../../compile/addresses.ts";
import type { HostAddress } from "../../compile/table.ts";
import type { ActiveConfig, ActiveSection } from "../../config/active-config.ts";
import { type AddressChains, addressChains, chainFor } from "../../routing/host-addresses.ts";
import {
  chainsAt,
  isAny,
  OTHER_PORT,
  type Place,
  placeOf,
  placesOf,
  type ReadHost,
  readHosts,
} from "./address-places.ts";
import { hiddenHosts, lastWord, literalNames } from "./hidden-hosts.ts";

/** The words of a VirtualHost tag for 2.4. */
export interface HostWords {
  /** Empty when no request could reach the host. */
  readonly words: readonly string[];
  /** Port of the first address; 0 for any, null when the host has no address. */
  readonly port: number | null;
  /** Addresses that another host had first, which are left out. */
  readonly unreached: number;
  /** Whether the ports had to be written out one by one. */
  readonly isSpread: boolean;
  /** Hosts behind it with the same name that requests for the name met on some port, and meet no longer. */
  readonly hides: readonly ActiveSection[];
  /** Hosts behind it that requests for the address itself met on some port, and meet no longer. */
  readonly hidesAddress: readonly ActiveSection[];
  /** Names that it had from its old addresses alone, and that have to be written now. */
  readonly names: { readonly server: string | null; readonly aliases: readonly string[] };
}

/** Who answers on one address and port: the hosts that are told apart by name, the one without a fitting name first. */
type Answering = readonly number[];

/**
 * The addresses of every virtual host as 2.4 has to have them so that the same hosts answer on each address and port. Until
 * 2.2 a host of any port and one of a certain port share a list of names, and the first in the file keeps an address; 2.4
 * has a list for every port of its own and prefers the exact one.
 */
export function hostWords(config: ActiveConfig): ReadonlyMap<ActiveSection, HostWords> {
  const { hosts, names } = readHosts(config);
  const old = addressChains({ apache: config.dialect, hosts: [{ addresses: [] }, ...hosts], nameVirtualHosts: names });
  const wanted = (address: string, port: number): Answering => answering(old, address, port, false);
  const taken = new Set<string>();
  const shared = sharedAddresses(names);
  const simple = hosts.map(({ addresses }) => addresses.filter((one) => keepsAddress(one, shared, taken)));

  const result = simple.map((list) => [...list]);
  const spread = new Set<number>();
  const places = placesOf(hosts, names);
  let fallback: AddressChains = new Map();
  // `*` comes first: it has to be right before an address of its own can fall back to it.
  for (const [address, here] of places) {
    const wantedHere = (port: number): Answering => wanted(address, port);
    const chains = new Map([...fallback, [address, chainsAt(result, address, here.members)]]);
    if (!here.ports.every((port) => isSame(answering(chains, address, port, true), wantedHere(port)))) {
      const involved = new Set([...here.members, ...here.ports.flatMap(wantedHere).map((host) => host - 1)]);
      for (const index of involved) {
        result[index] = (result[index] ?? []).filter((one) => placeOf(one) !== address);
        spread.add(index);
      }
      spreadOut(result, address, here, wantedHere, fallback, textAt(hosts, here, address));
    }
    if (address === "*") fallback = new Map([[address, chainsAt(result, address, [...hosts.keys()])]]);
  }
  const mainName = lastWord(config.server, "servername");
  const hidden = hiddenHosts(hosts, old, places, mainName);
  const literals = literalNames(hosts, old, places, result);
  return new Map(
    hosts.map(({ section, addresses }, index) => {
      const words = wordsFor(section, addresses, result[index] ?? [], spread.has(index), config.dialect === "1.3");
      const unreached = addresses.length - (simple[index]?.length ?? 0);
      const hides = [...(hidden.get(section) ?? [])];
      const isUnnamed =
        lastWord(section, "servername") === null && addresses.some(isAny) && !result[index]?.some(isAny);
      const names = { server: isUnnamed ? mainName : null, aliases: [...(literals.aliases.get(section) ?? [])] };
      const hidesAddress = [...(literals.hidden.get(section) ?? [])];
      const port = addresses[0]?.port ?? null;
      return [section, { words, port, unreached, isSpread: spread.has(index), hides, hidesAddress, names }];
    }),
  );
}

const keyOf = ({ address, port }: HostAddress): string => `${address} ${port}`;

/** With their ports, and for those of any port alone. */
const sharedAddresses = (names: readonly HostAddress[]): ReadonlySet<string> =>
  new Set(names.flatMap((one) => [keyOf(one), one.address]));

/** Without NameVirtualHost the first host keeps an address that two claim; the others are not reached there. */
function keepsAddress(one: HostAddress, named: ReadonlySet<string>, taken: Set<string>): boolean {
  const isNamed = named.has(keyOf(one)) || named.has(`${one.address} 0`) || (one.port === 0 && named.has(one.address));
  const isFree = isNamed || !taken.has(keyOf(one));
  taken.add(keyOf(one));
  return isFree;
}

function answering(chains: AddressChains, address: string, port: number, exactFirst: boolean): Answering {
  const chain = chainFor(chains, address, port, exactFirst);
  if (chain === null) return [];
  const others = (chain.names ?? []).filter(({ address: one }) => one.port === 0 || one.port === port);
  return [...new Set([chain.host, ...others.map(({ host }) => host)])];
}

/** As the file writes it. */
function textAt(hosts: readonly ReadHost[], { members }: Place, address: string): string {
  if (address === "*") return "*";
  const written = hosts[members[0] ?? -1]?.addresses.find((one) => placeOf(one) === address);
  return written?.text ?? address;
}

const isSame = (one: Answering, other: Answering): boolean =>
  one.length === other.length && one.every((host, index) => host === other[index]);

/** Writes an address with each port of its own where those that answer there are others than on the rest of the ports. */
function spreadOut(
  lists: HostAddress[][],
  address: string,
  { ports }: Place,
  wanted: (port: number) => Answering,
  fallback: AddressChains,
  text: string,
): void {
  const write = (hosts: Answering, port: number): void => {
    for (const host of hosts) lists[host - 1]?.push({ address, text, port, place: { file: 0, line: 0 } });
  };
  // The first port stands for all that are not named: what answers there answers on the others too, in the file's order.
  const others = wanted(OTHER_PORT);
  const isWritten = !isSame(answering(fallback, address, OTHER_PORT, true), others);
  if (isWritten) write(others, 0);
  const inOrder = [...others].sort((one, other) => one - other);
  for (const port of ports) {
    if (port === OTHER_PORT) continue;
    const here = wanted(port);
    const now = isWritten ? inOrder : answering(fallback, address, port, true);
    if (!isSame(now, here)) write(here, port);
  }
}

const bracketed = (host: string): string => (host.includes(":") ? `[${host}]` : host);

/** As the old tag has them, where they say the same. */
function wordsFor(
  section: ActiveSection,
  before: readonly HostAddress[],
  after: readonly HostAddress[],
  isSpread: boolean,
  isOld: boolean,
): readonly string[] {
  return after.map((one) => {
    const index = isSpread ? -1 : before.indexOf(one);
    const word = section.words[index]?.value;
    const hasPort = word !== undefined && splitPort(word).port !== null;
    if (word !== undefined && (hasPort || !isOld)) return word;
    return `${bracketed(one.text)}:${one.port === 0 ? "*" : one.port}`;
  });
}
