import type { Dialect, RoutingTable, TableDirective } from "../compile/table.ts";
import type { ByteString } from "./bytes.ts";
import { toBytes } from "./bytes.ts";
import { hostLevelOnly, structural } from "./merge-rules.ts";
import type { FindProxy } from "./host-proxies.ts";
import { findProxy, hostProxyRules, sectionProxyRules } from "./host-proxies.ts";
import type { ReverseRule } from "./proxy-reverse.ts";
import { reverseRules } from "./proxy-reverse.ts";
import type { RedirectRule } from "./redirect.ts";
import { parseRedirect, redirectNames } from "./redirect.ts";
import type { HostSections, ReadySection, SectionCompiler, SectionLevel } from "./sections.ts";
import { allHostSections, coveringSections } from "./sections.ts";
import type { RoutingProblem, Translate } from "./translate.ts";
import { translation, translationRules } from "./translate.ts";
import type { EncodedSlashes } from "./uri.ts";
import type { VariableRule } from "./variables.ts";
import { parseVariableRule, variableNames } from "./variables.ts";
import type { WalkState } from "./walk-state.ts";
import { hostState, walkStep } from "./walk-state.ts";
import { lowerName } from "./lower-name.ts";

/** Everything about a host that no request changes. */
export interface ReadyHost {
  readonly sections: HostSections;
  readonly translate: Translate;
  /** The lines at server level, then the virtual host's: what sections are merged onto. */
  readonly layers: readonly (readonly TableDirective[])[];
  readonly state: WalkState;
  /** MergeSlashes Off (2.4). */
  readonly keepsSlashes: boolean;
  /** AllowEncodedSlashes (2.x). */
  readonly encodedSlashes: EncodedSlashes;
  readonly accessFileNames: readonly ByteString[];
  /** Null: no line sends requests on. */
  readonly findProxy: FindProxy | null;
  /** The ProxyPassReverse lines outside of sections, the main server's first. */
  readonly reverses: readonly ReverseRule[];
  /** SetEnvIf and its kin at server level, which see the path as it was sent. */
  readonly variables: readonly VariableRule[];
  /** 2.4: Location sections with an Alias or ScriptAlias that has no path; the whole path becomes that name. Null: none has. */
  readonly locationAlias: ((uri: ByteString) => LocationAlias | null) | null;
  /** 2.4: Redirect lines without a path in the Location sections that cover a path; tried before translation, the last first. */
  readonly wholeRedirects: ((uri: ByteString) => readonly WholeRedirects[]) | null;
}

function mergeable(directives: readonly TableDirective[]): readonly TableDirective[] {
  return directives.filter(({ name }) => {
    const key = lowerName(name);
    return !structural.has(key) && !hostLevelOnly.has(key);
  });
}

interface LocationAlias {
  readonly section: ReadySection;
  readonly filename: ByteString;
  readonly isScript: boolean;
  readonly directive: TableDirective;
}

interface WholeRedirects {
  readonly section: ReadySection;
  readonly rules: readonly RedirectRule[];
}

/** Makes the search for what sections hold that cover a path, the last first; null when there are none. */
function searchOf<Held extends { readonly section: ReadySection }>(
  all: readonly Held[],
): ((uri: ByteString) => readonly Held[]) | null {
  if (all.length === 0) return null;
  const covering = coveringSections(all.map(({ section }) => section));
  const held = new Map(all.map((one) => [one.section, one]));
  return (uri) =>
    covering(uri)
      .toReversed()
      .flatMap((section) => held.get(section) ?? []);
}

function locationAlias(section: ReadySection, table: RoutingTable): readonly LocationAlias[] {
  if (table.apache !== "2.4") return [];
  const directive = section.section.directives.findLast(
    ({ name, args }) => /^(?:script)?alias$/i.test(name) && args.length === 1,
  );
  const target = directive?.args[0];
  if (directive === undefined || target === undefined) return [];
  const path = toBytes(target);
  const filename = path.startsWith("/") ? path : `${toBytes(table.serverRoot).replace(/\/$/, "")}/${path}`;
  return [{ section, filename, isScript: directive.name.toLowerCase() === "scriptalias", directive }];
}

function wholeRedirect(section: ReadySection, table: RoutingTable): readonly RedirectRule[] {
  if (table.apache !== "2.4") return [];
  return section.section.directives.flatMap((directive): readonly RedirectRule[] => {
    if (!redirectNames.has(lowerName(directive.name))) return [];
    const rule = parseRedirect(directive, table.apache);
    return "error" in rule || rule.from !== null ? [] : [rule];
  });
}

/** What the core module of 2.4 reads in a virtual host. */
const coreLines: ReadonlySet<string> = new Set(
  (
    "acceptpathinfo accessfilename adddefaultcharset allowencodedslashes allowoverride allowoverridelist " +
    "cgimapextension cgipassauth cgivar contentdigest documentroot enablemmap enablesendfile errordocument errorlog " +
    "errorlogformat fileetag forcetype hostnamelookups keepalive keepalivetimeout limitrequestbody " +
    "limitrequestfields limitrequestfieldsize limitrequestline limitxmlrequestbody loglevel maxkeepaliverequests " +
    "maxrangeoverlaps maxrangereversals maxranges mergeslashes mergetrailers options protocols protocolshonororder " +
    "qualifyredirecturl readbuffersize rlimitcpu rlimitmem rlimitnproc scriptinterpretersource serveradmin " +
    "serveralias servername serverpath serversignature sethandler setinputfilter setoutputfilter stricthostcheck " +
    "timeout traceenable usecanonicalname usecanonicalphysicalport"
  ).split(" "),
);

