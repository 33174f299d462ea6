import type { Dialect } from "../../compile/table.ts";
import { shellPattern } from "../../routing/fnmatch.ts";
import { toBytes } from "../../routing/bytes.ts";
import { toPcre } from "../apache24/regular-expression.ts";
import type { Layer } from "./layers.ts";

/** Stands in a folder for a name, or a part of one, that each request gives. */
export const UNKNOWN = "\0";

/** Where the files of a part of the URLs lie: URL path and folder, both without a slash at the end. */
export interface Mapped {
  readonly url: string;
  /** With {@link UNKNOWN} for what is not known beforehand. */
  readonly folder: string;
  /** The expression on the path for one on what lies behind the folder, slash included; without it that is what lies behind `url`. */
  readonly behind?: (rest: string) => string;
}

function behind({ url, behind: own }: Mapped, rest: string): string {
  return own === undefined ? `^${escaped(url)}${rest}` : own(rest);
}

/** A text as an expression that matches nothing else. */
export function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

/** A shell pattern as an expression, without anchors; null for what it cannot say. */
export function globExpression(pattern: string): string | null {
  let text = "";
  for (let at = 0; at < pattern.length;) {
    const character = pattern[at] ?? "";
    at += 1;
    if (character === "*") text += "[^/]*";
    else if (character === "?") text += "[^/]";
    else if (character === "\\") {
      text += escaped(pattern[at] ?? "\\");
      at += 1;
    } else if (character === "[") {
      const set = /^[!^]?\]?[^\]\\/[]*\]/.exec(pattern.slice(at))?.[0];
      if (set === undefined) return null;
      at += set.length;
      text += `(?!/)[${set.replace(/^[!^]/, "^").replace(/^(\^?)\]/, "$1\\]")}`;
    } else text += escaped(character);
  }
  return text;
}

/**
 * An expression of a file of httpd for the servers that are migrated to: in 1.3 and 2.4 a dot is also the end of a line, which
 * an encoded path can hold.
 */
export function acrossLines(expression: string, dialect: Dialect): string {
  if (dialect === "2.0" || dialect === "2.2") return expression;
  return expression.replace(/\\./gs, "").includes(".") ? `(?s:${expression})` : expression;
}

/** What a target's expressions are tested against is the decoded path; none of these can hold a control character. */
const isWritable = (expression: string): boolean => !/[\x00-\x1f\x7f]/.test(expression);

/**
 * The expressions on the decoded path that stand for a section with a pattern, in a part of the URLs: all of them must match.
 * without any, all of it is covered. `none`: nothing there is. Null: no expression says it.
 */
export function urlPatterns(layer: Layer, mapped: Mapped | null, dialect: Dialect): readonly string[] | "none" | null {
  const own = ownPattern(layer, mapped, dialect);
  if (own === null || own === "none") return own;
  const list = own === "all" ? [] : [own];
  if (layer.inside !== null) {
    const outer = urlPatterns({ ...layer, section: layer.inside, inside: null }, mapped, dialect);
    if (outer === null || outer === "none") return outer;
    list.unshift(...outer);
  }
  return list.every(isWritable) ? list : null;
}

