import type { Place } from "../../compile/table.ts";
import { clientSourceOf } from "../site/client-source.ts";
import type { Endpoint } from "../site/endpoints.ts";
import type { Places } from "../site/places.ts";
import type { Region, Unplaced } from "../site/region.ts";
import { sharedReverses } from "../site/relays.ts";
import type { RewriteTarget } from "../site/rewrite-words.ts";
import type { LostRedirect, SiteRedirect } from "../site/site-redirects.ts";
import type { TlsWords } from "../site/judge-tls.ts";
import type { RewriteFacts } from "../site/rewrite-rule.ts";
import type { ClientCertificates, HostTls } from "../site/tls.ts";
import type { Site, SiteHost } from "../site/site.ts";
import { changed, lost, type OutputLine } from "../verdict.ts";
import { clientLines } from "./clients.ts";
import { isWritableFolder, regionLocations, type LocationContext } from "./locations.ts";
import { hostFolderText } from "./mappings.ts";
import { redirectLines } from "./redirects.ts";
import { differingSettings, settingsOf, type Settings } from "./settings.ts";
import { block, joined, quote, together } from "./words.ts";

/** A host at the endpoints where it answers in the same way. */
interface Server {
  readonly host: SiteHost;
  readonly isDefault: boolean;
  readonly names: readonly string[];
  readonly endpoints: readonly Endpoint[];
}

interface Shared extends Pick<
  LocationContext,
  "table" | "places" | "variables" | "upstreamFor" | "relays" | "placeSettings"
> {
  /** By the index of the host. */
  readonly tls: ReadonlyMap<number, HostTls>;
  /** Lines of logs, by the index of the host. */
  readonly logs: ReadonlyMap<number, readonly string[]>;
  /** Lines of timeouts and kept connections, by the index of the host. */
  readonly processOf: ReadonlyMap<number, readonly string[]>;
  /** What mod_rewrite does in a host, as lines of its server block. */
  readonly rewritesOf: (host: SiteHost) => readonly string[];
  readonly ruleFactsOf: (host: number) => RewriteFacts | null;
  /** Settings outside of all servers, which they inherit. */
  readonly outside: Settings;
}

/** Locations stand in a server in the http block. */
const LOCATION_DEPTH = 2;

/** The server blocks, in the order of the hosts, since nginx tries expressions among names in theirs. */
export function serverLines(site: Site, shared: Shared): readonly OutputLine[] {
  return serversOf(site).flatMap((server) => {
    const lines = serverBlock(server, shared);
    const { place } = server.host;
    return lines.map((text, index): OutputLine => {
      if (index === 0 && place !== null) return { text: `    ${text}`, from: shared.places.sourcePlace(place) };
      return { text: text === "" ? "" : `    ${text}`, from: null };
    });
  });
}

function serversOf({ endpoints, hosts }: Site): readonly Server[] {
  const byHost = new Map<
    number,
    Map<string, { isDefault: boolean; names: readonly string[]; endpoints: Endpoint[] }>
  >();
  for (const endpoint of endpoints) {
    const words = serverNames(endpoint);
    for (const index of new Set([endpoint.host, ...endpoint.names.map(({ host }) => host)])) {
      const names = words.get(index) ?? [];
      const isDefault = index === endpoint.host;
      const key = JSON.stringify([isDefault, names]);
      const servers =
        byHost.get(index) ?? new Map<string, { isDefault: boolean; names: readonly string[]; endpoints: Endpoint[] }>();
      byHost.set(index, servers);
      const server = servers.get(key);
      if (server === undefined) servers.set(key, { isDefault, names, endpoints: [endpoint] });
      else server.endpoints.push(endpoint);
    }
  }
  return hosts.flatMap((host) =>
    [...(byHost.get(host.index)?.values() ?? [])].map((one): Server => ({ host, ...one })),
  );
}

const starFirst = /^\*(?:\.[a-z0-9_-]+)+$/;

