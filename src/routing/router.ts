import type { Place, RoutingTable, TableDirective } from "../compile/table.ts";
import type { AccessFile, AccessFileReader, OverrideClass } from "./access-files.ts";
import type { ByteString } from "./bytes.ts";
import { fromBytes, toBytes } from "./bytes.ts";
import type { FileFacts } from "./file-facts.ts";
import { readHostName } from "./host-name.ts";
import type { Match, MatchedSection, Refusal, RouteRequest } from "./match.ts";
import type { Merged } from "./merge.ts";
import { merge } from "./merge.ts";
import { hostLevelOnly, structural } from "./merge-rules.ts";
import type { WalkedPath } from "./path-walk.ts";
import { walkPath } from "./path-walk.ts";
import { PatternInputError } from "./pattern.ts";
import { redirect } from "./redirect.ts";
import type { HostSections, ReadySection } from "./sections.ts";
import { allHostSections, SectionCompiler } from "./sections.ts";
import type { RoutingProblem, Translate, Translation } from "./translate.ts";
import { translation } from "./translate.ts";
import { normalizePath, splitTarget } from "./uri.ts";
import type { HostChoice } from "./virtual-host.ts";
import { hostFinder } from "./virtual-host.ts";
import type { FindAccessFile, ReadyAccessFile, WalkState } from "./walk.ts";
import { hostState, walkSections } from "./walk.ts";

/** What the router may ask of the world; without, it goes by text alone. */
export interface RouterOptions {
  readonly facts?: FileFacts | null;
  /** Without one, .htaccess files count as not there. Used only with facts. */
  readonly accessFiles?: AccessFileReader | null;
}

/** Answers where a request goes. explain, serve and migrate use this one. */
export interface Router {
  /** Pure but for facts and access files; never throws on any request. */
  readonly route: (request: RouteRequest) => Match | Refusal;
  /** Patterns and lines of the table that cannot be run, found at start. A server must not start with any. */
  readonly problems: readonly RoutingProblem[];
  /** The file that a place means: those of the table, then .htaccess files as they were met. */
  readonly pathOf: (place: Place) => string;
}

/** Tells the two answers apart. */
export function isRefusal(answer: Match | Refusal): answer is Refusal {
  return "status" in answer;
}

/** Combinations of sections to remember; beyond that requests could fill the memory, so all is forgotten. */
const REMEMBERED = 4096;

/** DirectoryIndex leads to another path, which may lead no further. */
const INDEX_DEPTH = 1;

interface ReadyHost {
  readonly sections: HostSections;
  readonly translate: Translate;
  readonly layers: readonly (readonly TableDirective[])[];
  readonly state: WalkState;
  readonly keepSlashes: boolean;
  readonly accessFileNames: readonly ByteString[];
  readonly merged: Map<string, Kept>;
}

/** Of one combination of sections. */
interface Kept {
  readonly merged: Merged;
  readonly sections: readonly MatchedSection[];
}

function mergeableLayer(directives: readonly TableDirective[]): readonly TableDirective[] {
  return directives.filter(({ name }) => {
    const key = name.toLowerCase();
    return !structural.has(key) && !hostLevelOnly.has(key);
  });
}

function readyHosts(table: RoutingTable, compiler: SectionCompiler, problems: RoutingProblem[]): readonly ReadyHost[] {
  const sections = allHostSections(table, compiler);
  return table.hosts.map((host, index): ReadyHost => {
    const lines = index === 0 ? [host.directives] : [table.hosts[0]?.directives ?? [], host.directives];
    const last = (name: string): TableDirective | undefined =>
      lines.flat().findLast((directive) => directive.name.toLowerCase() === name);
    const layers = lines.map(mergeableLayer);
    return {
      sections: sections[index] ?? { folders: new Map(), wildFolders: new Map(), folderPatterns: [], files: [], locations: [] },
      translate: translation(table, index, problems),
      layers,
      state: hostState(table.apache, layers),
      keepSlashes: last("mergeslashes")?.args[0]?.toLowerCase() === "off",
      accessFileNames: (last("accessfilename")?.args ?? [".htaccess"]).map(toBytes),
      merged: new Map(),
    };
  });
}

