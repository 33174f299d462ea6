import type { Dialect, TableDirective } from "../compile/table.ts";
import type { ByteString } from "./bytes.ts";
import { fromBytes, toBytes } from "./bytes.ts";
import type { FileFacts } from "./file-facts.ts";
import { lowerName } from "./lower-name.ts";

/** Where `/~name/…` leads. */
export type UserFolder =
  | {
      readonly kind: "folder";
      readonly filename: ByteString;
      readonly base: ByteString;
      readonly directive: TableDirective;
    }
  | { readonly kind: "redirect"; readonly location: ByteString; readonly directive: TableDirective };

/** Finds the folder of a user for a decoded path; null: no line says anything of it. */
export type FindUserFolder = (path: ByteString, facts: FileFacts | null) => UserFolder | null;

/** What the lines of one server say. */
export interface UserFolderSettings {
  readonly directive: TableDirective | null;
  readonly patterns: readonly ByteString[];
  readonly isDisabled: boolean | null;
  readonly disabled: ReadonlySet<ByteString> | null;
  readonly enabled: ReadonlySet<ByteString> | null;
}

/** Reads the UserDir lines among others. */
export function userFolderSettings(directives: readonly TableDirective[]): UserFolderSettings {
  const lines = directives.filter(({ name }) => lowerName(name) === "userdir");
  if (lines.length === 0) return noSettings;
  let directive: TableDirective | null = null;
  let isDisabled: boolean | null = null;
  const disabled = new Set<ByteString>();
  const enabled = new Set<ByteString>();
  for (const line of lines) {
    const [word = "", ...users] = line.args.map(toBytes);
    const keyword = word.toLowerCase();
    if (/^disabled?$/.test(keyword)) {
      if (users.length === 0) isDisabled = true;
      for (const user of users) disabled.add(user.toLowerCase());
    } else if (/^enabled?$/.test(keyword)) {
      for (const user of users) enabled.add(user.toLowerCase());
    } else {
      directive = line;
    }
  }
  return {
    directive,
    patterns: directive?.args.map(toBytes) ?? [],
    isDisabled,
    disabled,
    enabled,
  };
}

const noSettings: UserFolderSettings = {
  directive: null,
  patterns: [],
  isDisabled: null,
  disabled: null,
  enabled: null,
};

/** `.` and `..` one letter too late, as httpd has it. */
const isDotName = (user: ByteString): boolean => /^[^]\.(?:\.?)$/.test(user);

/** One word of UserDir for one user, in front of the rest of the path; null: the user has no home here. */
export function folderOfUser(
  pattern: ByteString,
  user: ByteString,
  rest: ByteString,
  dialect: Dialect,
  facts: Pick<FileFacts, "homeOf"> | null,
): { readonly filename: ByteString; readonly base: ByteString } | { readonly location: ByteString } | null {
  const star = pattern.indexOf("*");
  const before = star === -1 ? null : pattern.slice(0, star);
  const behind = star === -1 ? pattern : pattern.slice(star + 1);
  if (before?.includes(":") === true && !pattern.startsWith("/")) {
    // From 2.0 on what stands behind the asterisk is left out.
    if (behind === "" || (dialect === "1.3" && behind.startsWith("/"))) {
      return { location: before + user + behind + rest };
    }
    if (dialect !== "1.3") return { location: before + user + rest };
  }
  if (before !== null && (behind === "" || pattern.startsWith("/")))
    return { filename: before + user + behind, base: before };
  if (pattern.startsWith("/")) return { filename: `${pattern}/${user}`, base: pattern };
  if (dialect === "1.3" && before === null && pattern.includes(":")) return { location: `${pattern}/${user}${rest}` };
  const home = facts?.homeOf?.(fromBytes(user)) ?? null;
  return home === null ? null : { filename: `${toBytes(home)}/${behind}`, base: "/" };
}

/**
 * Builds the search for users' folders of a host: what its own lines say before the main server's, each kind for itself. Of several
 * folders the first that is there counts, else the last.
 * httpd mod_userdir.c translate_userdir
 */
export function userFolders(
  first: UserFolderSettings,
  second: UserFolderSettings,
  dialect: Dialect,
): FindUserFolder | null {
  const { directive, patterns } = first.directive === null ? second : first;
  if (directive === null) return null;
  const isDisabled = first.isDisabled ?? second.isDisabled ?? false;
  const disabled = first.disabled ?? second.disabled ?? new Set();
  const enabled = first.enabled ?? second.enabled ?? new Set();

  return (path, facts) => {
    if (!path.startsWith("/~")) return null;
    const slash = path.indexOf("/", 2);
    const user = slash === -1 ? path.slice(2) : path.slice(2, slash);
    const rest = slash === -1 ? "" : path.slice(slash).replace(/^\/+/, dialect === "1.3" ? "$&" : "/");
    const key = user.toLowerCase();
    if (user === "" || isDotName(user) || disabled.has(key) || (isDisabled && !enabled.has(key))) return null;
    for (const [index, pattern] of patterns.entries()) {
      const found = folderOfUser(pattern, user, rest, dialect, facts);
      if (found === null) continue;
      if ("location" in found) return { kind: "redirect", location: found.location, directive };
      const { filename, base } = found;
      const isLast = index === patterns.length - 1;
      if (isLast || facts === null || facts.kindOf(fromBytes(filename)) !== null) {
        return { kind: "folder", filename: filename + rest, base, directive };
      }
    }
    return null;
  };
}
