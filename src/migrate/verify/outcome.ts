import { dirname } from "node:path";

import type { Place, RoutingTable } from "../../compile/table.ts";
import type { MatchedSection, Refusal } from "../../routing/match.ts";
import { isRefusal, type Router } from "../../routing/router.ts";
import { settle } from "../../routing/settle.ts";
import type { SampleRequest } from "../../samples/sample-requests.ts";
import type { Requirement } from "../../access/require.ts";
import { routeSample } from "./route-sample.ts";
import type { AccessFileText } from "../access-files.ts";
import type { Migration, Note, SourcePlace } from "../verdict.ts";
import type { ProbeAnswer } from "./probe.ts";
import type { SandboxNetwork } from "./sandbox-network.ts";

/** What the old file makes of a request. */
export interface OldOutcome {
  /** Opening line of the virtual host; null for the main server. */
  readonly host: SourcePlace | null;
  /** Opening lines of the sections, in merge order; null when a redirect comes before them. */
  readonly sections: readonly SourcePlace[] | null;
  readonly access: "granted" | "denied" | "authentication" | "refused";
  readonly status: number | null;
  readonly location: string | null;
  readonly isBalanced: boolean;
  readonly filename: string | null;
  /** Whether it is so only if the file name is that of a folder. */
  readonly isFolder: boolean;
  /** Whether rules that only httpd itself merges or decides say who may, so that `access` and what hangs on it is not known. */
  readonly isMerged: boolean;
  /** Expressions that the text does not decide: which sections hold, and all that hangs on it, is not known. */
  readonly undecided: readonly SourcePlace[];
  /** Lines that have a part in it. */
  readonly lines: readonly SourcePlace[];
  /** Lines that only httpd itself runs, so that what it makes of the request is not known: rewriting and the like. */
  readonly unknown: readonly SourcePlace[];
}

/** Directives that our routing passes over and that change where a request goes. */
export const passedOver =
  /^(?:rewriterule|virtual(?:documentroot|scriptalias)(?:ip)?|checkspelling|action|\[proxypass\])$/i;

/** An expression may ask for what only httpd knows: the name of the file in its folder. */
function asksExpression(requirement: Requirement): boolean {
  return requirement.kind === "test"
    ? requirement.test.kind === "expression"
    : requirement.children.some(asksExpression);
}

const conditional = /^<(?:if|elseif|else)>$/i;

/** Routes a request by the old file, by its text alone. */
export function oldOutcome(
  request: SampleRequest,
  table: RoutingTable,
  router: Router,
  accessFiles: readonly AccessFileText[] = [],
): OldOutcome {
  const { address, method, from } = request;
  const match = routeSample(request, router);
  const at = ({ file, line }: Place): SourcePlace => ({ path: table.files[file] ?? "", line });
  const own = match.host === null ? null : (table.hosts[match.host]?.place ?? null);
  const hostPlace = own === null ? null : at(own);
  const dependsOn = isRefusal(match) ? [] : match.dependsOn;
  const unknown = dependsOn.filter(({ name }) => passedOver.test(name)).map((line) => at(line.place));
  const isMerged =
    dependsOn.some(({ name }) => name.toLowerCase() === "authmerging") ||
    (!isRefusal(match) && match.access.requirements.some(asksExpression));
  const undecided = dependsOn.filter(({ name }) => conditional.test(name)).map((line) => at(line.place));
  const base = { host: hostPlace, lines: hostPlace === null ? [] : [hostPlace], unknown, undecided, isMerged };
  if (isRefusal(match)) {
    const { status, location } = match;
    const access = status >= 400 ? "refused" : "granted";
    const lines = [...base.lines, ...sentBy(match, table)];
    return {
      ...base,
      lines,
      unknown: rulesBefore(match, table, request.path),
      sections: null,
      access,
      status,
      location,
      isBalanced: false,
      filename: null,
      isFolder: false,
    };
  }
  const { access } = settle(match, from, method, address);
  // A server tells of the sections of its configuration only, not of .htaccess files.
  const fileOf = ({ argument, place }: MatchedSection): AccessFileText | undefined =>
    accessFiles.find(
      ({ path, folder }) => at(place).path === path || (isNowhere(place) && argument === (folder || "/")),
    );
  const sections = match.sections.filter((one) => fileOf(one) === undefined).map(({ place }) => at(place));
  const linesOfFiles = [...new Set(match.sections.map(fileOf))].flatMap(linesOf);
  const sent = access === "granted" ? match.redirect : null;
  return {
    ...base,
    sections,
    access,
    status: sent?.status ?? null,
    location: sent?.location ?? null,
    isBalanced: access === "granted" && sent === null && match.pipeline.length > 0 && !isSwitchedOff(match.pipeline),
    filename: match.filename,
    isFolder:
      match.filename.endsWith("/") ||
      match.sections.some(
        ({ kind, argument }) => kind === "Directory" && depth(argument) > depth(dirname(match.filename)),
      ),
    lines: [...base.lines, ...sections, ...linesOfFiles],
  };
}

