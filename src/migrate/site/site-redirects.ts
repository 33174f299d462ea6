import type { Dialect, TableDirective } from "../../compile/table.ts";
import { fromBytes } from "../../routing/bytes.ts";
import { escapePath } from "../../routing/escape-path.ts";
import { parseRedirect, redirectNames, type RedirectRule } from "../../routing/redirect.ts";
import { toPcre } from "../apache24/regular-expression.ts";
import { acrossLines, escaped } from "./url-pattern.ts";

/** A Redirect line as other servers can say it. */
export interface SiteRedirect {
  readonly status: number;
  /** Expression on the decoded path. */
  readonly pattern: string;
  /** What the paths begin with; null: the line has an expression. */
  readonly from: string | null;
  /** With `$1` to `$9` for what the expression captures; null for a status without target. */
  readonly target: string | null;
  /** Whether the query of the request goes along. */
  readonly keepsQuery: boolean;
  /** What requests get in the place of what 1.3 gave them; null: the same. */
  readonly mends: string | null;
  /** Whether the expression leaves out what ProxyPass lines take before. */
  readonly isBounded: boolean;
  readonly directive: TableDirective;
}

/** A Redirect line that only httpd can say, and the requests that it takes; null: which ones is not known. */
export interface LostRedirect {
  readonly directive: TableDirective;
  readonly pattern: string | null;
  readonly why: string;
}

/**
 * Reads the lines of one level, in the order in which they are tried. `takenBefore`: the beginnings of paths that never come so
 * far, of those that begin with a text.
 */
export function siteRedirects(
  directives: readonly TableDirective[],
  dialect: Dialect,
  takenBefore: (start: string) => string | null,
): readonly (SiteRedirect | LostRedirect)[] {
  return directives.flatMap((directive) => {
    if (!redirectNames.has(directive.name.toLowerCase())) return [];
    const rule = parseRedirect(directive, dialect);
    if ("error" in rule) return [{ directive, pattern: null, why: rule.error }];
    const taken = takenBefore(typeof rule.from === "string" ? fromBytes(rule.from).replace(/\/+$/, "") : startOf(rule));
    return [bounded(siteRedirect(rule, dialect), taken)];
  });
}

/** How all paths that an expression matches begin, as far as that is plain. */
function startOf({ directive }: RedirectRule): string {
  const source = directive.args.find((word) => word.startsWith("^")) ?? "";
  const bare = source.replace(/\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\([^()]*\)/gs, "");
  return bare.includes("|") ? "" : (/^\^(\/[\w/-]*\/)(?![*+?{])/.exec(source)?.[1] ?? "");
}

/** A line without the paths that are taken before. */
function bounded(one: SiteRedirect | LostRedirect, taken: string | null): SiteRedirect | LostRedirect {
  const { pattern } = one;
  if (taken === null || pattern === null) return one;
  const whole = `^(?!${taken})(?s:.*?)(?:${pattern})`;
  return "why" in one ? { ...one, pattern: whole } : { ...one, pattern: whole, isBounded: true };
}

/** What a query in the target of a line of 1.3 has come to, and comes to everywhere else; null: there is none. */
export function mendedQuery({ name, args }: Pick<TableDirective, "name" | "args">): string | null {
  if (args.at(-1)?.includes("?") !== true) return null;
  return name.toLowerCase() === "redirectmatch"
    ? "1.3 escapes the question mark of a target, so that its query becomes part of the path; now it is the query that is meant"
    : "1.3 adds the query of a request to the one of the target with a second question mark; now the target has its own alone";
}

/** One line of the family. */
export function siteRedirect(rule: RedirectRule, dialect: Dialect): SiteRedirect | LostRedirect {
  const { directive, status, from } = rule;
  const isRedirect = status >= 300 && status < 400 && status !== 304;
  const start = typeof from === "string" ? fromBytes(from) : null;
  const isPattern = start === null;
  const pattern = isPattern ? patternOf(directive, dialect) : prefixPattern(start);
  if (from === null || pattern === null) return { directive, pattern: null, why: "its path is no expression for it" };
  if (/[\x00-\x1f\x7f]/.test(pattern)) return { directive, pattern: null, why: "its path holds control characters" };
  const isBounded = false;
  if (!isRedirect) {
    const whole = isPattern ? acrossLines(pattern, dialect) : `(?s:${pattern})`;
    return { directive, status, pattern: whole, from: start, target: null, keepsQuery: false, mends: null, isBounded };
  }
  const target = isPattern ? substitution(rule.target, dialect) : `${rule.target}$1`;
  const plain = isPattern ? rule.target : rule.target.replace(/^[a-z]+:\/\//i, "");
  if (target === null || /[\s"'\\;{}\x7f-\uffff]/.test(target) || (!isPattern && plain.includes("$"))) {
    return { directive, pattern, why: "its target holds characters that it has another meaning for" };
  }
  const mends = dialect === "1.3" ? mendedQuery(directive) : null;
  return { directive, status, pattern, from: start, target, keepsQuery: !target.includes("?"), mends, isBounded };
}

const patternOf = (directive: TableDirective, dialect: Dialect): string | null => {
  const source = directive.args.find((word) => !/^(?:permanent|temp|seeother|gone|\d{3})$/i.test(word)) ?? "";
  return dialect === "1.3" ? toPcre(source) : source;
};

/**
 * Any number of slashes where the path has one; a path that ends in a slash takes all that begins so. `expressionOf`: what
 * matches a text.
 */
export function prefixPattern(path: string, expressionOf = escaped): string {
  const text = expressionOf(path).replace(/\/+/g, "/+");
  return path.endsWith("/") ? `^${text}(.*)$` : `^${text}(/.*|)$`;
}

/** `$1` stays; `&` is the whole match in 1.3, and 1.3 escapes the rest of the target too. */
function substitution(target: string, dialect: Dialect): string | null {
  const fixed = target.replace(/\$[1-9]/g, "");
  if (fixed.includes("$") || fixed.includes("\\") || (dialect !== "2.4" && fixed.includes("&"))) return null;
  const [path = ""] = fixed.split("?", 1);
  return dialect === "1.3" && escapePath(path, dialect) !== path ? null : target;
}
