import { code, isBlank, skipBlanks, trimBlanks } from "./characters.ts";
import type { Dialect } from "./dialect.ts";
import { grammarLines } from "./grammar-lines.ts";
import { mayBeRaw } from "./raw-sections.ts";
import type { Line } from "./syntax-tree.ts";

/**
 * The lines of a whole text. Nearly all lines of real files are plain: no continuation, no quote or backslash in the name,
 * no NUL, no program. Those are told apart here by their first character, which is several times as fast as tokens and rules
 * for each; everything else goes to the grammar, which gives the same lines for all of them (a test compares).
 */
export function allLines(text: string, dialect: Dialect): readonly Line[] {
  if (text.includes("\0")) return grammarLines(text, 0, text.length, dialect);
  const lines: Line[] = [];
  const names = new Names(text);
  for (let at = 0; at < text.length;) {
    const feed = text.indexOf("\n", at);
    const end = feed === -1 ? text.length : feed + 1;
    const line = endsInBackslash(text, at, feed) ? null : plainLine(names, at, end, dialect);
    if (line !== null) {
      lines.push(line);
      at = end;
      continue;
    }
    const odd = oddEnd(text, at);
    // Where a program may begin only the grammar knows what ends it.
    const stop = /<(?:perl|lua)/i.test(text.slice(at, odd)) ? text.length : odd;
    for (const read of grammarLines(text, at, stop, dialect)) lines.push(read);
    at = stop;
  }
  return lines;
}

/** Whether the physical line that a line feed ends asks for another one, or hides a backslash. */
function endsInBackslash(text: string, start: number, feed: number): boolean {
  if (feed === -1) return false;
  let last = feed - 1;
  if (last >= start && text.charCodeAt(last) === code.carriageReturn) last -= 1;
  return last >= start && text.charCodeAt(last) === code.backslash;
}

/** Behind the first physical line that holds something and ends in no backslash: there every logical line ends. */
function oddEnd(text: string, from: number): number {
  for (let at = from; ;) {
    const feed = text.indexOf("\n", at);
    if (feed === -1) return text.length;
    const empty = feed === at || (feed === at + 1 && text.charCodeAt(at) === code.carriageReturn);
    if (!empty && !endsInBackslash(text, at, feed)) return feed + 1;
    at = feed + 1;
  }
}

/**
 * The names in a text, each made once: a configuration has some dozens of them in a hundred thousand lines, and what comes
 * after knows a name that it has seen by its identity.
 */
class Names {
  readonly text: string;
  readonly #seen: (string | undefined)[] = new Array<string | undefined>(256).fill(undefined);

  constructor(text: string) {
    this.text = text;
  }

  /** The text between two offsets. */
  at(from: number, to: number): string {
    const slot = (this.text.charCodeAt(from) * 7 + this.text.charCodeAt(to - 1) * 3 + (to - from)) & 255;
    const seen = this.#seen[slot];
    if (seen?.length === to - from && isAt(this.text, from, seen)) return seen;
    return (this.#seen[slot] = this.text.slice(from, to));
  }
}

/** Whether a text has another one at an offset; names are short, and a loop beats the call of `startsWith`. */
function isAt(text: string, from: number, other: string): boolean {
  for (let at = 0; at < other.length; at += 1) {
    if (text.charCodeAt(from + at) !== other.charCodeAt(at)) return false;
  }
  return true;
}

/** A physical line that is a whole one, or null when it needs the grammar. */
function plainLine(names: Names, start: number, end: number, dialect: Dialect): Line | null {
  const { text } = names;
  const from = skipBlanks(text, start, end);
  if (from === end) return { kind: "blank", start, end };
  const first = text.charCodeAt(from);
  if (first === code.hash) return { kind: "comment", start, end };
  if (first === code.doubleQuote || first === code.singleQuote) return null;
  if (first === code.less) return plainTag(names, start, from, end);
  const wordEnd = plainWordEnd(text, from, end);
  if (wordEnd === -1) return null;
  let nameEnd = wordEnd;
  // 2.x takes a `>` off any first word; see LineBuilder.
  const odd = text.charCodeAt(wordEnd - 1) === code.greater && dialect !== "1.3";
  if (odd && !(text.charCodeAt(from + 1) === code.slash && wordEnd > from + 1)) nameEnd -= 1;
  const name = names.at(from, nameEnd);
  let argsStart = skipBlanks(text, wordEnd, end);
  let argsEnd = trimBlanks(text, argsStart, end);
  if (argsStart >= argsEnd) argsStart = argsEnd = nameEnd;
  return { kind: "directive", start, end, name, nameStart: from, nameEnd, argsStart, argsEnd, continued: false };
}

function plainTag(names: Names, start: number, from: number, end: number): Line | null {
  const { text } = names;
  const closing = text.charCodeAt(from + 1) === code.slash;
  const nameStart = from + (closing ? 2 : 1);
  const wordEnd = plainWordEnd(text, nameStart, end);
  if (wordEnd === -1) return null;
  const closed = wordEnd > nameStart && text.charCodeAt(wordEnd - 1) === code.greater;
  const nameEnd = closed ? wordEnd - 1 : wordEnd;
  const name = names.at(nameStart, nameEnd);
  if (!closing && mayBeRaw(name)) return null;
  // In a slice, since the search would go back to the start of the text.
  const last = closing ? -1 : text.slice(wordEnd, end).lastIndexOf(">");
  const lastBracket = last === -1 ? -1 : wordEnd + last;
  let argsStart = skipBlanks(text, wordEnd, end);
  let argsEnd = trimBlanks(text, argsStart, lastBracket === -1 ? end : Math.max(lastBracket, argsStart));
  if (argsStart >= argsEnd) argsStart = argsEnd = wordEnd;
  const own = closed && (closing || (argsStart === argsEnd && lastBracket === -1));
  const bracket = own ? nameEnd : lastBracket;
  const kind = closing ? "close" : "open";
  return { kind, start, end, name, nameStart, nameEnd, argsStart, argsEnd, continued: false, bracket };
}

/** End of a word without backslash, else -1. */
function plainWordEnd(text: string, from: number, end: number): number {
  for (let at = from; at < end; at += 1) {
    const character = text.charCodeAt(at);
    if (isBlank(character)) return at;
    if (character === code.backslash) return -1;
  }
  return end;
}
