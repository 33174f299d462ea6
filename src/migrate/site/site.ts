import type { Place, RoutingTable, TableDirective } from "../../compile/table.ts";
import { hostLevelOnly, structural } from "../../routing/merge-rules.ts";
import { toBytes } from "../../routing/bytes.ts";
import { isRefusal } from "../../routing/is-refusal.ts";
import { lowerName } from "../../routing/lower-name.ts";
import type { Match, Refusal } from "../../routing/match.ts";
import { proxyPassNames } from "../../routing/proxy-pass.ts";
import { createRouter, type Router } from "../../routing/router.ts";
import { globSample } from "../../samples/glob-sample.ts";
import type { Endpoint } from "./endpoints.ts";
import { hostMappings, withoutMappings, type HostMappings } from "./host-mappings.ts";
import { endpointsOf, routingAddress } from "./endpoints.ts";
import type { Layer } from "./layers.ts";
import { joinedLines } from "./effective.ts";
import { isDeciding, layerFinder, layersOf } from "./layers.ts";
import type { Region, Unplaced } from "./region.ts";
import { regionsOf } from "./regions.ts";
import type { LostRedirect, SiteRedirect } from "./site-redirects.ts";
import { siteRedirects } from "./site-redirects.ts";
import { isProxyPass, takenByProxies, type ProxyLine } from "./taken-by-proxies.ts";
import { withoutRedirects } from "./without-lines.ts";

/** A virtual host or the main server in terms of URLs. */
export interface SiteHost {
  /** Index into the table's hosts. */
  readonly index: number;
  /** Opening line; null for the main server. */
  readonly place: Place | null;
  /** Lines outside of sections, the server's before the host's own. */
  readonly directives: readonly TableDirective[];
  /** In the order in which they are tried, before anything else of the host. */
  readonly redirects: readonly (SiteRedirect | LostRedirect)[];
  readonly regions: readonly Region[];
  /** Lines with expressions that give paths a folder, a server or another address. */
  readonly mappings: HostMappings;
  /** Deciding sections that no expression on the path stands for. */
  readonly unplaced: readonly Unplaced[];
}

/** What a configuration comes to for a server that knows no merging of sections. */
export interface Site {
  readonly endpoints: readonly Endpoint[];
  /** Those that a request can reach, in the order of the file. */
  readonly hosts: readonly SiteHost[];
  /** Opening lines of hosts that no request reaches. */
  readonly unreached: readonly Place[];
}

const isMerged = ({ name }: TableDirective): boolean =>
  !structural.has(name.toLowerCase()) && !hostLevelOnly.has(name.toLowerCase());

/**
 * Works out a site by the same routing that `explain` and `serve` use. `isSetting`: other directives, by their names in lower
 * case, that the target writes for a part of the URLs.
 */
