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

/** What a folder's conditions were met with. */
export interface ConditionedWalk {
  /** The sections before any condition. */
  readonly sections: readonly ReadySection[];
  /** Conditions inside conditions that held. */
  readonly inner: ReadonlySet<ReadySection>;
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
  // Whether all that applies is what httpd keeps from the walk to the folder.
  let isCached = true;
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
    isCached = false;
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
  const merged = mergeSlashes(uri);
  // As in coversPath.
  const covers = ({ seesMerged, matches }: ReadySection): boolean => matches(seesMerged ? merged : uri);
  const beforeLocations = sections.length;
  for (const { locations } of host.levels) {
    addMatching(locations, (longest) => locationTexts(merged, longest), covers, sections);
  }
  const ofLocations = sections.slice(beforeLocations).flatMap((section) => section.conditions);
  const undecided: ReadySection[] = [];
  const conditions = host.levels.flatMap((level) => level.conditions);
  if ([...conditions, ...ofLocations].some((condition) => condition.conditions.length > 0)) isCached = false;
  for (const section of sections) if (section.conditions.length > 0) conditions.push(...section.conditions);
  if (conditions.length > 0) {
    const held = new Set<ReadySection>();
    // Only then does httpd find that it has merged the same before, and stops.
    const before = [...sections];
    const { request, folder } = asked;
    const isSame = folder !== null && isCached && sameSections(folder.sections, before);
    const passedOver = isSame ? folder.inner : null;
    applyConditions(conditions, { request, passedOver, sections, undecided, inner: held });
    const asksAgain = held.size > 0;
    return { sections, refusal: null, undecided, conditioned: { sections: before, inner: held }, asksAgain };
  }
  return { sections, refusal: null, undecided, conditioned: null, asksAgain: false };
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

/** Where conditions add what applies. */
interface ConditionWalk {
  readonly request: AskedRequest | null;
  /** Inner ones that do not count. */
  readonly passedOver: ReadonlySet<ReadySection> | null;
  readonly inner: Set<ReadySection>;
  readonly sections: ReadySection[];
  readonly undecided: ReadySection[];
}

/**
 * Adds the conditions that hold, then those in them, level by level. Where an index file has the very sections of its folder,
 * and all conditions with others in them stand in Directory and Files, inner ones do not count again that held for the folder
 * (both seen with 2.4.71).
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
      if (!isInner || walk.passedOver?.has(condition) !== true) walk.sections.push(condition);
      inner.push(...condition.conditions);
    }
  }
  if (inner.length > 0) applyConditions(inner, walk, true);
}
