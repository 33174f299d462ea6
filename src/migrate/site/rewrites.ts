import type { RoutingTable } from "../../compile/table.ts";
import type { ActiveConfig, ActiveDirective, ActiveSection } from "../../config/active-config.ts";
import { clientSourceOf } from "./client-source.ts";
import type { Endpoint } from "./endpoints.ts";
import type { HostTls } from "./tls.ts";
import type { InnerRewrite } from "./rewrite-inside.ts";
import { readRule, type LostRewrite, type Rewrite, type RewriteFacts } from "./rewrite-rule.ts";

/** What mod_rewrite does at the level of a host, outside of all sections. */
export interface HostRewrites {
  /** In the order in which they are tried. */
  readonly rules: readonly (Rewrite | InnerRewrite | LostRewrite)[];
  /** Lines that say nothing of their own: RewriteEngine, logs, maps; all of them where no rule counts. */
  readonly others: readonly ActiveDirective[];
  readonly isOn: boolean;
}

/** A host with what its rules need to know of it. */
interface RuleHost {
  readonly section: ActiveSection;
  readonly facts: RewriteFacts;
}

/** What is known of each host, by its index. */
export function ruleHosts(
  { server }: ActiveConfig,
  table: RoutingTable,
  endpoints: readonly Endpoint[],
  tls: ReadonlyMap<number, HostTls>,
): readonly RuleHost[] {
  const hosts = server.children.filter(
    (node): node is ActiveSection => node.key === "virtualhost" && node.kind === "section",
  );
  const canonical = lastWord(server, "usecanonicalname") ?? (table.apache === "1.3" ? "on" : "off");
  const portsOf = hostPorts(endpoints);
  const clearance = clearances(table);
  return [server, ...hosts].map((section, index): RuleHost => {
    const ports = portsOf.get(index) ?? new Set();
    const [port = null] = ports.size === 1 ? ports : [];
    const host = table.hosts[index];
    const name = host === undefined || host.namePlace === null ? null : host.name.replace(/:\d+$/, "");
    const isOwnPort = host === undefined || host.port === null || host.port === port;
    const facts: RewriteFacts = {
      dialect: table.apache,
      port: isOwnPort ? port : null,
      isTls: tls.has(index),
      isCanonical: (lastWord(section, "usecanonicalname") ?? canonical) !== "off",
      name: name !== null && /^[\w.-]+$/.test(name) ? name : null,
      aliases: [...(host === undefined ? [] : [host.name]), ...(host?.aliases.map(({ pattern }) => pattern) ?? [])],
      knowsClients: clientSourceOf(table, index)?.kind !== "lost",
      isClear: clearance(index),
    };
    return { section, facts };
  });
}

/** Rules by the index of the host; hosts without lines of mod_rewrite are left out. A host has none of the main server's. */
export function hostRewrites(hosts: readonly RuleHost[]): ReadonlyMap<number, HostRewrites> {
  const found = new Map<number, HostRewrites>();
  for (const [index, { section, facts }] of hosts.entries()) {
    const lines = section.children.filter(
      (node): node is ActiveDirective => node.kind === "directive" && node.key.startsWith("rewrite"),
    );
    if (lines.length > 0) found.set(index, readRules(lines, facts));
  }
  return found;
}

function lastWord({ children }: ActiveSection, key: string): string | null {
  const line = children.findLast((node) => node.kind === "directive" && node.key === key);
  return line?.words[0]?.value.toLowerCase() ?? null;
}

function hostPorts(endpoints: readonly Endpoint[]): ReadonlyMap<number, ReadonlySet<number>> {
  const found = new Map<number, Set<number>>();
  for (const { port, host, names } of endpoints) {
    for (const index of new Set([host, ...names.map((one) => one.host)])) {
      const ports = found.get(index) ?? new Set();
      found.set(index, ports.add(port));
    }
  }
  return found;
}

