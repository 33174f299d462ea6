import type { Dialect, Place, RoutingTable, TableDirective, TableLine } from "../compile/table.ts";
import { AccessFileFinder } from "./access-file-finder.ts";
import type { AccessFileReader } from "./access-files.ts";
import type { ByteString } from "./bytes.ts";
import { fromBytes } from "./bytes.ts";
import type { AskedRequest, ClientFacts } from "./client-facts.ts";
import { conditionLine, dependencies, negotiation } from "./dependencies.ts";
import type { FileFacts } from "./file-facts.ts";
import type { HostName } from "./host-name.ts";
import { readHostName } from "./host-name.ts";
import { isRefusal } from "./is-refusal.ts";
import type { EffectiveDirective, Match, MatchedSection, Refusal, RouteRequest } from "./match.ts";
import type { Merged } from "./merge.ts";
import { merge, redirectsOf } from "./merge.ts";
import type { WalkedPath } from "./path-walk.ts";
import { walkPath } from "./path-walk.ts";
import { PatternInputError } from "./pattern.ts";
import type { ReadyHost } from "./ready-host.ts";
import { readyHosts, variableRules } from "./ready-host.ts";
import { passageOf } from "./proxy-passage.ts";
import type { ProxyMapping } from "./proxy-pass.ts";
import type { ReverseRule } from "./proxy-reverse.ts";
import { withSections } from "./proxy-reverse.ts";
import type { Redirection } from "./redirect.ts";
import { redirect } from "./redirect.ts";
import type { ReadySection } from "./sections.ts";
import { SectionCompiler } from "./sections.ts";
import type { RoutingProblem, Translation } from "./translate.ts";
import type { TargetParts } from "./uri.ts";
import { normalizePath, splitTarget } from "./uri.ts";
import type { VariableRule } from "./variables.ts";
import { applyVariables, withFixedVariables } from "./variables.ts";
import type { HostChoice } from "./virtual-host.ts";
import { hostFinder, rememberLastHost } from "./virtual-host.ts";
import type { ConditionedWalk } from "./walk.ts";
import { walkProxied, walkSections } from "./walk.ts";

/** What the router may ask of the world; without, it goes by text alone. */
export interface RouterOptions {
  readonly facts?: FileFacts | null;
  /** Without one, .htaccess files count as not there. Used only with facts. */
  readonly accessFiles?: AccessFileReader | null;
  /**
   * For who looks at the lines in effect themselves: what a Match says of access, and on which lines it depends, is left empty.
   * Default false.
   */
  readonly linesOnly?: boolean;
}

/** Answers where a request goes. explain, serve and migrate use this one. */
export interface Router {
  /** Pure but for facts and access files; never throws, whatever the request. */
  readonly route: (request: RouteRequest) => Match | Refusal;
  /** The lines of a host outside of all sections, merged: what holds for a request that was refused before any counts. */
  readonly effectiveOf: (host: number) => readonly EffectiveDirective[];
  /** Patterns and lines of the table that cannot be run, found at start. A server must not start with any. */
  readonly problems: readonly RoutingProblem[];
  /** The file that a place means: one of the table, or a .htaccess file that was met. */
  readonly pathOf: (place: TableLine) => string;
}

export { isRefusal };

/** Combinations of sections to remember for each host; beyond that requests could fill the memory, so all is forgotten. */
const REMEMBERED = 4096;

/** From 2.0 on a file name as long as this is refused before any section counts: APR_PATH_MAX. */
const LONGEST_FILE_NAME = 4096;

/** Of one combination of sections. */
interface Kept {
  readonly merged: Merged;
  /** SetEnvIf and its kin in the sections. */
  readonly variables: readonly VariableRule[];
  readonly dependsOn: readonly TableDirective[];
  /** See `negotiation`. */
  readonly negotiated: TableDirective | null;
  readonly sections: readonly MatchedSection[];
  readonly reverses: readonly ReverseRule[];
}

/** The folder whose index is looked for, and how many of them led there. */
interface IndexedFolder {
  readonly path: WalkedPath;
  readonly depth: number;
  readonly conditioned: ConditionedWalk | null;
}

/** Folders that are each other's index: httpd gives up behind ten, with 500; nobody has more than two. */
const INDEX_DEPTH = 3;

const noAlias = (): null => null;

/** A request on its way: its host, its decoded path, its query. */
interface Routed {
  readonly choice: HostChoice;
  readonly host: ReadyHost;
  readonly uri: ByteString;
  readonly query: ByteString | null;
  readonly asked: AskedRequest | null;
  /** The target as it came. */
  readonly target: ByteString;
}

