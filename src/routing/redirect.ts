import type { Dialect, Place, TableDirective } from "../compile/table.ts";
import type { ByteString } from "./bytes.ts";
import { toBytes } from "./bytes.ts";
import type { AskedRequest } from "./client-facts.ts";
import { escapePath } from "./escape-path.ts";
import { parseInterpolated, valueText } from "./expression-values.ts";
import type { Pattern } from "./pattern.ts";
import { compilePattern } from "./pattern.ts";
import { patternSyntax } from "./pattern-syntax.ts";
import { substitute } from "./substitute.ts";

/** A Redirect line ready to be tried. */
export interface RedirectRule {
  /** Null: 2.4's form in a Location without a path, which takes every request of that section. */
  readonly from: ByteString | Pattern | null;
  readonly target: ByteString;
  readonly status: number;
  readonly directive: TableDirective;
}

/** An answer that sends the client elsewhere, or (without a location) a status such as 410. */
export interface Redirection {
  readonly status: number;
  /** Escaped, ready for the Location field; a path when the configuration gives one (2.x). Null for other statuses. */
  readonly location: ByteString | null;
  readonly place: Place;
}

const named: Readonly<Record<string, number>> = { permanent: 301, temp: 302, seeother: 303, gone: 410 };

/** The names of the family, in lower case. */
export const redirectNames: ReadonlySet<string> = new Set([
  "redirect",
  "redirectmatch",
  "redirectpermanent",
  "redirecttemp",
]);

const isRedirect = (status: number): boolean => status >= 300 && status < 400 && status !== 304;

/**
 * Reads a line of the Redirect family.
 * httpd 1.3 and 2.4 mod_alias.c add_redirect_internal
 */
export function parseRedirect(directive: TableDirective, dialect: Dialect): RedirectRule | { readonly error: string } {
  const name = directive.name.toLowerCase();
  const words = directive.args.map(toBytes);
  const first = words[0] ?? "";
  const given = named[first.toLowerCase()] ?? (/^\d{3}$/.test(first) ? Number(first) : null);
  const rest = given === null ? words : words.slice(1);
  const status = given ?? (name === "redirectpermanent" ? 301 : 302);
  const wants = isRedirect(status) ? 2 : 1;
  if (rest.length === wants - 1 && dialect === "2.4" && name !== "redirectmatch") {
    return { from: null, target: rest[0] ?? "", status, directive };
  }
  if (rest.length !== wants) {
    return {
      error: isRedirect(status) ? "Expected a path and a URL" : `Expected a path and no URL for status ${status}`,
    };
  }
  const target = rest[1] ?? "";
  if (name !== "redirectmatch") return { from: rest[0] ?? "", target, status, directive };
  const pattern = compilePattern(rest[0] ?? "", patternSyntax(dialect));
  return "error" in pattern ? pattern : { from: pattern, target, status, directive };
}

/** 2.x leaves query and fragment of a target alone, 1.3 escapes all of it. */
function escapeTarget(target: ByteString, dialect: Dialect): ByteString {
  if (dialect === "1.3") return escapePath(target, dialect);
  const [, path = "", rest = ""] = /^([^?#]*)([^]*)$/.exec(target) ?? [];
  return escapePath(path, dialect) + rest;
}

/**
 * How many bytes of a path an alias covers, or 0: a slash in the alias matches any number of them, and it must end at a
 * slash or at the end.
 * httpd mod_alias.c alias_matches
 */
export function aliasLength(path: ByteString, alias: ByteString): number {
  let at = 0;
  for (let own = 0; own < alias.length;) {
    if (alias[own] === "/") {
      if (path[at] !== "/") return 0;
      while (alias[own] === "/") own++;
      while (path[at] === "/") at++;
    } else if (path[at++] !== alias[own++]) {
      return 0;
    }
  }
  return alias.endsWith("/") || at === path.length || path[at] === "/" ? at : 0;
}

/** As apr_uri_unparse writes a URL that was read: the path escaped, no port that goes without saying, no password. */
function rewritten(url: ByteString, dialect: Dialect): ByteString {
  const [, scheme, authority = "", rest = ""] = /^(?:([a-z][a-z0-9+.-]*):\/\/([^/?#]*))?([^]*)$/i.exec(url) ?? [];
  if (scheme === undefined) return escapeTarget(rest, dialect);
  const port = scheme.toLowerCase() === "https" ? ":443" : ":80";
  const host = authority.replace(/^([^:@]*):[^@]*@/, "$1:XXXXXXXX@");
  return `${scheme}://${host.endsWith(port) ? host.slice(0, -port.length) : host}${escapeTarget(rest, dialect)}`;
}

/** The form without a path: variables stand for their values, and there is no match that `$1` could mean. */
function wholeTarget(target: ByteString, asked: AskedRequest | null, dialect: Dialect): ByteString | null {
  const plain = target.replace(/\$\d/g, "");
  if (!plain.includes("%{")) return rewritten(plain, dialect);
  const filled = asked === null ? null : valueText(parseInterpolated(plain), asked);
  return filled === null ? null : rewritten(filled, dialect);
}

function targetOf(
  rule: RedirectRule,
  path: ByteString,
  dialect: Dialect,
  asked: AskedRequest | null,
): ByteString | null {
  if (rule.from === null) return wholeTarget(rule.target, asked, dialect);
  if (typeof rule.from === "string") {
    const length = aliasLength(path, rule.from);
    return length === 0 ? null : rule.target + escapePath(path.slice(length), dialect);
  }
  const match = rule.from.exec(path);
  return match === null ? null : escapeTarget(substitute(rule.target, match.groups, dialect), dialect);
}

/** The first rule that takes the path; the query goes along unless the target has one (1.3: always; in sections never). */
export function redirect(
  rules: readonly RedirectRule[],
  path: ByteString,
  query: ByteString | null,
  dialect: Dialect,
  asked: AskedRequest | null,
): Redirection | null {
  for (const rule of rules) {
    const target = targetOf(rule, path, dialect, asked);
    if (target === null) continue;
    if (!isRedirect(rule.status)) return { status: rule.status, location: null, place: rule.directive.place };
    const keepsQuery = query !== null && (dialect === "1.3" || !target.includes("?"));
    return { status: rule.status, location: keepsQuery ? `${target}?${query}` : target, place: rule.directive.place };
  }
  return null;
}
