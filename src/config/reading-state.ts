import type { Dialect } from "../../grammar/dialect.ts";
import { lookupDirective } from "../../grammar/directives/lookup.ts";
import type { DirectiveSpec } from "../../grammar/directives/directive-spec.ts";
import type { Line, SyntaxTree } from "../../grammar/syntax-tree.ts";
import type { Word } from "../../grammar/word.ts";
import type { SourceFile, Span } from "../source/source-file.ts";
import type {
  ActiveDirective,
  ActiveNode,
  ActiveSection,
  Conditional,
  FileReading,
  MethodLimit,
  Origin,
  ReadProblem,
  ReadProblemKind,
} from "./active-config.ts";
import { hasSince, type Release } from "./apache-release.ts";
import type { DeclaredDirectives } from "./declared-directives.ts";
import type { FileSystem } from "./file-system.ts";
import type { Macro, MacroCall } from "./macros.ts";
import type { ModuleState } from "./module-state.ts";

/** A reading while it is made. */
export interface OpenReading extends FileReading {
  readonly active: boolean[];
  /** Index of the line that was marked last: the next one is mostly the one to mark next. */
  cursor: number;
  /** Whether any line of the text may hold a variable. */
  readonly hasVariables: boolean;
}

/** A section while it is filled. */
export interface OpenSection extends ActiveSection {
  readonly children: ActiveNode[];
  /** Sections around it, the server among them. */
  readonly depth: number;
}

/** Where the next directive will stand. */
export interface Place {
  readonly reading: OpenReading;
  readonly parent: OpenSection;
  readonly limit: MethodLimit | null;
  /** The call that brought the text, and what it puts in the place of parameters. */
  readonly expansion?: MacroCall;
}

/** All that reading changes as it goes on; one for each configuration that is read. */
export interface ReadState {
  readonly dialect: Dialect;
  /** The release that the user named; null when only the line is known. */
  readonly release: Release | null;
  readonly files: FileSystem;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly modules: ModuleState;
  readonly readings: OpenReading[];
  readonly problems: ReadProblem[];
  readonly conditionals: Conditional[];
  readonly openAtEnd: Origin[];
  /** Tags in macros that a Use has brought in: what they open or close was judged there. */
  readonly expandedTags: Set<Line>;
  /** Names that IfDefine knows, with the Define line; null for those of the command line. */
  readonly defines: Map<string, Origin | null>;
  /** Names whose IfDefine lines are true with and without an exclamation mark. */
  readonly eitherWay: ReadonlySet<string>;
  readonly variables: Map<string, string>;
  readonly macros: Map<string, Macro>;
  /** Every Use so far, but no more than {@link MAX_CALLS} and one. */
  readonly macroCalls: MacroCall[];
  /** Names that AuthnProviderAlias and AuthzProviderAlias have given. */
  readonly providerAliases: Set<string>;
  readonly directiveSpecs: SpecCache;
  readonly sectionSpecs: SpecCache;
  /** What the user declared beside the tables. */
  readonly declared: DeclaredDirectives;
  /** Texts that were read already, since a file may be included many times. */
  readonly trees: Map<string, { readonly source: SourceFile; readonly tree: SyntaxTree }>;
  /** Files being read, outermost first, each with the state's version when it was opened. */
  readonly chain: { readonly path: string; readonly version: number }[];
  serverRoot: string;
  /** Where reading began: a relative ServerRoot starts there. */
  readonly firstRoot: string;
  /** Set when the user gave a server root: the directive then only says where the files were. */
  readonly fixedRoot: boolean;
  /** What the last ServerRoot directive said, or null. */
  writtenRoot: string | null;
  /** Raised by everything that can make the same text read otherwise; tells a real circle of includes from a guarded one. */
  version: number;
  /** Characters that variables and macros have brought in so far. */
  expanded: number;
  /** Lines of included files so far. */
  includedLines: number;
  /** Of files that had been included before; see {@link MAX_REPEATED}. */
  repeated: number;
  /** Paths that were included. */
  readonly included: Set<string>;
  directives: number;
  understood: number;
  /** Messages of {@link reportOnce} so far. */
  readonly once: Set<string>;
  /** Undefined variables that were reported. */
  missing: number;
}

