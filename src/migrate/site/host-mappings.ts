import type { Dialect, RoutingTable, TableDirective, TableSection } from "../../compile/table.ts";
import { toBytes } from "../../routing/bytes.ts";
import { compilePattern } from "../../routing/pattern.ts";
import { patternSyntax } from "../../routing/pattern-syntax.ts";
import { parseProxyRule, proxyPassNames } from "../../routing/proxy-pass.ts";
import { toPcre } from "../apache24/regular-expression.ts";
import { readFilling, type Filling } from "./pattern-mapping.ts";
import type { SiteRedirect } from "./site-redirects.ts";
import { acrossLines } from "./url-pattern.ts";
import { userMapping } from "./user-mapping.ts";
import { hostFolders, type HostFolder } from "./host-folders.ts";

/** A line that gives all paths that an expression matches a folder, a server or another address. */
export interface PatternMapping {
  readonly directive: TableDirective;
  /** Expression on the decoded path. */
  readonly pattern: string;
  /** Whether a decoded path matches. */
  readonly matches: (path: string) => boolean;
  readonly to: MappingTarget;
}

/** Where it leads. */
export type MappingTarget =
  | { readonly kind: "folder"; readonly filling: Filling; readonly isScript: boolean }
  /** A folder that the name of the host gives. */
  | { readonly kind: "host-folder"; readonly folder: HostFolder; readonly isScript: boolean }
  /** `filling` for the whole URL; null for what only httpd speaks to. */
  | { readonly kind: "server"; readonly filling: Filling }
  | { readonly kind: "address"; readonly redirect: SiteRedirect }
  /** Nothing that another server can say: nothing else may answer it, the source of a program for one. */
  | { readonly kind: "lost"; readonly why: string };

/** All of a host, in the order in which they are tried. */
export interface HostMappings {
  readonly list: readonly PatternMapping[];
  /** Whether one is tried before the line that gives a part of the URLs its folder or server (null: none does). */
  readonly precedes: (mapping: PatternMapping, mappedBy: TableDirective | null) => boolean;
  /** Whether a ProxyPass line with `!` before it keeps it from a path, or from all below one. */
  readonly spares: (mapping: PatternMapping, kind: "exact" | "below", path: string) => boolean;
  /** Lines that say no more than which users a UserDir line is for. */
  readonly users: readonly TableDirective[];
}

const hasExpression = ({ name, args }: TableDirective): boolean => {
  const key = name.toLowerCase();
  return (
    /^(?:aliasmatch|scriptaliasmatch|proxypassmatch|userdir|virtual(?:documentroot|scriptalias)(?:ip)?)$/.test(key) ||
    (key === "proxypass" && args[0] === "~")
  );
};

const isProxied = ({ name }: TableDirective): boolean => proxyPassNames.has(name.toLowerCase());

