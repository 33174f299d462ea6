import type { FileSystem } from "../config/file-system.ts";
import { allowedOverrides, readsFiles } from "../routing/access-files.ts";
import type { RoutingTable, TableDirective, UnenforcedDirective } from "./table.ts";

/** Folders to look into in all; the search is a courtesy to people with a document root of ordinary size. */
const MOST_FOLDERS = 10_000;

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

function rootsOf(table: RoutingTable): readonly Root[] {
  const main = table.hosts[0]?.directives ?? [];
  return table.hosts.flatMap(({ directives }): readonly Root[] => {
    const directive = lastOf(directives, "documentroot");
    const names = (lastOf(directives, "accessfilename") ?? lastOf(main, "accessfilename"))?.args ?? [".htaccess"];
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