function refuse(status: number, reason: string, host: number | null): Refusal {
  return { status, reason, location: null, host };
}

/** Makes a router of a table: everything that does not depend on the request is done here, once. */
export function createRouter(table: RoutingTable, options: RouterOptions = {}): Router {
  const dialect = table.apache;
  const problems: RoutingProblem[] = [];
  const compiler = new SectionCompiler(dialect, problems);
  const findHost = rememberLastHost(hostFinder(table));
  const hosts = readyHosts(table, compiler, problems);
  const facts = options.facts ?? null;
  const linkOf = facts?.linkOf ?? null;
  const reader = options.accessFiles ?? null;
  const linesOnly = options.linesOnly === true;
  const accessFiles = reader === null ? null : new AccessFileFinder(table, reader, compiler);
  const combinations = hosts.map(() => new Map<string, Kept>());

  // Read once for what is wrong with them.
  for (const { directives } of table.sections) redirectsOf([directives], dialect, problems);

  function pathOf(place: TableLine): string {
    return table.files[place.file] ?? accessFiles?.pathOf(place) ?? "";
  }

  function placeText(place: Place): string {
    const textOf = (at: TableLine): string => (at.file === 0 ? `line ${at.line}` : `${pathOf(at)} line ${at.line}`);
    return [place, ...(place.uses ?? [])].map(textOf).join(", used on ");
  }

  function combine(index: number, host: ReadyHost, sections: readonly ReadySection[]): Kept {
    const known = combinations[index] ?? new Map<string, Kept>();
    const key = sections.map(({ id }) => id).join(",");
    const found = known.get(key);
    if (found !== undefined) return found;
    if (known.size >= REMEMBERED) known.clear();
    const merged = merge(
      host.layers,
      sections.map(({ section }) => section.directives),
      dialect,
      !linesOnly,
    );
    const kept: Kept = {
      merged,
      variables: variableRules(
        sections.flatMap(({ section }) => section.directives),
        dialect,
        [],
      ),
      dependsOn: linesOnly ? [] : dependencies(table, host.layers, sections),
      negotiated: negotiation(merged.options),
      reverses: withSections(
        host.reverses,
        sections.map(({ section }) => section),
      ),
      sections: sections.map(({ section }): MatchedSection => {
        const { kind, argument, place } = section;
        return accessFiles?.isAccessFile(section)
          ? { kind: "htaccess", argument: "", place }
          : { kind, argument, place };
      }),
    };
    known.set(key, kept);
    return kept;
  }

  /** Where the path leads before any section counts: 2.4 first tries Redirects that stand for a whole Location. */
  function translate({ host, uri, query, asked }: Routed): Translation | Redirection {
    for (const { rules } of host.wholeRedirects?.(uri) ?? []) {
      const sent = redirect(rules, uri, query, dialect, asked);
      if (sent !== null) return sent;
    }
    if (host.locationAlias === null) return host.translate(uri, query, facts, noAlias);
    return host.translate(uri, query, facts, () => {
      const alias = host.locationAlias?.(uri) ?? null;
      if (alias === null) return null;
      const { filename, isScript, directive } = alias;
      return { filename, base: filename, isScript, directive };
    });
  }

  function indexOf(routed: Routed, merged: Merged, folder: IndexedFolder): readonly (Match | Refusal)[] {
    return merged.index.map((name): Match | Refusal => {
      const [file = "", query = routed.query] = name.split("?", 2);
      // From 2.0 on a name may be a path of its own.
      const whole = file.startsWith("/") && dialect !== "1.3" ? file : routed.uri + file;
      const uri = /%|(?:^|\/)\.|\/\//.test(file) ? normalizePath(whole, dialect, routed.host.keepsSlashes) : whole;
      if (typeof uri !== "string") return refuse(uri.status, uri.error, routed.choice.host);
      const asked = routed.asked === null ? null : { ...routed.asked, uri, query, method: "GET" };
      return routeInHost({ ...routed, uri, query, asked }, folder);
    });
  }

  /** `folder` is given for an index file: 2.x takes over what it found on the way to the folder (its walk cache). */
  function routeInHost(routed: Routed, folder: IndexedFolder | null): Match | Refusal {
    const { choice, host, uri, query } = routed;
    const proxied = folder === null ? (host.findProxy?.(uri, routed.target, routed.asked) ?? null) : null;
    if (proxied !== null) return sentOn(routed, proxied);
    const mapped = translate(routed);
    if ("status" in mapped) {
      const location = mapped.location === null ? null : fromBytes(mapped.location);
      return { status: mapped.status, reason: `Redirect, ${placeText(mapped.place)}`, location, host: choice.host };
    }
    if (dialect !== "1.3" && mapped.filename.length >= LONGEST_FILE_NAME) {
      return refuse(403, `a file name of ${mapped.filename.length} bytes`, choice.host);
    }
    const walkedTo = walkPath(mapped.filename, mapped.base, dialect, facts);
    const path =
      folder !== null &&
      dialect !== "1.3" &&
      walkedTo.pathInfo === "" &&
      walkedTo.folders.at(-1) === folder.path.folders.at(-1)
        ? { ...walkedTo, last: null, patternText: folder.path.patternText }
        : walkedTo;
    const find = path.kind === null ? null : (accessFiles?.finder(host.accessFileNames) ?? null);
    const asker = { request: routed.asked, folder: folder?.conditioned ?? null };
    const walked = walkSections(host.sections, host.state, path, uri, dialect, find, asker, linkOf);
    if (walked.refusal !== null) return refuse(walked.refusal.status, walked.refusal.reason, choice.host);
    if (path.kind === "other")
      return refuse(403, `"${fromBytes(path.filename)}" is neither file nor folder`, choice.host);
    const { merged, sections, variables, dependsOn, negotiated } = combine(choice.host, host, walked.sections);
    // Only the request itself has its sections' variables set, not the look for an index file.
    const asked =
      routed.asked === null || folder !== null
        ? routed.asked
        : { ...routed.asked, variables: applyVariables(variables, routed.asked, dialect) };
    const handler = handlerOf(merged, path, mapped.isScript);
    const isListing =
      path.kind === "directory" &&
      uri.endsWith("/") &&
      merged.pipeline.length === 0 &&
      (handler === null || handsOnFolders(merged, handler));
    // From 2.0 on an index may be a folder, which has an index of its own.
    const depth = folder === null ? 1 : dialect === "1.3" ? Infinity : folder.depth + 1;
    // In a section 1.3 never adds the query (fixup_redir).
    const sent = redirect(merged.redirects, uri, dialect === "1.3" ? null : query, dialect, asked);
    return {
      host: choice.host,
      reason: reasonOf(choice),
      uri: fromBytes(uri),
      query,
      filename: fromBytes(path.filename),
      pathInfo: fromBytes(path.pathInfo),
      fileKind: path.kind,
      mappedBy: mapped.directive,
      proxy: null,
      reverses: [],
      sections,
      pipeline: merged.pipeline,
      handler,
      asked,
      asksAgain: walked.asksAgain,
      dependsOn: [
        ...dependsOn,
        ...walked.undecided.map(conditionLine),
        ...(path.kind === "missing" && negotiated !== null ? [negotiated] : []),
      ],
      access: merged.access,
      effective: merged.effective,
      index:
        isListing && depth > INDEX_DEPTH && dialect !== "1.3"
          ? [refuse(500, "folders are each other's index", choice.host)]
          : isListing && depth <= INDEX_DEPTH
            ? indexOf({ ...routed, asked: askedForIndex(asked, merged) }, merged, {
                path,
                depth,
                conditioned: walked.conditioned,
              })
            : [],
      redirect: sent === null ? null : { ...sent, location: sent.location === null ? null : fromBytes(sent.location) },
    };
  }

  /** The match of a request that a ProxyPass line sends on: no file, no index, and no choice of a server. */
  function sentOn({ choice, host, uri, query, asked: from }: Routed, mapping: ProxyMapping): Match {
    const { directive } = mapping.rule;
    const walked = walkProxied(host.sections, mapping.url, uri, from);
    const { merged, sections, variables, dependsOn, reverses } = combine(choice.host, host, walked.sections);
    const proxy = passageOf(mapping, query, host.encodedSlashes);
    const asked = from === null ? null : { ...from, variables: applyVariables(variables, from, dialect) };
    const sent = redirect(merged.redirects, uri, dialect === "1.3" ? null : query, dialect, asked);
    return {
      host: choice.host,
      reason: reasonOf(choice),
      uri: fromBytes(uri),
      query,
      filename: `proxy:${fromBytes(mapping.url)}`,
      pathInfo: "",
      fileKind: null,
      mappedBy: directive,
      proxy,
      reverses,
      sections,
      pipeline: [],
      handler: "proxy-server",
      asked,
      asksAgain: false,
      dependsOn: [
        ...(proxy.kind === "refused" && proxy.status === 502 ? [directive] : []),
        ...dependsOn,
        ...walked.undecided.map(conditionLine),
      ],
      access: merged.access,
      effective: merged.effective,
      index: [],
      redirect: sent === null ? null : { ...sent, location: sent.location === null ? null : fromBytes(sent.location) },
    };
  }

  function reasonOf({ what, place }: HostChoice): string {
    return place === null ? what : `${what}, ${placeText(place)}`;
  }

  /** From 2.0 on index files go before a handler, unless DirectoryCheckHandler says otherwise; never before our own. */
  function handsOnFolders({ effective }: Merged, handler: string): boolean {
    if (dialect === "1.3" || handler.toLowerCase() === "backhand-handler") return false;
    const line = effective.findLast(({ name }) => name.toLowerCase() === "directorycheckhandler");
    return line?.args[0]?.toLowerCase() !== "on";
  }

  function askedForIndex(asked: AskedRequest | null, { effective }: Merged): AskedRequest | null {
    return asked === null ? null : { ...asked, variables: withFixedVariables(asked.variables, effective) };
  }

  function askedAt(request: RouteRequest, target: TargetParts, host: ReadyHost, uri: ByteString): AskedRequest | null {
    const { method, localAddress } = request;
    if (request.client === undefined) return null;
    const client = withHostOf(request.client, target, dialect);
    const sent: AskedRequest = {
      client,
      method,
      localAddress,
      requestLine: `${method} ${request.target} ${client.protocol}`,
      uri: target.path,
      query: target.query,
      variables: new Map(),
    };
    return { ...sent, uri, variables: applyVariables(host.variables, sent, dialect) };
  }

  /** What names the host; the host of an absolute URI, else the Host field. */
  function hostNameOf(request: RouteRequest, target: TargetParts): HostName | null {
    const { host, client } = request;
    if (host === null && client?.protocol === "HTTP/1.1") return { error: "a request of HTTP/1.1 without Host" };
    const sent = target.authority ?? host;
    if (sent === "" && client?.protocol === "HTTP/1.1") return { error: "a request of HTTP/1.1 with an empty Host" };
    // 2.4 takes an empty field for none.
    return sent === null || (sent === "" && dialect === "2.4") ? null : readHostName(sent, dialect);
  }

  function route(request: RouteRequest): Match | Refusal {
    const target = splitTarget(request.target, dialect);
    if ("error" in target) return refuse(target.status, target.error, null);
    const hostName = hostNameOf(request, target);
    if (hostName !== null && "error" in hostName) return refuse(400, hostName.error, null);
    // ServerPath is compared before dots and escapes are taken out, as httpd does it.
    const choice = findHost(request.localAddress, request.localPort, hostName?.name ?? null, target.path);
    const host = hosts[choice.host];
    if (host === undefined) return refuse(500, "the table has no such host", null);
    const uri = normalizePath(target.path, dialect, host.keepsSlashes, host.encodedSlashes);
    if (typeof uri !== "string") return refuse(uri.status, uri.error, choice.host);
    try {
      const asked = askedAt(request, target, host, uri);
      return routeInHost({ choice, host, uri, query: target.query, asked, target: request.target }, null);
    } catch (error) {
      if (error instanceof PatternInputError) return refuse(414, error.message, choice.host);
      throw error;
    }
  }

  function effectiveOf(host: number): readonly EffectiveDirective[] {
    const ready = hosts[host];
    return ready === undefined ? [] : combine(host, ready, []).merged.effective;
  }

  return { route, effectiveOf, problems, pathOf };
}

/** The host of an absolute URI takes the place of the Host field in 2.4, for all who look at fields. */
function withHostOf(client: ClientFacts, { authority }: TargetParts, dialect: Dialect): ClientFacts {
  if (authority === null || dialect !== "2.4") return client;
  const name = readHostName(authority, dialect);
  if ("error" in name) return client;
  const value = name.name + (/:\d+$/.exec(authority)?.[0] ?? "");
  const headers = client.headers.map((text, index) =>
    index % 2 === 1 && client.headers[index - 1]?.toLowerCase() === "host" ? value : text,
  );
  return { ...client, headers };
}

/** SetHandler; else AddHandler by the extensions of the file name, the last that has one; else ScriptAlias. */
function handlerOf(merged: Merged, path: WalkedPath, isScript: boolean): string | null {
  if (merged.handler !== undefined) return merged.handler;
  if (merged.handlersByExtension.size > 0) {
    const extensions = path.baseName.split(".").slice(1);
    const found = extensions
      .map((extension) => merged.handlersByExtension.get(extension.toLowerCase()))
      .findLast((handler) => handler !== undefined);
    if (found !== undefined) return found;
  }
  return isScript ? "cgi-script" : null;
}
