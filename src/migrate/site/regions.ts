import type { Host, Place, RoutingTable, TableDirective, TableSection } from "../../compile/table.ts";
import { merge, type Merged } from "../../routing/merge.ts";
import type { Match, Refusal } from "../../routing/match.ts";
import { placeKey } from "../../routing/place-key.ts";
import { isRefusal } from "../../routing/router.ts";
import type { Formula } from "../apache24/formula.ts";
import { isBalanced } from "./fates.ts";
import { formulaOf } from "./access-formula.ts";
import { combinations } from "./combinations.ts";
import type { Layer } from "./layers.ts";
import { hasRules, inMergeOrder, isDeciding, isPattern } from "./layers.ts";
import { isSameMeaning } from "./meanings.ts";
import { canBeBelow, patternsNear, type NearPatterns } from "./near-patterns.ts";
import { proxiedPaths, proxyPattern, relayOf, type Relay } from "./relays.ts";
import type { Mapped } from "./url-pattern.ts";
import { acrossLines, escaped, urlPatterns } from "./url-pattern.ts";

/** What holds for the requests of a region that match some expressions. */
export interface Variant {
  /** Expressions on the decoded path that all match; empty for what is left when no other variant fits. */
  readonly patterns: readonly string[];
  readonly formula: Formula;
  /** Effective directives after merging. */
  readonly effective: readonly TableDirective[];
  /** Names and arguments of the candidacy functions; empty: not balanced. */
  readonly pipeline: Merged["pipeline"];
  /** From SetHandler, null for None; undefined when no line says it. */
  readonly handler: string | null | undefined;
  /** Redirect lines of the sections, which come behind access; those of inner sections first. */
  readonly redirects: Merged["redirects"];
  /** The folder whose lines of mod_rewrite count; null when none has any. */
  readonly ruledBy: TableSection | null;
}

/** A part of a host's URLs: one path, or all below one. */
export interface Region {
  readonly kind: "exact" | "below";
  /** Without a slash at its end; empty for the root, which is always `below`. */
  readonly path: string;
  /** Where its files are, without a slash at the end; null when nothing says it. */
  readonly folder: string | null;
  /** Whether ScriptAlias leads there. */
  readonly isScript: boolean;
  /** The line that gives the folder; null for the built-in document root. */
  readonly mappedBy: Place | null;
  /** Where a ProxyPass line sends it; null: nowhere. */
  readonly relay: Relay | null;
  /** Whether a section with a pattern has a part in an exact path. */
  readonly meetsPattern: boolean;
  /** The first whose patterns match counts; the last has none. */
  readonly variants: readonly Variant[];
}

/** The regions of a host, and the sections that no region could be given to. */
export interface HostRegions {
  /** Longer paths behind shorter ones; a path behind what is above it. */
  readonly regions: readonly Region[];
  readonly unplaced: readonly Unplaced[];
}

/** A deciding section that stands in no region. */
export interface Unplaced {
  readonly layer: Layer;
  /** Where it may keep somebody out: lists of expressions on the decoded path that all match; an empty one is anywhere. */
  readonly closed: readonly (readonly string[])[];
}

/** A name that no configuration knows, for what lies below a path. */
const SAMPLE = "-backhand-sample-";

export interface HostFacts {
  readonly table: RoutingTable;
  readonly host: number;
  /** Deciding sections of the server and of this host. */
  readonly layers: readonly Layer[];
  /** Directives outside of sections that sections are merged onto: the server's, then the host's. */
  readonly outer: readonly (readonly TableDirective[])[];
  /** Other directives that the target writes down. */
  readonly isSetting: (key: string) => boolean;
  readonly layerOf: (section: Match["sections"][number]) => Layer | null;
  /** Asks our own routing for a path of this host. */
  readonly route: (path: string) => Match | Refusal;
}

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
  const restricts = ({ section }: Layer): boolean => formulaOf(section.directives, table.apache).kind !== "always";
  return {
    regions,
    unplaced: [...unplaced].map(([layer, found]) => ({ layer, closed: restricts(layer) ? found : [] })),
  };
}

type UnplacedLayers = Map<Layer, (readonly string[])[]>;