/** The words behind server_name for each host. nginx prefers longer suffixes, httpd the first host: expressions keep order. */
function serverNames({ names }: Endpoint): ReadonlyMap<number, readonly string[]> {
  const wild = names.filter(({ pattern }) => /[*?]/.test(pattern));
  const asWritten = wild.every(({ pattern }) => starFirst.test(pattern)) && !hasOverlaps(wild);
  const found = new Map<number, string[]>();
  for (const { pattern, host } of names) {
    const word = serverName(pattern, asWritten);
    if (word === null) continue;
    const list = found.get(host);
    if (list === undefined) found.set(host, [word]);
    else list.push(word);
  }
  return found;
}

/** Whether two hosts have names of which one ends as the other; all of them begin with `*.`. */
function hasOverlaps(wild: Endpoint["names"]): boolean {
  const hosts = new Map<string, number>();
  for (const { pattern, host } of wild) {
    const end = pattern.slice(1);
    if ((hosts.get(end) ?? host) !== host) return true;
    hosts.set(end, host);
  }
  return wild.some(({ pattern, host }) => {
    for (let at = pattern.indexOf("."); at !== -1; at = pattern.indexOf(".", at + 1))
      if ((hosts.get(pattern.slice(at)) ?? host) !== host) return true;
    return false;
  });
}

function serverName(pattern: string, asWritten: boolean): string | null {
  if (/^[a-z0-9._:-]+$/.test(pattern) || (asWritten && starFirst.test(pattern))) return pattern;
  if (!/^[a-z0-9._*?:-]+$/.test(pattern)) return null;
  return quote(`~^${pattern.replace(/\./g, "\\.").replace(/\*/g, ".*").replace(/\?/g, ".")}$`);
}

function serverBlock({ host, isDefault, names, endpoints }: Server, shared: Shared): readonly string[] {
  const { table, places } = shared;
  const tls = shared.tls.get(host.index);
  const listens = endpoints.map(({ address, port }) => {
    const text = address === "*" ? String(port) : `${address.includes(":") ? `[${address}]` : address}:${port}`;
    return `listen ${text}${tls === undefined ? "" : " ssl"}${isDefault ? " default_server" : ""};`;
  });
  const [top] = host.regions;
  const base = top?.path === "" ? top.variants.at(-1) : undefined;
  const folder = top?.path === "" ? top.folder : null;
  const root = folder !== null && isWritableFolder(folder || "/") ? folder || "/" : null;
  const given = top?.mapping?.to.kind === "host-folder" ? top.mapping : null;
  const rootText =
    given?.to.kind === "host-folder"
      ? hostFolderText(given.to.folder, shared.variables)
      : quote(root ?? "/nonexistent");
  if (given !== null)
    places.judge(given.directive.place, changed(`root ${rootText};`, "parts of the name of the host"));
  // Redirects of the host are answered with its own fields, those of sections aside.
  const settings = new Map([
    ...shared.placeSettings.of(host.directives, "own"),
    ...settingsOf(base?.effective ?? host.directives, table),
  ]);
  judgeHost(host, places);
  const clients = clientSourceOf(table, host.index);
  const rewrites = shared.rewritesOf(host);
  const ruleFacts = shared.ruleFactsOf(host.index);
  const isAskedAgain = (target: RewriteTarget): boolean =>
    rewrites.length > 0 || isClosed(host) || host.redirects.some((one) => mayRedirect(one, target));
  const [reverses = null] = sharedReverses(host.regions);
  // Member by member, which is much faster than a copy of `shared` with others added: there may be thousands of hosts.
  const context: LocationContext = {
    table,
    places,
    variables: shared.variables,
    upstreamFor: shared.upstreamFor,
    relays: shared.relays,
    placeSettings: shared.placeSettings,
    tlsOfHost: tls,
    knowsClients: clients?.kind !== "lost",
    root,
    settings,
    reverses,
    unwritten,
    ruleFacts,
    isAskedAgain,
  };
  function unwritten({ mappedBy }: Region): void {
    if (mappedBy !== null) places.judge(mappedBy, lost("no path of nginx says this folder: answers 404"));
  }
  const redirects = redirectLines(host.redirects, "nginx", places);
  const locations = host.regions.flatMap((region) => {
    const lines = regionLocations(region, context);
    return lines.length === 0 ? [] : [joined(lines, LOCATION_DEPTH)];
  });
  const own = differingSettings(settings, shared.outside);
  return block("server", [
    ...listens,
    ...(names.length === 0 ? [] : [`server_name ${names.join(" ")};`]),
    ...tlsLines(tls),
    ...(clients === null ? [] : clientLines(clients, shared.variables, places)),
    `root ${rootText};`,
    ...(shared.processOf.get(host.index) ?? []),
    ...(shared.logs.get(host.index) ?? []),
    ...own,
    ...(reverses === null ? [] : shared.relays.reverseLines(reverses)),
    ...rewrites,
    ...redirects,
    ...new Set(host.unplaced.flatMap(closedLines)),
    ...locations,
    ...shared.placeSettings.errorPages.locations([...own, ...locations], settings.get("add") ?? []),
  ]);
}

