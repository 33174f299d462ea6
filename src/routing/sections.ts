import type { Dialect, RoutingTable, TableSection } from "../compile/table.ts";
import type { ByteString } from "./bytes.ts";
import { toBytes } from "./bytes.ts";
import type { Expression } from "./expression.ts";
import { parseExpression } from "./expression.ts";
import type { Matcher } from "./fnmatch.ts";
import { isShellPattern, shellPattern } from "./fnmatch.ts";
import type { Pattern, PatternError } from "./pattern.ts";
import { compilePattern } from "./pattern.ts";
import { patternSyntax } from "./pattern-syntax.ts";
import { plainStart } from "./plain-start.ts";
import type { SectionIndex } from "./section-index.ts";
import { addMatching, locationTexts, sectionIndex } from "./section-index.ts";
import type { RoutingProblem } from "./translate.ts";
import { isUnder, mergeSlashes } from "./uri.ts";
import type { WalkStep } from "./walk-state.ts";
import { walkStep } from "./walk-state.ts";

/** A section of the table, ready to be matched. */
export interface ReadySection {
  /** Unlike any other section's of the router. */
  readonly id: number;
  readonly section: TableSection;
  readonly matches: Matcher;
  /** A plain Location sees several slashes as one. */
  readonly seesMerged: boolean;
  /** Files and FilesMatch inside, which join the others when this one applies. */
  readonly files: readonly ReadySection[];
  /** If, ElseIf and Else inside, in order; likewise. */
  readonly conditions: readonly ReadySection[];
  /** How the walk goes on behind it; null when none of its lines says. */
  readonly step: WalkStep | null;
  /** Of an If or ElseIf; null otherwise. */
  readonly expression: Expression | null;
}

/** The sections of the main server or of one virtual host, sorted as they are tried. */
export interface SectionLevel {
  /** Directory sections by the exact folder (with a slash at its end). */
  readonly folders: ReadonlyMap<ByteString, readonly ReadySection[]>;
  /** Directory sections with wildcards, by the number of slashes that they have. */
  readonly wildFolders: ReadonlyMap<number, readonly ReadySection[]>;
  /** Numbers of slashes that any of them has: most folders of a walk need not be looked up. */
  readonly depths: ReadonlySet<number>;
  readonly files: SectionIndex;
  readonly locations: SectionIndex;
  /** For what is sent on, by its URL there. */
  readonly proxies: SectionIndex;
  /** At server level. */
  readonly conditions: readonly ReadySection[];
}

/** The sections for requests of a host: the main server's level is shared by all hosts, their own stands behind it. */
export interface HostSections {
  readonly levels: readonly SectionLevel[];
  readonly folderPatterns: readonly ReadySection[];
}

const never: Matcher = () => false;

/** Directory paths get a slash at their end; 2.x also takes out what a file name need not have. */
function folderPath(argument: ByteString, dialect: Dialect): ByteString {
  const path = argument.endsWith("/") ? argument : `${argument}/`;
  if (dialect === "1.3") return path;
  const segments: string[] = [];
  for (const segment of mergeSlashes(path).split("/")) {
    if (segment === "..") segments.pop();
    else if (segment !== ".") segments.push(segment);
  }
  return segments.join("/") || "/";
}

/** Compiled once for all sections that have the same: thousands of hosts often do. */
type KnownPatterns = Map<string, Pattern | PatternError>;
type KnownMatchers = Map<string, Matcher>;

function matcherOf(section: TableSection, dialect: Dialect, problems: RoutingProblem[], known: KnownPatterns): Matcher {
  const argument = toBytes(section.argument);
  switch (section.kind) {
    case "Directory": {
      if (isProxyFolder(section, dialect)) return proxyFolder(argument);
      const path = folderPath(argument, dialect);
      if (!path.startsWith("/")) return never;
      return isShellPattern(path) ? shellPattern(path) : (text) => text === path;
    }
    case "Files":
      return isShellPattern(argument) ? shellPattern(argument) : (text) => text === argument;
    case "If":
    case "ElseIf":
    case "Else":
      return never;
    case "Location":
      return isShellPattern(argument) ? shellPattern(argument) : (text) => isUnder(text, argument);
    // mod_proxy.c proxy_walk
    case "Proxy":
      return isShellPattern(argument) ? shellPattern(argument, true) : (text) => text.startsWith(argument);
    case "DirectoryMatch":
    case "FilesMatch":
    case "LocationMatch":
    case "ProxyMatch": {
      // Until 2.2 httpd passes REG_NOTEOL for directories, and `$` matches nothing (its bug 49809).
      const atEnd = section.kind !== "DirectoryMatch" || dialect === "2.4";
      const key = `${atEnd ? "" : "-"}${argument}`;
      const pattern = known.get(key) ?? compilePattern(argument, patternSyntax(dialect), { atEnd });
      known.set(key, pattern);
      if (!("error" in pattern)) return pattern.test;
      problems.push({ place: section.place, message: `<${section.kind} ${section.argument}>: ${pattern.error}` });
      return never;
    }
    default:
      return section.kind satisfies never;
  }
}

