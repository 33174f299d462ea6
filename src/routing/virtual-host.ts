import type { Host, HostAddress, Place, RoutingTable } from "../compile/table.ts";
import type { ByteString } from "./bytes.ts";
import { lowerAscii, toBytes } from "./bytes.ts";
import type { AddressChain, ChainEntry } from "./host-addresses.ts";
import { addressChains, chainFor, isWildcard } from "./host-addresses.ts";
import { isUnder } from "./uri.ts";
import { wildcardIndex } from "./wildcard-index.ts";
import { wildcardMatcher } from "./wildcard.ts";
import { canonicalAddress } from "../access/address.ts";

/** The host that a request belongs to, and the words and line that decided. */
export interface HostChoice {
  readonly host: number;
  readonly what: string;
  readonly place: Place | null;
}

/** Finds the host of a request; `name` is null for a request without a Host. */
export type HostFinder = (address: string, port: number, name: ByteString | null, path: ByteString) => HostChoice;

interface NameRule {
  readonly entry: ChainEntry;
  /** Lower case. */
  readonly name: ByteString;
  readonly what: string;
  readonly place: Place | null;
  /** For wildcards only; exact names are found through a map. */
  readonly matches: ((name: ByteString) => boolean) | null;
}

interface NameIndex {
  readonly exact: ReadonlyMap<ByteString, readonly number[]>;
  /** Aliases such as `*.example`, by what is behind the asterisk: the usual ones, and there may be thousands. */
  readonly suffixes: ReadonlyMap<ByteString, readonly number[]>;
  /** Length of the longest of them, beyond which no part of a name needs to be looked up. */
  readonly longestSuffix: number;
  /** All other aliases with wildcards, in order. */
  readonly wild: readonly number[];
  /** Those of `wild`, by their places in it, that a name may match. */
  readonly wildNear: (name: ByteString) => readonly number[];
  readonly rules: readonly NameRule[];
  /** Of the rules, side by side: with thousands of hosts it is memory that takes the time. */
  readonly ports: Uint16Array;
}

const addressText = ({ text, port }: HostAddress): string => `${text}:${port === 0 ? "*" : port}`;

/** The names of one host under one address: ServerName, exact aliases, wildcard aliases. */
function hostNames(host: Host, entry: ChainEntry): readonly NameRule[] {
  const rules: NameRule[] = [];
  if (host.name !== "" && (host.namePlace !== null || host.addresses.some(isWildcard))) {
    const name = lowerAscii(toBytes(host.name));
    rules.push({ entry, name, what: `ServerName ${host.name}`, place: host.namePlace ?? host.place, matches: null });
  }
  for (const isWild of [false, true]) {
    for (const alias of host.aliases) {
      const name = lowerAscii(toBytes(alias.pattern));
      if (/[*?]/.test(name) !== isWild) continue;
      const matches = isWild ? wildcardMatcher(name) : null;
      rules.push({ entry, name, what: `ServerAlias ${alias.pattern}`, place: alias.place, matches });
    }
  }
  return rules;
}

/**
 * The names of a chain in the order in which they are tried, host by host in file order; the first that matches wins. The
 * address as written counts as a name too: before the others of its host, in 2.4 only when no name of any host matches.
 * httpd 1.3 http_vhost.c check_hostalias, matches_aliases; 2.4 vhost.c
 */