function addUnplaced(unplaced: UnplacedLayers, layer: Layer, patterns: readonly string[]): void {
  const list = unplaced.get(layer);
  if (list === undefined) unplaced.set(layer, [patterns]);
  else list.push(patterns);
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
    isSameRelay(one.relay, outer.relay, rest) &&
    one.variants.length === variants.length &&
    one.variants.every((variant, index) => {
      const other = variants[index];
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
  return [...found].sort((a, b) => a.length - b.length || (a < b ? -1 : 1));
}

interface Mappings {
  readonly aliases: readonly Mapped[];
  readonly roots: readonly string[];
  /** Of ProxyPass lines. */
  readonly proxied: readonly string[];
}

/** Of each host, the main server's for all. */
const mappings = new WeakMap<Host, Mappings>();

function ownMappings(host: Host): Mappings {
  const known = mappings.get(host);
  if (known !== undefined) return known;
  const aliases: Mapped[] = [];
  const roots: string[] = [];
  for (const { name, args } of host.directives) {
    const key = name.toLowerCase();
    if (key === "documentroot") roots.push(args[0] ?? "");
    else if (key === "alias" || key === "scriptalias")
      aliases.push({ url: bare(args[0] ?? ""), folder: bare(args[1] ?? "") });
  }
  const found = { aliases, roots, proxied: proxiedPaths(host.directives) };
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
  kind: Region["kind"],
  path: string,
  facts: HostFacts,
  patterns: NearPatterns,
  unplaced: UnplacedLayers,
): Region | null {
  const { table, outer } = facts;
  const rest = kind === "exact" ? "" : `/${SAMPLE}`;
  const match = facts.route(encode(path + rest));
  if (isRefusal(match)) return null;
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
  const open: { readonly layer: Layer; readonly patterns: readonly string[] }[] = [];
  const meetsPattern = kind === "exact" && met.some((layer) => patterns.all.has(layer));
  if (kind === "exact") {
    base.push(...met.filter((layer) => patterns.all.has(layer)));
  } else {
    for (const layer of patterns.below(path)) {
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
  const isScript = match.mappedBy?.name.toLowerCase().startsWith("scriptalias") === true;
  const isAsMet = base.length === met.length;
  const variantOf = (chosen: readonly (typeof open)[number][]): Variant => {
    if (chosen.length === 0 && isAsMet) return asMet(match, base, facts);
    const sections = inMergeOrder([...base, ...chosen.map(({ layer }) => layer)]);
    const lists = sections.map(({ section }) => section.directives);
    const merged = merge(outer, lists, table.apache);
    return {
      patterns: chosen.flatMap((one) => one.patterns.map((text) => acrossLines(text, table.apache))),
      formula: formulaOf(merged.effective, table.apache),
      effective: merged.effective,
      pipeline: merged.pipeline,
      handler: merged.handler,
      redirects: merged.redirects,
      ruledBy: ruledBy([...base, ...chosen.map(({ layer }) => layer)]),
    };
  };
  const order = new Map(inMergeOrder(open.map(({ layer }) => layer)).map((layer, index) => [layer, index]));
  open.sort((a, b) => (order.get(a.layer) ?? 0) - (order.get(b.layer) ?? 0));
  const { chosen, left } = combinations(
    open.map((one) => ({ ...one, section: one.layer.section, isFirst: isDeciding(one.layer) })),
    table.apache,
  );
  for (const one of left) addUnplaced(unplaced, one.layer, one.patterns);
  const variants = chosen.map(variantOf);
  return {
    kind,
    path,
    folder,
    isScript,
    relay,
    mappedBy: match.mappedBy?.place ?? null,
    meetsPattern,
    variants: withoutIdle(variants),
  };
}

/** What routing itself has merged for a path, which is much of the work; the same for all paths with the same sections. */
function asMet({ effective, pipeline }: Match, layers: readonly Layer[], { table, outer }: HostFacts): Variant {
  const known = variantsOfLines.get(effective);
  if (known !== undefined) return known;
  const isSent = layers.some(({ section }) => section.directives.some(({ name }) => /^redirect/i.test(name)));
  const lists = layers.map(({ section }) => section.directives);
  const word = effective.findLast(({ name }) => name.toLowerCase() === "sethandler")?.args[0];
  const variant: Variant = {
    patterns: [],
    formula: formulaOf(effective, table.apache),
    effective,
    pipeline,
    handler: word?.toLowerCase() === "none" ? null : word,
    redirects: isSent ? merge(outer, lists, table.apache).redirects : [],
    ruledBy: ruledBy(layers),
  };
  variantsOfLines.set(effective, variant);
  return variant;
}

function ruledBy(layers: readonly Layer[]): TableSection | null {
  const found = layers.filter(hasRules);
  return found.length < 2 ? (found[0]?.section ?? null) : (inMergeOrder(found).at(-1)?.section ?? null);
}

const variantsOfLines = new WeakMap<Match["effective"], Variant>();

/** Whether the folder of an inner Files is met. */
function isInside({ inside }: Layer, { sections }: Match): boolean {
  return inside !== null && sections.some(({ place }) => placeKey(place) === placeKey(inside.place));
}

/** Leaves out variants that say what those behind them say for the same requests. */
function withoutIdle(variants: readonly Variant[]): readonly Variant[] {
  const kept: Variant[] = [];
  for (const variant of variants.toReversed()) {
    // What would answer without this one: the first kept one whose patterns all are among its own.
    const next = kept.findLast(({ patterns }) => patterns.every((one) => variant.patterns.includes(one)));
    if (next === undefined || !isSameMeaning(next, variant)) kept.push(variant);
  }
  return kept.reverse();
}
