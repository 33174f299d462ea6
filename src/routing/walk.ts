import type { Dialect } from "../compile/table.ts";
import type { AllowedOverrides } from "./access-files.ts";
import type { ByteString } from "./bytes.ts";
import { fromBytes } from "./bytes.ts";
import type { AskedRequest } from "./client-facts.ts";
import { evaluate } from "./expression.ts";
import type { WalkedPath } from "./path-walk.ts";
import type { HostSections, ReadySection } from "./sections.ts";
import { addMatching, locationTexts } from "./section-index.ts";
import { sectionsForFolder } from "./sections.ts";
import { mergeSlashes } from "./uri.ts";
import type { WalkState } from "./walk-state.ts";
import { overridesOf } from "./walk-state.ts";

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
  /** For an index file of it; null when there is no condition. */
  readonly conditioned: ConditionedWalk | null;
  /** See Match. */
  readonly asksAgain: boolean;
}

/** What a folder's conditions came to, as httpd keeps it for the index file. */
export interface ConditionedWalk {
  /** The sections before any condition. */
  readonly sections: readonly ReadySection[];
  /** Conditions outside of others that held. */
  readonly held: readonly ReadySection[];
  /** Whether one inside of another held. */
  readonly hasInner: boolean;
  /** For whom they were decided. */
  readonly request: AskedRequest | null;
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
    if (section.step !== null) state = section.step(state);
  };
  const enter = (folder: ByteString, depth: number, withWildcards: boolean): void => {
    for (const level of host.levels) {
      for (const section of sectionsForFolder(level, folder, depth, withWildcards)) take(section);
    }
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
    if (refusal !== null) return { sections, refusal, undecided: [], conditioned: null, asksAgain: false };
    enter(folder, index + 1, true);
    const allowed = overridesOf(state);
    if (findAccessFile === null || allowed === null) continue;
    const found = findAccessFile(folder, allowed);
    if (found === null) continue;
    if (found.error !== null)
      return {
        sections,
        refusal: { status: 500, reason: found.error },
        undecided: [],
        conditioned: null,
        asksAgain: false,
      };
    take(found.ready);
  }
  if (path.kind === "file") {
    const refusal = forbidden(path.filename);
    if (refusal !== null) return { sections, refusal, undecided: [], conditioned: null, asksAgain: false };
  }
  if (path.last !== null) {
    const walksInto = dialect !== "1.3" && state.followsLinks && !state.checksOwner;
    if (walksInto || !path.last.certain) enter(path.last.path, path.folders.length + 1, walksInto);
  }
  for (const section of host.folderPatterns) if (section.matches(path.patternText)) take(section);
  const isFile = (section: ReadySection): boolean => section.matches(path.baseName);
  for (const { files } of host.levels) addMatching(files, () => [path.baseName], isFile, sections);
  for (const section of inner) if (isFile(section)) sections.push(section);
  const beforeLocations = sections.length;
  addLocations(host, uri, sections);
  const ofLocations = sections.slice(beforeLocations).flatMap((section) => section.conditions);
  const early = [...host.levels.flatMap((level) => level.conditions), ...ofLocations];
  const conditions = host.levels.flatMap((level) => level.conditions);
  for (const section of sections) if (section.conditions.length > 0) conditions.push(...section.conditions);
  if (conditions.length === 0) return { sections, refusal: null, undecided: [], conditioned: null, asksAgain: false };
  return { refusal: null, ...conditionSections(sections, conditions, early, asked) };
}

/**
 * The sections of a request that is sent on: Proxy, by its URL there, then Location and If. It has no file name, so those of
 * folders and files are not for it.
 * httpd 2.4 mod_proxy.c proxy_walk, 1.3 http_request.c directory_walk
 */