/** More than this from variables and macros is no configuration but an attack on memory; real ones bring in kilobytes. */
export const MAX_EXPANSION = 16 * 1024 * 1024;

/** Uses that are remembered; the largest hosting configurations have some thousands. */
export const MAX_CALLS = 100_000;

/** Files read in all, repeats included; the largest hosting configurations have some thousands. */
export const MAX_READINGS = 20_000;

/** Lines of included files in all, repeats included: ten times the largest real configuration. */
export const MAX_INCLUDED_LINES = 2_000_000;

/**
 * Characters of files that are included again, a line counting for 64 at least: five thousand hosts with a common file of
 * thirty lines. What is read again costs a hostile text nothing, so this is what bounds its time.
 */
export const MAX_REPEATED = 10_000_000;

/** httpd 2.4's bound for files inside files (AP_MAX_INCLUDE_DEPTH). 1.3 has none and dies of what we stop. */
export const MAX_INCLUDE_DEPTH = 128;

/** Sections inside sections. httpd's own recursion ends in a crash somewhere above; real configurations have five. */
export const MAX_SECTION_DEPTH = 256;

/** Nobody reads so many; what a file that is included ten thousand times has wrong would fill the memory. */
const MAX_PROBLEMS = 20_000;

interface Extras {
  readonly help?: string;
  readonly span?: Span;
  readonly httpdLine?: number;
  readonly related?: readonly { readonly origin: Origin; readonly message: string }[];
}

/** Records a problem; without a span it is the first word of the origin's line. */
export function report(
  state: ReadState,
  kind: ReadProblemKind,
  fatal: boolean,
  origin: Origin,
  message: string,
  extras: Extras = {},
): void {
  const { problems } = state;
  const { span = nameSpan(origin.line), ...rest } = extras;
  if (problems.length < MAX_PROBLEMS) {
    problems.push({ kind, fatal, message, origin, span, ...rest });
    return;
  }
  // One more stands for all the others, and is fatal when any of them is.
  if (problems.length > MAX_PROBLEMS && (!fatal || problems.at(-1)?.fatal === true)) return;
  const last = `There are more than ${MAX_PROBLEMS.toLocaleString("en")} such problems; those from here on are left out`;
  problems[MAX_PROBLEMS] = { kind, fatal, message: last, origin, span };
}

/** Records a problem that everything from here on would have too: its first place only. */
export function reportOnce(
  state: ReadState,
  kind: ReadProblemKind,
  fatal: boolean,
  origin: Origin,
  message: string,
): void {
  if (state.once.has(message)) return;
  state.once.add(message);
  report(state, kind, fatal, origin, message);
}

function nameSpan(line: Line): Span {
  if (line.kind === "directive") return { start: line.nameStart, end: line.nameEnd };
  if (line.kind !== "open" && line.kind !== "close") return { start: line.start, end: line.end };
  const end = line.bracket === -1 ? Math.max(line.argsEnd, line.nameEnd) : line.bracket + 1;
  return { start: line.nameStart - (line.kind === "open" ? 1 : 2), end };
}

/** Marks a line of a reading as one that httpd reads. */
export function markActive(reading: OpenReading, line: Line): void {
  const { lines } = reading.tree;
  for (let near = reading.cursor; near < reading.cursor + 4; near += 1) {
    if (lines[near] !== line) continue;
    reading.active[near] = true;
    reading.cursor = near;
    return;
  }
  const index = lineIndex(reading, line);
  // The cursor stays: this is mostly the end of a section whose inside comes next.
  if (index < lines.length) reading.active[index] = true;
}