function linesOf(file: AccessFileText | undefined): readonly SourcePlace[] {
  return file === undefined ? [] : file.text.split("\n").map((_, index) => ({ path: file.path, line: index + 1 }));
}

/** The line that answered before any section counted: a redirect, or homes that are elsewhere. */
export function sentBy({ reason, host }: Refusal, { hosts, files }: RoutingTable): readonly SourcePlace[] {
  const place = /line (\d+)$/.exec(reason);
  return [...new Set([host ?? 0, 0])].flatMap((index) =>
    (hosts[index]?.directives ?? [])
      .filter(
        ({ name, place: { line } }) =>
          /^(?:redirect|userdir)/i.test(name) && (place === null || line === Number(place[1])),
      )
      .map(({ place: { file, line } }) => ({ path: files[file] ?? "", line })),
  );
}

/** Rules of mod_rewrite and mod_proxy, which a request meets before any redirect. */
export function rulesBefore(
  { host }: Refusal,
  { hosts, sections, files }: RoutingTable,
  path: string,
): readonly SourcePlace[] {
  const own = hosts[host ?? 0]?.directives ?? [];
  const main = host === null || host === 0 ? [] : (hosts[0]?.directives ?? []);
  const inherits = own.some(({ name }) => name.toLowerCase() === "rewriteoptions");
  const rules = [...own, ...(inherits ? main : [])].filter(({ name }) => name.toLowerCase() === "rewriterule");
  const inSections = sections.flatMap(({ directives }) => directives);
  const proxies = [...own, ...main, ...inSections].filter(({ name, args }) => {
    const key = name.toLowerCase();
    // In a section the path is that of the section.
    const from = args.length > 1 && args[0]?.startsWith("/") === true ? args[0] : "";
    return key === "proxypassmatch" || (key === "proxypass" && path.startsWith(from));
  });
  return [...rules, ...proxies].map(({ place: { file, line } }) => ({ path: files[file] ?? "", line }));
}

/** Names in a path. */
const depth = (path: string): number => path.split("/").filter((name) => name !== "").length;

const isNowhere = ({ file, line }: Place): boolean => file === 0 && line === 1;

function isSwitchedOff(pipeline: readonly { readonly function: string }[]): boolean {
  return pipeline.some(({ function: name }) => name === "off" || name === "backhand_off");
}

interface Changed {
  readonly what: string;
  readonly before: string;
  readonly after: string;
}

const shown = (place: SourcePlace | null): string => (place === null ? "main server" : `${place.path}:${place.line}`);

/** Where the answer of the new server is another than that of the old file. */
export function differencesOf(
  old: OldOutcome,
  answer: ProbeAnswer,
  migration: Migration,
  network: SandboxNetwork | null,
): readonly Changed[] {
  const all = allDifferences(old, answer, migration, network);
  return old.undecided.length === 0 ? all : all.filter(({ what }) => what === "virtual host");
}

