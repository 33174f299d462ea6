import type { RoutingTable } from "../../compile/table.ts";
import { listedBriefly } from "../site/briefly.ts";
import { lastNamed, linesNamed } from "../site/effective.ts";
import { linesMissing, missingVerdict } from "../site/lines-missing.ts";
import { isAccess } from "../site/access-formula.ts";
import { allowedMethods, methodsVerdict } from "../site/allowed-methods.ts";
import { isBalanced, judgePipeline } from "../site/fates.ts";
import { folderRules } from "../site/folder-rules.ts";
import type { Places } from "../site/places.ts";
import { isProgramHandler, makesPrograms, matchesPath, programPattern } from "../site/programs.ts";
import { isStatusPage, judgeStatusPage } from "../site/status-pages.ts";
import type { Region, Variant } from "../site/region.ts";
import type { RewriteFacts } from "../site/rewrite-rule.ts";
import type { Relay } from "../site/relays.ts";
import type { RewriteTarget } from "../site/rewrite-words.ts";
import { siteRedirect } from "../site/site-redirects.ts";
import type { HostTls } from "../site/tls.ts";
import { changed, folded, lost } from "../verdict.ts";
import { insideOf, locationAccess } from "./access.ts";
import { addedServer, fastcgiLines, fastcgiServer } from "./fastcgi.ts";
import { folderRuleLines, type RulePlace } from "./folder-rules.ts";
import { mappingLines } from "./mappings.ts";
import { redirectLines } from "./redirects.ts";
import type { Sender } from "./headers.ts";
import type { PlaceSettings } from "./place-settings.ts";
import { differingSettings, type Settings } from "./settings.ts";
import type { Relays } from "./relays.ts";
import type { SharedVariables } from "./shared-variables.ts";
import { sharedFields } from "./upstreams.ts";
import { block, quote, together } from "./words.ts";

/** What the locations of all hosts share. */
export interface LocationContext {
  readonly table: RoutingTable;
  readonly places: Places;
  readonly variables: SharedVariables;
  /** The upstream for a pipeline; null when no member is known. */
  readonly upstreamFor: (pipeline: Variant["pipeline"]) => string | null;
  readonly relays: Relays;
  /** ProxyPassReverse rules that the server block has for its locations; null: each has its own. */
  readonly reverses: Relay["reverses"] | null;
  readonly placeSettings: PlaceSettings;
  /** Undefined where the host has none. */
  readonly tlsOfHost: HostTls | undefined;
  /** Whether the address of a request is that of its client. */
  readonly knowsClients: boolean;
  /** The folder of the server block and its settings, which locations inherit. */
  readonly root: string | null;
  /** Told of a region whose files have no path that can be written down. */
  readonly unwritten: (region: Region) => void;
  readonly settings: Settings;
  /** What rules of folders need to know of the host. */
  readonly ruleFacts: RewriteFacts | null;
  /** Whether rules or redirects of the host may look at a path to which a folder's rule leads. */
  readonly isAskedAgain: (target: RewriteTarget) => boolean;
}

/** Answers with a status, but only when access is granted, which `return` would not wait for. */
const answer = (status: number): readonly string[] => [`try_files /.backhand-none =${status};`];

/** The locations of a region: one for it, or two for a path and what is below it, with one inside for each variant. */
export function regionLocations(region: Region, context: LocationContext): readonly string[] {
  const base = region.variants.at(-1);
  if (base === undefined) return [];
  // nginx knows no locations inside of one for a single path, and there is nothing to tell apart.
  const programs = region.kind === "exact" ? programsOf(base, region) : null;
  const isProgram = programs !== null && matchesPath(programs, region.folder ?? region.path);
  const around = contextInside(context, placeSettings(base, region, context));
  const inner =
    region.kind === "exact" || region.mapping?.to.kind === "address"
      ? []
      : region.variants.flatMap((one) => variantLocations(one, base, region, around));
  // Of expressions the first that matches counts, and those of lines go before those of sections.
  const parts = region.parts.flatMap((part) => partLocations(part, base, around));
  return block(headOf(region), [...bodyOf(base, region, context, isProgram), ...parts, ...inner]);
}

