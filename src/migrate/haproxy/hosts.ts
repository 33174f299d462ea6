import type { Places } from "../site/places.ts";
import type { Endpoint } from "../site/endpoints.ts";
import type { Site } from "../site/site.ts";
import type { OutputLine } from "../verdict.ts";
import { word } from "./words.ts";

/** The name of the Host field as httpd takes it: in small letters, without the dot of the root. */
const HOST_NAME = "req.hdr(host),host_only,lower,rtrim(.)";

/** HAProxy takes 64 words on a line; what stands beside addresses takes 14. */
const MOST_ADDRESSES = 40;

/**
 * Which host a request meets: by address, then by name. The last rule that fits counts, so an endpoint's default comes first,
 * then names with wildcards from the last that is tried to the first, then whole names.
 */
export function hostRules({ endpoints, hosts }: Site, places: Places): readonly OutputLine[] {
  const placeOf = new Map(hosts.map(({ index, place }) => [index, place]));
  const addresses = ownAddresses(endpoints);
  const rules = endpoints.flatMap((endpoint) => {
    const at = conditionOf(endpoint, addresses.get(endpoint.port) ?? []);
    const lineFor = (host: number, more: string): OutputLine => {
      const text = `    http-request set-var(txn.host) int(${host}) if ${at}${more}`;
      const place = placeOf.get(host) ?? null;
      return place === null ? { text, from: null } : { text, from: places.sourcePlace(place) };
    };
    const isWild = (pattern: string): boolean => /[*?]/.test(pattern);
    const tests = [
      ...endpoint.names.filter(({ pattern }) => isWild(pattern)).reverse(),
      ...endpoint.names.filter(({ pattern }) => !isWild(pattern)),
    ];
    return [
      lineFor(endpoint.host, ""),
      ...tests.flatMap(({ pattern, host }) => {
        const test = nameTest(pattern);
        return test === null ? [] : [lineFor(host, ` { ${HOST_NAME} ${test} }`)];
      }),
    ];
  });
  const all = endpoints.filter(({ address }) => address === "*");
  return [...all.flatMap(({ port }) => markingRules(port, addresses.get(port) ?? [])), ...rules];
}

/** Marks what meets one of more addresses of a port than a line takes. */
function markingRules(port: number, own: readonly string[]): readonly OutputLine[] {
  const lines: OutputLine[] = [];
  for (let at = 0; own.length > MOST_ADDRESSES && at < own.length; at += MOST_ADDRESSES) {
    const text = `    http-request set-var(txn.own) int(1) if { dst ${own.slice(at, at + MOST_ADDRESSES).join(" ")} } { dst_port ${port} }`;
    lines.push({ text, from: null });
  }
  return lines;
}

/** Addresses that have an endpoint of their own, by port. */
function ownAddresses(endpoints: readonly Endpoint[]): ReadonlyMap<number, readonly string[]> {
  const found = new Map<number, string[]>();
  for (const { address, port } of endpoints) {
    const list = found.get(port) ?? [];
    found.set(port, list);
    if (address !== "*") list.push(address);
  }
  return found;
}

/** An endpoint for all addresses leaves out those that have one of their own. */
function conditionOf({ address, port }: Endpoint, own: readonly string[]): string {
  const others = own.length > MOST_ADDRESSES ? "var(txn.own) -m int 1" : `dst ${own.join(" ")}`;
  const place = address !== "*" ? `{ dst ${address} } ` : own.length === 0 ? "" : `!{ ${others} } `;
  return `${place}{ dst_port ${port} }`;
}

function nameTest(name: string): string | null {
  if (!/^[a-z0-9._*?:-]+$/.test(name)) return null;
  if (!/[*?]/.test(name)) return `-m str ${name}`;
  return `-m reg ${word(`^${name.replace(/\./g, "\\.").replace(/\*/g, ".*").replace(/\?/g, ".")}$`)}`;
}
