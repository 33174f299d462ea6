import type { Place, RoutingTable, TableDirective } from "../../compile/table.ts";
import type { Match } from "../../routing/match.ts";
import { isRefusal, type Router } from "../../routing/router.ts";
import { settle } from "../../routing/settle.ts";
import type { SampleRequest } from "../../samples/sample-requests.ts";
import { routeSample } from "./route-sample.ts";
import { fromBytes } from "../../routing/bytes.ts";
import { errorDocumentFor } from "../../routing/error-document.ts";
import { linesNamed } from "../site/effective.ts";
import { isAccess } from "../site/access-formula.ts";
import { allowedMethods } from "../site/allowed-methods.ts";
import { isBalanced } from "../site/fates.ts";
import { isProgramHandler, matchesPath, programPattern } from "../site/programs.ts";
import type { SourcePlace } from "../verdict.ts";
import type { HttpdAnswer } from "./httpd-answers.ts";
import { asFolder, withoutServer } from "./probe.ts";
import { passedOver, rulesBefore, sentBy } from "./outcome.ts";

/** What the old file makes of a request, in the terms that every server shares. */
export interface ForeignOutcome {
  /** Opening line of the virtual host; null for the main server. */
  readonly host: SourcePlace | null;
  readonly access: "granted" | "denied" | "authentication";
  /** An answer that the configuration gives by itself: a redirect, or a status such as 410. */
  readonly sent: { readonly status: number; readonly location: string | null } | null;
  /** The candidacy functions; null when it is not balanced. */
  readonly pipeline: Match["pipeline"] | null;
  /** The file that would be sent; null for programs, pages that are made, and what is balanced or refused. */
  readonly file: string | null;
  /** Where the path leads if a folder lies there, which is nothing that a configuration says. */
  readonly folder: string | null;
  /** Lines that only httpd itself runs, and that are left out on both sides. */
  readonly unknown: readonly SourcePlace[];
  /** Whether the connection or a certificate decides too, which is left out of what is compared. */
  readonly asksTls: boolean;
  /** Whether rules of mod_rewrite or mod_proxy have a say, for which httpd itself has to be asked. */
  readonly needsHttpd: boolean;
  /** Whether the name of the host gives the folder, which is not there where httpd is asked. */
  readonly isByName: boolean;
  /** Addresses that ErrorDocument has in the place of errors. */
  readonly pages: readonly { readonly status: number; readonly url: string }[];
  /** Whether it goes to a server behind that no pipeline chooses; null: not known. */
  readonly isRelayed: boolean | null;
  /** Lines that have a part in each of them. */
  readonly lines: Readonly<Record<"host" | "access" | "redirect" | "upstream" | "file", readonly SourcePlace[]>>;
}

function errorAddresses(effective: Match["effective"], { apache }: RoutingTable): ForeignOutcome["pages"] {
  const lines = linesNamed(effective, "errordocument");
  return lines.flatMap(({ args: [status = ""] }) => {
    const found = errorDocumentFor(lines, Number(status), apache);
    return found?.kind === "url" ? [{ status: Number(status), url: fromBytes(found.url) }] : [];
  });
}