/** Whether a section sends what an expression matches to a server. */
function sendsOn({ kind, argument, directives }: TableSection): boolean {
  return (
    (kind === "LocationMatch" ||
      (kind === "Location" &&
        (/[*?[\\]/.test(argument) || directives.some(({ name }) => name.toLowerCase() === "proxypassmatch")))) &&
    directives.some(isProxied)
  );
}

/** The table without the lines of mappings; the same one when there are none. */
export function withoutMappings(table: RoutingTable): RoutingTable {
  const isClear =
    !table.hosts.some(({ directives }) => directives.some(hasExpression)) && !table.sections.some(sendsOn);
  if (isClear) return table;
  return {
    ...table,
    hosts: table.hosts.map((host) => ({
      ...host,
      directives: host.directives.filter((line) => !hasExpression(line)),
    })),
    sections: table.sections.map((section) =>
      sendsOn(section) ? { ...section, directives: section.directives.filter((line) => !isProxied(line)) } : section,
    ),
  };
}

const NONE: HostMappings = { list: [], precedes: () => false, spares: () => false, users: [] };

/** The lines of each host together with those of the main server. */
export function hostMappings(table: RoutingTable): (host: number) => HostMappings {
  const locations = new Map<number, TableSection[]>();
  for (const section of table.sections) {
    if (!section.kind.startsWith("Location")) continue;
    const list = locations.get(section.host);
    if (list === undefined) locations.set(section.host, [section]);
    else list.push(section);
  }
  const linesOf = (host: number): readonly TableDirective[] => table.hosts[host]?.directives ?? [];
  const has = (host: number): boolean => linesOf(host).some(hasExpression) || (locations.get(host) ?? []).some(sendsOn);
  const isInMain = has(0);
  return (host) => {
    if (!isInMain && (host === 0 || !has(host))) return NONE;
    const isOwn = host !== 0;
    return mappingsOf(
      { directives: linesOf(0), locations: locations.get(0) ?? [] },
      { directives: isOwn ? linesOf(host) : [], locations: isOwn ? (locations.get(host) ?? []) : [] },
      table.apache,
      `map${host}`,
    );
  };
}

interface Level {
  readonly directives: readonly TableDirective[];
  readonly locations: readonly TableSection[];
}

function mappingsOf(main: Level, own: Level, dialect: Dialect, stem: string): HostMappings {
  const order = new Map<TableDirective, number>();
  const list: PatternMapping[] = [];
  const add = (line: TableDirective, mapping: PatternMapping | null): void => {
    order.set(line, order.size);
    if (mapping !== null) list.push(mapping);
  };
  const exceptions: { readonly path: string; readonly line: TableDirective }[] = [];
  const addProxy = (line: TableDirective, section: TableSection | null, mapping: PatternMapping | null): void => {
    const rule = mapping === null ? parseProxyRule(line, dialect, section?.argument ?? null) : null;
    if (rule !== null && !("error" in rule) && rule.to === null && typeof rule.from === "string")
      exceptions.push({ path: rule.from, line });
    add(line, mapping);
  };
  const next = (): string => `${stem}_${list.length + 1}`;
  const locations = [...main.locations, ...own.locations];
  // The last one that covers a path counts.
  for (const section of locations.toReversed()) {
    const line = section.directives.findLast(isProxied);
    if (line !== undefined)
      addProxy(line, section, sendsOn(section) ? proxyMapping(line, dialect, section, next()) : null);
  }
  for (const line of [...main.directives, ...own.directives])
    if (isProxied(line)) addProxy(line, null, hasExpression(line) ? proxyMapping(line, dialect, null, next()) : null);
  for (const { directives } of locations)
    for (const line of directives) if (/^(?:script)?alias$/i.test(line.name)) add(line, null);
  for (const line of [...own.directives, ...main.directives]) {
    const key = line.name.toLowerCase();
    if (key === "alias" || key === "scriptalias") add(line, null);
    if (key === "aliasmatch" || key === "scriptaliasmatch")
      add(line, folderMapping(line, dialect, key === "scriptaliasmatch", next()));
  }
  const users = userMapping([own.directives, main.directives], dialect, next());
  if (users.mapping !== null) add(users.mapping.directive, users.mapping);
  for (const { directive, folder, isScript } of hostFolders([own.directives, main.directives])) {
    // VirtualScriptAlias holds below one path.
    const matches = (path: string): boolean => !isScript || path.startsWith("/cgi-bin/");
    const to: MappingTarget =
      "why" in folder ? { kind: "lost", why: folder.why } : { kind: "host-folder", folder, isScript };
    add(directive, { directive, pattern: isScript ? "^/cgi-bin/" : "^", matches, to });
  }
  return {
    list,
    users: users.others,
    precedes({ directive }, mappedBy) {
      const other = mappedBy === null ? undefined : order.get(mappedBy);
      return other === undefined || (order.get(directive) ?? 0) < other;
    },
    spares({ directive }, kind, path) {
      if (!isProxied(directive)) return false;
      const at = order.get(directive) ?? 0;
      const asked = kind === "below" ? `${path}/` : path;
      return exceptions.some(
        ({ path: start, line }) =>
          (order.get(line) ?? 0) < at &&
          (asked === start || asked.startsWith(start.endsWith("/") ? start : `${start}/`)),
      );
    },
  };
}

function folderMapping(
  directive: TableDirective,
  dialect: Dialect,
  isScript: boolean,
  stem: string,
): PatternMapping | null {
  const filling = readFilling(directive, dialect, stem);
  if ("why" in filling) return lostMapping(directive, filling.why, dialect);
  if (!filling.lead.startsWith("/")) return lostMapping(directive, "it names no folder by its whole path", dialect);
  return {
    directive,
    pattern: filling.pattern,
    matches: (path) => filling.fill(path) !== null,
    to: { kind: "folder", filling, isScript },
  };
}

/** A line that sends on; `section` is the one that it stands in. */
function proxyMapping(
  directive: TableDirective,
  dialect: Dialect,
  section: TableSection | null,
  stem: string,
): PatternMapping | null {
  const path = section?.argument ?? null;
  const rule = parseProxyRule(directive, dialect, path);
  if ("error" in rule) return null;
  const [expression = "", url = ""] = [
    ...(path === null ? [] : [path]),
    ...directive.args.filter((word) => word !== "~"),
  ];
  if (rule.to === null)
    return lostMapping(directive, "it takes paths away from other lines by an expression", dialect, expression);
  const filling = readFilling({ args: [expression, url] }, dialect, stem);
  if ("why" in filling) return lostMapping(directive, filling.why, dialect, expression);
  const isWhole = /^[a-z]+:\/\/[^/]+(\/?)/i.exec(filling.lead);
  if (isWhole === null || (isWhole[1] === "" && filling.parts.length > 1 && !filling.beginsBelow))
    return lostMapping(directive, "its server is only known when a request comes", dialect, expression);
  return {
    directive,
    pattern: filling.pattern,
    matches: (path) => filling.fill(path) !== null,
    to: { kind: "server", filling },
  };
}

/** What cannot be said takes all that it may hold for. */
function lostMapping(
  directive: TableDirective,
  why: string,
  dialect: Dialect,
  expression = directive.args[0] ?? "",
): PatternMapping {
  const text = dialect === "1.3" ? toPcre(expression) : expression;
  const compiled = compilePattern(toBytes(expression), patternSyntax(dialect));
  const isSure = text !== null && text !== "" && !/[\x00-\x1f\x7f]/.test(text) && !("error" in compiled);
  return {
    directive,
    pattern: isSure ? acrossLines(text, dialect) : "^",
    matches: (path) => !isSure || compiled.test(toBytes(path)),
    to: { kind: "lost", why },
  };
}
