import type { RoutingTable } from "../../compile/table.ts";
import { listedBriefly } from "../site/briefly.ts";
import { linesMissing, missingVerdict } from "../site/lines-missing.ts";
import { isAccess } from "../site/access-formula.ts";
import { allowedMethods, methodsVerdict } from "../site/allowed-methods.ts";
import { clientSourceOf } from "../site/client-source.ts";
import { isBalanced, judgePipeline } from "../site/fates.ts";
import type { Places } from "../site/places.ts";
import type { Region, Unplaced, Variant } from "../site/region.ts";
import type { SiteHost } from "../site/site.ts";
import { siteRedirect } from "../site/site-redirects.ts";
import { isStatusPage, judgeStatusPage } from "../site/status-pages.ts";
import { changed, lost } from "../verdict.ts";
import { allowingRules } from "./allowing-rules.ts";
import { accessConditions } from "./access.ts";
import { balanceLine, type Backends } from "./backends.ts";
import type { ErrorPages } from "./error-pages.ts";
import type { Headers } from "./headers.ts";
import { bodyRules, compressionLines } from "./limits.ts";
import type { LineOutcomes } from "../site/line-outcomes.ts";
import type { Relays } from "./relays.ts";
import { DECODED, redirectRules } from "./redirects.ts";
import { isIn } from "./place-conditions.ts";
import { IS_UNMAPPED } from "./rewrites.ts";
import { word } from "./words.ts";

/** What the rules of all hosts share. */
export interface RuleContext {
  readonly table: RoutingTable;
  readonly places: Places;
  readonly backends: Backends;
  readonly relays: Relays;
  readonly headers: Headers;
  readonly errorPages: ErrorPages;
  readonly outcomes: LineOutcomes;
  /** Whether a host, by its index, speaks TLS. */
  readonly hasTls: (host: number) => boolean;
  /** What mod_rewrite does in a host, as rules for requests that a condition meets. */
  readonly rewritesOf: (host: number, here: string) => readonly string[];
  /** Whether a rule of a host may lead to a file, at which its redirects do not look. */
  readonly isMapped: (host: number) => boolean;
  /** What mod_rewrite does in the folder of a variant. */
  readonly folderRulesOf: (host: SiteHost, region: Region, variant: Variant, meets: string) => readonly string[];
}

/** The rules of one host, for requests whose `txn.host` is its number: requests first, then backends. */
export interface HostRules {
  readonly requests: readonly string[];
  readonly backends: readonly string[];
}

/** Redirects, then which part of the host is met, then who may have it. */
export function hostRules(host: SiteHost, context: RuleContext): HostRules {
  const here = `{ var(txn.host) -m int ${host.index} }`;
  const choices: string[] = [`http-request set-var(txn.place) int(0) if ${here}`];
  const rules: string[] = [];
  const uses = new Map<string, number[]>();
  let number = 0;
  let last: { readonly region: Region; readonly base: number } | null = null;
  context.headers.add(host.directives, host.index, null);
  const addRegion = (region: Region, around: string): string => {
    if (last !== null && isOnePlace(region, last.region)) {
      choices.push(...chooseRegion(region, conditionOf(region), last.base, here));
      return "";
    }
    const base = number;
    if (region.kind === "below") last = { region, base };
    number += region.variants.length;
    const condition = [around, conditionOf(region)].filter((one) => one !== "").join(" ");
    choices.push(...chooseRegion(region, condition, base, here));
    for (const [index, variant] of region.variants.toReversed().entries()) {
      context.headers.add(variant.effective, host.index, base + index);
      const meets = `${here} { var(txn.place) -m int ${base + index} }`;
      const { requests, backend } = variantRules(variant, region, meets, host.index, context, () =>
        context.folderRulesOf(host, region, variant, meets),
      );
      rules.push(...requests);
      if (backend === null) continue;
      const places = uses.get(backend);
      if (places === undefined) uses.set(backend, [base + index]);
      else places.push(base + index);
    }
    return condition;
  };
  for (const region of host.regions) {
    const around = addRegion(region, "");
    // The last that fits counts, of expressions of lines the first.
    for (const part of region.parts.toReversed()) addRegion(part, around);
  }
  judgeHost(host, context);
  return {
    requests: [
      ...context.rewritesOf(host.index, here),
      ...redirectRules(host.redirects, context.isMapped(host.index) ? `${here} ${IS_UNMAPPED}` : here, context.places),
      ...new Set(host.unplaced.flatMap((one) => closedRules(one, here))),
      ...choices,
      ...rules,
    ],
    backends: [...uses].flatMap(([backend, places]) =>
      isIn(host.index, places).map((meets) => `use_backend ${backend} if ${meets}`),
    ),
  };
}

/** Whether a path gets the same rules as what is below it, so that both are one place. */
function isOnePlace(one: Region, below: Region): boolean {
  return (
    one.kind === "exact" &&
    one.path === below.path &&
    one.relay === below.relay &&
    one.mapping === null &&
    below.mapping === null &&
    one.variants.length === 1 &&
    below.variants.length === 1 &&
    one.variants[0] === below.variants[0] &&
    // Their rules are about files, and those have other paths.
    one.variants[0]?.ruledBy === null
  );
}

/** Paths get longer, and the last that fits counts; of the variants of one the first whose expressions match. */
function chooseRegion({ variants }: Region, place: string, base: number, here: string): readonly string[] {
  const set = (number: number, condition: string): string =>
    `http-request set-var(txn.place) int(${number}) if ${here} ${condition}`;
  const count = variants.length;
  return [
    set(base, place),
    ...variants
      .slice(0, -1)
      .map(({ patterns }, index) =>
        set(
          base + count - 1 - index,
          [`{ var(txn.place) -m int ${base} }`, ...patterns.map((one) => `{ ${DECODED} -m reg ${word(one)} }`)].join(
            " ",
          ),
        ),
      ),
  ];
}

