import type { FileSystem } from "../config/file-system.ts";
import { allowedOverrides, readsFiles } from "../routing/access-files.ts";
import type { RoutingTable, TableDirective, UnenforcedDirective } from "./table.ts";

/** Folders to look into in all; the search is a courtesy to people with a document root of ordinary size. */
const MOST_FOLDERS = 10_000;

type FileKind = ReturnType<FileSystem["kindOf"]>;

interface Root {
  readonly path: string;
  readonly directive: TableDirective;
  readonly names: readonly string[];
}

function lastOf(directives: readonly TableDirective[], name: string): TableDirective | undefined {
  return directives.findLast((directive) => directive.name.toLowerCase() === name);
}

/** Whether .htaccess files are read anywhere: a line lets them do something, or none forbids them for all folders. */
function allowsOverrides(table: RoutingTable): boolean {
  const lines = [...table.hosts, ...table.sections]
    .flatMap(({ directives }) => directives)
    .filter(({ name }) => /^allowoverride(?:list)?$/i.test(name));
  const lets = ({ name, args }: TableDirective): boolean =>
    name.toLowerCase() === "allowoverride"
      ? readsFiles(allowedOverrides(args, table.apache))
      : args[0]?.toLowerCase() !== "none";
  if (lines.some(lets)) return true;
  const forbidsAtRoot = table.sections.some(
    ({ kind, argument, directives }) =>
      kind === "Directory" && argument === "/" && lastOf(directives, "allowoverride") !== undefined,
  );
  return !forbidsAtRoot;
}

function rootsOf(table: {
  readonly serverRoot: string;
  readonly hosts: readonly { readonly directives: readonly TableDirective[] }[];
}): readonly Root[] {
  const main = table.hosts[0]?.directives ?? [];
  const ofMain = lastOf(main, "accessfilename");
  return table.hosts.flatMap(({ directives }): readonly Root[] => {
    const directive = lastOf(directives, "documentroot");
    const names = (lastOf(directives, "accessfilename") ?? ofMain)?.args ?? [".htaccess"];
    const path = directive?.args[0];
    if (directive === undefined || path === undefined) return [];
    return [{ path: path.startsWith("/") ? path : `${table.serverRoot}/${path}`, directive, names }];
  });
}

function firstAccessFile(root: Root, files: FileSystem, budget: { left: number }): string | null {
  const waiting = [root.path.replace(/\/+$/, "")];
  for (let folder = waiting.pop(); folder !== undefined && budget.left > 0; folder = waiting.pop()) {
    budget.left--;
    let names: readonly string[];
    try {
      names = files.readDirectory(folder === "" ? "/" : folder);
    } catch {
      continue;
    }
    const found = root.names.find((name) => names.includes(name));
    if (found !== undefined) return `${folder}/${found}`;
    for (const name of names) {
      const path = `${folder}/${name}`;
      if (files.kindOf(path) === "directory" && !files.isLink(path)) waiting.push(path);
    }
  }
  return null;
}

/**
 * The first .htaccess file of each document root that exists, as lines that decide and are not enforced; nothing when no
 * line lets such files do anything. A root too large to look through counts as if it had one.
 */
export function findAccessFile(table: RoutingTable, files: FileSystem): readonly UnenforcedDirective[] {
  if (!allowsOverrides(table)) return [];
  const budget = { left: MOST_FOLDERS };
  return rootsOf(table).flatMap((root): readonly UnenforcedDirective[] => {
    if (files.kindOf(root.path) !== "directory") return [];
    const path = firstAccessFile(root, files, budget);
    if (path === null && budget.left > 0) return [];
    return [{ name: ".htaccess", args: [path ?? `${root.path}/…`], place: root.directive.place, decides: true }];
  });
}

/** Every .htaccess file of the folders that requests lead to, as far as they are on this machine. */
export interface AccessFileSearch {
  readonly files: readonly { readonly path: string; readonly folder: string }[];
  /** Document roots and targets of aliases that were looked through with all that is below. */
  readonly seen: readonly string[];
}

