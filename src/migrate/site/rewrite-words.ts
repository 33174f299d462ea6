import { compilePattern } from "../../routing/pattern.ts";
import { patternSyntax } from "../../routing/pattern-syntax.ts";
import { toBytes } from "../../routing/bytes.ts";
import type { Dialect } from "../../compile/table.ts";
import { toPcre } from "../apache24/regular-expression.ts";
import { acrossLines, escaped } from "./url-pattern.ts";

/** An expression of a RewriteRule or RewriteCond as PCRE reads it. */
export interface RewritePattern {
  readonly text: string;
  /** How many captures it has. */
  readonly groups: number;
  readonly isNegated: boolean;
  /** Whether every path matches. */
  readonly isAll: boolean;
  readonly ignoresCase: boolean;
  /** Whether it matches a text, negation aside. */
  readonly matches: (text: string) => boolean;
}

/**
 * Reads one, with its `!`; null for what other servers might read in another way. With `folder`, the URL path of a folder
 * without a slash at its end, the expression is for what lies behind it, and becomes one for the whole path.
 */
export function rewritePattern(
  word: string,
  ignoresCase: boolean,
  dialect: Dialect,
  folder: string | null = null,
): RewritePattern | null {
  const isNegated = word.startsWith("!");
  const source = isNegated ? word.slice(1) : word;
  const text = dialect === "1.3" ? toPcre(source) : source;
  if (text === null || text === "" || /[\x00-\x1f\x7f-\uffff]/.test(text)) return null;
  const compile = (): ReturnType<typeof compilePattern> =>
    compilePattern(toBytes(source), patternSyntax(dialect), { ignoreCase: ignoresCase });
  // Compiling takes most of the time that a rule takes, and few are ever run here.
  const isEvident = evident.test(source);
  let compiled = isEvident ? null : compile();
  if (compiled !== null && "error" in compiled) return null;
  // Other groups, options and verbs could change what stands around the expression.
  if (/\(\?(?![:=!])|\(\*|\\[1-9QEGKR]/.test(text)) return null;
  const whole = folder === null ? text : belowFolder(text, folder);
  if (whole === null) return null;
  return {
    text: acrossLines(whole, dialect),
    groups: countGroups(text),
    isNegated,
    isAll: !isNegated && (folder === null ? all.test(text) : allInFolder.test(text)),
    ignoresCase,
    matches(one) {
      if (one === "" && isEvident) return evidentlyEmpty.test(source);
      compiled ??= compile();
      return !("error" in compiled) && compiled.test(toBytes(one));
    },
  };
}

/** Plain text with the usual groups, which is an expression in every dialect. */
const evident = /^\^?(?:[\w/ ~,:;=@%&!"'<>#-]|\\[./-]|\.|\((?:\.[*+]|\[\^\/\][+*]|\[0-9\][+*])\))+\$?$/;
/** Of those, what also matches an empty text. */
const evidentlyEmpty = /^\^?(?:\((?:\.|\[\^\/\]|\[0-9\])\*\))+\$?$/;

const allInFolder = /^(?:\^|\.\*|\^\.\*\$?|\^?\(\.\*\)\$?)$/;

/** An expression for a path below a folder as one for the whole path. */
function belowFolder(text: string, folder: string): string | null {
  const top = `^${escaped(folder)}/`;
  const bare = text.replace(/\\.|\[\^?\]?(?:\\.|[^\]\\])*\]/gs, "");
  if (text.startsWith("^")) return bare.includes("|") || bare.slice(1).includes("^") ? null : top + text.slice(1);
  if (bare.includes("^") || /\\[bB]|\(\?</.test(text)) return null;
  return `${top}(?s:.*?)(?:${text})`;
}

function countGroups(text: string): number {
  let count = 0;
  for (const [part] of text.matchAll(/\\.|\[\^?\]?(?:\\.|\[:\w+:\]|[^\]\\])*\]|\((?!\?)/gs))
    if (part === "(") count += 1;
  return count;
}

const all = /^(?:\^|\.\*|\^\.\*\$?|\(\.\*\)|\^\(\.\*\)\$?|\^\/|\^\/\.\*\$?|\^\/\(\.\*\)\$?|\/)$/;

/** One part of what a RewriteRule sends a client to. */
export type TargetPart =
  | { readonly kind: "text"; readonly text: string }
  /** What the rule's expression has captured; 0 is all that it matched. */
  | { readonly kind: "capture"; readonly number: number }
  /** What the last condition has captured. */
  | { readonly kind: "condition"; readonly number: number }
  /** The whole path. */
  | { readonly kind: "path" }
  /** The Host field as it came. */
  | { readonly kind: "host-field" }
  /** Its name alone, in lower case. */
  | { readonly kind: "host-name" };

/** A target with its query apart. */
export interface RewriteTarget {
  readonly parts: readonly TargetPart[];
  /** What stands behind the question mark, for paths inside of the server with `$1` and the like; null without one. */
  readonly query: string | null;
}

/** Characters that no server escapes or reads as something else. */
const plain = /^[\w./~:-]*$/;
const plainQuery = /^[\w./~:=&-]*$/;

/**
 * Reads a substitution; `serverName` is null when the client's own name is the server's; `capturesInQuery`: whether the query
 * may hold `$1`. Null for what has no equal.
 */
export function rewriteTarget(word: string, serverName: string | null, capturesInQuery = false): RewriteTarget | null {
  const mark = word.indexOf("?");
  const path = mark === -1 ? word : word.slice(0, mark);
  const query = mark === -1 ? null : word.slice(mark + 1);
  const plainText = capturesInQuery ? query?.replace(/\$[1-9]/g, "") : query;
  if (plainText !== null && plainText !== undefined && !plainQuery.test(plainText)) return null;
  const parts: TargetPart[] = [];
  for (const [piece] of path.matchAll(/\$\d|%\d|%\{[A-Z_]+\}|[^$%]+|[$%]/g)) {
    const part = partOf(piece, serverName);
    if (part === null) return null;
    parts.push(part);
  }
  return { parts, query };
}

function partOf(piece: string, serverName: string | null): TargetPart | null {
  if (/^\$\d$/.test(piece)) return { kind: "capture", number: Number(piece.slice(1)) };
  if (/^%\d$/.test(piece)) return { kind: "condition", number: Number(piece.slice(1)) };
  switch (piece) {
    case "%{REQUEST_URI}":
      return { kind: "path" };
    case "%{HTTP_HOST}":
      return { kind: "host-field" };
    case "%{SERVER_NAME}":
      return serverName === null ? { kind: "host-name" } : { kind: "text", text: serverName };
    default:
      return plain.test(piece) ? { kind: "text", text: piece } : null;
  }
}