function nameIndex(table: RoutingTable, chain: AddressChain): NameIndex {
  const rules: NameRule[] = [];
  const fallbacks: NameRule[] = [];
  for (const entry of chain.names ?? []) {
    const host = table.hosts[entry.host];
    if (host === undefined) continue;
    const what = `the address ${addressText(entry.address)} of the VirtualHost`;
    const name = lowerAscii(toBytes(entry.address.text));
    const byAddress = { entry, name, what, place: host.place, matches: null };
    if (table.apache === "2.4") fallbacks.push(byAddress);
    else rules.push(byAddress);
    rules.push(...hostNames(host, entry));
  }
  rules.push(...fallbacks);
  const exact = new Map<ByteString, number[]>();
  const suffixes = new Map<ByteString, number[]>();
  const wild: number[] = [];
  for (const [at, { name, matches }] of rules.entries()) {
    if (matches === null) add(exact, name, at);
    else if (/^\*\.[^*?]*$/.test(name)) add(suffixes, name.slice(1), at);
    else wild.push(at);
  }
  const longestSuffix = Array.from(suffixes.keys()).reduce((longest, { length }) => Math.max(longest, length), 0);
  const ports = Uint16Array.from(rules, ({ entry }) => entry.address.port);
  const wildNear = wildcardIndex(wild.map((at) => rules[at]?.name ?? ""));
  return { exact, suffixes, longestSuffix, wild, wildNear, rules, ports };
}

function add(map: Map<ByteString, number[]>, key: ByteString, at: number): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [at]);
  else list.push(at);
}

function byName(
  { exact, suffixes, longestSuffix, wild, wildNear, rules, ports }: NameIndex,
  port: number,
  name: ByteString,
): NameRule | null {
  const fits = (at: number): boolean => {
    const own = ports[at];
    return own === 0 || own === port;
  };
  let first = exact.get(name)?.find(fits) ?? rules.length;
  const from = suffixes.size === 0 ? name.length : Math.max(0, name.length - longestSuffix);
  for (let dot = name.indexOf(".", from); dot !== -1; dot = name.indexOf(".", dot + 1)) {
    first = Math.min(first, suffixes.get(name.slice(dot))?.find(fits) ?? first);
  }
  const wildFirst = wildNear(name).find((near) => {
    const at = wild[near] ?? Infinity;
    return at < first && fits(at) && rules[at]?.matches?.(name) === true;
  });
  return rules[wildFirst === undefined ? first : (wild[wildFirst] ?? first)] ?? null;
}

/** Builds the search for virtual hosts: by address, then by name, or by ServerPath when no name is sent. */
export function hostFinder(table: RoutingTable): HostFinder {
  const chains = addressChains(table);
  const indexes = new Map<AddressChain, NameIndex>();
  for (const list of chains.values()) for (const chain of list) indexes.set(chain, nameIndex(table, chain));
  const exactFirst = table.apache === "2.4";
  const main: HostChoice = { host: 0, what: "no virtual host has this address and port", place: null };
  const paths = table.hosts.map((host) => (host.path === null || host.path === "" ? null : toBytes(host.path)));

  return (address, port, name, path) => {
    const chain = chainFor(chains, canonicalAddress(address), port, exactFirst);
    if (chain === null) return main;
    const first = table.hosts[chain.host];
    if (chain.names === null) {
      return { host: chain.host, what: `the address ${addressText(chain.address)}`, place: first?.place ?? null };
    }
    const standard = {
      host: chain.host,
      what: `the first VirtualHost on ${addressText(chain.address)}`,
      place: first?.place ?? null,
    };
    if (name !== null) {
      const index = indexes.get(chain);
      const rule = index === undefined ? null : byName(index, port, name);
      return rule === null ? standard : { host: rule.entry.host, what: rule.what, place: rule.place };
    }
    for (const { host, address: own } of chain.names) {
      const serverPath = paths[host];
      if ((own.port !== 0 && own.port !== port) || serverPath === null || serverPath === undefined) continue;
      if (isUnder(path, serverPath)) {
        const place = table.hosts[host]?.place ?? null;
        return { host, what: `ServerPath ${table.hosts[host]?.path ?? ""}`, place };
      }
    }
    return standard;
  };
}

/** Who asks often asks the same host again. Without a name the path may choose, and nothing is remembered. */
export function rememberLastHost(findHost: HostFinder): HostFinder {
  let last: {
    readonly address: string;
    readonly port: number;
    readonly name: string;
    readonly choice: HostChoice;
  } | null = null;
  return (address, port, name, path) => {
    if (last !== null && last.name === name && last.port === port && last.address === address) return last.choice;
    const choice = findHost(address, port, name, path);
    if (name !== null) last = { address, port, name, choice };
    return choice;
  };
}