/** Where a line stands among those of its reading; how many there are when it is none of them. */
export function lineIndex(reading: FileReading, line: Line): number {
  const { lines } = reading.tree;
  let low = 0;
  let high = lines.length - 1;
  // Lines may have no width (where httpd's buffer cuts one), so the search is for the line itself among equal starts.
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((lines[middle]?.start ?? 0) < line.start) low = middle + 1;
    else high = middle;
  }
  while (low < lines.length && lines[low] !== line) low += 1;
  return low;
}

/** The origin of a line at a place. */
export function originOf(place: Place, line: Line): Origin {
  const { reading, expansion } = place;
  return expansion === undefined ? { reading, line } : { reading, line, expandedFrom: expansion.from };
}

/**
 * The number that httpd prints for a line: that of its last physical one. It counts reads, so where its buffer cuts a long
 * line the numbers run ahead.
 */
export function lastLineOf(reading: FileReading, line: Line): number {
  const end = line.end > line.start && reading.source.text[line.end - 1] === "\n" ? line.end - 1 : line.end;
  const ahead = reading.tree.cut.filter((cut) => cut.start < line.start).length;
  // 2.4 looks for the line after a backslash, which counts, even when there is none.
  const looked = reading.tree.dialect === "2.4" && line.end === reading.source.text.length && endsOpen(reading, line);
  return reading.source.position(end).line + ahead + (looked ? 1 : 0);
}

function endsOpen(reading: FileReading, line: Line): boolean {
  return /\\\r?\n$/.test(reading.source.text.slice(Math.max(line.start, line.end - 3), line.end));
}

/** Number that httpd has counted to at the end of a file. */
export function endLineOf(reading: FileReading): number {
  const { text } = reading.source;
  const lines = reading.source.position(text.length).line;
  return text.endsWith("\n") || text === "" ? lines : lines + 1;
}

/** The words of a statement: the name and what follows it. */
export interface Statement {
  readonly name: string;
  readonly words: readonly Word[];
  readonly rawArgs: string;
}

/** What {@link findSpec} answers. */
export interface FoundSpec {
  /** The name in lower case; here, so that a name that comes ten thousand times is lowered once. */
  readonly key: string;
  readonly spec: DirectiveSpec | null;
  readonly unknown?: ActiveDirective["unknown"];
}

/** Answers of {@link findSpec} by name as written, good for one version of the state. */
type SpecCache = Map<string, { readonly version: number; readonly found: FoundSpec }>;

/** What the active modules know of a name, or why nothing does. */
export function findSpec(state: ReadState, name: string, isSection: boolean): FoundSpec {
  const known = isSection ? state.sectionSpecs : state.directiveSpecs;
  const before = known.get(name);
  if (before?.version === state.version) return before.found;
  const found = lookUpSpec(state, name, isSection);
  known.set(name, { version: state.version, found });
  return found;
}

function lookUpSpec(state: ReadState, name: string, isSection: boolean): FoundSpec {
  const key = name.toLowerCase();
  const specs = lookupDirective(state.dialect, name, isSection);
  const { release } = state;
  const isThere = ({ since = "" }: DirectiveSpec): boolean => release === null || hasSince(since, release);
  const spec = specs.find((candidate) => state.modules.isActive(candidate.module) && isThere(candidate));
  if (spec !== undefined) return { key, spec };
  const declared = state.declared.size === 0 ? undefined : state.declared.get((isSection ? "<" : "") + key);
  if (declared !== undefined) {
    if (declared.module === "" || state.modules.hasModule(declared.module)) return { key, spec: declared };
    return { key, spec: null, unknown: { reason: "inactive", modules: [declared.module] } };
  }
  if (specs.length === 0) return { key, spec: null, unknown: { reason: "unknown" } };
  const younger = specs.find((candidate) => !isThere(candidate));
  if (younger?.since !== undefined && specs.every((candidate) => !isThere(candidate)))
    return { key, spec: null, unknown: { reason: "younger", since: younger.since } };
  return { key, spec: null, unknown: { reason: "inactive", modules: [...new Set(specs.map(({ module }) => module))] } };
}