/** Looks through the document roots and the folders of aliases; links are not followed, as in `findAccessFile`. */
export function searchAccessFiles(table: RoutingTable, system: FileSystem): AccessFileSearch {
  const main = table.hosts[0]?.directives ?? [];
  const ofMain = lastOf(main, "accessfilename");
  const found = new Map<string, string>();
  const seen = new Set<string>();
  const looked = new Set<string>();
  const budget = { left: MOST_FOLDERS };
  const isFolder = folderTest(system);
  /** Folders above others that were looked into, with the names that were looked for. */
  const above = new Set<string>();
  for (const { directives } of table.hosts) {
    const names = (lastOf(directives, "accessfilename") ?? ofMain)?.args ?? [".htaccess"];
    const folders = [
      ...rootsOf({ serverRoot: table.serverRoot, hosts: [{ directives }] }).map(({ path }) => path),
      ...directives.flatMap(({ name, args }) => (/^(?:script)?alias$/i.test(name) ? [args[1] ?? ""] : [])),
    ];
    for (const root of folders) {
      if (!root.startsWith("/") || looked.has(`${root} ${names.join(" ")}`)) continue;
      looked.add(`${root} ${names.join(" ")}`);
      if (!isFolder(root)) continue;
      const whole = accessFilesBelow(root.replace(/\/+$/, ""), names, system, budget, { found, above });
      if (whole) seen.add(root);
    }
  }
  return { files: [...found].map(([path, folder]) => ({ path, folder })), seen: [...seen] };
}

/** Whether a path is a folder. Folders above it are asked for first, and once: where one is not there, nothing below it is. */
function folderTest(system: FileSystem): (path: string) => boolean {
  const known = new Map<string, boolean>();
  return (path) => {
    for (let slash = path.indexOf("/", 1); slash !== -1; slash = path.indexOf("/", slash + 1)) {
      const folder = path.slice(0, slash);
      const is = known.get(folder) ?? system.kindOf(folder) === "directory";
      known.set(folder, is);
      if (!is) return false;
    }
    return system.kindOf(path) === "directory";
  };
}

interface Found {
  /** Folders by the files. */
  readonly found: Map<string, string>;
  readonly above: Set<string>;
}

/** Puts the files of a folder, of those above it and of those below it into `found`; whether all could be looked into. */
function accessFilesBelow(
  root: string,
  names: readonly string[],
  system: FileSystem,
  budget: { left: number },
  { found, above }: Found,
): boolean {
  let isWhole = true;
  const take = (folder: string, kindOf: (name: string) => FileKind): void => {
    const name = names.find((one) => kindOf(one) !== null);
    // Where the first that is there is no file httpd answers 403, and reads no other.
    if (name !== undefined && kindOf(name) === "file") found.set(`${folder}/${name}`, folder);
  };
  for (let at = root; at !== "";) {
    at = at.slice(0, at.lastIndexOf("/"));
    const folder = at;
    const key = `${folder} ${names.join(" ")}`;
    // Those above it were looked into, too.
    if (above.has(key)) break;
    above.add(key);
    take(folder, (name) => system.kindOf(`${folder}/${name}`));
  }
  const waiting = [root];
  for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
    if (budget.left-- <= 0) return false;
    const kinds = new Map<string, FileKind>();
    try {
      for (const name of system.readDirectory(folder === "" ? "/" : folder))
        kinds.set(name, system.kindOf(`${folder}/${name}`));
    } catch {
      isWhole = false;
      continue;
    }
    take(folder, (name) => kinds.get(name) ?? null);
    for (const [name, kind] of kinds) {
      const path = `${folder}/${name}`;
      if (kind === "directory" && !system.isLink(path)) waiting.push(path);
    }
  }
  return isWhole;
}