/** Makes sections ready; ids count on from `nextId`. */
export class SectionCompiler {
  readonly #dialect: Dialect;
  readonly #problems: RoutingProblem[];
  readonly #patterns: KnownPatterns = new Map();
  readonly #matchers: KnownMatchers = new Map();
  #nextId = 0;

  constructor(dialect: Dialect, problems: RoutingProblem[]) {
    this.#dialect = dialect;
    this.#problems = problems;
  }

  #matcher(section: TableSection): Matcher {
    const key = `${section.kind} ${section.argument}`;
    const known = this.#matchers.get(key);
    if (known !== undefined) return known;
    const before = this.#problems.length;
    const matcher = matcherOf(section, this.#dialect, this.#problems, this.#patterns);
    // What is wrong is told at each place.
    if (this.#problems.length === before) this.#matchers.set(key, matcher);
    return matcher;
  }

  ready(section: TableSection): ReadySection {
    return {
      id: this.#nextId++,
      section,
      matches: this.#matcher(section),
      seesMerged: section.kind === "Location",
      files: section.sections
        .filter(({ kind }) => kind === "Files" || kind === "FilesMatch")
        .map((inner) => this.ready(inner)),
      step: walkStep(section.directives, this.#dialect),
      conditions: section.sections.filter(isCondition).map((inner) => this.ready(inner)),
      expression:
        section.kind === "If" || section.kind === "ElseIf" ? parseExpression(toBytes(section.argument)) : null,
    };
  }
}

function isCondition({ kind }: TableSection): boolean {
  return kind === "If" || kind === "ElseIf" || kind === "Else";
}

const slashes = (text: ByteString): number => text.split("/").length - 1;

function add<Key>(map: Map<Key, ReadySection[]>, key: Key, section: ReadySection): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [section]);
  else list.push(section);
}

/** Of a LocationMatch, which sees the path as it is. */
function startOfPath({ section }: ReadySection): ByteString {
  return section.kind === "LocationMatch" ? plainStart(toBytes(section.argument)) : "";
}

