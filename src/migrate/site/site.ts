import { DEFAULT_PORT } from "../../compile/listeners.ts";
import type { RoutingTable } from "../../compile/table.ts";
import type { ActiveConfig, ActiveDirective, ActiveSection } from "../../config/active-config.ts";
import type { Component } from "../apache24/access-rules.ts";
import { accessFormula } from "../apache24/access-rules.ts";
import type { BalancedSection } from "../apache24/balanced-sections.ts";
import { balancedSections } from "../apache24/balanced-sections.ts";
import type { Formula } from "../apache24/formula.ts";
import type { Guard } from "../apache24/guards.ts";
import { isProgramType } from "../apache24/handlers.ts";
import { findGuards } from "../apache24/guards.ts";
import { toPcre } from "../apache24/regular-expression.ts";
import { globSample } from "../../samples/glob-sample.ts";

/** A part of a host's URLs for which one set of lines holds. */
export interface SitePlace {
  /** Path of URLs: `/`, or without a slash at the end; it covers itself and what lies below it. */
  readonly path: string;
  readonly formula: Formula;
  /** Where its files are; null when nothing says it. */
  readonly folder: string | null;
  /** The candidacy functions that hold; null: not balanced. */
  readonly balanced: BalancedSection | null;
  readonly realm: string | null;
  readonly userFile: string | null;
  readonly guards: readonly Guard[];
}

/** A Redirect line. */
export interface SiteRedirect {
  readonly status: number;
  /** Expression on the decoded path; what it captures first is added to the target. */
  readonly pattern: string;
  /** Null for a status without target. */
  readonly target: string | null;
  readonly directive: ActiveDirective;
}

/** A virtual host or the main server. */
export interface SiteHost {
  readonly section: ActiveSection;
  readonly addresses: readonly { readonly address: string; readonly port: number }[];
  readonly names: readonly string[];
  readonly root: string | null;
  /** DirectoryIndex of the host, else of the main server, in their order; null: no line says it. */
  readonly index: readonly string[] | null;
  readonly redirects: readonly SiteRedirect[];
  readonly places: readonly SitePlace[];
  /** Expressions on the decoded path of what nobody may have. */
  readonly closed: readonly string[];
  /** Expressions on the decoded path of programs, whose source must not be sent. */
  readonly programs: readonly string[];
  /** Sections with access rules that no URL stands for. */
  readonly unplaced: readonly Guard[];
}

interface Alias {
  readonly url: string;
  readonly folder: string;
}

/** What the hosts of a configuration give to whom, in terms of URLs; the main server is the first. */
export function siteHosts(config: ActiveConfig, table: RoutingTable): readonly SiteHost[] {
  const guards = findGuards(config);
  const balanced = balancedSections(config);
  const sections = [
    config.server,
    ...config.server.children.filter(
      (node): node is ActiveSection => node.kind === "section" && node.key === "virtualhost",
    ),
  ];
  return sections.map((section, index): SiteHost => {
    const host = table.hosts[index];
    const own = index === 0 ? [config.server] : [config.server, section];
    const lines = own.flatMap(({ children }) =>
      children.filter((node): node is ActiveDirective => node.kind === "directive"),
    );
    const last = (key: string): string | null => lines.findLast((line) => line.key === key)?.words[0]?.value ?? null;
    const root = last("documentroot");
    const aliases = lines
      .filter(({ key }) => key === "alias")
      .map(({ words }) => ({ url: bare(words[0]?.value ?? ""), folder: bare(words[1]?.value ?? "") }));
    const near = guards.filter((guard) => own.includes(guard.host));
    const nearBalanced = balanced.filter(({ section: one }) => own.includes(hostOf(one)));
    const paths = new Set(["/", ...aliases.map(({ url }) => url)]);
    const unplaced: Guard[] = [];
    const closed: string[] = [];
    for (const guard of near) {
      const urls = urlsOf(guard.section, guard.path, root, aliases);
      for (const url of urls) paths.add(url);
      if (urls.length > 0) continue;
      const pattern = closedPattern(guard, config);
      if (pattern === null) unplaced.push(guard);
      else closed.push(pattern);
    }
    for (const { section: one } of nearBalanced) for (const url of urlsOf(one, null, root, aliases)) paths.add(url);
    const places = [...paths]
      .sort((a, b) => a.length - b.length || (a < b ? -1 : 1))
      .map((path) => placeOf(path, near, nearBalanced, own, root, aliases, config));
    return {
      section,
      addresses:
        index === 0
          ? table.listen.map(({ address, port }) => ({ address, port }))
          : (host?.addresses ?? []).map(({ address, port }) => ({
              address: address === "_default_" ? "*" : address,
              port: port === 0 ? (table.listen[0]?.port ?? DEFAULT_PORT) : port,
            })),
      names: [host?.name ?? "", ...(host?.aliases ?? []).map(({ pattern }) => pattern)].filter((name) => name !== ""),
      root,
      index: indexOf(section) ?? indexOf(config.server),
      redirects: lines.flatMap((line) => redirectOf(line, config.dialect === "1.3") ?? []),
      places,
      closed,
      programs: own.flatMap((one) => programsIn(one, one, root, aliases)),
      unplaced,
    };
  });
}

