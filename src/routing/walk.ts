import type { Dialect, TableDirective } from "../compile/table.ts";
import type { AllowedOverrides } from "./access-files.ts";
import { allowedOverrides, everyOverride, readsFiles, unsetOverride } from "./access-files.ts";
import type { ByteString } from "./bytes.ts";
import { fromBytes } from "./bytes.ts";
import type { AskedRequest } from "./client-facts.ts";
import { evaluate } from "./expression.ts";
import type { WalkedPath } from "./path-walk.ts";
import type { HostSections, ReadySection } from "./sections.ts";
import { coversPath, sectionsForFolder } from "./sections.ts";

/** A .htaccess file made ready. */
export interface ReadyAccessFile {
  readonly ready: ReadySection;
  readonly error: string | null;
}

/** Finds the .htaccess file of a folder (with a slash at its end), or null. */
export type FindAccessFile = (folder: ByteString, allowed: AllowedOverrides) => ReadyAccessFile | null;

/** The sections that apply, in the order in which they merge. */
export interface WalkResult {
  readonly sections: readonly ReadySection[];
  /** A .htaccess file for which httpd answers 500, or a link that Options do not let it follow (403). */
  readonly refusal: { readonly status: 403 | 500; readonly reason: string } | null;
  /** Conditions that could not be decided, and were not applied. */
  readonly undecided: readonly ReadySection[];
  /** Conditions inside conditions that hold. */
  readonly inner: ReadonlySet<ReadySection>;
}

const none: ReadonlySet<ReadySection> = new Set();

/** What httpd keeps in mind while it walks: it decides on .htaccess files and on walking into files. */
export interface WalkState {
  /** What .htaccess files may do; null: they are not read (AllowOverride None). */
  readonly override: AllowedOverrides | null;
  /** From AllowOverrideList, which stands beside it. */
  readonly names: ReadonlySet<string>;
  readonly followsLinks: boolean;
  readonly checksOwner: boolean;
}

/**
 * Before any line: 1.3 to 2.2 allow all overrides and all options. 2.4 allows FollowSymLinks and no overrides, and yet reads
 * .htaccess files until a line says None: whatever stands in one is then an error (seen with 2.4.71).
 */
function initialState(dialect: Dialect): WalkState {
  const override = dialect === "2.4" ? unsetOverride : everyOverride;
  return { override, names: new Set(), followsLinks: true, checksOwner: false };
}

function applyOptions(state: WalkState, args: readonly string[]): WalkState {
  const words = args.map((word) => word.toLowerCase());
  const isAbsolute = words.some((word) => !/^[+-]/.test(word));
  let { followsLinks, checksOwner } = isAbsolute ? { followsLinks: false, checksOwner: false } : state;
  for (const word of words) {
    const on = !word.startsWith("-");
    const name = word.replace(/^[+-]/, "");
    if (name === "followsymlinks" || name === "all") followsLinks = on;
    else if (name === "symlinksifownermatch") checksOwner = on;
    else if (name === "none") followsLinks = checksOwner = false;
  }
  return { ...state, followsLinks, checksOwner };
}

/** The state behind some directives. */
function stateAfter(state: WalkState, directives: readonly TableDirective[], dialect: Dialect): WalkState {
  let next = state;
  for (const { name, args } of directives) {
    const key = name.toLowerCase();
    if (key === "allowoverride") {
      const allowed = allowedOverrides(args, dialect);
      next = { ...next, override: readsFiles(allowed) ? allowed : null };
    } else if (key === "allowoverridelist") {
      next = { ...next, names: new Set(args.map((word) => word.toLowerCase()).filter((word) => word !== "none")) };
    } else if (key === "options") next = applyOptions(next, args);
  }
  return next;
}

/** The state at the root of a host, from the lines at server level. */
export function hostState(dialect: Dialect, layers: readonly (readonly TableDirective[])[]): WalkState {
  return layers.reduce((state, lines) => stateAfter(state, lines, dialect), initialState(dialect));
}

/**
 * Collects the sections of a request in the order in which httpd merges them: Directory and .htaccess from the root down,
 * DirectoryMatch, Files (the server's, then those from Directory sections and .htaccess), Location, If.
 * httpd 1.3 http_request.c directory_walk, file_walk, location_walk; httpd-oracle-routing.json
 */
