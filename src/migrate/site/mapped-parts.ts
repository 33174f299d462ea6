import type { TableSection } from "../../compile/table.ts";
import type { Match } from "../../routing/match.ts";
import { toBytes } from "../../routing/bytes.ts";
import { shellPattern } from "../../routing/fnmatch.ts";
import { compilePattern } from "../../routing/pattern.ts";
import { patternSyntax } from "../../routing/pattern-syntax.ts";
import type { Dialect } from "../../compile/table.ts";
import type { MappingTarget, PatternMapping } from "./host-mappings.ts";
import { isPattern, type Layer } from "./layers.ts";
import { canBeBelow } from "./near-patterns.ts";
import { addUnplaced, type HostFacts, type Region, type UnplacedLayers } from "./region.ts";
import { variantsOf, type OpenLayer } from "./region-variants.ts";
import { filledRelay } from "./relays.ts";
import { escaped, urlPatterns, type Mapped } from "./url-pattern.ts";

/** What of a part of the URLs the expressions of lines take that are tried before the line that gives the part its folder. */
export function mappedParts(
  path: string,
  match: Match,
  patterns: readonly Layer[],
  facts: HostFacts,
  unplaced: UnplacedLayers,
): readonly Region[] {
  const { list, precedes, spares } = facts.mappings;
  return list
    .filter((one) => one.to.kind !== "host-folder" && precedes(one, match.mappedBy) && canBeBelow(one.pattern, path))
    .filter((one) => !spares(one, "below", path))
    .map((mapping) => mappedRegion("match", path, mapping, match, patterns, facts, unplaced));
}

/** The mapping that takes one path, or all that is below one and left by others; null when none does. */
export function mappingAt(
  kind: "exact" | "below",
  path: string,
  match: Match,
  facts: HostFacts,
): PatternMapping | null {
  const { list, precedes, spares } = facts.mappings;
  const before = list.filter((one) => precedes(one, match.mappedBy) && !spares(one, kind, path));
  if (kind === "exact") return before.find((one) => one.matches(path)) ?? null;
  return before.find(({ to, matches }) => to.kind === "host-folder" && matches(`${path}/`)) ?? null;
}

/** A part that a mapping takes: the sections for its path stay, those for folders are of the folder to which it leads. */
export function mappedRegion(
  kind: Region["kind"],
  path: string,
  mapping: PatternMapping,
  match: Match,
  patterns: readonly Layer[],
  facts: HostFacts,
  unplaced: UnplacedLayers,
): Region {
  const { table } = facts;
  const { to, directive } = mapping;
  const filled = kind === "exact" ? filledAt(to, path) : null;
  const relay = to.kind === "server" ? filledRelay(match, directive, to.filling, filled) : null;
  const url = relay?.url ?? null;
  const base: Layer[] = match.sections
    .flatMap((section) => facts.layerOf(section) ?? [])
    .filter((layer) => isOfPath(layer.section) && (kind === "exact" || !isPattern(layer)));
  const open: OpenLayer[] = [];
  const here = [
    ...(path === "" ? [] : [kind === "exact" ? `^${escaped(path)}$` : `^${escaped(path)}/`]),
    ...(kind === "match" ? [mapping.pattern] : []),
  ];
  const place = (layer: Layer, found: ReturnType<typeof urlPatterns>): void => {
    if (found === "none") return;
    if (found === null) {
      if (facts.isDeciding(layer)) addUnplaced(unplaced, layer, here);
    } else if (found.length === 0) base.push(layer);
    else if (found.every((one) => canBeBelow(one, path)) && facts.isDeciding(layer))
      open.push({ layer, patterns: found });
  };
  if (kind !== "exact")
    for (const layer of patterns)
      if (isOfPath(layer.section) && layer.inside === null) place(layer, urlPatterns(layer, null, table.apache));
  // What is sent on or refused has neither folder nor file.
  const isFolder = to.kind === "folder" || to.kind === "host-folder";
  for (const layer of isFolder || relay !== null ? facts.everyLayer : []) {
    const { section } = layer;
    if (relay !== null && url !== null) {
      if (section.kind.startsWith("Proxy")) place(layer, ofServer(section, url, filled));
    } else if (isFolder && /^(?:Directory|Files)/.test(section.kind) && !/^(?:If|Else)/.test(layer.inside?.kind ?? ""))
      place(layer, ofFolder(layer, to, filled, kind === "exact" ? null : path, table.apache));
  }
  return {
    kind,
    path,
    folder: to.kind === "folder" ? filled : null,
    mapping: kind === "exact" && (to.kind === "folder" || to.kind === "server") ? null : mapping,
    isScript: isFolder && to.isScript,
    relay,
    mappedBy: directive.place,
    meetsPattern: false,
    variants: variantsOf(base, open, facts, unplaced, null),
    parts: [],
  };
}

