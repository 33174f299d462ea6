import type { Host, RoutingTable } from "../../compile/table.ts";
import { lowerName } from "../../routing/lower-name.ts";
import type { Match } from "../../routing/match.ts";
import { placeKey } from "../../routing/place-key.ts";
import { isRefusal } from "../../routing/router.ts";
import { limitsMethods } from "./allowed-methods.ts";
import { isBalanced } from "./fates.ts";
import { formulaOf } from "./access-formula.ts";
import type { Layer } from "./layers.ts";
import { isPattern } from "./layers.ts";
import { mappedParts, mappedRegion, mappingAt } from "./mapped-parts.ts";
import { isSameMeaning } from "./meanings.ts";
import { canBeBelow, patternsNear, type NearPatterns } from "./near-patterns.ts";
import {
  addUnplaced,
  type HostFacts,
  type HostRegions,
  type Region,
  type UnplacedLayers,
  type Variant,
} from "./region.ts";
import { variantsOf, type OpenLayer } from "./region-variants.ts";
import { proxiedPaths, proxyPattern, relayOf, type Relay } from "./relays.ts";
import type { Mapped } from "./url-pattern.ts";
import { escaped, urlPatterns } from "./url-pattern.ts";

/** A name that no configuration knows, for what lies below a path. */
const SAMPLE = "-backhand-sample-";

/** Works out what holds where in a host: paths that its lines name, each with what routing finds there. */
export function regionsOf(facts: HostFacts): HostRegions {
  const { table, host, layers: own } = facts;
  const unplaced: UnplacedLayers = new Map();
  const patterns = own.filter((layer) => {
    const { kind } = layer.section;
    const isCondition = kind === "If" || kind === "ElseIf" || kind === "Else";
    if (isCondition) addUnplaced(unplaced, layer, []);
    return !isCondition && isPattern(layer);
  });
  const near = patternsNear(patterns, table.apache);
  const regions: Region[] = [];
  const belows = new Map<string, Region>();
  for (const path of pathsOf(own, table, host)) {
    const exact = path === "" ? null : regionAt("exact", path, facts, near, unplaced);
    const below = regionAt("below", path, facts, near, unplaced);
    const outer = regionAround(path, belows);
    const keepsBelow = below !== null && (outer === undefined || !isSame(below, outer));
    if (keepsBelow) {
      regions.push(below);
      belows.set(path, below);
    }
    // nginx redirects to a handed-on path with a slash at its end unless there is one without.
    const isHandedOn = keepsBelow && (below.relay !== null || isBalanced(below.variants.at(-1)?.pipeline ?? []));
    if (exact !== null && (outer === undefined || isHandedOn || !isSame(exact, outer))) regions.push(exact);
  }
  const restricts = ({ section: { directives } }: Layer): boolean =>
    formulaOf(directives, table.apache).kind !== "always" || limitsMethods(directives);
  return {
    regions,
    unplaced: [...unplaced].map(([layer, found]) => ({ layer, closed: restricts(layer) ? found : [] })),
  };
}

/** The closest region above a path; `belows` are regions by their paths. */
function regionAround(path: string, belows: ReadonlyMap<string, Region>): Region | undefined {
  for (let at = path.lastIndexOf("/"); at !== -1; at = at === 0 ? -1 : path.lastIndexOf("/", at - 1)) {
    const region = belows.get(path.slice(0, at));
    if (region !== undefined) return region;
  }
  return undefined;
}

/** Whether a region says nothing that the one around it does not. */
function isSame(one: Region, outer: Region): boolean {
  const rest = one.path.slice(outer.path.length);
  const variants = one.kind === "exact" && !one.meetsPattern ? outer.variants.slice(-1) : outer.variants;
  return (
    one.folder === (outer.folder === null ? null : outer.folder + rest) &&
    one.isScript === outer.isScript &&
    one.mapping === outer.mapping &&
    haveSameParts(one, outer) &&
    isSameRelay(one.relay, outer.relay, rest) &&
    haveSameVariants(one.variants, variants)
  );
}