/** What holds inside of a location with settings, made when it is asked for: most have nothing inside. */
function contextInside(context: LocationContext, settings: Settings): () => LocationContext {
  let inside: LocationContext | null = null;
  return () => (inside ??= { ...context, settings });
}

function headOf({ kind, path, mapping }: Region): string {
  if (kind === "match" && mapping !== null) return `location ~ ${quote(mapping.pattern)}`;
  if (path === "") return "location /";
  return kind === "exact" ? `location = ${quote(path)}` : `location ^~ ${quote(`${path}/`)}`;
}

/** A part of a region inside of it; `outer` is what holds around. */
function partLocations(part: Region, outer: Variant, contextOf: () => LocationContext): readonly string[] {
  const base = part.variants.at(-1);
  if (base === undefined) return [];
  const context = contextOf();
  const around = contextInside(context, placeSettings(base, part, context));
  const inner =
    part.mapping?.to.kind === "address"
      ? []
      : part.variants.flatMap((one) => variantLocations(one, base, part, around));
  return block(headOf(part), [...bodyOf(base, part, context, false, outer), ...inner]);
}

/** Inside of its region: a location for the programs of a variant, and one for the variant itself. */
function variantLocations(
  variant: Variant,
  outer: Variant,
  region: Region,
  contextOf: () => LocationContext,
): readonly string[] {
  const { patterns } = variant;
  const programs =
    sendsFiles(variant, region) && variant.handler === undefined ? programPattern(variant.effective) : null;
  return [
    ...(programs === null
      ? []
      : block(
          `location ~ ${quote(together([...patterns, programs]))}`,
          bodyOf(variant, region, contextOf(), true, outer),
        )),
    ...(patterns.length === 0
      ? []
      : block(`location ~ ${quote(together(patterns))}`, bodyOf(variant, region, contextOf(), false, outer))),
  ];
}

function programsOf(variant: Variant, region: Region): string | null {
  return sendsFiles(variant, region) && variant.handler === undefined ? programPattern(variant.effective) : null;
}

function sendsFiles({ pipeline, handler }: Variant, { isScript, relay }: Region): boolean {
  return relay === null && !isBalanced(pipeline) && !isProgramHandler(handler ?? null) && !isScript;
}

function bodyOf(
  variant: Variant,
  region: Region,
  context: LocationContext,
  isProgram: boolean,
  outer: Variant | null = null,
): readonly string[] {
  const { table, places, variables } = context;
  // Sent before anything is asked.
  if (region.mapping?.to.kind === "address") return mappingLines(region.mapping, false, places);
  const access = locationAccess(variant, table, variables, context.tlsOfHost, context.knowsClients);
  if (access.missing.length > 0) {
    const asking = linesMissing(variant.effective.filter(isAccess), access.missing);
    const asked = listedBriefly(access.missing, asking.length);
    for (const line of asking) places.judge(line.place, missingVerdict("nginx", line, asked));
  }
  const inherited =
    outer === null ? [] : locationAccess(outer, table, variables, context.tlsOfHost, context.knowsClients).lines;
  const lines = [...methodLines(variant, places), ...insideOf(inherited, access.lines)];
  const sent = sentLines(variant, context, access.lines.length === 0);
  const settings = differingSettings(placeSettings(variant, region, context), context.settings);
  if (sent.some((line) => line.startsWith("try_files"))) return [...lines, ...settings, ...sent];
  const program = programServer(variant, region, isProgram);
  const content =
    program === null
      ? contentOf(variant, region, context, isProgram)
      : fastcgiContent(program, variant, region, context, lines);
  const rules = ruleLines(variant, region, context, {
    variables,
    isOpen: access.lines.length === 0,
    sendsFiles: content.length === 0 && outer === null,
    runs: (path) => program === null && isProgram && matchesPath(programPattern(variant.effective) ?? "^(?!)", path),
  });
  const isRuled = rules.some((line) => line.startsWith("try_files"));
  const fallback = content.length === 0 ? fallbackLines(variant, isRuled, places) : [];
  return [...lines, ...rules, ...sent, ...settings, ...fallback, ...content];
}

