import type { ByteString } from "./bytes.ts";

/** A word of an expression. */
export type Token =
  | { readonly kind: "symbol" | "operator" | "word" | "number" | "text" | "variable"; readonly text: ByteString }
  | { readonly kind: "pattern"; readonly text: ByteString; readonly flags: string };

const symbol = /(?:&&|\|\||==|=~|!~|!=|<=|>=|=|<|>|!|[(){},.])/y;
const operator = /-[a-zA-Z]+/y;
const word = /[a-zA-Z_][a-zA-Z0-9_]*/y;
const number = /-?[0-9]+/y;
const blanks = /[ \t\r\n]+/y;
const flags = /[a-zA-Z]*/y;

/** Reads up to an unescaped `close`; the backslashes before it go, others stay. */
function readUntil(
  source: string,
  from: number,
  close: string,
): { readonly text: string; readonly end: number } | null {
  let text = "";
  for (let at = from; at < source.length; at++) {
    const character = source[at] ?? "";
    if (character === "\\" && at + 1 < source.length) {
      const next = source[at + 1] ?? "";
      text += next === close ? next : character + next;
      at++;
    } else if (character === close) {
      return { text, end: at + 1 };
    } else {
      text += character;
    }
  }
  return null;
}

/** The end of a `%{…}` that starts at `at`, with those inside; -1 when nothing closes it. */
export function variableEnd(source: string, at: number): number {
  let depth = 0;
  for (let index = at; index < source.length; index++) {
    if (source.startsWith("%{", index)) {
      depth++;
      index++;
    } else if (source[index] === "}" && --depth === 0) {
      return index + 1;
    }
  }
  return -1;
}

function exec(pattern: RegExp, source: string, at: number): string | null {
  pattern.lastIndex = at;
  return pattern.exec(source)?.[0] ?? null;
}

/** Splits an expression; a slash starts a regular expression only behind `=~` and `!~`. */
export function expressionTokens(source: ByteString): readonly Token[] | { readonly error: string } {
  const tokens: Token[] = [];
  for (let at = 0; at < source.length;) {
    const blank = exec(blanks, source, at);
    if (blank !== null) {
      at += blank.length;
      continue;
    }
    const last = tokens.at(-1);
    const wantsPattern = last?.kind === "symbol" && (last.text === "=~" || last.text === "!~");
    const start = source[at] ?? "";
    if (wantsPattern && (start === "/" || start === "m")) {
      const open = start === "m" ? (source[at + 1] ?? "") : start;
      const read = readUntil(source, at + (start === "m" ? 2 : 1), open);
      if (read === null) return { error: "a regular expression without its end" };
      const found = exec(flags, source, read.end) ?? "";
      tokens.push({ kind: "pattern", text: read.text, flags: found });
      at = read.end + found.length;
      continue;
    }
    if (start === "'" || start === '"') {
      const read = readUntil(source, at + 1, start);
      if (read === null) return { error: "a text without its closing quote" };
      tokens.push({ kind: "text", text: read.text });
      at = read.end;
      continue;
    }
    if (source.startsWith("%{", at)) {
      const end = variableEnd(source, at);
      if (end === -1) return { error: 'a "%{" without its "}"' };
      tokens.push({ kind: "variable", text: source.slice(at + 2, end - 1) });
      at = end;
      continue;
    }
    const kinds = [
      ["number", number],
      ["operator", operator],
      ["symbol", symbol],
      ["word", word],
    ] as const;
    const match = kinds
      .map(([kind, pattern]) => ({ kind, text: exec(pattern, source, at) }))
      .find(({ text }) => text !== null);
    if (match === undefined || match.text === null) return { error: `"${start}" is not expected` };
    tokens.push({ kind: match.kind, text: match.text });
    at += match.text.length;
  }
  return tokens;
}