/** Whether the expressions of lines take the same of both. */
function haveSameParts(one: Region, outer: Region): boolean {
  // What an expression takes around it, and not here, is another part.
  if (one.kind === "exact") return !outer.parts.some(({ mapping }) => mapping?.matches(one.path) === true);
  const others = outer.parts.filter(({ mapping }) => mapping === null || canBeBelow(mapping.pattern, one.path));
  return (
    one.parts.length === others.length &&
    one.parts.every((part, index) => {
      const other = others[index];
      return other !== undefined && part.mapping === other.mapping && haveSameVariants(part.variants, other.variants);
    })
  );
}

function haveSameVariants(some: readonly Variant[], others: readonly Variant[]): boolean {
  return (
    some.length === others.length &&
    some.every((variant, index) => {
      const other = others[index];
      return (
        other !== undefined &&
        variant.patterns.join("\n") === other.patterns.join("\n") &&
        isSameMeaning(variant, other)
      );
    })
  );
}

/** Whether two parts are sent to the same places, the second one from further up. */
function isSameRelay(one: Relay | null, outer: Relay | null, rest: string): boolean {
  if (one === null || outer === null) return one === outer;
  const text = ({ to, base, preservesHost, settings, timeout, cookies }: Relay, more: string): string =>
    JSON.stringify([to, base + more, preservesHost, settings, timeout?.seconds, cookies]);
  if (text(one, "") !== text(outer, rest)) return false;
  return one.reverses === outer.reverses || JSON.stringify(one.reverses) === JSON.stringify(outer.reverses);
}

const bare = (path: string): string => path.replace(/\/+$/, "").replace(/\/{2,}/g, "/");