/** Whether a redirect of the host may take a request to which a rule of a folder leads. */
function mayRedirect({ pattern }: SiteRedirect | LostRedirect, { parts }: RewriteTarget): boolean {
  const [first] = parts;
  if (pattern === null || parts.length !== 1 || first?.kind !== "text") return true;
  try {
    return new RegExp(pattern.replaceAll("(?s:", "(?:"), "s").test(first.text);
  } catch {
    return true;
  }
}

function tlsLines(tls: HostTls | undefined): readonly string[] {
  if (tls === undefined) return [];
  return [
    `ssl_certificate ${quote(tls.certificate)};`,
    `ssl_certificate_key ${quote(tls.key)};`,
    // Whether a section needs one its locations ask.
    ...(tls.clients === null
      ? []
      : [
          `ssl_client_certificate ${quote(tls.clients.file)};`,
          verifyLine(tls.clients),
          `ssl_verify_depth ${tls.clients.depth};`,
        ]),
    ...(tls.protocols === null ? [] : [`ssl_protocols ${tls.protocols.join(" ")};`]),
  ];
}

function verifyLine({ isNeeded }: ClientCertificates): string {
  return `ssl_verify_client ${isNeeded ? "on" : "optional"};`;
}

/** How nginx says what the lines about TLS said. */
export const tlsWords: TlsWords = {
  to: ({ key }, tls) => {
    if (key === "sslcertificatefile") return `ssl_certificate ${quote(tls.certificate)};`;
    if (key === "sslcertificatekeyfile") return `ssl_certificate_key ${quote(tls.key)};`;
    if (key === "sslprotocol") return `ssl_protocols ${tls.protocols?.join(" ") ?? "as nginx has them"};`;
    return "listen … ssl;";
  },
  ofClients: ({ key }, clients) => {
    const { file, depth } = clients;
    if (key === "sslcacertificatefile") return `ssl_client_certificate ${quote(file)};`;
    return key === "sslverifydepth" ? `ssl_verify_depth ${depth};` : verifyLine(clients);
  },
  files: ({ certificate, chain }) =>
    chain === null ? null : `nginx wants the chain in the file of the certificate: cat ${chain} >> ${certificate}`,
};

/** Whether parts of a host are closed, whatever leads there. */
export function isClosed({ unplaced }: SiteHost): boolean {
  return unplaced.some(({ closed }) => closed.length > 0);
}

function closedLines({ closed }: Unplaced): readonly string[] {
  return closed.map((patterns) =>
    patterns.length === 0 ? "return 403;" : `if ($uri ~ ${quote(together(patterns))}) { return 403; }`,
  );
}

/** What the lines of a host become that stand for its names, its folder and its sections. */
function judgeHost({ place, directives, unplaced }: SiteHost, places: Places): void {
  if (place !== null) places.judge(place, changed("server {", "a server of its own, at the addresses of the host"));
  for (const { name, args, place: line } of directives) {
    if (name.toLowerCase() === "documentroot")
      places.judge(line, changed(`root ${quote(args[0] ?? "")};`, "the same folder"));
  }
  for (const one of unplaced) {
    const { section } = one.layer;
    const closed = closedLines(one);
    const what = closed.length === 0 ? "nothing of it is in nginx" : "all that it may keep closed answers 403";
    const why = `no expression on the path stands for this section, so ${what}`;
    const lines: readonly Place[] = [section.place, ...section.directives.map((line) => line.place)];
    for (const line of lines) places.judge(line, lost(why, closed));
  }
}
