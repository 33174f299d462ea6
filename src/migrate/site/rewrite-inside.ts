import type { ActiveDirective } from "../../config/active-config.ts";
import type { RewriteTests } from "./rewrite-conditions.ts";
import type { RewritePattern, RewriteTarget, TargetPart } from "./rewrite-words.ts";

/** A rule that leaves the request in the server, with another path or as it is. */
export interface InnerRewrite {
  readonly kind: "inside";
  readonly pattern: RewritePattern;
  readonly tests: RewriteTests;
  /** A path of the server; null: the path stays. */
  readonly target: RewriteTarget | null;
  /** Whether the query of the request goes along, behind that of the target. */
  readonly keepsQuery: boolean;
  /** Whether the rules behind it are not tried. */
  readonly isLast: boolean;
  /** Whether Redirect and Alias lines look at what it has made (PT, and rules without a target). */
  readonly passesOn: boolean;
  /** The rule, then its conditions. */
  readonly lines: readonly ActiveDirective[];
}

/** Folders of most machines: httpd takes a target that begins with one for a file's name and not for a path of the server. */
const systemFolders =
  /^\/(?:bin|boot|dev|etc|home|lib\d*|media|mnt|opt|proc|root|run|sbin|srv|sys|tmp|usr|var)(?:\/|$)/i;

/** Why a path inside of the server is none that other servers find in the same way; null when it is. */
export function wrongInside(
  target: RewriteTarget,
  pattern: RewritePattern,
  passesOn: boolean,
  isClear: (from: string, to: string) => boolean,
): string | null {
  const [first] = target.parts;
  const start = first?.kind === "text" ? first.text : "";
  if (!start.startsWith("/") || start.startsWith("//")) return "its target is no path of the server";
  if (target.parts.some(({ kind }) => kind !== "text" && kind !== "capture"))
    return "its target is made of more than the path";
  if (!passesOn && systemFolders.test(start)) return "httpd takes its target for the name of a file";
  if (!isTidy(target.parts, pattern)) return "its target could hold // or .., which passes by what is closed";
  if (!passesOn && !isClear(plainStart(pattern), start))
    return "a Location or Alias is where it comes from or leads to, which httpd looks at in another way without PT";
  return null;
}

/** The plain text that all paths begin with that an expression matches. */
function plainStart({ text, isNegated, ignoresCase }: RewritePattern): string {
  if (isNegated || ignoresCase || text.includes("|")) return "";
  return /^(?:\(\?s:)?\^((?:[\w/-]|\\\.)*)(?![*?+{])/.exec(text)?.[1]?.replaceAll("\\.", ".") ?? "";
}

interface Group {
  /** What stands in the expression before and behind it. */
  readonly before: string;
  readonly content: string;
  readonly behind: string;
}

/** The groups of an expression that capture, in their order; null for alternatives beside groups. */
function groupsOf(text: string): readonly Group[] {
  const found: Group[] = [];
  const open: { readonly at: number; readonly number: number | null }[] = [];
  let count = 0;
  for (const match of text.matchAll(/\\.|\[\^?\]?(?:\\.|\[:\w+:\]|[^\]\\])*\]|\((?!\?)|\(|\)/gs)) {
    const [piece] = match;
    const at = match.index;
    if (piece === "(") {
      const captures = text[at + 1] !== "?";
      open.push({ at, number: captures ? count : null });
      if (captures) count += 1;
    } else if (piece === ")") {
      const start = open.pop();
      if (start === undefined || start.number === null) continue;
      found[start.number] = {
        before: text.slice(0, start.at),
        content: text.slice(start.at + 1, at),
        behind: text.slice(at + 1),
      };
    }
  }
  return found;
}

/** Holds neither a slash nor a dot nor an escape, and something. */
const plainName = /^(?:\\[dw]|\[(?:[A-Za-z0-9_-]|\\[dw])+\])(?:\+|\{[1-9]\d*(?:,\d*)?\})?$/;

/** Whether what a target comes to has no empty segments and no dots alone, whatever the path is. */
function isTidy(parts: readonly TargetPart[], pattern: RewritePattern): boolean {
  const captures = parts.filter(({ kind }) => kind === "capture");
  const text = parts.map((part) => (part.kind === "text" ? part.text : "")).join("$");
  if (/\/\/|\/\.\.?(?:\/|$)/.test(text)) return false;
  if (captures.length === 0) return true;
  const groups = groupsOf(pattern.text);
  const outside = pattern.text.replace(/^\(\?s:(.*)\)$/s, "$1").replace(/\\.|\[[^\]]*\]|\([^()]*\)/g, "");
  if (outside.includes("|")) return false;
  return parts.every((part, index) => {
    if (part.kind !== "capture") return true;
    const group = groups[part.number - 1];
    const before = textAt(parts, index - 1);
    const behind = textAt(parts, index + 1);
    if (group === undefined || before === null || behind === null || before.endsWith(".")) return false;
    const isName = plainName.test(group.content);
    if (isName) return !/^[?*{]/.test(group.behind);
    if (/^[*+{]/.test(group.behind)) return false;
    if (group.behind.startsWith("?")) return group.content.startsWith("/") && behind === "" && !before.endsWith("/");
    const isSegment = group.before.endsWith("/") || group.before.endsWith("/?");
    if (before.endsWith("/") && !isSegment) return false;
    if (behind.startsWith("/"))
      return isSegment && /^\[\^\/\]\+\??$/.test(group.content) && /^(?:\/|\$|$)/.test(group.behind);
    return behind !== "" || /^\/?\??\$?\)*$/.test(group.behind);
  });
}

/** The text of a part; empty beyond the ends, null for what is no text. */
function textAt(parts: readonly TargetPart[], index: number): string | null {
  const part = parts[index];
  if (part === undefined) return "";
  return part.kind === "text" ? part.text : null;
}