function expressionOf(word: string, dialect: Dialect, matchesEnd = true): string | null {
  if (dialect === "1.3") return toPcre(word, matchesEnd);
  // Names of groups are for variables alone.
  const argument = word.replace(/\(\?<(?![=!])\w+>/g, "(");
  return matchesEnd || !argument.includes("$") ? argument : null;
}

/** `all` and `none` are known without looking at the path; null is what no expression says. */
type Own = string | null;

function ownPattern({ section: { kind, argument } }: Layer, mapped: Mapped | null, dialect: Dialect): Own {
  switch (kind) {
    case "Location": {
      const glob = globExpression(argument);
      return glob === null ? null : `^${glob}$`;
    }
    case "LocationMatch":
      return expressionOf(argument, dialect);
    case "Files": {
      const glob = globExpression(argument);
      return glob === null ? null : `/(?=[^/])${glob}$`;
    }
    case "FilesMatch": {
      const expression = expressionOf(argument, dialect);
      if (expression === null || expression.includes("(?<")) return null;
      // An end of a name with nothing in it that a slash could be.
      if (/^(?:\\\W|[\w-]|\((?:\?:)?[\w|?-]*\)\??)+\$$/.test(expression)) return expression;
      const start = /^\^(?=[^|]*$)/.test(expression) ? expression.slice(1) : null;
      if (start !== null && !/[$|]/.test(start.slice(0, -1)) && !start.includes("^")) {
        return start.endsWith("$") && !start.endsWith("\\$") ? `/${start}` : `/(?=[^/]*$)${start}`;
      }
      // The beginning of the name is where a slash stands before it.
      if (/\[\^?[^\]]+\^/.test(expression)) return null;
      const inside = expression.replace(/\\.|\[\^|\^/g, (part) => (part === "^" ? "(?<=/)" : part));
      return `(?=[^/]*$)(?:${inside})`;
    }
    case "Directory":
      return mapped === null ? null : folderGlob(argument, mapped);
    case "DirectoryMatch":
      return mapped === null ? null : folderExpression(argument, mapped, dialect);
    default:
      return null;
  }
}

const segmentsOf = (path: string): readonly string[] => path.split("/").filter((one) => one !== "");

/** A Directory with wildcards: what of it lies above the folder must match that, the rest is an expression on the URL. */
function folderGlob(argument: string, mapped: Mapped): Own {
  const pattern = segmentsOf(argument);
  const above = segmentsOf(mapped.folder);
  const isMet = (one: string | undefined, name: string): boolean | null => {
    if (one === undefined || (one === "*" && name.includes(UNKNOWN))) return true;
    return name.includes(UNKNOWN) ? null : shellPattern(toBytes(one))(toBytes(name));
  };
  const met = above.map((name, at) => isMet(pattern[at], name));
  if (met.includes(false)) return "none";
  if (met.includes(null)) return null;
  const rest = pattern.slice(above.length).map(globExpression);
  if (rest.length === 0) return "all";
  return rest.includes(null) ? null : behind(mapped, `/${rest.join("/")}(?:/|$)`);
}

/**
 * A DirectoryMatch for folders of some names wherever they are, `/(CVS|\.svn)(/|$)` say: in every httpd the expression meets
 * the folder and all below it. Null for anything else.
 */
function folderNames(argument: string): string | null {
  const [, names = "", end = ""] =
    /^\/((?:[\w-]|\\\.|\((?:\?:)?(?:[\w|-]|\\\.)+\))+)(\/?|\((?:\?:)?(?:\/\|\$|\$\|\/)\))$/.exec(argument) ?? [];
  return names === "" ? null : end === "" ? `/${names}` : `/${names}(?:/|$)`;
}

/** A DirectoryMatch: a plain beginning must be the folder's, or, without an anchor, lie wholly below it. */
function folderExpression(argument: string, mapped: Mapped, dialect: Dialect): Own {
  const { folder } = mapped;
  const named = folderNames(argument);
  if (named !== null) {
    if (new RegExp(named).test(`${folder}/`)) return "all";
    return folder.includes(UNKNOWN) ? null : behind(mapped, `(?=/).*?${named}`);
  }
  if (folder.includes(UNKNOWN)) return null;
  const whole = expressionOf(argument, dialect, dialect === "2.4");
  if (whole === null) return null;
  const ignoresCase = whole.startsWith("(?i)");
  const expression = ignoresCase ? whole.slice(4) : whole;
  const folded = (text: string): string => (ignoresCase ? text.toLowerCase() : text);
  const wrap = (text: string): string => (ignoresCase ? `(?i:${text})` : text);
  if (/\(\?(?!:)|\|(?![^(]*\))/.test(expression)) return null;
  const isAnchored = expression.startsWith("^");
  const body = isAnchored ? expression.slice(1) : expression;
  const [plain = ""] = /^(?:[\w/@~%,:;=-]|\\[^\w])*(?![*?+{])/.exec(body) ?? [];
  const literal = folded(plain.replace(/\\(.)/g, "$1"));
  // 1.3 looks at the folder with a slash at its end, 2.x at the whole name.
  const upToFolder = dialect === "1.3" ? "(?:(?<=/)|.*/)" : "";
  const top = folded(`${folder}/`);
  if (isAnchored) {
    if (!literal.startsWith(top)) return top.startsWith(literal) ? null : "none";
    const rest = body.slice(plain.length);
    return behind(mapped, `/${wrap(`(?:${escaped(literal.slice(top.length))}${rest})`)}${upToFolder}`);
  }
  if (!literal.startsWith("/") || literal.length < 2) return null;
  for (let at = 0; at !== -1; at = top.indexOf("/", at + 1)) {
    const part = top.slice(at);
    if (part.length > 1 && (part.startsWith(literal) || literal.startsWith(part))) return null;
  }
  return behind(mapped, `(?=/).*?${wrap(`(?:${body})`)}${upToFolder}`);
}
