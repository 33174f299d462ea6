import { portNumber, readAddress, splitPort } from "../../compile/addresses.ts";
import { DEFAULT_PORT } from "../../compile/listeners.ts";
import type { Host, HostAddress } from "../../compile/table.ts";
import type { ActiveConfig, ActiveSection } from "../../config/active-config.ts";
import { type AddressChains, addressChains, chainFor } from "../../routing/host-addresses.ts";
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
  const { hosts, names, ports } = readHosts(config);
  const old = addressChains({ apache: config.dialect, hosts: [{ addresses: [] }, ...hosts], nameVirtualHosts: names });
  const wanted = (address: string, port: number): Answering => answering(old, address, port, false);
  const taken = new Set<string>();
  const isNamed = new Set(names.map(keyOf));
  const simple = hosts.map(({ addresses }) => addresses.filter((one) => keepsAddress(one, isNamed, taken)));

  // What stands for the others has to be right before an address of its own can fall back to it.
  const result = simple.map((list) => [...list]);
  const spread = new Set<number>();
  const all = [...new Set(["*", ...hosts.flatMap(({ addresses }) => addresses.map(place))])];
  let chains = newChains(result);
  for (const address of all) {
    if (isAlike(chains, address, ports, wanted)) continue;
    for (const [index, list] of result.entries()) {
      const others = list.filter((one) => place(one) !== address);
      if (others.length < list.length) spread.add(index);
      list.splice(0, list.length, ...others);
    }
    spreadOut(result, address, ports, wanted, spread, hosts);
    chains = newChains(result);
  }
  const hidden = hiddenHosts(hosts, old, all, ports);
  return new Map(
    hosts.map(({ section, addresses }, index) => {
      const words = wordsFor(section, addresses, result[index] ?? [], spread.has(index), config.dialect === "1.3");
      const unreached = addresses.length - (simple[index]?.length ?? 0);
      const hides = hidden.get(section) ?? null;
      return [section, { words, port: addresses[0]?.port ?? null, unreached, isSpread: spread.has(index), hides }];
    }),
  );
}

/** Virtual hosts and NameVirtualHost addresses in reading order, and all ports that are named anywhere. */
function readHosts({ server, dialect }: ActiveConfig): {
  readonly hosts: readonly Read[];
  readonly names: readonly HostAddress[];
  readonly ports: readonly number[];
} {
  const hosts: Read[] = [];
  const names: HostAddress[] = [];
  const ports = new Set([OTHER_PORT]);
  let port = DEFAULT_PORT;
  for (const node of server.children) {
    const fallback = dialect === "1.3" ? port : 0;
    if (node.key === "port") port = portNumber(firstWord(node)) ?? port;
    else if (node.key === "listen") ports.add(listenPort(firstWord(node)));
    else if (node.key === "namevirtualhost") names.push(...wordsOf(node).map((word) => addressOf(word, fallback)));
    else if (node.kind === "section" && node.key === "virtualhost") {
      hosts.push({ section: node, addresses: wordsOf(node).map((word) => addressOf(word, fallback)) });
    }
  }
  for (const { addresses } of [{ addresses: names }, ...hosts]) for (const one of addresses) ports.add(one.port);
  if (dialect === "1.3") ports.add(port);
  ports.delete(0);
  return { hosts, names, ports: [...ports] };
}

const listenPort = (word: string): number => portNumber(word) ?? portNumber(splitPort(word).port ?? "") ?? DEFAULT_PORT;

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

/** Without NameVirtualHost the first host keeps an address that two claim; the others are not reached there. */
function keepsAddress(one: HostAddress, named: ReadonlySet<string>, taken: Set<string>): boolean {
  const isNamed =
    named.has(keyOf(one)) ||
    named.has(`${one.address} 0`) ||
    (one.port === 0 && [...named].some((key) => key.startsWith(`${one.address} `)));
  const isFree = isNamed || !taken.has(keyOf(one));
  taken.add(keyOf(one));
  return isFree;
}

function answering(chains: AddressChains, address: string, port: number, exactFirst: boolean): Answering {
  const chain = chainFor(chains, address, port, exactFirst);
  if (chain === null) return [];
  const others = (chain.names ?? []).flatMap(({ host, address: one }) =>
    one.port === 0 || one.port === port ? [host] : [],
  );
  return [...new Set([chain.host, ...others])];
}

/** A host can answer on a port for want of another, where its name is not looked at; 2.4 looks at it. By it, who had the name. */
function hiddenHosts(
  hosts: readonly Read[],
  old: AddressChains,
  addresses: readonly string[],
  ports: readonly number[],
): ReadonlyMap<ActiveSection, ActiveSection> {
  const hidden = new Map<ActiveSection, ActiveSection>();
  for (const address of addresses) {
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

type Addresses = readonly (readonly HostAddress[])[];

function newChains(lists: Addresses): AddressChains {
  const hosts: readonly Pick<Host, "addresses">[] = [{ addresses: [] }, ...lists.map((addresses) => ({ addresses }))];
  return addressChains({ apache: "2.4", hosts, nameVirtualHosts: [] });
}

type Wanted = (address: string, port: number) => Answering;

function isAlike(chains: AddressChains, address: string, ports: readonly number[], wanted: Wanted): boolean {
  return ports.every((port) => String(answering(chains, address, port, true)) === String(wanted(address, port)));
}

/** Writes an address with each port of its own where those that answer there are others than on the rest of the ports. */
function spreadOut(
  lists: HostAddress[][],
  address: string,
  ports: readonly number[],
  wanted: Wanted,
  spread: Set<number>,
  hosts: readonly Read[],
): void {
  const text = hosts.flatMap(({ addresses }) => addresses).find((one) => place(one) === address)?.text ?? address;
  const write = (hostsHere: Answering, port: number): void => {
    for (const host of hostsHere) {
      lists[host - 1]?.push({ address, text: address === "*" ? "*" : text, port, place: { file: 0, line: 0 } });
      spread.add(host - 1);
    }
  };
  for (const port of ports) {
    const here = wanted(address, port);
    if (String(answering(newChains(lists), address, port, true)) === String(here)) continue;
    write(here, port === OTHER_PORT ? 0 : port);
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
