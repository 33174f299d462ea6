import type { Dialect, TableDirective } from "../../compile/table.ts";
import { fromBytes, toBytes } from "../../routing/bytes.ts";
import { compilePattern } from "../../routing/pattern.ts";
import { patternSyntax } from "../../routing/pattern-syntax.ts";
import { toPcre } from "../apache24/regular-expression.ts";
import { expressionParts, type ExpressionPart } from "./expression-parts.ts";
import { rewritePattern } from "./rewrite-words.ts";
import { UNKNOWN, type Mapped } from "./url-pattern.ts";

/** One part of a target: text, what the expression captures under a number, or the whole path. */
export type FilledPart =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "capture"; readonly number: number }
  | { readonly kind: "path" };

/** An expression on the decoded path and a target that is filled in from it. */
export interface Filling {
  /** With a name for each capture that the target takes: see {@link captureName}. */
  readonly pattern: string;
  /** The same with captures by number. */
  readonly numbered: string;
  /** What a decoded path comes to; null when it does not match. */
  readonly fill: (path: string) => string | null;
  readonly parts: readonly FilledPart[];
  /** What the names of captures hold. */
  readonly stem: string;
  /** Where what it leads to lies as far as that is known beforehand; null when not even its end is that of the path. */
  readonly mapped: Mapped | null;
  /** What all that it leads to begins with. */
  readonly lead: string;
  /** Whether a slash begins what its first capture takes, so that a name in front of it ends there. */
  readonly beginsBelow: boolean;
  /** The last name of all that it leads to; null when the path gives it. */
  readonly name: string | null;
}

/** The name of a capture in {@link Filling.pattern}. */
export function captureName(stem: string, number: number): string {
  return `backhand_${stem}_${number}`;
}

/** Reads an expression and its target; a text says why there is no other server that takes it. `stem` is for the names. */
export function readFilling(
  { args }: Pick<TableDirective, "args">,
  dialect: Dialect,
  stem: string,
): Filling | { readonly why: string } {
  const [word = "", target = ""] = args;
  const ignoresCase = word.startsWith("(?i)");
  const source = ignoresCase ? word.slice(4) : word;
  const checked = source.startsWith("!") ? null : rewritePattern(source, ignoresCase, dialect);
  const text = dialect === "1.3" ? toPcre(source) : source;
  const found = text === null ? null : expressionParts(text);
  if (checked === null || found === null) return { why: "its expression may mean something else there" };
  const parts = targetParts(target, dialect);
  if (parts === null) return { why: "its target holds what has no equal there" };
  const used = new Set(parts.flatMap((part) => (part.kind === "capture" ? [part.number] : [])));
  const groups = new Map(
    found.flatMap((part) => (part.kind === "group" && part.number !== null ? [[part.number, part]] : [])),
  );
  if ([...used].some((number) => !groups.has(number))) return { why: "its target takes what stands inside of a group" };
  const guarded = found.map((part, at) => guardedPart(part, at, found, parts));
  const why = unsafe(parts, guarded);
  if (why !== null) return { why };
  const units = unitsOf(parts);
  const tail = tailOf(guarded, units);
  const acrossLines = (piece: string): string => (dialect === "2.0" || dialect === "2.2" ? piece : withAnyDot(piece));
  const wrap = (body: string): string => (ignoresCase ? `(?i:${body})` : body);
  const named = (part: ExpressionPart): string =>
    part.kind === "group" && part.number !== null && used.has(part.number)
      ? `(?<${captureName(stem, part.number)}>${part.content})${part.isOptional ? "?" : ""}`
      : part.text;
  const pattern = wrap(acrossLines(guarded.map(named).join("")));
  const lead = parts[0]?.kind === "text" ? parts[0].text : "";
  let compiled: ReturnType<typeof compilePattern> | null = null;
  return {
    pattern,
    numbered: wrap(acrossLines(guarded.map((part) => part.text).join(""))),
    fill(path) {
      compiled ??= compilePattern(toBytes(source), patternSyntax(dialect), { ignoreCase: ignoresCase });
      const found = "error" in compiled ? null : compiled.exec(toBytes(path));
      return found === null ? null : parts.map((part) => textOf(part, path, found.groups)).join("");
    },
    parts,
    stem,
    lead,
    beginsBelow: guarded.some((part) => part.kind === "group" && part.number === firstCapture(parts) && isBelow(part)),
    name: nameOf(parts),
    mapped: tail === null ? null : mappedOf(tail, guarded, units, stem, (body) => wrap(acrossLines(body))),
  };
}

