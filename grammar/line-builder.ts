import type { IToken } from "chevrotain";
import { skipBlanks, trimBlanks } from "./characters.ts";
import type { Dialect } from "./dialect.ts";
import { sourceEnd, sourceStart, type LogicalLine } from "./logical-line.ts";
import type { Line } from "./syntax-tree.ts";
import type { Word } from "./word.ts";

/** What stands behind the first word of a line; offsets in the whole text. */
interface Rest {
  readonly argsStart: number;
  readonly argsEnd: number;
  /** Offset of the last `>`, or -1. Only looked for in opening tags. */
  readonly bracket: number;
}

/** The first word of a tag, taken apart; offsets in the whole text. */
interface TagHead {
  readonly closing: boolean;
  /** Whether the word ends in `>`. */
  readonly closed: boolean;
  readonly name: string;
  readonly nameStart: number;
  readonly nameEnd: number;
  /** End of the whole word. */
  readonly end: number;
}

/**
 * Turns the tokens of each line into the line. A line starts where the one before it ended, so none of the text gets lost.
 * Tokens count their offsets from `base` of the text.
 */
export class LineBuilder {
  readonly lines: Line[] = [];
  readonly #text: string;
  readonly #base: number;
  readonly #dialect: Dialect;
  #start: number;

  constructor(text: string, base: number, dialect: Dialect) {
    this.#text = text;
    this.#base = base;
    this.#dialect = dialect;
    this.#start = base;
  }

  /** End of the last line so far. */
  get end(): number {
    return this.#start;
  }

