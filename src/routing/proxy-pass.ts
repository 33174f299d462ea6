import type { Dialect, TableDirective } from "../compile/table.ts";
import type { ByteString } from "./bytes.ts";
import { toBytes } from "./bytes.ts";
import type { Pattern } from "./pattern.ts";
import { compilePattern } from "./pattern.ts";
import { patternSyntax } from "./pattern-syntax.ts";
import { isShellPattern } from "./fnmatch.ts";
import type { ProxyOrigin } from "./proxy-origin.ts";
import { readProxyOrigin } from "./proxy-origin.ts";
import { aliasLength } from "./redirect.ts";
import { substitute } from "./substitute.ts";

/** A ProxyPass or ProxyPassMatch line ready to be tried. */
export interface ProxyRule {
  readonly from: ByteString | Pattern;
  /** Null for `!`: what it covers is not proxied. */
  readonly to: ByteString | null;
  /** Of `to`; null with it, and for a URL whose server is not known beforehand. */
  readonly origin: ProxyOrigin | null;
  /** `nocanon`: the path goes on as it was sent. */
  readonly isRaw: boolean;
  readonly directive: TableDirective;
}

/** What a rule makes of a path: a URL, `null` for `!`. */
export interface ProxyMapping {
  readonly rule: ProxyRule;
  /** The rule's URL with the rest of the path behind it, decoded unless `isRaw`. */
  readonly url: ByteString;
  /** With the query, and ready to be sent. */
  readonly isRaw: boolean;
}

/** The names of the lines, in lower case. */
export const proxyPassNames: ReadonlySet<string> = new Set(["proxypass", "proxypassmatch"]);

/**
 * Reads a line; `path` is the argument of the section that it stands in, which then is what the line compares with: a regular
 * expression when it looks like a shell pattern.
 * httpd mod_proxy.c add_pass
 */
export function parseProxyRule(
  directive: TableDirective,
  dialect: Dialect,
  path: string | null,
): ProxyRule | { readonly error: string } {
  let isPattern = directive.name.toLowerCase() === "proxypassmatch";
  let words = directive.args.map(toBytes);
  if (words[0] === "~") {
    isPattern = true;
    words = words.slice(1);
  }
  if (path !== null) {
    words = [toBytes(path), ...words];
    isPattern ||= isShellPattern(path);
  }
  const [source, target, ...options] = words;
  if (source === undefined || target === undefined) return { error: "Expected a path and a URL" };
  const flags = new Set(options.map((word) => word.toLowerCase()));
  const from = isPattern ? compilePattern(source, patternSyntax(dialect)) : source;
  if (typeof from !== "string" && "error" in from) return from;
  const to = target === "!" ? null : target;
  return {
    from,
    to,
    origin: to === null ? null : readProxyOrigin(to),
    isRaw: flags.has("nocanon"),
    directive,
  };
}

/**
 * What a line makes of a path: undefined when it does not cover it, null when it says that the path is not proxied. `sent` is
 * the target as it came.
 * httpd mod_proxy.c ap_proxy_trans_match
 */
export function mapByRule(
  rule: ProxyRule,
  path: ByteString,
  sent: ByteString,
  dialect: Dialect,
): ProxyMapping | null | undefined {
  const { from, to, isRaw } = rule;
  if (typeof from === "string") {
    const length = aliasLength(path, from);
    if (length === 0) return undefined;
    if (to === null) return null;
    // What was decoded, or freed of dots, cannot be found again in the target as it was sent.
    const raw = isRaw && aliasLength(sent, from) === length;
    return { rule, url: to + (raw ? sent : path).slice(length), isRaw: raw };
  }
  const match = from.exec(path);
  if (match === null) return undefined;
  if (to === null) return null;
  const sentMatch = isRaw ? from.exec(sent) : null;
  const raw = sentMatch !== null;
  const filled = substitute(to, (sentMatch ?? match).groups, dialect);
  // A URL without a part to fill in gets the whole path behind it.
  return { rule, url: filled === to ? to + (raw ? sent : path) : filled, isRaw: raw };
}
