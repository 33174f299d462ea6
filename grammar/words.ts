import { code, isBlank, skipBlanks } from "./characters.ts";
import type { Dialect } from "./dialect.ts";
import { argsText, sourceEnd, sourceStart, type LogicalLine } from "./logical-line.ts";
import type { SyntaxTree } from "./syntax-tree.ts";
import type { Word } from "./word.ts";

/** A word and the logical offset at which the search for the next one starts: the rest of the line, as RAW_ARGS gets it. */
export interface NextWord {
  readonly word: Word;
  readonly next: number;
}

/**
 * Splits a logical line from a logical offset on into httpd's words. An empty quoted word ends most argument lists for httpd;
 * that is for the reader of the words to know.
 */
export function splitWords(line: LogicalLine, dialect: Dialect, from = 0): readonly Word[] {
  const words: Word[] = [];
  for (let found = nextWord(line, from, dialect); found !== null; found = nextWord(line, found.next, dialect)) {
    words.push(found.word);
  }
  return words;
}

/** The words of what follows the name of a directive or tag; of a tag without the closing `>`. No variables are replaced. */
export function argsWords(
  tree: SyntaxTree,
  line: { readonly argsStart: number; readonly argsEnd: number; readonly continued: boolean },
): readonly Word[] {
  if (line.argsStart === line.argsEnd) return [];
  if (line.continued) return splitWords(argsText(tree, line), tree.dialect);
  const { text, dialect } = tree;
  const to = line.argsEnd;
  const start = skipBlanks(text, line.argsStart, to);
  if (start >= to) return [];
  const first = wordAt(text, start, to, dialect);
  let at = skipBlanks(text, first.end, to);
  // Most lines have one word or two; a list that grows by pushing has room for 17 at once, which doubles the memory of all.
  if (at >= to) return [first];
  const second = wordAt(text, at, to, dialect);
  at = skipBlanks(text, second.end, to);
  if (at >= to) return [first, second];
  const words = [first, second];
  while (at < to) {
    const word = wordAt(text, at, to, dialect);
    words.push(word);
    at = skipBlanks(text, word.end, to);
  }
  return words;
}

/**
 * Reads one word, or null when only blanks are left. A quote counts only as the first character of a word; the text behind
 * the closing one starts another word.
 * 1.3 main/util.c ap_getword_conf, 2.4 server/util.c ap_getword_conf
 */
export function nextWord(line: LogicalLine, from: number, dialect: Dialect): NextWord | null {
  const { text } = line;
  const start = skipBlanks(text, from, text.length);
  if (start >= text.length) return null;
  const found = wordAt(text, start, text.length, dialect);
  const next = skipBlanks(text, found.end, text.length);
  const single = line.pieces.length === 1 ? line.pieces[0] : undefined;
  const exact = single !== undefined && !single.replaced;
  const word: Word = {
    start: exact ? single.start + start : sourceStart(line, start),
    end: exact ? single.start + found.end : sourceEnd(line, found.end),
    value: found.value,
    quote: found.quote,
    terminated: found.terminated,
  };
  return { word, next };
}

/** The word that starts at an offset, which holds no blank, and ends at `to` at last; its offsets are those of the text. */
function wordAt(text: string, start: number, to: number, dialect: Dialect): Word {
  const first = text.charCodeAt(start);
  if (first !== code.doubleQuote && first !== code.singleQuote) {
    let end = start;
    while (end < to && !isBlank(text.charCodeAt(end))) end += 1;
    return { start, end, value: unescapeBare(text.slice(start, end)), quote: "", terminated: true };
  }
  const close = closingQuote(text, start + 1, to, first, dialect);
  const terminated = close < to;
  return {
    start,
    end: terminated ? close + 1 : close,
    value: unescapeQuoted(text.slice(start + 1, close), first),
    quote: first === code.doubleQuote ? '"' : "'",
    terminated,
  };
}

/**
 * Offset of the quote that ends a word, or of the end of the line. httpd 1.3 knows only the escaped quote here, 2.x the
 * escaped backslash too; so `"a\\"` ends in 2.x, and in 1.3 it takes in the rest of the line.
 */
function closingQuote(text: string, from: number, to: number, quote: number, dialect: Dialect): number {
  let at = from;
  while (at < to) {
    const character = text.charCodeAt(at);
    if (character === quote) return at;
    const next = character === code.backslash && at + 1 < to ? text.charCodeAt(at + 1) : -1;
    at += next === quote || (next === code.backslash && dialect !== "1.3") ? 2 : 1;
  }
  return to;
}

function unescapeBare(text: string): string {
  return text.includes("\\\\") ? text.replaceAll("\\\\", "\\") : text;
}

function unescapeQuoted(text: string, quote: number): string {
  if (!text.includes("\\")) return text;
  return text.replace(quote === code.doubleQuote ? /\\(["\\])/g : /\\(['\\])/g, "$1");
}