function textOf(part: FilledPart, path: string, groups: readonly string[]): string {
  if (part.kind === "text") return part.text;
  return part.kind === "path" ? path : fromBytes(groups[part.number] ?? "");
}

const PIECES = /\[\^?\]?(?:\\.|\[:\w+:\]|[^\]\\])*\]|\\.|\.(?:[*+?]|\{\d*,?\d*\})?[?+]?/gsu;

/** In 1.3 and 2.4 a dot is the end of a line, too. */
function withAnyDot(text: string): string {
  return text.replace(PIECES, (piece) => (piece.startsWith(".") ? `(?s:${piece})` : piece));
}

/** Null for what a target cannot hold: variables, and signs that both servers take for something else. */
function targetParts(target: string, dialect: Dialect): readonly FilledPart[] | null {
  const parts: FilledPart[] = [];
  for (const [piece] of target.matchAll(/\\[$&]|\$\d|[^$&\\]+|[$&\\]/g)) {
    if (/^\$[1-9]$/.test(piece)) parts.push({ kind: "capture", number: Number(piece.slice(1)) });
    else if (piece === "&" && dialect === "2.4") parts.push({ kind: "text", text: piece });
    else if (/^[^$&\\\x00-\x1f\x7f"]+$/.test(piece)) parts.push({ kind: "text", text: piece });
    else return null;
  }
  const joined: FilledPart[] = [];
  for (const part of parts) {
    const last = joined.at(-1);
    if (part.kind === "text" && last?.kind === "text")
      joined[joined.length - 1] = { kind: "text", text: last.text + part.text };
    else joined.push(part);
  }
  return joined;
}

const textAt = (parts: readonly FilledPart[], index: number): string | null => {
  const part = parts[index];
  return part === undefined ? "" : part.kind === "text" ? part.text : null;
};

/** Holds neither slashes nor dots, and something. */
const isName = (content: string): boolean =>
  /^(?:\\[dw]|\[(?:[A-Za-z0-9_-]|\\[dw])+\])(?:\+|\{[1-9]\d*(?:,\d*)?\})?$/.test(content) ||
  /^[\w-]+(?:\|[\w-]+)*$/.test(content);

const isSegment = (content: string): boolean => /^(?:\(\?!\\\.\\\.\?\(\?:\/\|\$\)\))?\[\^\/\]\+\??$/.test(content);

const GUARD = "(?!\\.\\.?(?:/|$))";

/** A capture that becomes the beginning of a name in the target, but not in the path, must not be one of dots alone. */
function guardedPart(
  part: ExpressionPart,
  at: number,
  all: readonly ExpressionPart[],
  parts: readonly FilledPart[],
): ExpressionPart {
  if (part.kind !== "group" || part.number === null || isName(part.content)) return part;
  const before = all[at - 1];
  const isStart = before?.kind === "text" && before.character === "/";
  const needs = parts.some(
    (one, index) =>
      one.kind === "capture" && one.number === part.number && textAt(parts, index - 1)?.endsWith("/") === true,
  );
  if (!needs || isStart || part.content.includes("|")) return part;
  const content = GUARD + part.content;
  return { ...part, content, text: `(${content})${part.isOptional ? "?" : ""}` };
}

/** Why a target could hold `//` or names of dots that stand in no path; null when it cannot. */
function unsafe(parts: readonly FilledPart[], expression: readonly ExpressionPart[]): string | null {
  const why = "its target could hold // or .., which passes by what is closed";
  const text = parts
    .map((part) => (part.kind === "text" ? part.text : "$"))
    .join("")
    .replace(/^[a-z]+:\/\//i, "");
  if (/\/\/|\/\.\.?(?:\/|$)/.test(text)) return why;
  const isSafe = parts.every((part, index) => {
    if (part.kind !== "capture") return true;
    const at = expression.findIndex((one) => one.kind === "group" && one.number === part.number);
    const group = expression[at];
    const [before, behind] = [textAt(parts, index - 1), textAt(parts, index + 1)];
    if (group?.kind !== "group") return false;
    // Behind another capture, which is looked at by itself.
    if (before === null) return isBelow(group) && behind === "";
    const { content, isOptional } = group;
    if (isName(content) && !isOptional) return true;
    const previous = expression[at - 1];
    const startsName = previous?.kind === "text" && previous.character === "/";
    const next = expression[at + 1];
    const endsName =
      next === undefined || (next.kind === "text" && next.character === "/") || next.text === "$" || isBelow(next);
    if (before.endsWith(".")) return false;
    if (behind === null) {
      const other = parts[index + 1];
      const following = expression.find(
        (one) => one.kind === "group" && other?.kind === "capture" && one.number === other.number,
      );
      return isSegment(content) && following !== undefined && isBelow(following);
    }
    if (behind.startsWith("/") && !(isSegment(content) && endsName)) return false;
    if (behind !== "" && isOptional) return false;
    if (!before.endsWith("/")) return true;
    return startsName || content.startsWith(GUARD);
  });
  return isSafe ? null : why;
}

/** A group for what begins with a slash, or for nothing. */
function isBelow(part: ExpressionPart): boolean {
  return part.kind === "group" && part.content.startsWith("/") && !part.content.includes("|");
}

/** Where in the expression and in the target the end begins that both share; it begins with a slash. */
interface Tail {
  readonly from: number;
  /** How many characters of text and captures of the target it is, captures counting as one. */
  readonly length: number;
}

/** A character or the number of a capture; -1 for the whole path. */
type Unit = string | number;

/** What a target consists of. */
function unitsOf(parts: readonly FilledPart[]): readonly Unit[] {
  const units: Unit[] = [];
  for (const part of parts) {
    if (part.kind === "text") for (const character of part.text) units.push(character);
    else units.push(part.kind === "capture" ? part.number : -1);
  }
  return units;
}

function tailOf(expression: readonly ExpressionPart[], units: readonly Unit[]): Tail | null {
  let at = expression.length - 1;
  const last = expression[at];
  if (last?.text === "$") at -= 1;
  // Without an end the last capture must take all that is left.
  else if (!(last?.kind === "group" && /(?:^|[^\\])\.[*+]$/.test(last.content))) return null;
  let left = units.length;
  let found: Tail | null = null;
  for (; at >= 0 && left > 0; at -= 1, left -= 1) {
    const part = expression[at];
    const unit = units[left - 1];
    if (part === undefined || part.kind === "other") break;
    if (part.kind === "group" ? part.number !== unit : part.character !== unit) break;
    const begins = part.kind === "text" ? part.character === "/" : isBelow(part);
    if (begins) found = { from: at, length: units.length - left + 1 };
  }
  return found;
}

/** The folder above the shared end, as text with a sign for each name that is not known. */
function mappedOf(
  { from, length }: Tail,
  expression: readonly ExpressionPart[],
  units: readonly Unit[],
  stem: string,
  wrap: (body: string) => string,
): Mapped | null {
  let folder = "";
  for (const unit of units.slice(0, units.length - length)) {
    if (typeof unit === "string") folder += unit;
    else {
      const group = expression.find((one) => one.kind === "group" && one.number === unit);
      if (group?.kind !== "group" || group.isOptional || !(isName(group.content) || isSegment(group.content)))
        return null;
      folder += UNKNOWN;
    }
  }
  const before = expression.slice(0, from);
  const [first, ...others] = before;
  if (first?.text === "^" && others.every(({ kind }) => kind === "text")) {
    const url = others.map((one) => (one.kind === "text" ? one.character : "")).join("");
    return { url, folder };
  }
  const tail = expression.slice(from);
  const end = (tail.at(-1)?.text === "$" ? tail.slice(0, -1) : tail).map(({ text }) => text).join("");
  // The end is found again by what it was. Names differ, so that expressions can be joined; HAProxy captures by names alone.
  const names = new Map<string, string>();
  return {
    url: "",
    folder,
    behind(rest) {
      const name = names.get(rest) ?? `backhand_${stem}_t${names.size + 1}`;
      names.set(rest, name);
      const body = wrap(`${before.map(({ text }) => text).join("")}(?<${name}>${end})$`);
      const whole = first?.text === "^" ? body : `(?s:.*?)${body}`;
      return `^(?=${whole})(?s:.*?)(?=${rest})\\k<${name}>$`;
    },
  };
}

function firstCapture(parts: readonly FilledPart[]): number | null {
  const first = parts.find(({ kind }) => kind === "capture");
  return first?.kind === "capture" ? first.number : null;
}

/** The last name when no capture has a part in it. */
function nameOf(parts: readonly FilledPart[]): string | null {
  const last = parts.at(-1);
  if (last?.kind !== "text") return null;
  const slash = last.text.lastIndexOf("/");
  return slash === -1 ? (parts.length === 1 ? last.text : null) : last.text.slice(slash + 1);
}