/** The files of a section's own DirectoryIndex lines, which add up; `disabled` takes all away. Null without any. */
function indexOf(section: ActiveSection): readonly string[] | null {
  const lines = section.children.filter(
    (node): node is ActiveDirective => node.kind === "directive" && node.key === "directoryindex",
  );
  if (lines.length === 0) return null;
  const files = lines.flatMap((line) => line.words.map(({ value }) => value));
  return files.slice(files.findLastIndex((file) => file.toLowerCase() === "disabled") + 1);
}

const bare = (path: string): string => path.replace(/(?<=.)\/+$/, "");

function hostOf(section: ActiveSection): ActiveSection {
  let at = section;
  while (at.parent !== null && at.key !== "virtualhost") at = at.parent;
  return at;
}

/** The URLs of a section that has a plain path; none when it is a pattern, or no URL leads there. */
function urlsOf(
  section: ActiveSection,
  path: string | null,
  root: string | null,
  aliases: readonly Alias[],
): readonly string[] {
  const argument = path ?? section.words[0]?.value ?? "";
  if (section.key === "server" || section.key === "virtualhost") return ["/"];
  if (/[*?[~\\]/.test(argument) || section.key.endsWith("match")) return [];
  if (section.key === "location") return argument.startsWith("/") ? [bare(argument)] : [];
  if (section.key !== "directory") return [];
  const folder = bare(argument);
  if (folder === "/") return ["/"];
  const mapped = [...(root === null ? [] : [{ url: "/", folder: bare(root) }]), ...aliases];
  return mapped.flatMap(({ url, folder: top }) => {
    if (folder === top || top.startsWith(`${folder}/`)) return [url];
    if (!folder.startsWith(`${top}/`)) return [];
    return [bare(url === "/" ? folder.slice(top.length) : url + folder.slice(top.length))];
  });
}

/** `<Files ~ "^\.ht">` with Deny from all, and the like: an expression for what nobody may have. */
function closedPattern(guard: Guard, { dialect }: ActiveConfig): string | null {
  const { section } = guard;
  if (accessFormula(guard, dialect).kind !== "never") return null;
  const [first, second] = section.words.map(({ value }) => value);
  const isPattern = first === "~" || section.key.endsWith("match");
  const argument = (first === "~" ? second : first) ?? "";
  const pattern = isPattern ? (dialect === "1.3" ? toPcre(argument) : argument) : globPattern(argument);
  if (pattern === null || /["{};\s]/.test(pattern)) return null;
  if (guard.kind === "Location") return isPattern ? pattern : `^${pattern}$`;
  if (guard.kind !== "Files") return null;
  if (!isPattern) return `/${pattern}$`;
  return pattern.startsWith("^")
    ? `/${pattern.slice(1)}${pattern.endsWith("$") ? "" : "[^/]*$"}`
    : `${pattern.replace(/\$$/, "")}[^/]*$`;
}

/** A shell pattern as an expression; null for one with classes. */
function globPattern(pattern: string): string | null {
  if (pattern.includes("[") || globSample(pattern) === "") return null;
  return pattern
    .replace(/[.+^${}()|\\]/g, "\\$&")
    .replace(/\*/g, "[^/]*")
    .replace(/\?/g, "[^/]");
}

function isBelow(path: string, top: string): boolean {
  return top === "/" || path === top || path.startsWith(`${top}/`);
}

function placeOf(
  path: string,
  guards: readonly Guard[],
  balanced: readonly BalancedSection[],
  own: readonly ActiveSection[],
  root: string | null,
  aliases: readonly Alias[],
  { dialect }: ActiveConfig,
): SitePlace {
  const alias = aliases.filter(({ url }) => isBelow(path, url)).at(-1);
  const folder =
    alias !== undefined ? alias.folder + path.slice(alias.url.length) : root === null ? null : bare(bare(root) + path);
  const file = folder ?? "";
  const covering = guards
    .filter((guard) => {
      if (guard.path === null) return false;
      if (guard.kind === "Location") return isBelow(path, bare(guard.path));
      return guard.kind === "Directory" && `${file}/`.startsWith(guard.path);
    })
    .sort((a, b) => rank(a) - rank(b) || (a.kind === "Directory" ? (a.path ?? "").length - (b.path ?? "").length : 0));
  const last = (component: Component): readonly ActiveDirective[] =>
    covering.findLast((guard) => guard[component].length > 0)?.[component] ?? [];
  const lines = covering.flatMap(({ section }) =>
    section.children.filter((node): node is ActiveDirective => node.kind === "directive"),
  );
  const value = (key: string): string | null => lines.findLast((line) => line.key === key)?.words[0]?.value ?? null;
  const chosen = balanced
    .filter(({ section }) =>
      own.includes(section)
        ? true
        : section.key === "location"
          ? isBelow(path, bare(section.words[0]?.value ?? ""))
          : section.key === "directory" && `${file}/`.startsWith(`${bare(section.words[0]?.value ?? "")}/`),
    )
    .sort((a, b) => weight(a) - weight(b))
    .at(-1);
  return {
    path,
    formula: accessFormula({ hosts: last("hosts"), users: last("users"), satisfy: last("satisfy") }, dialect),
    folder,
    balanced: chosen ?? null,
    realm: value("authname"),
    userFile: value("authuserfile"),
    guards: covering,
  };
}

const rank = ({ kind }: Guard): number => (kind === "Location" ? 1 : 0);

/** Hosts first, then folders by the length of their paths, then locations. */
function weight({ section }: BalancedSection): number {
  if (section.key === "server") return 0;
  if (section.key === "virtualhost") return 1;
  const length = (section.words[0]?.value ?? "").length;
  return section.key === "location" ? 1_000_000 : 2 + length;
}

const words: Readonly<Record<string, number>> = { permanent: 301, temp: 302, seeother: 303, gone: 410 };

function redirectOf(directive: ActiveDirective, isOld: boolean): SiteRedirect | null {
  const { key } = directive;
  const isPattern = key === "redirectmatch";
  if (!isPattern && !/^redirect(?:permanent|temp)?$/.test(key)) return null;
  const args = directive.words.map(({ value }) => value);
  const [first = ""] = args;
  const named = words[first.toLowerCase()] ?? (/^\d{3}$/.test(first) ? Number(first) : null);
  const status = key === "redirectpermanent" ? 301 : (named ?? 302);
  const [from = "", target] = named === null || (key !== "redirect" && !isPattern) ? args : args.slice(1);
  const pattern = isPattern
    ? isOld
      ? toPcre(from)
      : from
    : `^${bare(from).replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}(/.*)?$`;
  if (pattern === null || /["{};\s]/.test(pattern) || (target !== undefined && /["{};\s\\]/.test(target))) return null;
  return { status, pattern, target: target === undefined ? null : isPattern ? target : `${bare(target)}$1`, directive };
}

const harmless = /^(?:none|default-handler|backhand-handler|type-map|imap-file|send-as-is|server-status|server-info)$/i;

/** What httpd runs instead of sending it: ScriptAlias, handlers and types of programs. */
function programsIn(
  section: ActiveSection,
  top: ActiveSection,
  root: string | null,
  aliases: readonly Alias[],
): readonly string[] {
  return section.children.flatMap((node): readonly string[] => {
    if (node.kind === "section") return node.key === "virtualhost" ? [] : programsIn(node, top, root, aliases);
    const [first = "", ...rest] = node.words.map(({ value }) => value);
    const isProgram =
      (node.key === "addhandler" && !harmless.test(first)) || (node.key === "addtype" && isProgramType(first));
    if (isProgram) {
      const extensions = rest.map((one) => escaped(one.replace(/^\./, ""))).filter((one) => one !== "");
      return extensions.length === 0 ? [] : [`\\.(?:${extensions.join("|")})(?:[./]|$)`];
    }
    if (node.key === "scriptalias") return [`^${escaped(first)}`];
    if (node.key !== "sethandler" || harmless.test(first)) return [];
    const urls = section === top ? ["/"] : urlsOf(section, null, root, aliases);
    return urls.map((url) => (url === "/" ? "^/" : `^${escaped(url)}(?:/|$)`));
  });
}

/** A text as an expression, without what a word of nginx cannot hold. */
function escaped(text: string): string {
  return text.replace(/["{};\s]/g, ".").replace(/[.*+?^$()|[\]\\]/g, "\\$&");
}