/**
 * A virtual host inherits it in 2.4 only when nothing in it is for the core module, not even a ServerName or a section (seen
 * with 2.4.71), and never before.
 */
function inheritsEncodedSlashes(table: RoutingTable, index: number, withSections: ReadonlySet<number>): boolean {
  const host = table.hosts[index];
  return (
    table.apache === "2.4" &&
    host !== undefined &&
    host.namePlace === null &&
    host.aliases.length === 0 &&
    !host.directives.some(({ name }) => coreLines.has(lowerName(name))) &&
    !withSections.has(index)
  );
}

function encodedSlashes(line: TableDirective | undefined): EncodedSlashes {
  const lower = line?.args[0]?.toLowerCase();
  return lower === "on" ? "decoded" : lower === "nodecode" ? "kept" : "refused";
}

/** The SetEnvIf lines among others. */
export function variableRules(
  directives: readonly TableDirective[],
  dialect: Dialect,
  problems: RoutingProblem[],
): readonly VariableRule[] {
  return directives.flatMap((directive): readonly VariableRule[] => {
    if (!variableNames.has(lowerName(directive.name))) return [];
    const rule = parseVariableRule(directive, dialect);
    if (!("error" in rule)) return [rule];
    problems.push({ place: directive.place, message: `${directive.name}: ${rule.error}` });
    return [];
  });
}

function remembering<Key extends object, Answer>(make: (key: Key) => Answer): (key: Key) => Answer {
  // Gone with the making of the hosts.
  const known = new Map<Key, Answer>();
  return (key) => {
    const before = known.get(key);
    if (before !== undefined) return before;
    const answer = make(key);
    known.set(key, answer);
    return answer;
  };
}

type Lines = readonly TableDirective[];

const lastNames = ["mergeslashes", "accessfilename", "allowencodedslashes"] as const;
type LastLine = (typeof lastNames)[number];

/** Of lines that replace each other and belong to a server as a whole. */
function lastLines(lines: Lines): ReadonlyMap<LastLine, TableDirective> {
  const last = new Map<LastLine, TableDirective>();
  for (const line of lines) {
    const lower = lowerName(line.name);
    const name = lastNames.find((one) => one === lower);
    if (name !== undefined) last.set(name, line);
  }
  return last;
}

/** Makes the hosts of a table ready; what cannot be run goes to `problems`. */
export function readyHosts(
  table: RoutingTable,
  compiler: SectionCompiler,
  problems: RoutingProblem[],
): readonly ReadyHost[] {
  const main = table.hosts[0]?.directives ?? [];
  // The main server's level is every host's.
  const aliasesOf = remembering((level: SectionLevel) =>
    level.locations.all.flatMap((section) => locationAlias(section, table)),
  );
  const redirectsOf = remembering((level: SectionLevel) =>
    level.locations.all
      .map((section) => ({ section, rules: wholeRedirect(section, table) }))
      .filter(({ rules }) => rules.length > 0),
  );
  // So are its lines, which are read once.
  const dialect = table.apache;
  const layerOf = remembering(mergeable);
  const stepOf = remembering((lines: Lines) => ({ step: walkStep(layerOf(lines), dialect) }));
  const rulesOf = remembering((lines: Lines) => translationRules(lines, dialect, problems));
  const proxiesOf = remembering((lines: Lines) => hostProxyRules(lines, dialect, problems));
  const sectionProxiesOf = remembering((level: SectionLevel) => sectionProxyRules(level, dialect, problems));
  const variablesOf = remembering((lines: Lines) => variableRules(layerOf(lines), dialect, problems));
  const lastOf = remembering(lastLines);
  const reversesOf = remembering((lines: Lines) => reverseRules(layerOf(lines), null));
  const withSections = new Set(table.sections.map(({ host }) => host));
  return allHostSections(table, compiler).map((sections, index): ReadyHost => {
    const host = table.hosts[index];
    const own = host?.directives ?? main;
    const lines = index === 0 ? [main] : [main, own];
    const last = (name: LastLine): TableDirective | undefined => lastOf(own).get(name) ?? lastOf(main).get(name);
    const ownSlashes = lastOf(own).get("allowencodedslashes");
    const aliasOf = searchOf(sections.levels.flatMap(aliasesOf));
    const slashes = inheritsEncodedSlashes(table, index, withSections) ? last("allowencodedslashes") : ownSlashes;
    return {
      sections,
      findProxy: findProxy(dialect, lines.flatMap(proxiesOf), sections.levels.flatMap(sectionProxiesOf)),
      translate: translation(table, host?.path ?? null, rulesOf(own), rulesOf(main)),
      layers: lines.map(layerOf),
      state: hostState(
        dialect,
        lines.map((layer) => stepOf(layer).step),
      ),
      keepsSlashes: last("mergeslashes")?.args[0]?.toLowerCase() === "off",
      variables: lines.flatMap(variablesOf),
      reverses: lines.flatMap(reversesOf),
      encodedSlashes: encodedSlashes(slashes),
      accessFileNames: (last("accessfilename")?.args ?? [".htaccess"]).map(toBytes),
      locationAlias: aliasOf === null ? null : (uri) => aliasOf(uri)[0] ?? null,
      wholeRedirects: searchOf(sections.levels.flatMap(redirectsOf)),
    };
  });
}