/** Paths at which something may change: shorter ones first. */
function pathsOf(own: readonly Layer[], table: RoutingTable, host: number): readonly string[] {
  const hosts = [table.hosts[host], ...(host === 0 ? [] : [table.hosts[0]])].filter((one) => one !== undefined);
  const mapped = mappingsOf(hosts, table);
  const found = new Set([""]);
  const urls = new Map<string, string[]>();
  for (const { url, folder } of mapped) {
    found.add(url);
    const list = urls.get(folder);
    if (list === undefined) urls.set(folder, [url]);
    else list.push(url);
  }
  for (const layer of own) {
    for (const { kind, argument } of layer.inside === null ? [layer.section] : [layer.inside]) {
      if (/[*?[\\]/.test(argument)) continue;
      if (kind === "Location" && argument.startsWith("/")) found.add(bare(argument));
      if (kind !== "Directory") continue;
      const folder = bare(argument);
      for (let at = folder.lastIndexOf("/"); at !== -1; at = at === 0 ? -1 : folder.lastIndexOf("/", at - 1))
        for (const url of urls.get(folder.slice(0, at)) ?? []) found.add(url + folder.slice(at));
    }
  }
  for (const path of hosts.flatMap((one) => ownMappings(one).proxied)) found.add(bare(path));
  if (hosts.some((one) => ownMappings(one).hasHostPrograms)) found.add("/cgi-bin");
  return [...found].sort((a, b) => a.length - b.length || (a < b ? -1 : 1));
}

interface Mappings {
  readonly aliases: readonly Mapped[];
  readonly roots: readonly string[];
  /** Of ProxyPass lines. */
  readonly proxied: readonly string[];
  /** Whether it has a line of the VirtualScriptAlias family. */
  readonly hasHostPrograms: boolean;
}

/** Of each host, the main server's for all. */
const mappings = new WeakMap<Host, Mappings>();

function ownMappings(host: Host): Mappings {
  const known = mappings.get(host);
  if (known !== undefined) return known;
  const aliases: Mapped[] = [];
  const roots: string[] = [];
  let hasHostPrograms = false;
  for (const { name, args } of host.directives) {
    const key = lowerName(name);
    hasHostPrograms ||= key.startsWith("virtualscriptalias");
    if (key === "documentroot") roots.push(args[0] ?? "");
    else if (key === "alias" || key === "scriptalias")
      aliases.push({ url: bare(args[0] ?? ""), folder: bare(args[1] ?? "") });
  }
  const found = { aliases, roots, proxied: proxiedPaths(host.directives), hasHostPrograms };
  mappings.set(host, found);
  return found;
}

/** Folders that URLs lead to. */
function mappingsOf(hosts: readonly Host[], table: RoutingTable): readonly Mapped[] {
  const found: Mapped[] = [];
  const roots: string[] = [];
  for (const host of hosts) {
    const own = ownMappings(host);
    for (const one of own.aliases) found.push(one);
    roots.push(...own.roots);
  }
  // Of several lines one counts; more folders than that only cost a look.
  for (const root of [...roots, ...(roots.length === 0 ? [`${table.serverRoot}/htdocs`] : [])])
    found.push({ url: "", folder: bare(root) });
  return found;
}

const encode = (path: string): string =>
  path.replace(/[^\w./~!$&'()*+,;=:@-]/gu, (character) =>
    [...Buffer.from(character)].map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, "0")}`).join(""),
  );

/** Null when every request there is answered by a redirect before anything else counts. */
function regionAt(
  kind: "exact" | "below",
  path: string,
  facts: HostFacts,
  patterns: NearPatterns,
  unplaced: UnplacedLayers,
): Region | null {
  const { table } = facts;
  const rest = kind === "exact" ? "" : `/${SAMPLE}`;
  const match = facts.route(encode(path + rest));
  if (isRefusal(match)) return null;
  const mapping = mappingAt(kind, path, match, facts);
  const near = patterns.below(path, match.sections);
  const parts = kind === "exact" ? [] : mappedParts(path, match, near, facts, unplaced);
  if (mapping !== null) return { ...mappedRegion(kind, path, mapping, match, near, facts, unplaced), parts };
  const met = match.sections.flatMap((section) => facts.layerOf(section) ?? []);
  const fixed = met.filter((layer) => !patterns.all.has(layer));
  const relay = relayOf(match, rest);
  const here = path === "" ? [] : [`^${escaped(path)}/`];
  const folder =
    relay !== null
      ? null
      : match.filename.endsWith(rest)
        ? match.filename.slice(0, match.filename.length - rest.length)
        : null;
  const mapped = folder === null ? null : { url: path, folder: bare(folder) };
  const base: Layer[] = [...fixed];
  const open: OpenLayer[] = [];
  const meetsPattern = kind === "exact" && met.some((layer) => patterns.all.has(layer));
  if (kind === "exact") {
    base.push(...met.filter((layer) => patterns.all.has(layer)));
  } else {
    for (const layer of near) {
      if (layer.section.kind.startsWith("Proxy")) {
        const what = relay === null ? "" : proxyPattern(layer.section, relay, path);
        if (met.includes(layer)) base.push(layer);
        else if (what === null) addUnplaced(unplaced, layer, here);
        else if (what !== "") open.push({ layer, patterns: [what] });
        continue;
      }
      // What is sent on has neither folder nor file.
      if (relay !== null && !(layer.inside ?? layer.section).kind.startsWith("Location")) continue;
      if (layer.inside !== null && !isPattern({ ...layer, section: layer.inside }) && !isInside(layer, match)) continue;
      const own =
        isPattern({ ...layer, section: layer.inside ?? layer.section }) || layer.inside === null
          ? layer
          : { ...layer, inside: null };
      const found = urlPatterns(own, mapped, table.apache);
      if (found === null) addUnplaced(unplaced, layer, here);
      else if (found !== "none" && found.length === 0) base.push(layer);
      else if (found !== "none" && found.every((one) => canBeBelow(one, path))) open.push({ layer, patterns: found });
    }
  }
  const isScript = match.mappedBy !== null && lowerName(match.mappedBy.name).startsWith("scriptalias");
  const isAsMet = base.length === met.length;
  const variants = variantsOf(base, open, facts, unplaced, isAsMet ? match : null);
  return {
    kind,
    path,
    folder,
    isScript,
    relay,
    mappedBy: match.mappedBy?.place ?? null,
    meetsPattern,
    variants,
    mapping: null,
    parts,
  };
}

/** Whether the folder of an inner Files is met. */
function isInside({ inside }: Layer, { sections }: Match): boolean {
  return inside !== null && sections.some(({ place }) => placeKey(place) === placeKey(inside.place));
}
