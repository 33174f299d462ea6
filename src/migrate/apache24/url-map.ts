import type { ActiveConfig, ActiveSection } from "../../config/active-config.ts";
import type { DefineScopes } from "./define-scopes.ts";
import { firstWord, wordsOf } from "./line-rule.ts";

/** Where the paths of one host lead. */
interface HostMap {
  readonly root: string | null;
  readonly aliases: readonly { readonly url: string; readonly folder: string }[];
  /** False when rewriting has a part in it, or patterns that may match any path. */
  readonly isPlain: boolean;
  /** What the paths begin with that patterns match. */
  readonly patterns: readonly string[];
}

/** How a folder and what a <Location> covers lie to each other. */
export type Relation = "never" | "maybe" | "sure";

const unclear = /^(?:rewriterule|virtualdocumentroot.*|virtualscriptalias.*|proxypass|proxypassmatch|action|use)$/;

/** The text that every path begins with which an expression matches; null when it does not say. */
function literalStart(pattern: string): string | null {
  if (!pattern.startsWith("^")) return null;
  let depth = 0;
  for (const character of pattern) {
    if (character === "(") depth += 1;
    else if (character === ")") depth -= 1;
    else if (character === "|" && depth === 0) return null;
  }
  const text = /^[^.*+?()[\]{}|\\$]*/.exec(pattern.slice(1))?.[0] ?? "";
  return /[*?{]/.test(pattern.charAt(text.length + 1)) ? text.slice(0, -1) : text;
}

const mapping = /^(?:documentroot|alias|scriptalias|aliasmatch|scriptaliasmatch|userdir)$/;

function mapOf(host: ActiveSection, main: HostMap | null, defines: DefineScopes): HostMap {
  let root = main?.root ?? null;
  const aliases = [...(main?.aliases ?? [])];
  let isPlain = main?.isPlain ?? true;
  const patterns = [...(main?.patterns ?? [])];
  const visit = (section: ActiveSection): void => {
    for (const node of section.children) {
      if (node.kind === "section") {
        if (node.key !== "virtualhost") visit(node);
        continue;
      }
      // Whether the line counts is said by the start of the server.
      if (mapping.test(node.key) && defines.of(node).length > 0) isPlain = false;
      if (node.key === "documentroot") root = withSlash(firstWord(node));
      else if (node.key === "alias" || node.key === "scriptalias") {
        const [url = "", folder = ""] = wordsOf(node);
        aliases.push({ url: withSlash(url), folder: withSlash(folder) });
      } else if (node.key === "aliasmatch" || node.key === "scriptaliasmatch") {
        const start = literalStart(firstWord(node));
        if (start === null) isPlain = false;
        else patterns.push(start);
      } else if (unclear.test(node.key)) isPlain = false;
    }
  };
  visit(host);
  return { root, aliases, isPlain, patterns };
}

const withSlash = (path: string): string => (path.endsWith("/") ? path : `${path}/`);

/** Says how a folder (with a slash at its end) lies to the files of the URLs below a path, for a host or (null) for all. */
export function urlMap(
  { server }: ActiveConfig,
  defines: DefineScopes,
): (host: ActiveSection | null, url: string, folder: string) => Relation {
  const main = mapOf(server, null, defines);
  const maps = new Map<ActiveSection, HostMap>([[server, main]]);
  for (const node of server.children) {
    if (node.kind === "section" && node.key === "virtualhost") maps.set(node, mapOf(node, main, defines));
  }
  const ofHost = ({ root, aliases, isPlain, patterns }: HostMap, url: string, folder: string): Relation => {
    if (!isPlain || root === null || url.startsWith("/~")) return "maybe";
    const path = withSlash(url);
    if (patterns.some((start) => path.startsWith(start) || start.startsWith(url))) return "maybe";
    const places = [root + path.slice(1)];
    for (const alias of aliases) {
      if (path.startsWith(alias.url)) places.push(alias.folder + path.slice(alias.url.length));
      else if (alias.url.startsWith(path)) places.push(alias.folder);
    }
    if (places.every((place) => place.startsWith(folder))) return "sure";
    return places.some((place) => place.startsWith(folder) || folder.startsWith(place)) ? "maybe" : "never";
  };
  return (host, url, folder) => {
    const concerned = host === null ? [...maps.values()] : [maps.get(host) ?? main];
    const relations = new Set(concerned.map((map) => ofHost(map, url, folder)));
    const [only] = relations;
    return relations.size === 1 && only !== undefined ? only : "maybe";
  };
}
