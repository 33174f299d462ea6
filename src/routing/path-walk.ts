import type { Dialect } from "../compile/table.ts";
import type { ByteString } from "./bytes.ts";
import { fromBytes } from "./bytes.ts";
import type { FileFacts } from "./file-facts.ts";
import { mergeSlashes, removeDots } from "./uri.ts";

/** A file name as the walk through its folders sees it. */
export interface WalkedPath {
  readonly filename: ByteString;
  /** What lies behind the file; empty when nothing does or when the files are not known. */
  readonly pathInfo: ByteString;
  /** Every folder from the root down, each with a slash at its end. */
  readonly folders: readonly ByteString[];
  /**
   * The last name as a folder, when it may or may not be one: httpd 2.x walks into a file as if it were a folder when
   * symbolic links may be followed (`certain`); without facts nobody knows. Null when it is among `folders` or not there.
   */
  readonly last: { readonly path: ByteString; readonly certain: boolean } | null;
  /** What DirectoryMatch is tested against. */
  readonly patternText: ByteString;
  readonly baseName: ByteString;
  /** Null when the files are not known. */
  readonly kind: "file" | "directory" | "missing" | "other" | null;
}

/** `/a/b/` gives `/`, `/a/`, `/a/b/`. */
function foldersOf(path: ByteString): readonly ByteString[] {
  const folders: ByteString[] = [];
  for (let at = path.indexOf("/"); at !== -1; at = path.indexOf("/", at + 1)) folders.push(path.slice(0, at + 1));
  return folders;
}

const baseNameOf = (path: ByteString): ByteString => path.slice(path.lastIndexOf("/") + 1);

function byText(path: ByteString, dialect: Dialect): WalkedPath {
  const folders = foldersOf(path);
  const isFolder = path.endsWith("/");
  const filename = isFolder && dialect === "1.3" && path !== "/" ? path.slice(0, -1) : path;
  return {
    filename: path,
    pathInfo: "",
    folders,
    last: isFolder ? null : { path: `${path}/`, certain: false },
    patternText: dialect === "1.3" ? (folders.at(-1) ?? "/") : filename,
    baseName: baseNameOf(filename),
    kind: null,
  };
}

interface Found {
  /** Longest part that exists, without a slash at its end (the root is empty). */
  readonly path: ByteString;
  readonly kind: "file" | "directory" | "other";
}

/** Looks at the whole name, as most requests name what is there, then from the base downwards up to the first missing name. */
function longestExisting(path: ByteString, base: ByteString, facts: FileFacts): Found {
  const whole = path.replace(/\/$/, "");
  const kind = whole === "" ? "directory" : facts.kindOf(fromBytes(whole));
  // What cannot be looked at may lie below something that is not there.
  if (kind !== null && kind !== "other") return { path: whole, kind };
  let found: Found = { path: base, kind: facts.kindOf(fromBytes(base === "" ? "/" : base)) ?? "directory" };
  while (found.kind === "directory") {
    const slash = path.indexOf("/", found.path.length + 1);
    if (slash === -1) return kind === null ? found : { path: whole, kind };
    const next = path.slice(0, slash);
    const nextKind = facts.kindOf(fromBytes(next));
    if (nextKind === null) break;
    found = { path: next, kind: nextKind };
  }
  return found;
}

function byFacts(path: ByteString, base: ByteString, dialect: Dialect, facts: FileFacts): WalkedPath {
  const found = longestExisting(path, base, facts);
  const rest = path.slice(found.path.length);
  if (found.kind === "directory") {
    const here = `${found.path}/`;
    if (rest === "" || rest === "/") {
      const filename = dialect === "1.3" ? found.path || "/" : found.path + rest || "/";
      const patternText = dialect === "1.3" ? here : filename;
      const baseName = baseNameOf(filename);
      return { filename, pathInfo: "", folders: foldersOf(here), last: null, patternText, baseName, kind: "directory" };
    }
    const name = rest.slice(1).split("/", 1)[0] ?? "";
    const filename = here + name;
    const patternText = dialect === "1.3" ? here : filename;
    const pathInfo = rest.slice(1 + name.length);
    return { filename, pathInfo, folders: foldersOf(here), last: null, patternText, baseName: name, kind: "missing" };
  }
  const folders = foldersOf(found.path);
  return {
    filename: found.path,
    pathInfo: rest,
    folders,
    last: rest === "" && dialect !== "1.3" ? { path: `${found.path}/`, certain: true } : null,
    patternText: dialect === "1.3" ? (folders.at(-1) ?? "/") : found.path,
    baseName: baseNameOf(found.path),
    kind: found.kind,
  };
}

/**
 * A name with one slash in the place of several; 2.x takes `.` and `..` out too, which a line may have.
 * httpd 2.4 request.c ap_directory_walk: apr_filepath_merge; checked with 2.4.71
 */
function plainName(name: ByteString, dialect: Dialect): ByteString {
  const merged = mergeSlashes(name);
  return dialect === "1.3" ? merged : removeDots(merged).path;
}

/**
 * Takes a translated name apart. With facts and where the base exists, as httpd does by looking: the longest part that is
 * there, the next name, and the rest as PATH_INFO; else by its text alone.
 * httpd 1.3 http_request.c get_path_info, directory_walk; 2.4 request.c ap_directory_walk; the walk into files as folders
 * and the texts for DirectoryMatch were checked with 2.4.71
 */
export function walkPath(name: ByteString, base: ByteString, dialect: Dialect, facts: FileFacts | null): WalkedPath {
  const path = plainName(name, dialect);
  const root = plainName(base, dialect).replace(/\/+$/, "");
  if (facts === null || facts.kindOf(fromBytes(root === "" ? "/" : root)) === null) return byText(path, dialect);
  return byFacts(path, root, dialect, facts);
}
