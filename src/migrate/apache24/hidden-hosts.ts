import type { ActiveSection } from "../../config/active-config.ts";
import type { HostAddress } from "../../compile/table.ts";
import { type AddressChains, chainFor } from "../../routing/host-addresses.ts";
import { wildcardMatcher } from "../../routing/wildcard.ts";
import { chainsAt, isAny, type Place, placeOf, type ReadHost } from "./address-places.ts";
import { firstWord, wordsOf } from "./line-rule.ts";

/** A host that answers on a port of an address for want of another, and those that have names there. */
interface ForWant {
  readonly address: string;
  readonly host: ReadHost;
  readonly named: readonly ReadHost[];
}

/** Each address and port where a host answers for want of another, with the hosts that have names there. */
function* forWantOf(
  hosts: readonly ReadHost[],
  old: AddressChains,
  places: ReadonlyMap<string, Place>,
): Generator<ForWant> {
  for (const [address, { ports }] of places) {
    for (const port of ports) {
      const chain = chainFor(old, address, port, false);
      const named = chain?.names?.filter(({ address: one }) => one.port === 0 || one.port === port) ?? [];
      const host = hosts[(chain?.host ?? 0) - 1];
      if (chain === null || host === undefined || named.some((one) => one.host === chain.host)) continue;
      yield { address, host, named: named.flatMap((one) => hosts[one.host - 1] ?? []) };
    }
  }
}

/** A host can answer on a port for want of another, where its name is not looked at; 2.4 looks at it. By it, who had the name. */
export function hiddenHosts(
  hosts: readonly ReadHost[],
  old: AddressChains,
  places: ReadonlyMap<string, Place>,
  mainName: string | null,
): ReadonlyMap<ActiveSection, ReadonlySet<ActiveSection>> {
  const hidden = new Map<ActiveSection, Set<ActiveSection>>();
  for (const { host, named } of forWantOf(hosts, old, places)) {
    for (const other of named) {
      if (mayShareName(namesOf(host, mainName), namesOf(other, mainName))) addTo(hidden, host.section, other.section);
    }
  }
  return hidden;
}

/** What becomes of requests for an address itself. */
export interface Literals {
  /** Addresses that a host needs as its names. */
  readonly aliases: ReadonlyMap<ActiveSection, ReadonlySet<string>>;
  /** By hosts that answer for want of another: who had the requests for the address, where no alias can say it. */
  readonly hidden: ReadonlyMap<ActiveSection, ReadonlySet<ActiveSection>>;
}

/**
 * The address of a host counts as its name: of those that have it as such the first, which in 2.4 would be the host that
 * answers for want of another. A name of its own comes before that, if it does not do so on other ports.
 */
export function literalNames(
  hosts: readonly ReadHost[],
  old: AddressChains,
  places: ReadonlyMap<string, Place>,
  now: readonly (readonly HostAddress[])[],
): Literals {
  const aliases = new Map<ActiveSection, Set<string>>();
  const hidden = new Map<ActiveSection, Set<ActiveSection>>();
  const wanting = new Map<string, ForWant[]>();
  for (const one of forWantOf(hosts, old, places)) wanting.set(one.address, [...(wanting.get(one.address) ?? []), one]);
  for (const [address, cases] of wanting) {
    const here = places.get(address);
    if (address === "*" || here === undefined) continue;
    const named = new Set(cases.map((one) => one.named[0]));
    const chains = new Map([[address, chainsAt(now, address, here.members)]]);
    const isRight = here.ports.every((port) => {
      const fits = ({ address: { port: own } }: { readonly address: HostAddress }): boolean =>
        own === 0 || own === port;
      const before = chainFor(old, address, port, false);
      const after = chainFor(chains, address, port, true)?.names?.filter(fits) ?? [];
      const met = before?.names?.find(fits)?.host ?? before?.host;
      const meets = after.find(({ host }) => named.has(hosts[host - 1])) ?? after[0];
      return before === null || before.names === null || meets === undefined || met === meets.host;
    });
    for (const {
      host,
      named: [first],
    } of cases) {
      const text = first?.addresses.find((one) => placeOf(one) === address)?.text;
      if (first === undefined || text === undefined) continue;
      if (isRight) addTo(aliases, first.section, text);
      else addTo(hidden, host.section, first.section);
    }
  }
  return { aliases, hidden };
}

function addTo<Key, Value>(map: Map<Key, Set<Value>>, key: Key, value: Value): void {
  const found = map.get(key);
  if (found === undefined) map.set(key, new Set([value]));
  else found.add(value);
}

/** The word of a section's last line of a name. */
export function lastWord(section: ActiveSection, key: string): string | null {
  const line = section.children.findLast((node) => node.key === key);
  return line === undefined ? null : firstWord(line);
}

/** A host without a name that answers on any address has that of the server. */
function namesOf({ section, addresses }: ReadHost, mainName: string | null): readonly string[] {
  const own = section.children.filter(({ key }) => key === "servername" || key === "serveralias").flatMap(wordsOf);
  const isUnnamed = lastWord(section, "servername") === null && addresses.some(isAny);
  return [...own, ...(isUnnamed && mainName !== null ? [mainName] : [])].map((word) => word.toLowerCase());
}

function mayShareName(some: readonly string[], others: readonly string[]): boolean {
  return some.some((one) => others.some((other) => mayBeSame(one, other)));
}

function mayBeSame(one: string, other: string): boolean {
  const [isWild, isOtherWild] = [/[*?]/.test(one), /[*?]/.test(other)];
  if (isWild && isOtherWild) return true;
  return isWild ? wildcardMatcher(one)(other) : isOtherWild ? wildcardMatcher(other)(one) : one === other;
}