  /** A line of blanks and of what httpd does not see, up to `end`. */
  blank(end: number): void {
    this.lines.push({ kind: "blank", start: this.#start, end });
    this.#start = end;
  }

  lineEnd(token: IToken): void {
    this.blank(this.#endOf(token));
  }

  comment(token: IToken): void {
    const end = this.#endOf(token);
    this.lines.push({ kind: "comment", start: this.#start, end });
    this.#start = end;
  }

  rawText(token: IToken): void {
    const end = this.#endOf(token);
    this.lines.push({ kind: "raw", start: this.#start, end });
    this.#start = end;
  }

  /** A line that starts with a word. A quoted one may turn out to be a tag, since httpd takes quotes off first. */
  directive(nameToken: IToken, rest: IToken | undefined): void {
    const word = wordOf(nameToken);
    if (word?.value.startsWith("<") === true) {
      this.#oddTag(word, nameToken, nameToken, rest);
      return;
    }
    const start = this.#start;
    const nameStart = this.#base + nameToken.startOffset;
    let nameEnd = this.#base + (word?.end ?? nameToken.startOffset + nameToken.image.length);
    let name = word?.value ?? nameToken.image;
    // 2.x takes a `>` off any first word, thinking of tags without argument, unless a slash in second place says closing tag.
    if (this.#dialect !== "1.3" && name.endsWith(">") && name[1] !== "/") {
      name = name.slice(0, -1);
      if (word === undefined || word.quote === "") nameEnd -= 1;
    }
    const { argsStart, argsEnd } = this.#rest(rest, nameEnd, false);
    const continued = this.#continued(nameToken, nameToken, rest);
    const end = this.#endOf(rest ?? nameToken);
    this.lines.push({ kind: "directive", start, end, name, nameStart, nameEnd, argsStart, argsEnd, continued });
    this.#start = end;
  }

  /** A line that starts with `<` or `</`. */
  tag(bracket: IToken, nameToken: IToken | undefined, rest: IToken | undefined): void {
    const word = nameToken === undefined ? undefined : wordOf(nameToken);
    if (word !== undefined && nameToken !== undefined) {
      this.#oddTag(word, bracket, nameToken, rest);
      return;
    }
    const image = nameToken?.image ?? "";
    const closed = image.endsWith(">");
    const name = closed ? image.slice(0, -1) : image;
    const nameStart = this.#endOf(bracket);
    const closing = bracket.image.length === 2;
    const end = this.#endOf(nameToken ?? bracket);
    this.#tag({ closing, closed, name, nameStart, nameEnd: nameStart + name.length, end }, bracket, nameToken, rest);
  }

  /** A line that starts with `<Perl`, or as a section of mod_lua does. */
  openRaw(open: IToken, rest: IToken | undefined): void {
    const nameStart = this.#base + open.startOffset + 1;
    const name = open.image.slice(1);
    const end = this.#endOf(open);
    this.#tag({ closing: false, closed: false, name, nameStart, nameEnd: end, end }, open, undefined, rest);
  }

  /** A tag whose first word is quoted, escaped or continued. */
  #oddTag(word: Word, first: IToken, nameToken: IToken, rest: IToken | undefined): void {
    const closing = word.value.startsWith("</");
    const closed = word.value.endsWith(">");
    const name = word.value.slice(closing ? 2 : 1, closed ? -1 : undefined);
    const nameStart = this.#base + nameToken.startOffset;
    const nameEnd = this.#base + (closed && word.quote === "" ? word.end - 1 : word.end);
    const end = this.#base + word.end;
    this.#tag({ closing, closed, name, nameStart, nameEnd, end }, first, nameToken, rest);
  }

  #tag(head: TagHead, first: IToken, nameToken: IToken | undefined, restToken: IToken | undefined): void {
    const { closing, closed, name, nameStart, nameEnd } = head;
    const rest = this.#rest(restToken, head.end, !closing);
    const { argsStart, argsEnd } = rest;
    // An opening tag with something behind it needs another bracket there.
    const own = closed && (closing || (argsStart === argsEnd && rest.bracket === -1));
    const bracket = own ? this.#text.lastIndexOf(">", nameEnd) : rest.bracket;
    const last = nameToken ?? first;
    const continued = this.#continued(first, last, restToken);
    const start = this.#start;
    const end = this.#endOf(restToken ?? last);
    const kind = closing ? "close" : "open";
    this.lines.push({ kind, start, end, name, nameStart, nameEnd, argsStart, argsEnd, continued, bracket });
    this.#start = end;
  }

  #endOf(token: IToken): number {
    return this.#base + token.startOffset + token.image.length;
  }

  /** Where the arguments lie; without any, both offsets are `empty`. */
  #rest(token: IToken | undefined, empty: number, inTag: boolean): Rest {
    if (token === undefined) return { argsStart: empty, argsEnd: empty, bracket: -1 };
    const line = token.payload as LogicalLine | undefined;
    const offset = this.#base + (line === undefined ? token.startOffset : 0);
    const text = line?.text ?? token.image;
    const last = inTag ? text.lastIndexOf(">") : -1;
    const from = skipBlanks(text, 0, text.length);
    const to = trimBlanks(text, from, last === -1 ? text.length : Math.max(last, from));
    const bracket = last === -1 ? -1 : offset + (line === undefined ? last : sourceStart(line, last));
    if (from >= to) return { argsStart: empty, argsEnd: empty, bracket };
    if (line === undefined) return { argsStart: offset + from, argsEnd: offset + to, bracket };
    return { argsStart: offset + sourceStart(line, from), argsEnd: offset + sourceEnd(line, to), bracket };
  }

  /** Whether a physical line ends before the last one of this line, or something hides a character. */
  #continued(first: IToken, name: IToken, rest: IToken | undefined): boolean {
    if (rest?.payload !== undefined) return true;
    const word = wordOf(name);
    if (word !== undefined && (name.image.includes("\n") || name.startOffset + name.image.length > word.end))
      return true;
    const start = this.#base + first.startOffset;
    return start > this.#start && this.#text.slice(this.#start, start).includes("\n");
  }
}

/** What a name token carries when its text is not its value; see LinePatterns. Offsets count as the token's do. */
function wordOf(token: IToken): Word | undefined {
  return token.payload as Word | undefined;
}