/** Of a section for what is sent on. */
function startOfUrl({ section: { kind, argument } }: ReadySection): ByteString {
  const text = toBytes(argument);
  if (kind === "ProxyMatch") return plainStart(text);
  const own = kind === "Directory" ? text.slice("proxy:".length) : text;
  return own.replace(/[*?[\\].*$/s, "");
}

function plainText({ section }: ReadySection): ByteString | null {
  if (section.kind !== "Files" && section.kind !== "Location") return null;
  const text = toBytes(section.argument);
  return isShellPattern(text) ? null : text;
}

/**
 * A Directory section is tried where the walk has as many slashes as it has, in file order among equals, so that a deeper one
 * of the main server beats a shallower one of the virtual host.
 * httpd http_core.c ap_core_reorder_directories
 */
function sectionLevel(own: readonly ReadySection[], dialect: Dialect): SectionLevel {
  const folders = new Map<ByteString, ReadySection[]>();
  const wildFolders = new Map<number, ReadySection[]>();
  const depths = new Set<number>();
  for (const ready of own) {
    if (ready.section.kind !== "Directory" || isProxyFolder(ready.section, dialect)) continue;
    const path = folderPath(toBytes(ready.section.argument), dialect);
    const depth = slashes(path);
    depths.add(depth);
    if (isShellPattern(path)) add(wildFolders, depth, ready);
    else add(folders, path, ready);
  }
  const ofKind = (...kinds: readonly TableSection["kind"][]): readonly ReadySection[] =>
    own.filter(({ section }) => kinds.includes(section.kind));
  return {
    folders,
    wildFolders,
    depths,
    files: sectionIndex(ofKind("Files", "FilesMatch"), plainText),
    locations: sectionIndex(ofKind("Location", "LocationMatch"), plainText, startOfPath),
    proxies: sectionIndex(
      dialect === "1.3" ? proxyFolders(own) : ofKind("Proxy", "ProxyMatch"),
      () => null,
      startOfUrl,
    ),
    conditions: ofKind("If", "ElseIf", "Else"),
  };
}

/** 1.3: `<Directory proxy:…>`, which compares with a whole URL. */
function isProxyFolder({ kind, argument }: TableSection, dialect: Dialect): boolean {
  return dialect === "1.3" && kind === "Directory" && argument.startsWith("proxy:");
}

/** httpd 1.3 http_request.c directory_walk, "Fake filenames" */
function proxyFolder(argument: ByteString): Matcher {
  const prefix = argument.slice("proxy:".length);
  return isShellPattern(prefix) ? shellPattern(prefix, true) : (text) => text.startsWith(prefix);
}

function proxyFolders(own: readonly ReadySection[]): readonly ReadySection[] {
  return own.filter(({ section }) => isProxyFolder(section, "1.3"));
}

/** 2.x also sorts the patterns for folders by their slashes (seen with 2.4.71), 1.3 keeps them in file order. */
function folderPatterns(own: readonly ReadySection[], dialect: Dialect): readonly ReadySection[] {
  const patterns = own.filter(({ section }) => section.kind === "DirectoryMatch");
  return dialect === "1.3"
    ? patterns
    : patterns.toSorted((a, b) => slashes(a.section.argument) - slashes(b.section.argument));
}

/** Whether a Location or LocationMatch covers a path: only patterns see several slashes. */
export function coversPath({ seesMerged, matches }: ReadySection, uri: ByteString): boolean {
  return matches(seesMerged ? mergeSlashes(uri) : uri);
}

/** Makes the search among some Location sections for those that cover a path, in their order. */
export function coveringSections(sections: readonly ReadySection[]): (uri: ByteString) => readonly ReadySection[] {
  const [only, ...more] = sections;
  if (only === undefined) return () => noSections;
  if (more.length === 0) return (uri) => (coversPath(only, uri) ? sections : noSections);
  const index = sectionIndex(sections, plainText, startOfPath);
  return (uri) => {
    const merged = mergeSlashes(uri);
    const found: ReadySection[] = [];
    addMatching(
      index,
      (longest) => locationTexts(merged, longest),
      ({ seesMerged, matches }) => matches(seesMerged ? merged : uri),
      found,
      uri,
    );
    return found;
  };
}

const noSections: readonly ReadySection[] = [];

/** The Directory sections of a level for one folder of the walk, in the order in which they merge. */
export function sectionsForFolder(
  level: SectionLevel,
  folder: ByteString,
  depth: number,
  withWildcards: boolean,
): readonly ReadySection[] {
  if (!level.depths.has(depth)) return noSections;
  const exact = level.folders.get(folder) ?? noSections;
  const wild = withWildcards ? level.wildFolders.get(depth) : undefined;
  if (wild === undefined) return exact;
  const matching = wild.filter(({ matches }) => matches(folder));
  // Made in file order, so the ids are the order.
  return matching.length === 0 ? exact : [...exact, ...matching].sort((a, b) => a.id - b.id);
}

/** The sections for each host of a table. */
export function allHostSections(table: RoutingTable, compiler: SectionCompiler): readonly HostSections[] {
  const ready = table.sections.map((section) => compiler.ready(section));
  const byHost = new Map<number, ReadySection[]>();
  for (const section of ready) add(byHost, section.section.host, section);
  const main = byHost.get(0) ?? [];
  const mainLevel = sectionLevel(main, table.apache);
  const mainOnly = { levels: [mainLevel], folderPatterns: folderPatterns(main, table.apache) };
  return table.hosts.map((_, index): HostSections => {
    const own = byHost.get(index);
    if (index === 0 || own === undefined) return mainOnly;
    const hasPatterns = own.some(({ section }) => section.kind === "DirectoryMatch");
    return {
      levels: [mainLevel, sectionLevel(own, table.apache)],
      folderPatterns: hasPatterns ? folderPatterns([...main, ...own], table.apache) : mainOnly.folderPatterns,
    };
  });
}