/** What of the path a region is for, apart from what is around it. */
function conditionOf({ path, kind, mapping }: Region): string {
  if (kind === "match" && mapping !== null) {
    const { to, pattern } = mapping;
    return `{ ${DECODED} -m reg ${word("filling" in to ? to.filling.numbered : pattern)} }`;
  }
  return kind === "exact" ? `{ ${DECODED} -m str ${word(path)} }` : `{ ${DECODED} -m beg ${word(`${path}/`)} }`;
}

function variantRules(
  variant: Variant,
  region: Region,
  meets: string,
  host: number,
  { table, places, backends, relays, errorPages, outcomes, hasTls }: RuleContext,
  rewrites: () => readonly string[],
): { readonly requests: readonly string[]; readonly backend: string | null } {
  // Sent before anything is asked.
  if (region.mapping?.to.kind === "address")
    return { requests: redirectRules([region.mapping.to.redirect], meets, places), backend: null };
  const { alternatives, missing } = accessConditions(
    variant,
    table,
    hasTls(host),
    clientSourceOf(table, host)?.kind !== "lost",
  );
  if (missing.length > 0) {
    const asking = linesMissing(variant.effective.filter(isAccess), missing);
    const asked = listedBriefly(missing, asking.length);
    for (const line of asking) places.judge(line.place, missingVerdict("HAProxy", line, asked));
  }
  const isOpen = alternatives.some((one) => one.length === 0);
  const access = isOpen
    ? methodRules(variant, meets, places)
    : [
        ...methodRules(variant, meets, places),
        ...allowingRules(alternatives, meets),
        `${errorPages.refusal(variant.effective)} if ${meets}${alternatives.length === 0 ? "" : " !{ var(txn.ok) -m int 1 }"}`,
      ];
  const sent = variant.redirects.map((rule) => siteRedirect(rule, table.apache));
  // In a section 1.3 never adds the query.
  const own = sent.map((one) => ("why" in one || table.apache !== "1.3" ? one : { ...one, keepsQuery: false }));
  const isLost = region.mapping !== null && (region.mapping.to.kind === "lost" || variant.ruledBy !== null);
  if (isLost) return { requests: [...access, ...lostRules(variant, region, meets, places)], backend: null };
  const ruled = variant.ruledBy === null || variant.formula.kind === "never" ? [] : rewrites();
  const limits = bodyRules(variant.effective, meets, outcomes);
  const requests = [...access, ...ruled, ...redirectRules(own, meets, places), ...limits];
  const isSentOn = region.relay !== null || isBalanced(variant.pipeline);
  const settings = isSentOn
    ? [...errorPages.failures(variant.effective), ...compressionLines(variant.effective, outcomes)]
    : [];
  if (region.relay !== null) return { requests, backend: relays.nameFor(region.relay, region, settings) };
  if (!isBalanced(variant.pipeline)) {
    if (!isStatusPage(variant.handler)) return { requests, backend: null };
    judgeStatusPage(variant.effective, places, "stats enable", "the page of HAProxy about the servers behind it");
    return { requests, backend: backends.statusPage() };
  }
  const session = "HAProxy cannot read an address out of a session: its own cookie keeps clients";
  judgePipeline(variant.pipeline, places, backends.hasMembers ? balanceLine(variant.pipeline) : null, session);
  return { requests, backend: backends.nameFor(variant.pipeline, settings) };
}

/** What keeps methods out, before anybody asks who may. */
function methodRules({ effective }: Variant, meets: string, places: Places): readonly string[] {
  const allowed = allowedMethods(effective);
  if (allowed === null) return [];
  const line = `http-request deny deny_status 405 if ${meets} !{ method ${allowed.methods.join(" ")} }`;
  for (const { place } of allowed.lines) places.judge(place, methodsVerdict(line, effective));
  return [line];
}

/** What an expression leads to that HAProxy cannot say. */
function lostRules({ ruledBy }: Variant, { mapping }: Region, meets: string, places: Places): readonly string[] {
  const lines = [`http-request deny deny_status 503 if ${meets}`];
  if (mapping?.to.kind === "lost")
    places.judge(
      mapping.directive.place,
      lost(`HAProxy cannot say this line, since ${mapping.to.why}: answers 503`, lines),
    );
  const why = "where the URLs of its folder begin is not known before a request comes: answers 503";
  for (const { name, place } of ruledBy?.directives ?? []) if (/^rewrite/i.test(name)) places.judge(place, lost(why));
  return lines;
}

function closedRules({ closed }: Unplaced, here: string): readonly string[] {
  return closed.map((patterns) =>
    ["http-request deny if", here, ...patterns.map((one) => `{ ${DECODED} -m reg ${word(one)} }`)].join(" "),
  );
}

function judgeHost({ index, place, unplaced }: SiteHost, { places }: RuleContext): void {
  if (place !== null)
    places.judge(place, changed(`http-request set-var(txn.host) int(${index}) …`, "the rules that choose the host"));
  for (const { layer, closed } of unplaced) {
    const { section } = layer;
    const what = closed.length === 0 ? "nothing of it is in HAProxy" : "all that it may keep closed answers 403";
    const why = `no expression on the path stands for this section, so ${what}`;
    for (const line of [section.place, ...section.directives.map((one) => one.place)]) places.judge(line, lost(why));
  }
}