export function walkSections(
  host: HostSections,
  start: WalkState,
  path: WalkedPath,
  uri: ByteString,
  dialect: Dialect,
  findAccessFile: FindAccessFile | null,
  asked: Asker,
  linkOf: ((path: string) => "own" | "foreign" | null) | null,
): WalkResult {
  const sections: ReadySection[] = [];
  const inner: ReadySection[] = [];
  let state = start;
  const take = (section: ReadySection): void => {
    sections.push(section);
    inner.push(...section.files);
    state = stateAfter(state, section.section.directives, dialect);
  };
  const enter = (folder: ByteString, depth: number, withWildcards: boolean): void => {
    for (const section of sectionsForFolder(host, folder, depth, withWildcards)) take(section);
  };
  const forbidden = (name: ByteString): WalkResult["refusal"] => {
    if (linkOf === null || state.followsLinks) return null;
    const link = linkOf(fromBytes(name));
    if (link === null || (link === "own" && state.checksOwner)) return null;
    return { status: 403, reason: `Options do not allow to follow the link ${fromBytes(name)}` };
  };
  for (const [index, folder] of path.folders.entries()) {
    // A link is judged by the options of the folder that it is in.
    const refusal = path.kind === null || index === 0 ? null : forbidden(folder.slice(0, -1));
    if (refusal !== null) return { sections, refusal, undecided: [], inner: none };
    enter(folder, index + 1, true);
    const allowed = overridesOf(state);
    if (findAccessFile === null || allowed === null) continue;
    const found = findAccessFile(folder, allowed);
    if (found === null) continue;
    if (found.error !== null)
      return { sections, refusal: { status: 500, reason: found.error }, undecided: [], inner: none };
    take(found.ready);
  }
  if (path.kind === "file") {
    const refusal = forbidden(path.filename);
    if (refusal !== null) return { sections, refusal, undecided: [], inner: none };
  }
  if (path.last !== null) {
    const walksInto = dialect !== "1.3" && state.followsLinks && !state.checksOwner;
    if (walksInto || !path.last.certain) enter(path.last.path, path.folders.length + 1, walksInto);
  }
  for (const section of host.folderPatterns) if (section.matches(path.patternText)) take(section);
  for (const section of [...host.files, ...inner]) if (section.matches(path.baseName)) sections.push(section);
  for (const section of host.locations) {
    if (coversPath(section, uri)) sections.push(section);
  }
  const undecided: ReadySection[] = [];
  const conditions = [...host.conditions, ...sections.flatMap((section) => section.conditions)];
  if (conditions.length > 0) {
    const held = new Set<ReadySection>();
    applyConditions(conditions, { ...asked, sections, undecided, inner: held });
    return { sections, refusal: null, undecided, inner: held };
  }
  return { sections, refusal: null, undecided, inner: none };
}

/** For whom conditions are decided. */
interface Asker {
  readonly request: AskedRequest | null;
  /** Conditions inside conditions that held for the folder, while an index file of it is looked for; null otherwise. */
  readonly folderInner: ReadonlySet<ReadySection> | null;
}

/** Where conditions add what applies. */
interface ConditionWalk extends Asker {
  readonly inner: Set<ReadySection>;
  readonly sections: ReadySection[];
  readonly undecided: ReadySection[];
}

/**
 * Adds the conditions that hold, then those in them, level by level. Of an index file those inner ones do not count again
 * that held for its folder (both seen with 2.4.71).
 * httpd 2.4 request.c ap_if_walk_sub
 */
function applyConditions(conditions: readonly ReadySection[], walk: ConditionWalk, isInner = false): void {
  let before: boolean | null = false;
  const inner: ReadySection[] = [];
  for (const condition of conditions) {
    const { kind } = condition.section;
    if (kind !== "If" && before === true) continue;
    let holds: boolean | null = true;
    if (condition.expression !== null) {
      holds = walk.request === null ? null : evaluate(condition.expression, walk.request);
    }
    if (kind !== "If" && before === null) holds = null;
    before = holds;
    if (holds === null) {
      walk.undecided.push(condition);
    } else if (holds) {
      if (isInner) walk.inner.add(condition);
      if (!isInner || walk.folderInner?.has(condition) !== true) walk.sections.push(condition);
      inner.push(...condition.conditions);
    }
  }
  if (inner.length > 0) applyConditions(inner, walk, true);
}

function overridesOf({ override, names }: WalkState): AllowedOverrides | null {
  if (names.size === 0) return override;
  return { ...(override ?? unsetOverride), names };
}
