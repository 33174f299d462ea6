import { readFileSync, statSync } from "node:fs";

/** A file of users or groups as it was read; `version` changes when the file does. */
export interface AuthFile {
  readonly text: string;
  readonly version: string;
}

/** Reads the files of AuthUserFile and AuthGroupFile; null when one is not there, cannot be read or is too large. */
export type ReadAuthFile = (path: string) => AuthFile | null;

/** Some hundred thousand users. A larger file would hold up every request while it is read. */
const LARGEST = 16 * 1024 * 1024;

/** Reads from this machine, one character a byte; a file is read again when its time, size or inode changes. */
export function createAuthFileReader(): ReadAuthFile {
  const kept = new Map<string, AuthFile>();
  return (path) => {
    try {
      const status = statSync(path);
      if (!status.isFile() || status.size > LARGEST) return null;
      const version = `${status.mtimeMs} ${status.ctimeMs} ${status.size} ${status.ino}`;
      const known = kept.get(path);
      if (known?.version === version) return known;
      const file = { text: readFileSync(path, "latin1"), version };
      kept.set(path, file);
      return file;
    } catch {
      kept.delete(path);
      return null;
    }
  };
}

/** Looks up what a file says, parsed once for each version of it. */
export function createParsedFiles<Content>(
  read: ReadAuthFile,
  parse: (text: string) => Content,
): (path: string) => { readonly content: Content; readonly version: string } | null {
  const parsed = new WeakMap<AuthFile, { readonly content: Content; readonly version: string }>();
  return (path) => {
    const file = read(path);
    if (file === null) return null;
    let known = parsed.get(file);
    if (known === undefined) {
      known = { content: parse(file.text), version: file.version };
      parsed.set(file, known);
    }
    return known;
  };
}

/** Lines that say something: not empty, no comment. */
function lines(text: string): readonly string[] {
  return text.split(/\r?\n/).filter((line) => line !== "" && !line.startsWith("#"));
}

/** Users with the hashes of their passwords; the first line of a user counts, as httpd has it. */
export function parseUserFile(text: string): ReadonlyMap<string, string> {
  const users = new Map<string, string>();
  for (const line of lines(text)) {
    const [user = "", hash] = line.split(":");
    if (hash !== undefined && !users.has(user)) users.set(user, hash);
  }
  return users;
}

/** The groups that each user is in: `group: user user …`. */
export function parseGroupFile(text: string): ReadonlyMap<string, ReadonlySet<string>> {
  const groups = new Map<string, Set<string>>();
  for (const line of lines(text)) {
    const colon = line.indexOf(":");
    if (colon === -1) continue;
    const group = line.slice(0, colon);
    for (const user of line.slice(colon + 1).split(/[ \t]+/)) {
      if (user === "") continue;
      const own = groups.get(user) ?? new Set<string>();
      groups.set(user, own.add(group));
    }
  }
  return groups;
}
