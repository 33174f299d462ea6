import type { ActiveConfig, ActiveSection } from "../../config/active-config.ts";
import { type AllowedOverrides, allowedOverrides, everyOverride, readsFiles } from "../../routing/access-files.ts";
import type { AccessFiles, AccessFileText } from "../access-files.ts";
import { firstWord, wordsOf } from "./line-rule.ts";

interface Override {
  /** With a slash at its end; null for patterns. */
  readonly path: string | null;
  /** Of a pattern: the folder that all that it matches lies below; null when it does not say. */
  readonly start: string | null;
  readonly host: ActiveSection;
  readonly allowed: AllowedOverrides;
}

const withSlash = (path: string): string => (path.endsWith("/") ? path : `${path}/`);

const hostsOf = ({ server }: ActiveConfig): readonly ActiveSection[] => [
  server,
  ...server.children.filter((node): node is ActiveSection => node.kind === "section" && node.key === "virtualhost"),
];

/** Directory sections with an AllowOverride line, the shorter paths first. */
function overridesOf(config: ActiveConfig): readonly Override[] {
  const found = hostsOf(config).flatMap((host) =>
    host.children.flatMap((node): readonly Override[] => {
      if (node.kind !== "section" || !/^directory(?:match)?$/.test(node.key)) return [];
      const line = node.children.findLast(({ key }) => key === "allowoverride");
      if (line === undefined) return [];
      const argument = firstWord(node);
      const isPattern = node.key === "directorymatch" || argument === "~" || /[*?[\\]/.test(argument);
      const allowed = allowedOverrides(wordsOf(line), config.dialect);
      const start = node.key === "directory" ? (/^\/(?:[^*?[\\]*\/)?/.exec(argument)?.[0] ?? null) : null;
      return [{ path: isPattern ? null : withSlash(argument), start, host, allowed }];
    }),
  );
  const depth = ({ path }: Override): number => path?.length ?? Infinity;
  return found.toSorted((one, other) => depth(one) - depth(other));
}

const mayAccess = ({ classes }: AllowedOverrides): boolean => classes.has("Limit") || classes.has("AuthConfig");

/** The rules, those for each path, and those of patterns. */
interface Overrides {
  readonly all: readonly Override[];
  readonly byPath: ReadonlyMap<string, readonly Override[]>;
  readonly patterns: readonly AllowedOverrides[];
}

/** Rules of a configuration are asked for once for each folder; looking at all of them each time would be quadratic. */
const known = new WeakMap<ActiveConfig, Overrides>();

function overridesIn(config: ActiveConfig): Overrides {
  let found = known.get(config);
  if (found === undefined) {
    const all = overridesOf(config);
    const byPath = new Map<string, Override[]>();
    for (const one of all) {
      if (one.path === null) continue;
      const same = byPath.get(one.path);
      if (same === undefined) byPath.set(one.path, [one]);
      else same.push(one);
    }
    found = { all, byPath, patterns: all.filter(({ path }) => path === null).map(({ allowed }) => allowed) };
    known.set(config, found);
  }
  return found;
}

/** A folder's path and those of all that it lies in, the shortest first, each with a slash at its end. */
function withParents(folder: string): readonly string[] {
  const path = withSlash(folder);
  const found: string[] = [];
  for (let end = path.indexOf("/"); end >= 0; end = path.indexOf("/", end + 1)) found.push(path.slice(0, end + 1));
  return found;
}

/** What the .htaccess file of a folder may say, in each host that says something of its own; patterns are left out. */
function allowedAt(config: ActiveConfig, folder: string): readonly AllowedOverrides[] {
  const { byPath } = overridesIn(config);
  const near = withParents(folder).flatMap((path) => byPath.get(path) ?? []);
  const hosts = new Set([config.server, ...near.map(({ host }) => host)]);
  return [...hosts].map(
    (host) => near.findLast((one) => one.host === config.server || one.host === host)?.allowed ?? everyOverride,
  );
}

/** Whether httpd reads the .htaccess file of a folder, and whether all hosts let it say by Require who may. */
export function overridesAt(
  config: ActiveConfig,
  folder: string,
): { readonly isRead: boolean; readonly mayRequire: boolean } {
  const allowed = [...allowedAt(config, folder), ...overridesIn(config).patterns];
  return {
    isRead: allowed.some(readsFiles),
    mayRequire: allowed.every((one) => !readsFiles(one) || one.classes.has("AuthConfig")),
  };
}

/** The .htaccess files that httpd reads. */
export function filesRead(config: ActiveConfig, given: AccessFiles | undefined): readonly AccessFileText[] {
  return (given?.files ?? []).filter(({ folder }) => overridesAt(config, folder).isRead);
}

/** Folders that are named one by one. Of more, any folder may have files. */
const MOST_FOLDERS = 50;

/**
 * Folders whose .htaccess files may say who may, and which nobody has looked through: document roots and aliases, and
 * folders that a Directory section opens for them; null stands for folders by a pattern.
 */
export function unseenFolders(config: ActiveConfig, { seen }: AccessFiles): readonly (string | null)[] {
  const seenPaths = new Set(seen.map(withSlash));
  const isSeen = (folder: string): boolean => withParents(folder).some((path) => seenPaths.has(path));
  const { all } = overridesIn(config);
  const served = new Set<string>();
  for (const host of hostsOf(config)) {
    for (const node of host.children) {
      const words = wordsOf(node);
      if (node.key === "documentroot") served.add(withSlash(words[0] ?? ""));
      if (node.key === "alias" || node.key === "scriptalias") served.add(withSlash(words[1] ?? ""));
    }
  }
  const paths = [...served].filter((folder) => folder.startsWith("/"));
  const above = new Set(paths.flatMap(withParents));
  const unseen = new Set<string | null>(
    paths.filter((folder) => !isSeen(folder) && allowedAt(config, folder).some(mayAccess)),
  );
  for (const { path, start, allowed } of all) {
    if (!mayAccess(allowed)) continue;
    if (path === null) unseen.add(start);
    else if (!isSeen(path) && !above.has(path)) unseen.add(path);
  }
  return unseen.size > MOST_FOLDERS ? [null] : [...unseen];
}