/** The FastCGI server for the files of a part; null where none runs them. Of a whole folder nothing says which file is asked for. */
function programServer(
  { handler, effective, patterns, pipeline }: Variant,
  region: Region,
  isProgram: boolean,
): string | null {
  if (region.relay !== null || region.isScript || region.mapping !== null || isBalanced(pipeline)) return null;
  if (isProgram && handler === undefined) return addedServer(effective);
  const isFile = patterns.length > 0 || region.kind === "exact";
  return typeof handler === "string" && isFile ? fastcgiServer(handler) : null;
}

/** `access` are the lines of the location that say who may. */
function fastcgiContent(
  server: string,
  { effective }: Variant,
  { folder, path, kind }: Region,
  { root, places }: LocationContext,
  access: readonly string[],
): readonly string[] {
  const bare = (text: string): string => text.replace(/\/+$/, "");
  const isAliased = folder === null || root === null || bare(folder) !== bare(root) + path;
  const asksUsers = access.some((line) => line.startsWith("auth_basic "));
  const alias =
    isAliased && folder !== null && kind === "exact" && isWritableFolder(folder) ? [`alias ${quote(folder)};`] : [];
  for (const { name, args, place } of linesNamed(effective, "sethandler", "addhandler"))
    if (name.toLowerCase() === "sethandler" || fastcgiServer(args[0] ?? "") === server)
      places.judge(
        place,
        changed(
          `fastcgi_pass ${server};`,
          "for files that are there; a field that a program sends stays beside one of a Header line",
        ),
      );
  return [...alias, ...fastcgiLines(server, effective, { isAliased, asksUsers })];
}

/** FallbackResource: one page for all that is not there. */
function fallbackLines({ effective, patterns }: Variant, isRuled: boolean, places: Places): readonly string[] {
  const line = lastNamed(effective, "fallbackresource");
  const [page = ""] = line?.args ?? [];
  if (line === undefined) return [];
  if (page.toLowerCase() === "disabled") {
    places.judge(line.place, folded("needs no line: there is none here"));
    return [];
  }
  if (!/^\/[\w./-]+$/.test(page) || isRuled) {
    const why = isRuled ? "rules have one for themselves" : "its page is no path without a query";
    places.judge(line.place, lost(`nginx cannot say this line here, since ${why}`));
    return [];
  }
  const text = `try_files $uri ${patterns.length === 0 ? "$uri/ " : ""}${quote(`${page}$is_args$args`)};`;
  places.judge(line.place, changed(text, "one page for all that is not there"));
  return [text];
}

/** What keeps methods out, before anybody asks who may. */
function methodLines({ effective }: Variant, places: Places): readonly string[] {
  const allowed = allowedMethods(effective);
  if (allowed === null) return [];
  const line = `if ($request_method !~ "^(?:${allowed.methods.join("|")})$") { return 405; }`;
  for (const { place } of allowed.lines) places.judge(place, methodsVerdict(line, effective));
  return [line];
}

/** What mod_rewrite does in a folder; nobody gets that far where nobody may. */
function ruleLines(
  variant: Variant,
  region: Region,
  { places, root, ruleFacts, isAskedAgain }: LocationContext,
  place: Omit<RulePlace, "isAskedAgain">,
): readonly string[] {
  if (variant.ruledBy === null || ruleFacts === null || variant.formula.kind === "never") return [];
  if (region.mapping !== null) {
    const why = "where the URLs of its folder begin is not known before a request comes: answers 503";
    for (const { name, place: line } of variant.ruledBy.directives)
      if (/^rewrite/i.test(name)) places.judge(line, lost(why));
    return ["return 503;"];
  }
  const rules = folderRules(variant, region, ruleFacts, root, places);
  if (rules === null) return [];
  return folderRuleLines(rules, { ...place, isAskedAgain });
}

/** Redirects of sections come behind access in httpd; nginx sends them before it asks. */
function sentLines({ redirects }: Variant, { table, places }: LocationContext, isOpen: boolean): readonly string[] {
  if (redirects.length === 0) return [];
  if (isOpen) {
    const found = redirects.map((rule) => siteRedirect(rule, table.apache));
    // In a section 1.3 never adds the query.
    const own = found.map((one) => ("why" in one || table.apache !== "1.3" ? one : { ...one, keepsQuery: false }));
    return redirectLines(own, "nginx", places);
  }
  for (const { directive } of redirects) {
    places.judge(directive.place, lost("nginx redirects before it asks who may, so this answers 503 instead"));
  }
  return answer(503);
}