function allDifferences(
  old: OldOutcome,
  answer: ProbeAnswer,
  migration: Migration,
  network: SandboxNetwork | null,
): readonly Changed[] {
  const found: Changed[] = [];
  const compare = (what: string, before: string, after: string): void => {
    if (before !== after) found.push({ what, before, after });
  };
  const places = placesOf(migration);
  const access =
    answer.status === 401
      ? "authentication"
      : answer.status === 403
        ? "denied"
        : old.access === "refused" && answer.status === old.status
          ? "refused"
          : answer.status === 500
            ? "an error of the server"
            : "granted";
  compare("access", old.access === "refused" && old.status === 403 ? "denied" : old.access, access);
  const isRedirect = answer.status >= 300 && answer.status < 400;
  const before = old.location === null ? (old.status ?? null) : `${old.status ?? ""} ${old.location}`;
  const isSent = old.status !== null && old.status < 400;
  if (isRedirect || isSent) {
    compare(
      "redirect",
      bare(String(before ?? "none"), network),
      isRedirect ? bare(`${answer.status} ${sameForm(answer.location ?? "", old.location)}`, network) : "none",
    );
  } else if (old.access === "granted") {
    // Without members it answers 503, which a note says.
    const isWaiting = old.isBalanced && answer.status === 503 && migration.notes.some(isWithoutMembers);
    const now = answer.upstream === null && !isWaiting ? "none" : "a balancer";
    compare("upstream", old.isBalanced ? "a balancer" : "none", now);
  }
  // A request that is refused before any section counts bears no stamps.
  if (old.access === "refused" || access === "refused") return found;
  compare("virtual host", shown(old.host), shown(answer.host === null ? null : (places(answer.host) ?? null)));
  // A path with a drive is none of this machine, whose server takes it for one below ServerRoot.
  const isElsewhere = old.filename !== null && !old.filename.startsWith("/");
  if (old.sections === null || isSent || isElsewhere) return found;
  const now = answer.sections.flatMap((stamp) => places(stamp) ?? []);
  compare("sections", old.sections.map(shown).join(" "), now.map(shown).join(" "));
  return found;
}

/** Without server where the other one has none: httpd adds its own, which is that of the request. */
function sameForm(location: string, other: string | null): string {
  return other?.startsWith("/") === true ? location.replace(/^[a-z]+:\/\/[^/]*/, "") : location;
}

const isWithoutMembers = ({ message }: Note): boolean => message.startsWith("No member of the cluster is known");

/** A Location without the ports of the loopback. */
function bare(text: string, network: SandboxNetwork | null): string {
  let result = text.replace(/:80(?=\/|$)/, "");
  for (const [port, mapped] of network?.ports ?? [])
    result = result.replace(`:${mapped}`, port === 80 ? "" : `:${port}`);
  return result;
}

const known = new WeakMap<Migration, (stamp: string) => SourcePlace | null>();

/** The source line behind a stamp; null for sections that the source does not have. */
export function placesOf(migration: Migration): (stamp: string) => SourcePlace | null {
  const found = known.get(migration);
  if (found !== undefined) return found;
  const byFile = new Map<string, (SourcePlace | null)[]>();
  for (const { path, lines } of migration.files) {
    const places: (SourcePlace | null)[] = [];
    for (const { text, from, why } of lines) {
      // A section that was added for a line of the source is none of the source's sections.
      const place = why === undefined ? from : null;
      for (let count = text.split("\n").length; count > 0; count -= 1) places.push(place);
    }
    byFile.set(path, places);
  }
  const look = (stamp: string): SourcePlace | null => {
    const [number = "", path = ""] = stamp.split(/:(.*)/s);
    return byFile.get(decodeURIComponent(path))?.[Number(number) - 1] ?? null;
  };
  known.set(migration, look);
  return look;
}