/** Reads the lines of mod_rewrite of a host or folder, in their order. */
export function readRules(lines: readonly ActiveDirective[], facts: RewriteFacts): HostRewrites {
  const isOn = lines.findLast(({ key }) => key === "rewriteengine")?.words[0]?.value.toLowerCase() === "on";
  if (!isOn) return { rules: [], others: lines, isOn };
  const inherits = lines.some(
    ({ key, words }) => key === "rewriteoptions" && words.some(({ value }) => /^inherit/i.test(value)),
  );
  const rules: (Rewrite | InnerRewrite | LostRewrite)[] = [];
  const others: ActiveDirective[] = [];
  let conditions: ActiveDirective[] = [];
  // Why it is not certain that a request gets this far; null as long as every rule before is carried over.
  let doubt: string | null = inherits ? "rules of the main server may come before it (RewriteOptions)" : null;
  // Whether a path may be another one than what came, which conditions go on to look at.
  let isMoved = false;
  // Only a rule behind this line can take a target that is no path.
  const lastOpen = lines.findLastIndex(
    ({ key, words }) => key === "rewriterule" && !/^\^\/[^|]*$/.test(words[0]?.value ?? ""),
  );
  for (const [index, line] of lines.entries()) {
    if (line.key === "rewritecond") conditions.push(line);
    else if (line.key !== "rewriterule") others.push(line);
    else {
      const { rule, goesOn } = readRule(line, conditions, index >= lastOpen, facts);
      conditions = [];
      // What refuses may always be asked: at worst it refuses too much.
      const refuses = rule.kind === "rewrite" && rule.target === null;
      const why = doubt ?? (isMoved && rule.kind !== "lost" && looksAtPath(rule) ? movedBefore : null);
      if (rule.kind === "lost" || why === null) rules.push(rule);
      else if (doubt !== null && refuses) rules.push(rule);
      else {
        const closed = refuses ? { status: rule.status, pattern: rule.pattern } : null;
        rules.push({ kind: "lost", why, closed, lines: rule.lines });
        if (!refuses) doubt ??= "a rule before it, which may take its requests, is not carried over";
      }
      if (rule.kind === "inside" && rule.target !== null && !rule.isLast) isMoved = true;
      if (rule.kind === "lost" && !goesOn)
        doubt ??= "a rule before it, which may take its requests, is not carried over";
    }
  }
  return { rules, others: [...others, ...conditions], isOn };
}

const movedBefore = "a rule before it may have changed the path, and it looks at the path as it came";

function looksAtPath({ tests, target }: Rewrite | InnerRewrite): boolean {
  return (
    tests.some((group) => group.some((one) => one.kind === "match" && one.subject.kind === "path")) ||
    target?.parts.some(({ kind }) => kind === "path") === true
  );
}

/** Tells for each host whether a Location or an Alias of its own or of the main server makes a difference. */
function clearances(table: RoutingTable): (index: number) => RewriteFacts["isClear"] {
  const byHost = new Map<number, (string | null)[]>();
  const add = (host: number, path: string | null): void => {
    const list = byHost.get(host);
    if (list === undefined) byHost.set(host, [path]);
    else list.push(path);
  };
  for (const { host, kind, argument, directives } of table.sections) {
    if (!kind.startsWith("Location") || !directives.some(({ name }) => decides.test(name))) continue;
    add(host, kind === "Location" ? argument.replace(/[*?[\\].*$/s, "") : null);
  }
  for (const [host, { directives }] of table.hosts.entries()) {
    for (const { name, args } of directives) {
      if (/^(?:(?:script)?alias|proxypass)match$/i.test(name)) add(host, null);
      else if (/^(?:(?:script)?alias|proxypass)$/i.test(name)) add(host, args[0] ?? "");
    }
  }
  const touches = (one: string, other: string): boolean => one.startsWith(other) || other.startsWith(one);
  return (index) => (from, to) =>
    [...new Set([0, index])].every((host) =>
      (byHost.get(host) ?? []).every((path) => path !== null && !touches(path, from) && !touches(path, to)),
    );
}

const decides =
  /^(?:order|allow|deny|satisfy|require(?:all|any|none)?|auth.*|allowmethods|backhand.*|sethandler|redirect.*|proxypass.*)$/i;