export function siteOf(table: RoutingTable, isSetting: (key: string) => boolean): Site {
  const endpoints = endpointsOf(table);
  const router = createRouter(withoutMappings(table), { linesOnly: true });
  /** For what ProxyPass lines with expressions take before the Redirect lines of a host are looked at. */
  let staying: Router | null = null;
  const layers = layersOf(table);
  const layerOf = layerFinder(layers);
  const byHost = new Map<number, Layer[]>();
  for (const layer of layers) {
    const { host } = layer.section;
    const list = byHost.get(host);
    if (list === undefined) byHost.set(host, [layer]);
    else list.push(layer);
  }
  const deciding = new Set(layers.filter((layer) => isDeciding(layer, isSetting)));
  const decidingOf = new Map([...byHost].map(([host, list]) => [host, list.filter((layer) => deciding.has(layer))]));
  const mappingsOf = hostMappings(table);
  const askers = askersOf(endpoints);
  const main = table.hosts[0]?.directives ?? [];
  const mergedMain = main.filter(isMerged);
  // Each host has a list of them, and of these lines a server may have one for each host.
  const mainLines = main.filter(({ name }) => name.toLowerCase() !== "listen");
  const redirectsOf = redirectsIn(table);
  const hosts: SiteHost[] = [];
  const unreached: Place[] = [];
  for (const [index, host] of table.hosts.entries()) {
    const asker = askers.get(index);
    if (asker === undefined) {
      if (host.place !== null) unreached.push(host.place);
      continue;
    }
    const { localAddress, localPort, host: name } = asker;
    const own = index === 0 ? [] : host.directives;
    const mappings = mappingsOf(index);
    const sendsOn = mappings.list.some(({ directive }) => proxyPassNames.has(lowerName(directive.name)));
    const route = (path: string): Match | Refusal => {
      const request = { localAddress, localPort, host: name, target: toBytes(path), method: "GET" };
      const found = router.route(request);
      if (!sendsOn || !isRefusal(found)) return found;
      staying ??= createRouter(withoutMappings(withoutRedirects(table)), { linesOnly: true });
      return staying.route(request);
    };
    hosts.push({
      index,
      place: host.place,
      directives: joinedLines(mainLines, own),
      redirects: redirectsOf(index),
      mappings,
      ...regionsOf({
        table,
        host: index,
        layers: [...(decidingOf.get(0) ?? []), ...(index === 0 ? [] : (decidingOf.get(index) ?? []))],
        everyLayer: [...(byHost.get(0) ?? []), ...(index === 0 ? [] : (byHost.get(index) ?? []))],
        isDeciding: (layer) => deciding.has(layer),
        mappings,
        outer: [mergedMain, own.filter(isMerged)],
        isSetting,
        layerOf,
        route,
      }),
    });
  }
  return { endpoints, hosts, unreached };
}

/** The Redirect lines of each host, its own before those of the main server. */
function redirectsIn({ hosts, sections, apache }: RoutingTable): (host: number) => SiteHost["redirects"] {
  const inSections = new Map<number, ProxyLine[]>();
  // The line of the last section that covers a path goes first.
  for (const { kind, host, argument, directives } of sections.toReversed()) {
    const directive = kind === "Location" || kind === "LocationMatch" ? directives.findLast(isProxyPass) : undefined;
    if (directive === undefined) continue;
    const list = inSections.get(host) ?? [];
    list.push({ directive, section: argument });
    inSections.set(host, list);
  }
  const linesOf = (host: number): readonly TableDirective[] => hosts[host]?.directives ?? [];
  const proxiesOf = (host: number): readonly ProxyLine[] =>
    linesOf(host)
      .filter(isProxyPass)
      .map((directive) => ({ directive, section: null }));
  const ofMain = proxiesOf(0);
  const inMain = inSections.get(0) ?? [];
  const takenInMain = takenByProxies([...inMain, ...ofMain], apache);
  const redirectsOfMain = siteRedirects(linesOf(0), apache, takenInMain);
  return (host) => {
    if (host === 0) return redirectsOfMain;
    const inHost = inSections.get(host) ?? [];
    const ofHost = proxiesOf(host);
    if (inHost.length + ofHost.length === 0)
      return [...siteRedirects(linesOf(host), apache, takenInMain), ...redirectsOfMain];
    const taken = takenByProxies([...inHost, ...inMain, ...ofMain, ...ofHost], apache);
    return [...siteRedirects(linesOf(host), apache, taken), ...siteRedirects(linesOf(0), apache, taken)];
  };
}

interface Asker {
  readonly localAddress: string;
  readonly localPort: number;
  readonly host: string;
}

/** A way to reach each host. */
function askersOf(endpoints: readonly Endpoint[]): ReadonlyMap<number, Asker> {
  const found = new Map<number, Asker>();
  for (const endpoint of endpoints) {
    const at = { localAddress: routingAddress(endpoint), localPort: endpoint.port };
    const add = (index: number, host: string): void => {
      if (!found.has(index)) found.set(index, { ...at, host });
    };
    for (const { pattern, host } of endpoint.names) if (!/[*?]/.test(pattern)) add(host, pattern);
    add(endpoint.host, "unknown.invalid");
    for (const { pattern, host } of endpoint.names) if (/[*?]/.test(pattern)) add(host, globSample(pattern));
  }
  return found;
}