export function walkProxied(
  host: HostSections,
  url: ByteString,
  uri: ByteString,
  request: AskedRequest | null,
): Pick<WalkResult, "sections" | "undecided"> {
  const sections: ReadySection[] = [];
  const covers = ({ matches }: ReadySection): boolean => matches(url);
  for (const { proxies } of host.levels) addMatching(proxies, () => [], covers, sections, url);
  addLocations(host, uri, sections);
  const conditions = [
    ...host.levels.flatMap((level) => level.conditions),
    ...sections.flatMap((section) => section.conditions),
  ];
  return conditionSections(sections, conditions, [], { request, folder: null });
}

function addLocations(host: HostSections, uri: ByteString, into: ReadySection[]): void {
  const merged = mergeSlashes(uri);
  // As in coversPath.
  const covers = ({ seesMerged, matches }: ReadySection): boolean => matches(seesMerged ? merged : uri);
  for (const { locations } of host.levels) {
    addMatching(locations, (longest) => locationTexts(merged, longest), covers, into, uri);
  }
}

/**
 * Adds the conditions that hold, then those in them, level by level. httpd does not look into conditions again where an index
 * file has the sections and conditions of its folder: each of its walks through one level finds what the walk of the same
 * number found for the folder, if both are for the same level.
 * httpd 2.4 request.c ap_if_walk_sub, prep_walk_cache
 */
function conditionSections(
  before: readonly ReadySection[],
  conditions: readonly ReadySection[],
  early: readonly ReadySection[],
  { request, folder }: Asker,
): Omit<WalkResult, "refusal"> {
  const undecided: ReadySection[] = [];
  const held = heldOf(conditions, request, undecided);
  const isCached =
    folder !== null &&
    sameSections(folder.sections, before) &&
    sameSections(folder.held, held) &&
    isSameWalk(early, folder.request, request);
  const sections = [...before, ...held];
  let level = held;
  while (!isCached && level.length > 0) {
    level = heldOf(
      level.flatMap((condition) => condition.conditions),
      request,
      undecided,
    );
    sections.push(...level);
  }
  const hasInner = isCached ? folder.hasInner : sections.length > before.length + held.length;
  const conditioned = { sections: before, held, hasInner, request };
  return { sections, undecided, conditioned, asksAgain: isCached ? folder.hasInner : held.length > 0 };
}

function sameSections(left: readonly ReadySection[], right: readonly ReadySection[]): boolean {
  return left.length === right.length && left.every((section, index) => section === right[index]);
}

/** For whom conditions are decided. */
interface Asker {
  readonly request: AskedRequest | null;
  /** While an index file is looked for, its folder's walk. */
  readonly folder: ConditionedWalk | null;
}

/** Those of one level that hold; what cannot be decided goes to `undecided`. */
function heldOf(
  conditions: readonly ReadySection[],
  request: AskedRequest | null,
  undecided: ReadySection[],
): readonly ReadySection[] {
  let before: boolean | null = false;
  return conditions.filter((condition) => {
    const { kind } = condition.section;
    if (kind !== "If" && before === true) return false;
    let holds: boolean | null = true;
    if (condition.expression !== null) holds = request === null ? null : evaluate(condition.expression, request);
    if (kind !== "If" && before === null) holds = null;
    before = holds;
    if (holds === null) undecided.push(condition);
    return holds === true;
  });
}

/**
 * Whether the walk of an index file has the number of its folder's. Before the file is known httpd walks through the conditions
 * of server and locations alone, for an index file through one level only when its folder's walk found the same.
 */
function isSameWalk(
  early: readonly ReadySection[],
  folder: AskedRequest | null,
  request: AskedRequest | null,
): boolean {
  if (early.length === 0) return true;
  const levels = sameSections(heldOf(early, folder, []), heldOf(early, request, [])) ? 1 : levelsOf(early, request);
  return levels === levelsOf(early, folder);
}

/** How many levels httpd looks through: one inside of another only where the outer one holds. */
function levelsOf(conditions: readonly ReadySection[], request: AskedRequest | null): number {
  let levels = 0;
  for (let level = conditions; level.length > 0; levels += 1) {
    level = heldOf(level, request, []).flatMap((condition) => condition.conditions);
  }
  return levels;
}
