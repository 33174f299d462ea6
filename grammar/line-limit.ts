import { readPieces } from "./continuation.ts";
import type { Dialect } from "./dialect.ts";
import type { Line } from "./syntax-tree.ts";

/** Bytes of a line that httpd before 2.4 takes into its buffer at once, `MAX_STRING_LEN` less the final NUL. */
const lineLimit = 8191;

/** A UTF-16 unit is three bytes at most, so a shorter line cannot reach the limit. */
const surelyShort = Math.floor(lineLimit / 3);

/**
 * Cuts lines as httpd before 2.4 does: it reads a physical line of more than 8191 bytes in parts, each a line for itself;
 * of joined lines the sum counts. A cut that would split a character stands before it.
 * 1.3 main/util.c ap_cfg_getline (fgets into what is left of the buffer)
 *
 * @param readLines reads the text between two offsets, which holds no more than one logical line, into a list of lines
 * @returns all lines, and those that end at a cut
 */
export function cutLines(
  text: string,
  lines: readonly Line[],
  dialect: Dialect,
  readLines: (start: number, end: number) => readonly Line[],
): { readonly lines: readonly Line[]; readonly cut: readonly Line[] } {
  const all: Line[] = [];
  const cut: Line[] = [];
  for (let index = 0; index < lines.length; index += 1) {
    let line = lines[index];
    if (line === undefined) break;
    if (line.kind === "raw" || line.end - line.start <= surelyShort) {
      all.push(line);
      continue;
    }
    let at = line.start;
    let whole = true;
    while (at < line.end) {
      const part = bufferEnd(text, at, dialect);
      if (whole && part.end === line.end) break;
      whole = false;
      for (const piece of readLines(at, part.end)) all.push(piece);
      const last = all.at(-1);
      if (part.full && last !== undefined) cut.push(last);
      at = part.end;
      // A cut between two backslashes makes the second one join the next line.
      while (at > line.end) line = lines[(index += 1)] ?? { kind: "blank", start: at, end: at };
    }
    if (whole) all.push(line);
  }
  return { lines: all, cut };
}

/** Whether any line is long enough to need {@link cutLines}. */
export function hasLongLine(lines: readonly Line[]): boolean {
  return lines.some((line) => line.end - line.start > surelyShort);
}

/** Where the line that starts at `from` ends for a reader with a buffer; `full` when the buffer decided. */
function bufferEnd(text: string, from: number, dialect: Dialect): { readonly end: number; readonly full: boolean } {
  let left = lineLimit;
  for (let at = from; ;) {
    // A unit is a byte at least: what does not lie in the window does not fit.
    const window = Math.min(text.length, at + left);
    const feed = text.slice(at, window).indexOf("\n");
    const stop = feed === -1 ? window : at + feed + 1;
    const end = offsetAfterBytes(text, at, stop, left);
    if (end < stop || feed === -1) return { end, full: end < text.length };
    const { pieces, open } = readPieces(text, at, stop, dialect);
    if (!open || stop === text.length) return { end: stop, full: false };
    for (const piece of pieces) left -= byteLength(text, piece.start, piece.end);
    if (left === 0) return { end: stop, full: true };
    at = stop;
  }
}

/** Largest offset up to `to` such that the text between takes no more than `bytes`. */
function offsetAfterBytes(text: string, from: number, to: number, bytes: number): number {
  let left = bytes;
  for (let at = from; at < to;) {
    const size = sizeAt(text, at);
    if (size > left) return at;
    left -= size;
    at += size === 4 ? 2 : 1;
  }
  return to;
}

function byteLength(text: string, from: number, to: number): number {
  let bytes = 0;
  for (let at = from; at < to;) {
    const size = sizeAt(text, at);
    bytes += size;
    at += size === 4 ? 2 : 1;
  }
  return bytes;
}

/** Bytes in the file of the character at an offset: UTF-8, and one for each byte that is none (see src/source/encoding.ts). */
function sizeAt(text: string, at: number): number {
  const point = text.codePointAt(at) ?? 0;
  if (point < 0x80) return 1;
  if (point < 0x800) return 2;
  if (point > 0xffff) return 4;
  return point >= 0xdc80 && point <= 0xdcff ? 1 : 3;
}
