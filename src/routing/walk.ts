import type { Dialect, TableDirective } from "../compile/table.ts";
import type { OverrideClass } from "./access-files.ts";
import { everyOverride, overrideClasses } from "./access-files.ts";
import type { ByteString } from "./bytes.ts";
import type { WalkedPath } from "./path-walk.ts";
import type { HostSections, ReadySection } from "./sections.ts";
import { sectionsForFolder } from "./sections.ts";
import { mergeSlashes } from "./uri.ts";

/** A .htaccess file made ready. */
export interface ReadyAccessFile {
  readonly ready: ReadySection;
  readonly error: string | null;
}

/** Finds the .htaccess file of a folder (with a slash at its end), or null. */
export type FindAccessFile = (folder: ByteString, allowed: ReadonlySet<OverrideClass>) => ReadyAccessFile | null;

/** The sections that apply, in the order in which they merge. */
export interface WalkResult {
  readonly sections: readonly ReadySection[];
  /** A .htaccess file for which httpd answers 500. */
  readonly error: string | null;
}

/** What httpd keeps in mind while it walks: it decides on .htaccess files and on walking into files. */
export interface WalkState {
  /** What .htaccess files may do; null: they are not read (AllowOverride None). */
  readonly override: ReadonlySet<OverrideClass> | null;
  readonly followsLinks: boolean;
  readonly checksOwner: boolean;
}

/**
 * Before any line: 1.3 to 2.2 allow all overrides and all options. 2.4 allows FollowSymLinks and no overrides, and yet reads
 * .htaccess files until a line says None: whatever stands in one is then an error (seen with 2.4.71).
 */
function initialState(dialect: Dialect): WalkState {
  const override = dialect === "2.4" ? new Set<OverrideClass>() : everyOverride;
  return { override, followsLinks: true, checksOwner: false };
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
function stateAfter(state: WalkState, directives: readonly TableDirective[]): WalkState {
  let next = state;
  for (const { name, args } of directives) {
    const key = name.toLowerCase();
    if (key === "allowoverride") {
      const classes = overrideClasses(args);
      next = { ...next, override: classes.size === 0 ? null : classes };
    } else if (key === "options") next = applyOptions(next, args);
  }
  return next;
}

/** The state at the root of a host, from the lines at server level. */
export function hostState(dialect: Dialect, layers: readonly (readonly TableDirective[])[]): WalkState {
  return layers.reduce(stateAfter, initialState(dialect));
}

/**
 * Collects the sections of a request in the order in which httpd merges them: Directory and .htaccess from the root down,
 * DirectoryMatch, Files (the server's, then those from Directory sections and .htaccess), Location.
 * httpd 1.3 http_request.c directory_walk, file_walk, location_walk; httpd-oracle-routing.json
 */
export function walkSections(
  host: HostSections,
  start: WalkState,
  path: WalkedPath,
  uri: ByteString,
  dialect: Dialect,
  findAccessFile: FindAccessFile | null,
): WalkResult {
  const sections: ReadySection[] = [];
  const inner: ReadySection[] = [];
  let state = start;
  const take = (section: ReadySection): void => {
    sections.push(section);
    inner.push(...section.files);
    state = stateAfter(state, section.section.directives);
  };
  const enter = (folder: ByteString, depth: number, withWildcards: boolean): void => {
    for (const section of sectionsForFolder(host, folder, depth, withWildcards)) take(section);
  };
  for (const [index, folder] of path.folders.entries()) {
    enter(folder, index + 1, true);
    if (findAccessFile === null || state.override === null) continue;
    const found = findAccessFile(folder, state.override);
    if (found === null) continue;
    if (found.error !== null) return { sections, error: found.error };
    take(found.ready);
  }
  if (path.last !== null) {
    const walksInto = dialect !== "1.3" && state.followsLinks && !state.checksOwner;
    if (walksInto || !path.last.certain) enter(path.last.path, path.folders.length + 1, walksInto);
  }
  for (const section of host.folderPatterns) if (section.matches(path.patternText)) take(section);
  for (const section of [...host.files, ...inner]) if (section.matches(path.baseName)) sections.push(section);
  const merged = mergeSlashes(uri);
  for (const section of host.locations) {
    if (section.matches(section.section.kind === "Location" ? merged : uri)) sections.push(section);
  }
  return { sections, error: null };
}