const isOfPath = ({ kind }: TableSection): boolean => kind.startsWith("Location");

function filledAt(to: MappingTarget, path: string): string | null {
  return to.kind === "folder" || to.kind === "server" ? to.filling.fill(path) : null;
}

/** Where a section for folders or files counts among what a mapping leads to; `path` is null for one path alone. */
function ofFolder(
  layer: Layer,
  to: MappingTarget,
  filled: string | null,
  path: string | null,
  dialect: Dialect,
): ReturnType<typeof urlPatterns> {
  if (layer.inside !== null) {
    const outer = ofFolder({ ...layer, section: layer.inside, inside: null }, to, filled, path, dialect);
    if (outer === null || outer === "none") return outer;
    const inner = ofFolder({ ...layer, inside: null }, to, filled, path, dialect);
    return inner === null || inner === "none" ? inner : [...outer, ...inner];
  }
  const { section } = layer;
  if (section.kind.startsWith("Files")) {
    const name = nameOf(to, filled);
    if (name === null) return keepsName(to) ? urlPatterns(layer, null, dialect) : null;
    return matchesName(section, name, dialect) ? [] : "none";
  }
  const mapped = mappedBy(to, filled, path);
  if (mapped === null) return byBeginning(section, to);
  const found = urlPatterns(layer, mapped, dialect);
  // Of one path nothing lies behind the folder but what its name already says.
  return path === null && found !== null && found !== "none" && found.length > 0 ? "none" : found;
}

function mappedBy(to: MappingTarget, filled: string | null, path: string | null): Mapped | null {
  if (to.kind === "host-folder") return { url: "", folder: to.folder.folder };
  if (to.kind !== "folder") return null;
  if (path === null) return filled === null ? null : { url: "", folder: filled.replace(/\/+$/, "") };
  return to.filling.mapped;
}

/** Known by what all that it leads to begins with, or not at all. */
function byBeginning({ kind, argument }: TableSection, to: MappingTarget): readonly string[] | "none" | null {
  if (to.kind !== "folder") return "none";
  const { lead } = to.filling;
  if (kind !== "Directory" || /[*?[\\]/.test(argument)) return null;
  const folder = `${argument.replace(/\/+$/, "")}/`;
  if (lead.startsWith(folder) || `${lead}/` === folder) return [];
  return folder.startsWith(lead) ? (to.filling.parts.length > 1 ? null : "none") : "none";
}

function nameOf(to: MappingTarget, filled: string | null): string | null {
  if (filled !== null) return filled.replace(/\/+$/, "").replace(/.*\//s, "");
  return to.kind === "folder" ? to.filling.name : null;
}

/** Whether a file has the last name of its path. */
function keepsName(to: MappingTarget): boolean {
  return to.kind === "host-folder" || (to.kind === "folder" && to.filling.mapped !== null);
}

function matchesName({ kind, argument }: TableSection, name: string, dialect: Dialect): boolean {
  if (kind === "Files") return shellPattern(toBytes(argument))(toBytes(name));
  const pattern = compilePattern(toBytes(argument), patternSyntax(dialect));
  return "error" in pattern || pattern.test(toBytes(name));
}

/** Where a Proxy section counts among what is sent on. */
function ofServer(section: TableSection, url: string, filled: string | null): readonly string[] | "none" | null {
  if (section.kind !== "Proxy") return null;
  const plain = section.argument.replace(/\*$/, "");
  if (/[*?[\]\\]/.test(plain)) return null;
  if (url.startsWith(plain)) return [];
  if (filled !== null || !plain.startsWith(url)) return "none";
  return null;
}
