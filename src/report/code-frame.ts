import type { SourceFile } from "../source/source-file.ts";
import { printable, widthOf } from "./printable.ts";

/** One physical line as it is shown, and where under it the marks belong. Columns count from 0. */
export interface CodeFrame {
  readonly text: string;
  readonly markStart: number;
  /** At least 1: an empty span marks the place before which something is missing. */
  readonly markWidth: number;
}

const TAB_STOP = 4;
const segmenter = new Intl.Segmenter("en", { granularity: "grapheme" });

/** A place in front of a surrogate pair's second half would cut the pair. */
function wholeCharacter(text: string, offset: number): number {
  const code = text.charCodeAt(offset);
  const before = text.charCodeAt(offset - 1);
  return code >= 0xdc00 && code <= 0xdfff && before >= 0xd800 && before <= 0xdbff ? offset - 1 : offset;
}

/**
 * The line that holds `line`, `column`, cut to `width` columns around the span. Costs the same for a line of any length.
 * A span over several lines is marked to the end of its first.
 */
export function codeFrame(
  source: SourceFile,
  place: { readonly line: number; readonly column: number; readonly endLine: number; readonly endColumn: number },
  width: number,
): CodeFrame {
  const { text, lineStarts } = source;
  const lineStart = lineStarts[place.line - 1] ?? text.length;
  const next = lineStarts[place.line];
  let lineEnd = next === undefined ? text.length : next - 1;
  if (lineEnd > lineStart && text[lineEnd - 1] === "\r") lineEnd--;
  const start = Math.min(lineStart + place.column - 1, lineEnd);
  const end = place.endLine > place.line ? lineEnd : Math.min(lineStart + place.endColumn - 1, lineEnd);
  const from = start - lineStart < (width * 2) / 3 ? lineStart : wholeCharacter(text, start - Math.floor(width / 3));
  let shown = from > lineStart ? "\u2026" : "";
  let columns = shown.length;
  let markStart = -1;
  let markEnd = -1;
  // No grapheme is narrower than nothing, so a bound on characters bounds the work where widths do not.
  for (const { segment, index } of segmenter.segment(text.slice(from, Math.min(lineEnd, from + width * 4)))) {
    const offset = from + index;
    const cell = segment === "\t" ? " ".repeat(TAB_STOP - (columns % TAB_STOP)) : printable(segment);
    const cellWidth = widthOf(cell);
    if (columns + cellWidth > width - 1 && offset + segment.length < lineEnd) {
      shown += "\u2026";
      break;
    }
    if (markStart === -1 && offset + segment.length > start) markStart = columns;
    shown += cell;
    columns += cellWidth;
    if (offset < end) markEnd = columns;
  }
  if (markStart === -1) markStart = columns;
  return { text: shown.trimEnd(), markStart, markWidth: Math.max(1, markEnd - markStart) };
}
