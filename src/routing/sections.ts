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
import type { RoutingProblem } from "./translate.ts";
import { isUnder, mergeSlashes } from "./uri.ts";

/** A section of the table, ready to be matched. */
export interface ReadySection {
  /** Unlike any other section's of the router. */
  readonly id: number;
  readonly section: TableSection;
  readonly matches: Matcher;
  /** Files and FilesMatch inside, which join the others when this one applies. */
  readonly files: readonly ReadySection[];
  /** If, ElseIf and Else inside, in order; likewise. */
  readonly conditions: readonly ReadySection[];
  /** Of an If or ElseIf; null otherwise. */
  readonly expression: Expression | null;
}

/** The sections of a host, its own behind the main server's, sorted as they are tried. */
export interface HostSections {
  /** Directory sections by the exact folder (with a slash at its end), with their rank. */
  readonly folders: ReadonlyMap<ByteString, readonly RankedSection[]>;
  /** Directory sections with wildcards, by the number of slashes that they have. */
  readonly wildFolders: ReadonlyMap<number, readonly RankedSection[]>;
  readonly folderPatterns: readonly ReadySection[];
  readonly files: readonly ReadySection[];
  readonly locations: readonly ReadySection[];
  /** At server level. */
  readonly conditions: readonly ReadySection[];
}

export interface RankedSection extends ReadySection {
  /** Place among sections of the same depth. */
  readonly rank: number;
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

function matcherOf(section: TableSection, dialect: Dialect, problems: RoutingProblem[], known: KnownPatterns): Matcher {
  const argument = toBytes(section.argument);
  switch (section.kind) {
    case "Directory": {
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
    case "DirectoryMatch":
    case "FilesMatch":
    case "LocationMatch": {
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
  #nextId = 0;

  constructor(dialect: Dialect, problems: RoutingProblem[]) {
    this.#dialect = dialect;
    this.#problems = problems;
  }

  ready(section: TableSection): ReadySection {
    return {
      id: this.#nextId++,
      section,
      matches: matcherOf(section, this.#dialect, this.#problems, this.#patterns),
      files: section.sections
        .filter(({ kind }) => kind === "Files" || kind === "FilesMatch")
        .map((inner) => this.ready(inner)),
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

function add<Key>(map: Map<Key, RankedSection[]>, key: Key, section: RankedSection): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [section]);
  else list.push(section);
}

/**
 * Sorts the sections of a host (`own`: the main server's, then its own): a Directory section is tried where the walk has as many slashes as it has, in file order
 * among equals, so that a deeper one of the main server beats a shallower one of the virtual host. 2.x also sorts its
 * patterns by their slashes (seen with 2.4.71), 1.3 keeps them in file order.
 * httpd http_core.c ap_core_reorder_directories
 */
function hostSections(own: readonly ReadySection[], dialect: Dialect): HostSections {
  const folders = new Map<ByteString, RankedSection[]>();
  const wildFolders = new Map<number, RankedSection[]>();
  own.forEach((ready, rank) => {
    if (ready.section.kind !== "Directory") return;
    const path = folderPath(toBytes(ready.section.argument), dialect);
    if (isShellPattern(path)) add(wildFolders, slashes(path), { ...ready, rank });
    else add(folders, path, { ...ready, rank });
  });
  const ofKind = (...kinds: readonly TableSection["kind"][]): readonly ReadySection[] =>
    own.filter(({ section }) => kinds.includes(section.kind));
  const patterns = ofKind("DirectoryMatch");
  return {
    folders,
    wildFolders,
    folderPatterns:
      dialect === "1.3"
        ? patterns
        : patterns.toSorted((a, b) => slashes(a.section.argument) - slashes(b.section.argument)),
    files: ofKind("Files", "FilesMatch"),
    locations: ofKind("Location", "LocationMatch"),
    conditions: ofKind("If", "ElseIf", "Else"),
  };
}

/** Whether a Location or LocationMatch covers a path: only patterns see several slashes. */
export function coversPath({ section, matches }: ReadySection, uri: ByteString): boolean {
  return matches(section.kind === "Location" ? mergeSlashes(uri) : uri);
}

/** The Directory sections for one folder of the walk, in the order in which they merge. */
export function sectionsForFolder(
  sections: HostSections,
  folder: ByteString,
  depth: number,
  withWildcards: boolean,
): readonly RankedSection[] {
  const exact = sections.folders.get(folder) ?? [];
  const wild = withWildcards ? (sections.wildFolders.get(depth) ?? []).filter(({ matches }) => matches(folder)) : [];
  if (wild.length === 0) return exact;
  return [...exact, ...wild].sort((a, b) => a.rank - b.rank);
}

/** The sections for each host of a table. */
export function allHostSections(table: RoutingTable, compiler: SectionCompiler): readonly HostSections[] {
  const ready = table.sections.map((section) => compiler.ready(section));
  const byHost = new Map<number, ReadySection[]>();
  for (const section of ready) {
    const list = byHost.get(section.section.host);
    if (list === undefined) byHost.set(section.section.host, [section]);
    else list.push(section);
  }
  const main = byHost.get(0) ?? [];
  return table.hosts.map((_, index) =>
    hostSections(index === 0 ? main : [...main, ...(byHost.get(index) ?? [])], table.apache),
  );
}
