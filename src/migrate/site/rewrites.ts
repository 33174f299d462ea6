import type { RoutingTable } from "../../compile/table.ts";
import type { ActiveConfig, ActiveDirective, ActiveSection } from "../../config/active-config.ts";
import type { Endpoint } from "./endpoints.ts";
import type { HostTls } from "./tls.ts";
import { readRule, type LostRewrite, type Rewrite, type RewriteFacts } from "./rewrite-rule.ts";

/** What mod_rewrite does at the level of a host, outside of all sections. */
export interface HostRewrites {
  /** In the order in which they are tried. */
  readonly rules: readonly (Rewrite | LostRewrite)[];
  /** Lines that say nothing of their own: RewriteEngine, logs, maps; all of them where no rule counts. */
  readonly others: readonly ActiveDirective[];
  readonly isOn: boolean;
}

/** Rules by the index of the host; hosts without lines of mod_rewrite are left out. A host has none of the main server's. */
export function hostRewrites(
  config: ActiveConfig,
  table: RoutingTable,
  endpoints: readonly Endpoint[],
  tls: ReadonlyMap<number, HostTls>,
): ReadonlyMap<number, HostRewrites> {
  const { server } = config;
  const hosts = server.children.filter(
    (node): node is ActiveSection => node.key === "virtualhost" && node.kind === "section",
  );
  const found = new Map<number, HostRewrites>();
  const canonical = lastWord(server, "usecanonicalname") ?? (table.apache === "1.3" ? "on" : "off");
  const portsOf = hostPorts(endpoints);
  for (const [index, section] of [server, ...hosts].entries()) {
    const lines = section.children.filter(
      (node): node is ActiveDirective => node.kind === "directive" && node.key.startsWith("rewrite"),
    );
    if (lines.length === 0) continue;
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
    };
    found.set(index, readHost(lines, facts));
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

function readHost(lines: readonly ActiveDirective[], facts: RewriteFacts): HostRewrites {
  const isOn = lines.findLast(({ key }) => key === "rewriteengine")?.words[0]?.value.toLowerCase() === "on";
  if (!isOn) return { rules: [], others: lines, isOn };
  const inherits = lines.some(
    ({ key, words }) => key === "rewriteoptions" && words.some(({ value }) => /^inherit/i.test(value)),
  );
  const rules: (Rewrite | LostRewrite)[] = [];
  const others: ActiveDirective[] = [];
  let conditions: ActiveDirective[] = [];
  // Why it is not certain that a request gets this far; null as long as every rule before is carried over.
  let doubt: string | null = inherits ? "rules of the main server may come before it (RewriteOptions)" : null;
  for (const [index, line] of lines.entries()) {
    if (line.key === "rewritecond") conditions.push(line);
    else if (line.key !== "rewriterule") others.push(line);
    else {
      const behind = lines
        .slice(index + 1)
        .flatMap(({ key, words }) => (key === "rewriterule" ? [words[0]?.value ?? ""] : []));
      const { rule, goesOn } = readRule(line, conditions, behind, facts);
      conditions = [];
      // What refuses may always be asked: at worst it refuses too much.
      const isSure = doubt === null || rule.kind === "lost" || rule.target === null;
      rules.push(isSure ? rule : { kind: "lost", why: doubt ?? "", closed: null, lines: rule.lines });
      if (rule.kind === "lost" && !goesOn)
        doubt ??= "a rule before it, which may take its requests, is not carried over";
    }
  }
  return { rules, others: [...others, ...conditions], isOn };
}
