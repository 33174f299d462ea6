import { skipBlanks, trimBlanks } from "./characters.ts";
import { readPieces } from "./continuation.ts";
import type { Dialect } from "./dialect.ts";
import type { Line, SyntaxTree } from "./syntax-tree.ts";

/** A line as httpd sees it after joining continuations (and replacing variables), with the way back to the source. */
export interface LogicalLine {
  readonly text: string;
  /** In order, covering `text` end to end; at least one. */
  readonly pieces: readonly Piece[];
}

/** A stretch of a logical line: a copy of its source, or what a variable was replaced with. */
export interface Piece {
  /** Where it starts in the logical text. */
  readonly at: number;
  readonly length: number;
  /** Span in the source. */
  readonly start: number;
  readonly end: number;
  /** A value in the place of the source; its offsets map to the whole span and not to parts of it. */
  readonly replaced: boolean;
}

/** What a variable is replaced with, or undefined to leave it; the span is that of `${name}` in the source. */
export type VariableLookup = (
  name: string,
  span: { readonly start: number; readonly end: number },
) => string | undefined;

/**
 * The logical text of a span that lies within one logical line: continuations joined, text behind a NUL byte dropped. Blanks
 * at the ends are kept.
 */
export function logicalLine(text: string, start: number, end: number, dialect: Dialect): LogicalLine {
  const { pieces } = readPieces(text, start, end, dialect);
  const first = pieces[0];
  if (pieces.length === 1 && first !== undefined) return { text: text.slice(first.start, first.end), pieces };
  return { text: pieces.map((piece) => text.slice(piece.start, piece.end)).join(""), pieces };
}

/** The logical text of a whole line of a tree, without the blanks at its ends. */
export function lineText(tree: SyntaxTree, line: Line): LogicalLine {
  const whole = logicalLine(tree.text, line.start, line.end, tree.dialect);
  const from = skipBlanks(whole.text, 0, whole.text.length);
  return sliceLine(whole, from, trimBlanks(whole.text, from, whole.text.length));
}

/** The logical text of what follows the name of a directive or tag, as `argsStart` and `argsEnd` bound it. */
export function argsText(
  tree: SyntaxTree,
  line: { readonly argsStart: number; readonly argsEnd: number; readonly continued: boolean },
): LogicalLine {
  if (line.continued) return logicalLine(tree.text, line.argsStart, line.argsEnd, tree.dialect);
  return plainLine(tree.text, line.argsStart, line.argsEnd);
}

/** A span without continuations as a logical line. */
export function plainLine(text: string, start: number, end: number): LogicalLine {
  return { text: text.slice(start, end), pieces: [{ at: 0, length: end - start, start, end, replaced: false }] };
}

/** Part of a logical line, by logical offsets. */
export function sliceLine(line: LogicalLine, from: number, to: number): LogicalLine {
  if (from === 0 && to === line.text.length) return line;
  const pieces: Piece[] = [];
  for (let index = pieceAt(line.pieces, from); index < line.pieces.length; index += 1) {
    const piece = line.pieces[index];
    if (piece === undefined || (piece.at >= to && pieces.length > 0)) break;
    const low = Math.max(from, piece.at);
    const high = Math.max(low, Math.min(to, piece.at + piece.length));
    pieces.push({
      at: low - from,
      length: high - low,
      start: piece.replaced ? piece.start : piece.start + (low - piece.at),
      end: piece.replaced ? piece.end : piece.start + (high - piece.at),
      replaced: piece.replaced,
    });
  }
  return { text: line.text.slice(from, to), pieces };
}

/** Where a variable may begin, `${` cut in two by a continuation too; expressions and what they capture have other dollar signs. */
const VARIABLE = /\$[{\\]/;

/** Whether a text may hold a variable. */
export function mayHoldVariable(text: string): boolean {
  return VARIABLE.test(text);
}

/**
 * Replaces each `${NAME}` once, left to right; what comes in is not looked at again. httpd 2.x does this on the whole line
 * before it looks for words, so blanks and quotes of a value count; 1.3 never does it.
 * 2.4 server/core.c ap_resolve_env
 */
export function expandLine(line: LogicalLine, lookup: VariableLookup): LogicalLine {
  const { text } = line;
  let from = 0;
  const pieces: Piece[] = [];
  const parts: string[] = [];
  let length = 0;
  const keep = (to: number): void => {
    if (to === from) return;
    for (const piece of sliceLine(line, from, to).pieces) pieces.push({ ...piece, at: length + piece.at });
    parts.push(text.slice(from, to));
    length += to - from;
  };
  for (let at = text.indexOf("${"); at !== -1;) {
    const close = text.indexOf("}", at + 2);
    if (close === -1) break;
    const span = { start: sourceStart(line, at), end: sourceEnd(line, close + 1) };
    const value = lookup(text.slice(at + 2, close), span);
    if (value !== undefined) {
      keep(at);
      pieces.push({ at: length, length: value.length, ...span, replaced: true });
      parts.push(value);
      length += value.length;
      from = close + 1;
    }
    at = text.indexOf("${", close + 1);
  }
  if (from === 0) return line;
  keep(text.length);
  return { text: parts.join(""), pieces };
}

/** Source offset of the character at a logical offset; of the end of the line, where its last character ends. */
export function sourceStart(line: LogicalLine, at: number): number {
  const piece = line.pieces[pieceAt(line.pieces, at)];
  if (piece === undefined) return 0;
  if (piece.replaced) return at >= piece.at + piece.length ? piece.end : piece.start;
  return piece.start + Math.min(at - piece.at, piece.length);
}

/** Source offset behind the character before a logical offset. */
export function sourceEnd(line: LogicalLine, at: number): number {
  if (at === 0) return sourceStart(line, 0);
  const piece = line.pieces[pieceAt(line.pieces, at - 1)];
  if (piece === undefined) return 0;
  return piece.replaced ? piece.end : piece.start + (at - piece.at);
}

/** Index of the last piece that starts at or before `at`; empty ones before others at the same place are passed over. */
function pieceAt(pieces: readonly Piece[], at: number): number {
  let low = 0;
  let high = pieces.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((pieces[middle]?.at ?? 0) <= at) low = middle;
    else high = middle - 1;
  }
  return low;
}
