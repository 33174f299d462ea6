import { code } from "./characters.ts";
import type { Dialect } from "./dialect.ts";
import type { Piece } from "./logical-line.ts";

/** What {@link readPieces} found; `end` lies behind the line feed, or is the limit. */
export interface JoinedLine {
  readonly pieces: readonly Piece[];
  readonly end: number;
  /** Whether anything but one stretch of source makes up the line: see `continued` in the syntax tree. */
  readonly continued: boolean;
  /** The last physical line asks for another, and there is none. */
  readonly open: boolean;
}

/**
 * Reads physical lines from `from` until one does not continue, nowhere past `limit`.
 *
 * Before 2.4 a backslash before LF or CRLF continues unless another one stands before it; that one then hides the last. In
 * 2.4 each one continues, and because the test looks at all that was joined so far, an empty physical line after a joined
 * text that ends in a backslash continues too. A NUL ends the line at once, as it ends a C string.
 * 1.3 main/util.c ap_cfg_getline, 2.4 server/util.c ap_cfg_getline_core
 */
export function readPieces(text: string, from: number, limit: number, dialect: Dialect): JoinedLine {
  const spans: Span[] = [];
  const look = limit === text.length ? text : text.slice(0, limit);
  let continued = false;
  for (let at = from; ;) {
    const feed = look.indexOf("\n", at);
    const stop = feed === -1 ? limit : feed;
    const end = feed === -1 ? limit : feed + 1;
    const nul = indexOfNul(look, at, stop);
    if (nul !== -1 || feed === -1) {
      spans.push({ start: at, end: nul === -1 ? stop : nul });
      return { pieces: toPieces(spans, from), end, continued: continued || nul !== -1, open: false };
    }
    spans.push({ start: at, end: feed });
    const joined = dialect === "2.4" ? dropBackslash(text, spans) : dropUnescapedBackslash(text, spans);
    if (joined === "ends") return { pieces: toPieces(spans, from), end, continued, open: false };
    continued = true;
    if (joined === "escaped") return { pieces: toPieces(spans, from), end, continued, open: false };
    if (end === limit) return { pieces: toPieces(spans, from), end, continued, open: true };
    at = end;
  }
}

interface Span {
  readonly start: number;
  readonly end: number;
}

type Join = "ends" | "joins" | "escaped";

/** Offset of a NUL in a range, or -1; does not look past the range, which would make many lines without one quadratic. */
function indexOfNul(text: string, from: number, to: number): number {
  const found = text.slice(from, to).indexOf("\0");
  return found === -1 ? -1 : from + found;
}

/** 1.3, 2.0, 2.2: looks at the last physical line only. */
function dropUnescapedBackslash(text: string, spans: Span[]): Join {
  const last = spans.at(-1);
  if (last === undefined) return "ends";
  let end = last.end;
  if (end > last.start && text.charCodeAt(end - 1) === code.carriageReturn) end -= 1;
  if (end === last.start || text.charCodeAt(end - 1) !== code.backslash) return "ends";
  spans[spans.length - 1] = { start: last.start, end: end - 1 };
  return end - 2 >= last.start && text.charCodeAt(end - 2) === code.backslash ? "escaped" : "joins";
}

/** 2.4: looks at all that was joined. Each character is dropped once, so the whole stays linear. */
function dropBackslash(text: string, spans: Span[]): Join {
  const tail = lastCharacter(text, spans, spans.length - 1, spans.at(-1)?.end ?? 0);
  const carriageReturn = tail.character === code.carriageReturn;
  const found = carriageReturn ? lastCharacter(text, spans, tail.index, tail.end - 1) : tail;
  if (found.character !== code.backslash) return "ends";
  const span = spans[found.index];
  if (span === undefined) return "ends";
  spans.length = found.index + 1;
  spans[found.index] = { start: span.start, end: found.end - 1 };
  return "joins";
}

/** The last character before `end` of the span `index`, going back over empty spans; -1 when there is none. */
function lastCharacter(
  text: string,
  spans: readonly Span[],
  index: number,
  end: number,
): { readonly character: number; readonly index: number; readonly end: number } {
  let at = index;
  let stop = end;
  for (let span = spans[at]; span !== undefined; span = spans[at]) {
    if (stop > span.start) return { character: text.charCodeAt(stop - 1), index: at, end: stop };
    at -= 1;
    stop = spans[at]?.end ?? 0;
  }
  return { character: -1, index: -1, end: 0 };
}

/** Empty stretches fall away, so that a place in the logical text has one place in the source. */
function toPieces(spans: readonly Span[], from: number): readonly Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  for (const { start, end } of spans) {
    if (end === start) continue;
    pieces.push({ at, length: end - start, start, end, replaced: false });
    at += end - start;
  }
  return pieces.length > 0 ? pieces : [{ at: 0, length: 0, start: from, end: from, replaced: false }];
}
