import type { ActiveConfig, ActiveSection } from "../../config/active-config.ts";
import { firstWord, wordsOf } from "./line-rule.ts";

/** Where the paths of one host lead. */
interface HostMap {
  readonly root: string | null;
  readonly aliases: readonly { readonly url: string; readonly folder: string }[];
  /** False when patterns or rewriting have a part in it. */
  readonly isPlain: boolean;
}

/** How a folder and what a <Location> covers lie to each other. */
export type Relation = "never" | "maybe" | "sure";

const unclear =
  /^(?:aliasmatch|scriptaliasmatch|rewriterule|virtualdocumentroot.*|virtualscriptalias.*|proxypass|proxypassmatch|action|use)$/;

function mapOf(host: ActiveSection, main: HostMap | null): HostMap {
  let root = main?.root ?? null;
  const aliases = [...(main?.aliases ?? [])];
  let isPlain = main?.isPlain ?? true;
  const visit = (section: ActiveSection): void => {
    for (const node of section.children) {
      if (node.kind === "section") {
        if (node.key !== "virtualhost") visit(node);
        continue;
      }
      if (node.key === "documentroot") root = withSlash(firstWord(node));
      else if (node.key === "alias" || node.key === "scriptalias") {
        const [url = "", folder = ""] = wordsOf(node);
        aliases.push({ url: withSlash(url), folder: withSlash(folder) });
      } else if (unclear.test(node.key)) isPlain = false;
    }
  };
  visit(host);
  return { root, aliases, isPlain };
}

const withSlash = (path: string): string => (path.endsWith("/") ? path : `${path}/`);

/** Says how a folder (with a slash at its end) lies to the files of the URLs below a path, for a host or for all. */
export function urlMap({ server }: ActiveConfig): (host: ActiveSection, url: string, folder: string) => Relation {
  const main = mapOf(server, null);
  const maps = new Map<ActiveSection, HostMap>([[server, main]]);
  for (const node of server.children) {
    if (node.kind === "section" && node.key === "virtualhost") maps.set(node, mapOf(node, main));
  }
  const ofHost = ({ root, aliases, isPlain }: HostMap, url: string, folder: string): Relation => {
    if (!isPlain || root === null || url.startsWith("/~")) return "maybe";
    const path = withSlash(url);
    const places = [root + path.slice(1)];
    for (const alias of aliases) {
      if (path.startsWith(alias.url)) places.push(alias.folder + path.slice(alias.url.length));
      else if (alias.url.startsWith(path)) places.push(alias.folder);
    }
    if (places.every((place) => place.startsWith(folder))) return "sure";
    return places.some((place) => place.startsWith(folder) || folder.startsWith(place)) ? "maybe" : "never";
  };
  return (host, url, folder) => {
    const concerned = host.key === "server" ? [...maps.values()] : [maps.get(host) ?? main];
    const relations = new Set(concerned.map((map) => ofHost(map, url, folder)));
    const [only] = relations;
    return relations.size === 1 && only !== undefined ? only : "maybe";
  };
}