/** Routes a request by the old file, by its text alone; null for one that httpd does not take. */
export function foreignOutcome(request: SampleRequest, table: RoutingTable, router: Router): ForeignOutcome | null {
  const { address, method, from } = request;
  const match = routeSample(request, router);
  const at = ({ file, line }: Place): SourcePlace => ({ path: table.files[file] ?? "", line });
  const own = match.host === null ? undefined : table.hosts[match.host];
  const hostPlace = own === undefined || own.place === null ? null : at(own.place);
  const ofHost = hostPlace === null ? [] : [hostPlace];
  const linesOfHost = own === undefined ? [] : [...ofHost, ...own.aliases.map(({ place }) => at(place))];
  if (isRefusal(match)) {
    // A malformed request is answered by every server in its own way.
    if (!match.reason.startsWith("Redirect")) return null;
    const rules = rulesBefore(match, table, request.path);
    const lines = {
      host: linesOfHost,
      access: rules,
      redirect: [...sentBy(match, table), ...rules],
      upstream: [],
      file: [],
    };
    return {
      host: hostPlace,
      access: "granted",
      sent: match,
      pipeline: null,
      file: null,
      folder: null,
      unknown: rules,
      asksTls: false,
      needsHttpd: rules.length > 0,
      isByName: false,
      pages: [],
      isRelayed: false,
      lines,
    };
  }
  const allowed = allowedMethods(match.effective)?.methods.includes(method) ?? true;
  const access = allowed ? settle(match, from, method, address).access : "granted";
  const sections = match.sections.map(({ place }) => at(place));
  const placesOf = (test: (directive: TableDirective) => boolean): readonly SourcePlace[] =>
    match.effective.filter(test).map(({ place }) => at(place));
  const sent = !allowed ? { status: 405, location: null } : access === "granted" ? match.redirect : null;
  const balanced = access === "granted" && sent === null && isBalanced(match.pipeline);
  const isProgram = isProgramHandler(match.handler) || isProgramPath(match);
  // Without a DocumentRoot the folder is one that the old program has built in.
  const isSent = access === "granted" && sent === null && !balanced && !isProgram;
  const mapped = match.mappedBy === null ? [] : [at(match.mappedBy.place)];
  const isByName = match.dependsOn.some(({ name }) => /^virtual(?:documentroot|scriptalias)(?:ip)?$/i.test(name));
  const passed = match.dependsOn.map(({ place }) => at(place));
  // What a path leads to decides which sections hold for it.
  const other = [...mapped, ...passed];
  return {
    host: hostPlace,
    access,
    sent,
    pipeline: balanced ? match.pipeline : null,
    file: isSent && match.filename.startsWith("/") ? match.filename : null,
    folder: asFolder(request.path),
    unknown: match.dependsOn.filter(({ name }) => passedOver.test(name)).map(({ place }) => at(place)),
    asksTls: match.effective.some(({ name }) => /^ssl(?:require|requiressl|verifyclient)$/i.test(name)),
    needsHttpd: isByName || match.dependsOn.some(({ name }) => /^(?:rewriterule|\[proxypass\])$/i.test(name)),
    isByName,
    pages: errorAddresses(match.effective, table),
    isRelayed: null,
    lines: {
      host: linesOfHost,
      access: [...ofHost, ...sections, ...placesOf((one) => isAccess(one) || /^auth/i.test(one.name)), ...other],
      redirect: [...(match.redirect === null ? [] : [at(match.redirect.place)]), ...other],
      upstream: [...match.pipeline.map(({ place }) => at(place)), ...other],
      file: [...placesOf(({ name }) => /^(?:add|set|remove)handler$|^(?:addtype|dav)$/i.test(name)), ...other],
    },
  };
}

/** The outcome by what httpd itself answers; null where its answer says nothing about the configuration. */
export function withAnswer(outcome: ForeignOutcome, answer: HttpdAnswer | null): ForeignOutcome | null {
  if (answer === null || answer.status >= 500 || answer.status === 400) return null;
  const { status, location, isBalanced: isHandedOn } = answer;
  // 405: a method that no file knows, whether there is one or not.
  if (outcome.isByName && (status === 404 || status === 405)) return null;
  const access = status === 401 ? "authentication" : status === 403 ? "denied" : "granted";
  if (outcome.sent?.status === 405 && status === 405) return outcome;
  const isSent = (status >= 300 && status < 400) || status === 410;
  // httpd adds its own name to a path.
  const isSame = outcome.sent?.status === status && outcome.sent.location === withoutServer(location ?? "");
  const sent = isSame ? outcome.sent : isSent ? { status, location } : null;
  const pipeline = isHandedOn ? outcome.pipeline : null;
  // What rules make of a path is a file that is not there.
  const isRelayed = isHandedOn && pipeline === null;
  return { ...outcome, access, sent, pipeline, isRelayed, file: null, folder: answer.folder ?? outcome.folder };
}

function isProgramPath({ effective, filename, handler }: Match): boolean {
  const pattern = handler === null ? programPattern(effective) : null;
  return pattern !== null && matchesPath(pattern, filename);
}
