import type { Dialect } from "../../grammar/dialect.ts";
import type { FileSystem } from "./file-system.ts";
import { hasWildcard, matchesWildcard } from "./wildcard.ts";

/** httpd's own bound for directories inside directories (AP_MAX_INCLUDE_DIR_DEPTH). */
const MAX_DIRECTORY_DEPTH = 128;

/** One Include may bring in this many files; a real tree has hundreds, and one that links to itself has no end. */
const MAX_FILES = 10_000;

/** What an Include argument stands for: files in the order in which httpd reads them, or why it stops. */
export type IncludeResult =
  | { readonly files: readonly string[] }
  | { readonly kind: "missing-include" | "bad-include"; readonly message: string; readonly help?: string };

/**
 * Finds the files of an Include, whose argument is a file, a directory (all below it, in byte order of the names) or a
 * pattern. Before 2.4 only the last part may hold wildcards and a pattern that matches nothing is fine; from 2.4 on only
 * IncludeOptional may match nothing.
 * 1.3 http_config.c:1168, 2.4 server/config.c process_resource_config_fnmatch
 *
 * @param path the argument, made absolute with ServerRoot
 */
export function findIncludeFiles(files: FileSystem, dialect: Dialect, path: string, optional: boolean): IncludeResult {
  const search: Search = { files, dialect, optional, found: [] };
  const stop = dialect === "2.4" ? expandParts(search, path) : expandLast(search, path);
  if (stop !== null) return stop;
  if (search.found.length > MAX_FILES) {
    const message = `Include ${path} stands for more than ${MAX_FILES} files`;
    return { kind: "bad-include", message, help: "look for a symbolic link that leads back to its own directory" };
  }
  return { files: search.found };
}

interface Search {
  readonly files: FileSystem;
  readonly dialect: Dialect;
  readonly optional: boolean;
  readonly found: string[];
}

type Stop = Exclude<IncludeResult, { readonly files: readonly string[] }>;

/** 1.3 to 2.2. */
function expandLast(search: Search, path: string): Stop | null {
  if (search.files.kindOf(path) === "directory" || !hasWildcard(path)) return addPath(search, path, 0);
  const slash = path.lastIndexOf("/");
  const folder = path.slice(0, slash) || "/";
  if (hasWildcard(folder)) {
    const message = `Wildcard patterns are not allowed in the directory part of Include ${path} before httpd 2.4`;
    return { kind: "bad-include", message, help: "name the directory, or list the files one by one" };
  }
  const names = namesIn(search, folder);
  if (names === null) return missingFolder(folder);
  for (const name of names) {
    if (!matchesWildcard(path.slice(slash + 1), name)) continue;
    const stop = addPath(search, join(folder, name), 0);
    if (stop !== null) return stop;
  }
  return null;
}

/** 2.4: one part after the other. A loop over the parts; the paths so far are the candidates. */
function expandParts(search: Search, path: string): Stop | null {
  if (!hasWildcard(path)) return addPath(search, path, 0);
  const parts = path.split("/");
  let candidates: readonly string[] = [""];
  for (const [index, part] of parts.entries()) {
    if (index === 0) {
      candidates = [part];
      continue;
    }
    const last = index === parts.length - 1;
    const next: string[] = [];
    for (const candidate of candidates) {
      if (!hasWildcard(part)) {
        next.push(join(candidate, part));
        continue;
      }
      const folder = candidate === "" ? "/" : candidate;
      const names = namesIn(search, folder);
      if (names === null) {
        if (search.optional) continue;
        return missingFolder(folder);
      }
      const matching = names
        .filter((name) => matchesWildcard(part, name))
        .map((name) => join(folder, name))
        .filter((full) => last || search.files.kindOf(full) === "directory");
      if (matching.length === 0 && !search.optional) {
        const message = `No matches for the wildcard '${part}' in '${folder}'`;
        return { kind: "missing-include", message, help: "use IncludeOptional if that is fine" };
      }
      next.push(...matching.slice(0, MAX_FILES + 1));
      if (next.length > MAX_FILES) break;
    }
    candidates = next;
  }
  for (const candidate of candidates) {
    const stop = addPath(search, candidate, 0);
    if (stop !== null) return stop;
  }
  return null;
}

/** A file as it is, a directory with all below it. */
function addPath(search: Search, path: string, depth: number): Stop | null {
  if (search.found.length > MAX_FILES) return null;
  const kind = search.files.kindOf(path);
  const isDirectory = kind === "directory" && (search.dialect !== "1.3" || !search.files.isLink(path));
  if (isDirectory) {
    if (depth >= MAX_DIRECTORY_DEPTH) {
      return {
        kind: "bad-include",
        message: `Directory ${path} lies more than ${MAX_DIRECTORY_DEPTH} directories deep`,
      };
    }
    for (const name of namesIn(search, path) ?? []) {
      const stop = addPath(search, join(path, name), depth + 1);
      if (stop !== null) return stop;
    }
    return null;
  }
  if (kind === "file" || path === "/dev/null") {
    search.found.push(path);
    return null;
  }
  if (kind === null && (search.optional || NULL_DEVICE.test(path))) return null;
  const message = kind === null ? `There is no file ${path}` : `${path} is not a regular file`;
  return { kind: kind === null ? "missing-include" : "bad-include", message };
}

/** What Windows has for /dev/null: configurations from there say `ResourceConfig nul`. */
const NULL_DEVICE = /(?:^|[\\/])nul$/i;

/** Names in byte order, as `strcmp` sorts them; null when the directory cannot be read. */
function namesIn(search: Search, folder: string): readonly string[] | null {
  try {
    const names = [...search.files.readDirectory(folder)];
    return names.sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  } catch {
    return null;
  }
}

function missingFolder(folder: string): Stop {
  return { kind: "missing-include", message: `There is no directory ${folder}, or it cannot be read` };
}

function join(folder: string, name: string): string {
  return folder.endsWith("/") ? folder + name : `${folder}/${name}`;
}
