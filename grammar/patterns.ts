import type { CustomPatternMatcherFunc, IToken } from "chevrotain";
import { code, isBlank, skipBlanks, trimBlanks } from "./characters.ts";
import { readPieces } from "./continuation.ts";
import type { Dialect } from "./dialect.ts";
import { logicalLine, sliceLine, sourceStart } from "./logical-line.ts";
import { closesRaw, rawTextEnd } from "./raw-sections.ts";
import { nextWord } from "./words.ts";

/** What {@link linePatterns} returns: one function per token that can go on in the next physical line. */
export interface LinePatterns {
  readonly blanks: CustomPatternMatcherFunc;
  readonly comment: CustomPatternMatcherFunc;
  /** Payload: the Word, when quotes, backslashes or continuations make the name differ from the text. */
  readonly name: CustomPatternMatcherFunc;
  /** Payload as for `name`; the word then starts with the bracket. */
  readonly tagName: CustomPatternMatcherFunc;
  /** Payload: the LogicalLine, when continuations or a NUL make it differ from the text. */
  readonly rest: CustomPatternMatcherFunc;
  readonly restBeforeRawText: CustomPatternMatcherFunc;
  readonly rawText: CustomPatternMatcherFunc;
}

/**
 * Token patterns as functions. A regular expression that repeats a group keeps a way back for each round and fails on
 * megabytes of continuations, and most lines need only a search for the next line feed.
 */
export function linePatterns(dialect: Dialect): LinePatterns {
  const rest: CustomPatternMatcherFunc = (text, from) => {
    const end = plainEnd(text, from);
    if (end !== -1) return match(text, from, end);
    const joined = readPieces(text, from, text.length, dialect);
    const line = logicalLine(text, from, joined.end, dialect);
    return match(text, from, joined.end, joined.continued ? line : undefined);
  };
  const wordFrom = (text: string, start: number, from: number): RegExpExecArray | null => {
    const line = logicalLine(text, start, text.length, dialect);
    // The blanks at the end of a line are cut before there are words: a quote that never closes does not take them in.
    const trimmed = sliceLine(line, 0, trimBlanks(line.text, 0, line.text.length));
    const word = nextWord(trimmed, 0, dialect)?.word;
    if (word === undefined || word.start !== start || word.end <= from) return null;
    return match(text, from, hiddenBackslashEnd(text, word.end, dialect), word);
  };
  return {
    rest,
    comment: (text, from) => (text.charCodeAt(from) === code.hash ? rest(text, from, [], {}) : null),
    blanks: (text, from) => {
      const end = blanksEnd(text, from, dialect);
      return end > from ? match(text, from, end) : null;
    },
    name: (text, from) => {
      const first = text.charCodeAt(from);
      const end = first === code.doubleQuote || first === code.singleQuote ? -1 : plainWordEnd(text, from);
      return end === -1 ? wordFrom(text, from, from) : match(text, from, end);
    },
    tagName: (text, from, tokens) => {
      const end = plainWordEnd(text, from);
      if (end === from) return null;
      return end === -1 ? wordFrom(text, from - lastImage(tokens).length, from) : match(text, from, end);
    },
    restBeforeRawText: (text, from, tokens, groups) => {
      const found = rest(text, from, tokens, groups);
      const end = from + (found?.[0].length ?? 0);
      return end < text.length && !closesRaw(lastImage(tokens), text, end) ? found : null;
    },
    rawText: (text, from, tokens) => match(text, from, rawTextEnd(tokens.at(-2)?.image ?? "", text, from)),
  };
}

/** A match as Chevrotain wants it: what `RegExp.exec` gives, of which it reads the first element. */
function match(text: string, from: number, to: number, payload?: unknown): RegExpExecArray {
  const found: unknown[] & { payload?: unknown } = [text.substring(from, to)];
  if (payload !== undefined) found.payload = payload;
  return found as unknown as RegExpExecArray;
}

function lastImage(tokens: readonly IToken[]): string {
  return tokens.at(-1)?.image ?? "";
}

/** End of the line when it surely neither continues nor holds a NUL, else -1. */
function plainEnd(text: string, from: number): number {
  const feed = text.indexOf("\n", from);
  const end = feed === -1 ? text.length : feed;
  let last = end - 1;
  if (feed !== -1) {
    if (last >= from && text.charCodeAt(last) === code.carriageReturn) last -= 1;
    if (last >= from && text.charCodeAt(last) === code.backslash) return -1;
  }
  if (text.substring(from, end).includes("\0")) return -1;
  return feed === -1 ? end : end + 1;
}

/** End of a word without backslash, else -1. */
function plainWordEnd(text: string, from: number): number {
  for (let at = from; at < text.length; at += 1) {
    const character = text.charCodeAt(at);
    if (isBlank(character) || character === code.nul) return at;
    if (character === code.backslash) return -1;
  }
  return text.length;
}

/** A backslash that another one hides at the end of a line belongs to the word before it; alone it would look like a continuation. */
function hiddenBackslashEnd(text: string, end: number, dialect: Dialect): number {
  if (dialect === "2.4" || text.charCodeAt(end) !== code.backslash) return end;
  const feed = text.charCodeAt(end + 1) === code.carriageReturn ? end + 2 : end + 1;
  return text.charCodeAt(feed) === code.lineFeed && text.charCodeAt(end - 1) === code.backslash ? end + 1 : end;
}

/** End of what stands before the first word of a line, or before its line feed: blanks, continuations, what a NUL hides. */
function blanksEnd(text: string, from: number, dialect: Dialect): number {
  let at = from;
  while (at < text.length && isBlank(text.charCodeAt(at)) && text.charCodeAt(at) !== code.lineFeed) at += 1;
  const character = text.charCodeAt(at);
  if (character === code.nul) {
    const feed = text.indexOf("\n", at);
    return feed === -1 ? text.length : feed;
  }
  if (character !== code.backslash) return at;
  const joined = readPieces(text, at, text.length, dialect);
  if (!joined.continued) return at;
  const line = logicalLine(text, at, joined.end, dialect);
  const first = skipBlanks(line.text, 0, line.text.length);
  if (first < line.text.length) return sourceStart(line, first);
  return text.charCodeAt(joined.end - 1) === code.lineFeed ? joined.end - 1 : joined.end;
}
