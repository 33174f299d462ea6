import type { Dialect, TableDirective } from "../compile/table.ts";
import type { ByteString } from "./bytes.ts";
import type { AskedRequest } from "./client-facts.ts";
import type { ProxyMapping, ProxyRule } from "./proxy-pass.ts";
import { mapByRule, parseProxyRule, proxyPassNames } from "./proxy-pass.ts";
import type { ReadySection, SectionLevel } from "./sections.ts";
import { ruleIndex } from "./rule-index.ts";
import { coveringSections } from "./sections.ts";
import type { RoutingProblem } from "./translate.ts";
import { lowerName } from "./lower-name.ts";

/** Looks for the ProxyPass line of a path; `sent` is the target as it came. Null: the request is not sent on. */
export type FindProxy = (path: ByteString, sent: ByteString, asked: AskedRequest | null) => ProxyMapping | null;

/** The ProxyPass line of a Location. */
export interface SectionProxyRule {
  readonly section: ReadySection;
  readonly rule: ProxyRule;
}

function isProxyPass({ name }: TableDirective): boolean {
  return proxyPassNames.has(lowerName(name));
}

function parse(
  directive: TableDirective,
  dialect: Dialect,
  path: string | null,
  problems: RoutingProblem[],
): readonly ProxyRule[] {
  const rule = parseProxyRule(directive, dialect, path);
  if (!("error" in rule)) return [rule];
  problems.push({ place: directive.place, message: `${directive.name}: ${rule.error}` });
  return [];
}

/** The rules among the lines of a host. */
export function hostProxyRules(
  lines: readonly TableDirective[],
  dialect: Dialect,
  problems: RoutingProblem[],
): readonly ProxyRule[] {
  return lines.filter(isProxyPass).flatMap((line) => parse(line, dialect, null, problems));
}

/** The rules in the Location sections of a level, of each section the last, in their order. */
export function sectionProxyRules(
  { locations }: SectionLevel,
  dialect: Dialect,
  problems: RoutingProblem[],
): readonly SectionProxyRule[] {
  return locations.all.flatMap((section): readonly SectionProxyRule[] => {
    const { directives, argument } = section.section;
    const line = directives.findLast(isProxyPass);
    return line === undefined ? [] : parse(line, dialect, argument, problems).map((rule) => ({ section, rule }));
  });
}

/**
 * Makes the look-up of a host: the line of the last Location that covers the path goes first, then those at host level, the
 * main server's before the virtual host's, in their order; ProxyPassInherit Off changes nothing of that (seen with 2.4.71).
 * Null for a host without any.
 * httpd mod_proxy.c proxy_trans, merge_proxy_config
 */
export function findProxy(
  dialect: Dialect,
  rules: readonly ProxyRule[],
  inSections: readonly SectionProxyRule[],
): FindProxy | null {
  if (rules.length === 0 && inSections.length === 0) return null;
  const rulesFor = ruleIndex(rules);
  const covering = coveringSections(inSections.map(({ section }) => section));
  const ruleIn = new Map(inSections.map(({ section, rule }) => [section, rule]));
  return (path, sent, asked) => {
    if (asked?.variables.has("no-proxy") === true) return null;
    const section = covering(path).at(-1);
    const inSection = section === undefined ? undefined : ruleIn.get(section);
    for (const rule of inSection === undefined ? rulesFor(path) : [inSection, ...rulesFor(path)]) {
      const mapping = mapByRule(rule, path, sent, dialect);
      if (mapping !== undefined) return mapping;
    }
    return null;
  };
}
