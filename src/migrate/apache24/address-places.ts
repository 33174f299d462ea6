import { portNumber, readAddress, splitPort } from "../../compile/addresses.ts";
import { DEFAULT_PORT } from "../../compile/listeners.ts";
import type { HostAddress } from "../../compile/table.ts";
import type { ActiveConfig, ActiveSection } from "../../config/active-config.ts";
import { type AddressChain, addressChains } from "../../routing/host-addresses.ts";
import { firstWord, wordsOf } from "./line-rule.ts";

/** A port that no configuration names: stands for all that are not named. */
export const OTHER_PORT = -1;

/** A virtual host with its addresses. */
export interface ReadHost {
  readonly section: ActiveSection;
  /** As the old httpd takes them, the port that it adds included. */
  readonly addresses: readonly HostAddress[];
}

/** Virtual hosts and NameVirtualHost addresses in reading order. */
export function readHosts({ server, dialect }: ActiveConfig): {
  readonly hosts: readonly ReadHost[];
  readonly names: readonly HostAddress[];
} {
  const hosts: ReadHost[] = [];
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
export interface Place {
  readonly members: readonly number[];
  readonly ports: readonly number[];
}

/** Every address that is named, `*` first. On ports that no line names with it or with `*` all answers are alike. */
export function placesOf(hosts: readonly ReadHost[], names: readonly HostAddress[]): ReadonlyMap<string, Place> {
  const places = new Map<string, { readonly members: Set<number>; readonly ports: Set<number> }>();
  const at = (address: string) => {
    const found = places.get(address) ?? { members: new Set(), ports: new Set([OTHER_PORT]) };
    places.set(address, found);
    return found;
  };
  const everywhere = at("*").ports;
  for (const one of names) at(placeOf(one)).ports.add(one.port);
  for (const [index, { addresses }] of hosts.entries()) {
    for (const one of addresses) {
      const { members, ports } = at(placeOf(one));
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

/** The address as one of a place: `_default_` is any. */
export const placeOf = ({ address }: HostAddress): string => (address === "_default_" ? "*" : address);

/** Whether it is any address. */
export const isAny = (one: HostAddress): boolean => placeOf(one) === "*";

/** The chains of 2.4 at one address; the hosts in it count from 1, as in a table. */
export function chainsAt(
  lists: readonly (readonly HostAddress[])[],
  address: string,
  members: readonly number[],
): readonly AddressChain[] {
  const own = members.map((index) => ({ addresses: (lists[index] ?? []).filter((one) => placeOf(one) === address) }));
  const chains = addressChains({ apache: "2.4", hosts: [{ addresses: [] }, ...own], nameVirtualHosts: [] });
  const numberOf = (host: number): number => (members[host - 1] ?? 0) + 1;
  return (chains.get(address) ?? []).map((chain) => ({
    ...chain,
    host: numberOf(chain.host),
    names: chain.names?.map((entry) => ({ ...entry, host: numberOf(entry.host) })) ?? null,
  }));
}