/** Whether nginx or a server behind it answers. */
function senderOf({ pipeline }: Variant, { relay }: Region, { upstreamFor }: LocationContext): Sender {
  if (isBalanced(pipeline)) return upstreamFor(pipeline) === null ? "own" : "other";
  return relay === null || relay.to === null ? "own" : "other";
}

function placeSettings(variant: Variant, region: Region, context: LocationContext): Settings {
  return context.placeSettings.of(variant.effective, senderOf(variant, region, context));
}

function contentOf(variant: Variant, region: Region, context: LocationContext, isProgram: boolean): readonly string[] {
  const { pipeline, handler } = variant;
  const { places, root, upstreamFor } = context;
  if (isBalanced(pipeline)) {
    const upstream = upstreamFor(pipeline);
    judgePipeline(
      pipeline,
      places,
      upstream === null ? null : `proxy_pass http://${upstream};`,
      "nginx keeps a client by its address (ip_hash), not by its session",
    );
    if (upstream === null) return answer(503);
    const asks = region.variants.some(
      (one) => context.placeSettings.headers.of(one.effective, "other").request.size > 0,
    );
    const fields = asks
      ? withFields(sharedFields, context.placeSettings.headers.of(variant.effective, "other").request)
      : [];
    // Rules that the server block has for others are none for these.
    const redirects = context.reverses === null ? [] : ["proxy_redirect default;"];
    return [`proxy_pass http://${upstream};`, ...fields, ...redirects];
  }
  if (region.relay !== null) {
    const lines = context.relays.lines(region.relay, region, context.reverses);
    return lines === null
      ? answer(502)
      : withFields(lines, context.placeSettings.headers.of(variant.effective, "other").request);
  }
  if (isStatusPage(handler)) {
    judgeStatusPage(variant.effective, places, "stub_status;", "the counters of nginx, which knows no more of itself");
    return ["stub_status;"];
  }
  if (isProgram || !sendsFiles(variant, region)) {
    judgePrograms(variant, region, places);
    return answer(501);
  }
  const { folder, path, kind, mapping } = region;
  if (mapping !== null) {
    // Inside of a location the alias is inherited, what is lost is not.
    const isSaid = variant.patterns.length > 0 && mapping.to.kind === "folder";
    return isSaid ? [] : mappingLines(mapping, kind === "exact", places);
  }
  if (folder === null || !isWritableFolder(folder)) {
    context.unwritten(region);
    return answer(404);
  }
  if (root !== null && folder.replace(/\/+$/, "") === root.replace(/\/+$/, "") + path) return [];
  // Inside of a location the alias is inherited.
  if (variant.patterns.length > 0) return [];
  return [`alias ${quote(kind === "exact" ? folder : `${folder.replace(/\/+$/, "")}/`)};`];
}

/** Lines with the fields that RequestHeader sets in the place of those that are always sent on. */
function withFields(lines: readonly string[], fields: ReadonlyMap<string, string>): readonly string[] {
  if (fields.size === 0) return lines;
  const isReplaced = (line: string): boolean =>
    fields.has(/^proxy_set_header (\S+)/.exec(line)?.[1]?.toLowerCase() ?? "");
  return [...lines.filter((line) => !isReplaced(line)), ...fields.values()];
}

/** The lines that make programs of files. */
function judgePrograms({ effective }: Variant, { isScript, mappedBy }: Region, places: Places): void {
  const why =
    "nginx runs no programs: these answer 501, so that no source is sent, until fastcgi_pass or proxy_pass stands there";
  if (isScript && mappedBy !== null) places.judge(mappedBy, lost(why, answer(501)));
  for (const one of effective) if (makesPrograms(one)) places.judge(one.place, lost(why));
}

/** nginx takes a dollar sign for a variable and has no way to write one, and other paths for relative to its own folder. */
export function isWritableFolder(folder: string): boolean {
  return /^\/[^$\x00-\x1f\x7f]*$/.test(folder);
}
