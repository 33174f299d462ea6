import { posix } from "node:path";

import { FILES_FOLDER } from "../access-files.ts";
import type { SourceText } from "../source-lines.ts";

/** Names in the output, by file of the source or reading of one. */
export type OutputNames = ReadonlyMap<SourceText, string>;

/** The main file among all; undefined when only the command line says something. */
export function mainOf(files: readonly SourceText[]): SourceText | undefined {
  return files.find(({ path, reading }) => reading.via === null && !path.startsWith("-"));
}

/** Where each file of the source goes, by its path: as it lies to the main file; what lies elsewhere below `included`. */
export function outputPaths(files: readonly SourceText[], mainName: string): ReadonlyMap<string, string> {
  const paths = new Map<string, string>();
  const taken = new Set<string>(reserved);
  const main = mainOf(files)?.path ?? "";
  const folder = posix.dirname(main);
  for (const { path } of files) {
    if (paths.has(path)) continue;
    const wanted = path === main ? mainName : placeFor(path, folder);
    let name = wanted;
    for (let count = 2; taken.has(name) || (name === mainName && path !== main); count += 1) {
      name = `included/${count}/${wanted}`;
    }
    taken.add(name);
    paths.set(path, name);
  }
  return paths;
}

function placeFor(path: string, folder: string): string {
  if (path === "-C") return "command-line-before.conf";
  if (path === "-c") return "command-line-after.conf";
  if (path === "-") return "standard-input.conf";
  const clean = posix.normalize(path);
  const relative = posix.relative(folder, clean);
  const isOutside = relative.startsWith("..") || posix.isAbsolute(relative) || relative.startsWith(`${FILES_FOLDER}/`);
  // Characters that an Include would read as a pattern, or as the end of its word.
  return (isOutside ? posix.join("included", clean) : relative).replace(/["\\*?[\]\r\n$]/g, "_");
}

/** Files that a migration writes beside the converted ones. */
const reserved = ["report.json", "report.html", "verify.json", "backend.conf", `${FILES_FOLDER}.txt`];

/**
 * A name for each group of readings with the same result. The group that is read first has the file's own name, the others
 * stand beside it: `common.conf`, `common.2.conf`.
 */
export function groupNames(
  groups: readonly (readonly SourceText[])[],
  paths: ReadonlyMap<string, string>,
): OutputNames {
  const names = new Map<SourceText, string>();
  const taken = new Set(paths.values());
  const begun = new Set<string>();
  for (const group of groups) {
    const [first] = group;
    if (first === undefined) continue;
    const own = paths.get(first.path) ?? first.path;
    let name = own;
    for (let count = 2; begun.has(own) && taken.has(name); count += 1) name = numbered(own, count);
    begun.add(own);
    taken.add(name);
    for (const file of group) names.set(file, name);
  }
  return names;
}

function numbered(path: string, count: number): string {
  const { dir, name, ext } = posix.parse(path);
  return posix.join(dir, `${name}.${count}${ext}`);
}
