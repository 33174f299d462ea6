import { readPieces } from "./continuation.ts";
import type { Dialect } from "./dialect.ts";
import { grammarLines } from "./grammar-lines.ts";
import { cutLines, hasLongLine } from "./line-limit.ts";
import { nest } from "./nesting.ts";
import { allLines } from "./plain-lines.ts";
import { takeOutDocumentation } from "./pod.ts";
import type { Line, SyntaxTree } from "./syntax-tree.ts";

/**
 * Reads a text as a configuration of a dialect. Never throws, whatever the text; what is wrong with the nesting is in
 * `problems`. The lines of the tree lie end to end and are all of the text.
 */
export function parse(text: string, dialect: Dialect): SyntaxTree {
  const read = allLines(text, dialect);
  const limited = dialect !== "2.4" && hasLongLine(read);
  const again = (start: number, end: number): readonly Line[] => grammarLines(text, start, end, dialect);
  const { lines: all, cut } = limited ? cutLines(text, read, dialect, again) : { lines: read, cut: [] };
  const lines = takeOutDocumentation(text, all);
  const { children, problems } = nest(lines);
  return { text, dialect, lines, children, problems, cut, lost: lostLine(text, lines, dialect) };
}

/** See `lost` in the syntax tree. */
function lostLine(text: string, lines: readonly Line[], dialect: Dialect): Line | null {
  const last = lines.at(-1);
  if (dialect === "2.4" || last === undefined || last.kind === "raw") return null;
  return readPieces(text, last.start, last.end, dialect).open ? last : null;
}