function refuse(status: number, reason: string, host: number | null): Refusal {
  return { status, reason, location: null, host };
}

/** Makes a router of a table: everything that does not depend on the request is done here, once. */
export function createRouter(table: RoutingTable, options: RouterOptions = {}): Router {
  const dialect = table.apache;
  const problems: RoutingProblem[] = [];
  const compiler = new SectionCompiler(dialect, problems);
  const findHost = hostFinder(table);
  const hosts = readyHosts(table, compiler, problems);
  const facts = options.facts ?? null;
  const reader = facts === null ? null : (options.accessFiles ?? null);
  const accessPaths: string[] = [];
  const accessIndex = new Map<string, number>();
  const readyFiles = new WeakMap<AccessFile, ReadyAccessFile>();

  for (const host of hosts) keep(host, "", []);
  for (const section of table.sections) merge([section.directives], dialect, problems);

  function pathOf(place: Place): string {
    return table.files[place.file] ?? accessPaths[place.file - table.files.length] ?? "";
  }

  function describe(choice: HostChoice): string {
    return choice.place === null ? choice.what : `${choice.what}, ${pathOf(choice.place)}:${choice.place.line}`;
  }

  function accessFile(host: ReadyHost, folder: ByteString, allowed: ReadonlySet<OverrideClass>): ReadyAccessFile | null {
    for (const name of host.accessFileNames) {
      const path = fromBytes(folder + name);
      const fileIndex = accessIndex.get(path) ?? table.files.length + accessPaths.length;
      const file = reader?.read(path, allowed, fileIndex) ?? null;
      if (file === null) continue;
      if (!accessIndex.has(path)) {
        accessIndex.set(path, fileIndex);
        accessPaths.push(path);
      }
      const known = readyFiles.get(file);
      if (known !== undefined) return known;
      const { directives, sections, error } = file;
      const place = { file: fileIndex, line: 1 };
      // A .htaccess file counts as the section of its folder; `kind` only serves to reuse the machinery.
      const ready = compiler.ready({ host: 0, kind: "Directory", argument: fromBytes(folder), place, directives, sections });
      const made = { ready, error: error === null ? null : `${path}: ${error}` };
      readyFiles.set(file, made);
      accessSections.add(ready.section);
      return made;
    }
    return null;
  }
  const accessSections = new WeakSet<object>();

  function keep(host: ReadyHost, key: string, sections: readonly ReadySection[]): Kept {
    const known = host.merged.get(key);
    if (known !== undefined) return known;
    if (host.merged.size >= REMEMBERED) host.merged.clear();
    const layers = [...host.layers, ...sections.map(({ section }) => section.directives)];
    const kept: Kept = {
      merged: merge(layers, dialect, []),
      sections: sections.map(({ section }) => ({
        kind: accessSections.has(section) ? "htaccess" : section.kind,
        argument: accessSections.has(section) ? "" : section.argument,
        place: section.place,
      })),
    };
    host.merged.set(key, kept);
    return kept;
  }

  function handlerOf(merged: Merged, path: WalkedPath, isScript: boolean): string | null {
    if (merged.handler !== undefined) return merged.handler;
    if (merged.handlersByExtension.size > 0) {
      const byExtension = path.baseName
        .split(".")
        .slice(1)
        .map((extension) => merged.handlersByExtension.get(extension.toLowerCase()))
        .findLast((handler) => handler !== undefined);
      if (byExtension !== undefined) return byExtension;
    }
    return isScript ? "cgi-script" : null;
  }

  function inside(
    choice: HostChoice,
    host: ReadyHost,
    uri: ByteString,
    query: ByteString | null,
    depth: number,
  ): Match | Refusal {
    const early = redirectOfLocation(host, uri, query);
    const mapped = early ?? host.translate(uri, query);
    if ("status" in mapped) {
      const where = `${pathOf(mapped.place)}:${mapped.place.line}`;
      const location = mapped.location === null ? null : fromBytes(mapped.location);
      return { status: mapped.status, reason: `Redirect, ${where}`, location, host: choice.host };
    }
    const path = walkPath(mapped.filename, mapped.base, dialect, facts);
    if (path.kind === "other") return refuse(403, `"${fromBytes(path.filename)}" is neither file nor folder`, choice.host);
    const find: FindAccessFile | null =
      reader === null || path.kind === null ? null : (folder, allowed) => accessFile(host, folder, allowed);
    const walked = walkSections(host.sections, host.state, path, uri, dialect, find);
    if (walked.error !== null) return refuse(500, walked.error, choice.host);
    const key = walked.sections.map(({ id }) => id).join(",");
    const { merged, sections } = keep(host, key, walked.sections);
    const handler = handlerOf(merged, path, mapped.isScript);
    if (depth > 0 && path.kind === "directory" && uri.endsWith("/") && handler === null && merged.pipeline.length === 0) {
      const index = merged.index.find((name) => facts?.kindOf(fromBytes(`${trimmed(path.filename)}/${name}`)) === "file");
      const next = index === undefined ? null : inside(choice, host, uri + index, query, depth - 1);
      if (next !== null && !isRefusal(next)) return { ...next, uri: fromBytes(uri) };
    }
    return matched(choice, uri, query, mapped, path, merged, sections, handler);
  }

  /** 2.4 tries a Redirect without a path, which stands in a Location, before it translates. */
  function redirectOfLocation(host: ReadyHost, uri: ByteString, query: ByteString | null) {
    if (dialect !== "2.4") return null;
    for (const section of host.sections.locations.toReversed()) {
      const { redirects } = ownRedirects(section);
      if (redirects.length > 0 && section.matches(uri)) return redirect(redirects, uri, query, dialect);
    }
    return null;
  }
  const ownCache = new WeakMap<ReadySection, Pick<Merged, "redirects">>();
  function ownRedirects(section: ReadySection): Pick<Merged, "redirects"> {
    const known = ownCache.get(section);
    if (known !== undefined) return known;
    const own = { redirects: merge([section.section.directives], dialect, []).redirects.filter(({ from }) => from === null) };
    ownCache.set(section, own);
    return own;
  }

  function matched(
    choice: HostChoice,
    uri: ByteString,
    query: ByteString | null,
    mapped: Translation,
    path: WalkedPath,
    merged: Merged,
    sections: readonly MatchedSection[],
    handler: string | null,
  ): Match {
    // In a section the query is never added by 1.3 (fixup_redir).
    const sent = redirect(merged.redirects, uri, dialect === "1.3" ? null : query, dialect);
    return {
      host: choice.host,
      reason: describe(choice),
      uri: fromBytes(uri),
      query,
      filename: fromBytes(path.filename),
      pathInfo: fromBytes(path.pathInfo),
      fileKind: path.kind === "other" ? null : path.kind,
      mappedBy: mapped.directive,
      sections,
      pipeline: merged.pipeline,
      handler,
      access: merged.access,
      effective: merged.effective,
      redirect: sent === null ? null : { ...sent, location: sent.location === null ? null : fromBytes(sent.location) },
    };
  }

  function route(request: RouteRequest): Match | Refusal {
    const target = splitTarget(request.target, dialect);
    if ("error" in target) return refuse(target.status, target.error, null);
    const sent = target.authority ?? request.host;
    const hostName = sent === null ? null : readHostName(sent, dialect);
    if (hostName !== null && "error" in hostName) return refuse(400, hostName.error, null);
    // ServerPath is compared before dots and escapes are taken out, as httpd does it.
    const choice = findHost(request.localAddress, request.localPort, hostName?.name ?? null, target.path);
    const host = hosts[choice.host];
    if (host === undefined) return refuse(500, "the table has no such host", null);
    const uri = normalizePath(target.path, dialect, host.keepSlashes);
    if (typeof uri !== "string") return refuse(uri.status, uri.error, choice.host);
    try {
      return inside(choice, host, uri, target.query, INDEX_DEPTH);
    } catch (error) {
      if (error instanceof PatternInputError) return refuse(414, error.message, choice.host);
      throw error;
    }
  }

  return { route, problems, pathOf };
}

function trimmed(path: ByteString): ByteString {
  return path.endsWith("/") ? path.slice(0, -1) : path;
}
