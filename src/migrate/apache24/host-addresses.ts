import { portNumber, readAddress, splitPort } from "../../compile/addresses.ts";
import { DEFAULT_PORT } from "../../compile/listeners.ts";
import type { HostAddress } from "../../compile/table.ts";
import type { ActiveConfig, ActiveSection } from "../../config/active-config.ts";
import { type AddressChain, type AddressChains, addressChains, chainFor } from "../../routing/host-addresses.ts";
import { firstWord, wordsOf } from "./line-rule.ts";

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
  /** A host behind it with the same name that requests for the name met on some port, and meet no longer. */
  readonly hides: ActiveSection | null;
}

/** Who answers on one address and port: the hosts that are told apart by name, the one without a fitting name first. */
type Answering = readonly number[];

/** A port that no configuration names: stands for all that are not named. */
const OTHER_PORT = -1;

interface Read {
  readonly section: ActiveSection;
  /** As the old httpd takes them, the port that it adds included. */
  readonly addresses: readonly HostAddress[];
}

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
        result[index] = (result[index] ?? []).filter((one) => place(one) !== address);
        spread.add(index);
      }
      spreadOut(result, address, here, wantedHere, fallback, textAt(hosts, here, address));
    }
    if (address === "*") fallback = new Map([[address, chainsAt(result, address, [...hosts.keys()])]]);
  }
  const hidden = hiddenHosts(hosts, old, places);
  return new Map(
    hosts.map(({ section, addresses }, index) => {
      const words = wordsFor(section, addresses, result[index] ?? [], spread.has(index), config.dialect === "1.3");
      const unreached = addresses.length - (simple[index]?.length ?? 0);
      const hides = hidden.get(section) ?? null;
      return [section, { words, port: addresses[0]?.port ?? null, unreached, isSpread: spread.has(index), hides }];
    }),
  );
}

/** Virtual hosts and NameVirtualHost addresses in reading order. */
function readHosts({ server, dialect }: ActiveConfig): {
  readonly hosts: readonly Read[];
  readonly names: readonly HostAddress[];
} {
  const hosts: Read[] = [];
  const names: HostAddress[] = [];
  let port = DEFAULT_PORT;
  for (const node of server.children) {
    const fallback = dialect === "1.3" ? port : 0;
    if (node.key === "port") port = portNumber(firstWord(node)) ?? port;
    else if (node.key === "namevirtualhost") names.push(...wordsOf(node).map((word) => addressOf(word, fallback)));
    else if (node.kind === "section" && node.key === "virtualhost") {
      hosts.push({ section: node, addresses: wordsOf(node).map((word) => addressOf(word, fallback)) });
    }
  }
  return { hosts, names };
}

/** What concerns one address: hosts that name it, by index, and the ports on which its answers may differ. */
interface Place {
  readonly members: readonly number[];
  readonly ports: readonly number[];
}

/** Every address that is named, `*` first. On ports that no line names with it or with `*` all answers are alike. */
function placesOf(hosts: readonly Read[], names: readonly HostAddress[]): ReadonlyMap<string, Place> {
  const places = new Map<string, { readonly members: Set<number>; readonly ports: Set<number> }>();
  const at = (address: string) => {
    const found = places.get(address) ?? { members: new Set(), ports: new Set([OTHER_PORT]) };
    places.set(address, found);
    return found;
  };
  const everywhere = at("*").ports;
  for (const one of names) at(place(one)).ports.add(one.port);
  for (const [index, { addresses }] of hosts.entries()) {
    for (const one of addresses) {
      const { members, ports } = at(place(one));
      members.add(index);
      ports.add(one.port);
    }
  }
  return new Map(
    Array.from(places, ([address, { members, ports }]) => [
      address,
      { members: [...members], ports: [...new Set([...ports, ...everywhere])].filter((port) => port !== 0) },
    ]),
  );
}

/** A name that the DNS knows counts as an address of its own. */
function addressOf(word: string, fallback: number): HostAddress {
  const read = readAddress(word);
  const at = { file: 0, line: 0 };
  if (!("error" in read)) return { address: read.address, text: read.text, port: read.port ?? fallback, place: at };
  const { host, port } = splitPort(word);
  const own = port === "*" ? 0 : portNumber(port ?? "");
  return { address: host.toLowerCase(), text: host, port: own ?? fallback, place: at };
}

const place = ({ address }: HostAddress): string => (address === "_default_" ? "*" : address);
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

/** A host can answer on a port for want of another, where its name is not looked at; 2.4 looks at it. By it, who had the name. */
function hiddenHosts(
  hosts: readonly Read[],
  old: AddressChains,
  places: ReadonlyMap<string, Place>,
): ReadonlyMap<ActiveSection, ActiveSection> {
  const hidden = new Map<ActiveSection, ActiveSection>();
  for (const [address, { ports }] of places) {
    for (const port of ports) {
      const chain = chainFor(old, address, port, false);
      const named = chain?.names?.filter(({ address: one }) => one.port === 0 || one.port === port) ?? [];
      if (chain === null || named.length === 0 || named.some(({ host }) => host === chain.host)) continue;
      const section = hosts[chain.host - 1]?.section;
      const other = named.find(({ host }) => mayShareName(hosts[host - 1]?.section, section));
      const found = hosts[(other?.host ?? 0) - 1]?.section;
      if (section !== undefined && found !== undefined) hidden.set(section, found);
    }
  }
  return hidden;
}

function namesOf(section: ActiveSection | undefined): readonly string[] {
  return (section?.children ?? [])
    .filter(({ key }) => key === "servername" || key === "serveralias")
    .flatMap(wordsOf)
    .map((word) => word.toLowerCase());
}

function mayShareName(one: ActiveSection | undefined, other: ActiveSection | undefined): boolean {
  const names = [namesOf(one), namesOf(other)] as const;
  if (names.flat().some((name) => /[*?]/.test(name))) return true;
  return names[0].some((name) => names[1].includes(name));
}

/** The chains of 2.4 at one address; the hosts in it count from 1, as in a table. */
function chainsAt(
  lists: readonly (readonly HostAddress[])[],
  address: string,
  members: readonly number[],
): readonly AddressChain[] {
  const own = members.map((index) => ({ addresses: (lists[index] ?? []).filter((one) => place(one) === address) }));
  const chains = addressChains({ apache: "2.4", hosts: [{ addresses: [] }, ...own], nameVirtualHosts: [] });
  const numberOf = (host: number): number => (members[host - 1] ?? 0) + 1;
  return (chains.get(address) ?? []).map((chain) => ({
    ...chain,
    host: numberOf(chain.host),
    names: chain.names?.map((entry) => ({ ...entry, host: numberOf(entry.host) })) ?? null,
  }));
}

/** As the file writes it. */
function textAt(hosts: readonly Read[], { members }: Place, address: string): string {
  if (address === "*") return "*";
  const written = hosts[members[0] ?? -1]?.addresses.find((one) => place(one) === address);
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
