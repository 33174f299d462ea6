import type { Dialect } from "./dialect.ts";
import { LineBuilder } from "./line-builder.ts";
import { cutLines, hasLongLine } from "./line-limit.ts";
import { nest } from "./nesting.ts";
import { readPieces } from "./continuation.ts";
import { takeOutDocumentation } from "./pod.ts";
import { HttpdParser } from "./parser.ts";
import type { Line, SyntaxTree } from "./syntax-tree.ts";
import { createTokens } from "./tokens.ts";

/** Parsers are made when first needed, since making one takes milliseconds; reading is synchronous, so one each is enough. */
const parsers = new Map<Dialect, HttpdParser>();

/**
 * Reads a text as a configuration of a dialect. Never throws, whatever the text; what is wrong with the nesting is in
 * `problems`. The lines of the tree lie end to end and are all of the text.
 */
export function parse(text: string, dialect: Dialect): SyntaxTree {
  const parser = parserFor(dialect);
  const readLines = (start: number, end: number): readonly Line[] => {
    const builder = new LineBuilder(text, start, dialect);
    parser.read(start === 0 && end === text.length ? text : text.slice(start, end), builder);
    // Blanks behind the last line feed are skipped by the lexer and belong to a line all the same.
    if (builder.end < end) builder.blank(end);
    return builder.lines;
  };
  const read = readLines(0, text.length);
  const limited = dialect !== "2.4" && hasLongLine(read);
  const { lines: all, cut } = limited ? cutLines(text, read, dialect, readLines) : { lines: read, cut: [] };
  const lines = takeOutDocumentation(text, all);
  const { children, problems } = nest(lines);
  return { text, dialect, lines, children, problems, cut, lost: lostLine(text, lines, dialect) };
}

function parserFor(dialect: Dialect): HttpdParser {
  const known = parsers.get(dialect);
  if (known !== undefined) return known;
  const parser = new HttpdParser(createTokens(dialect));
  parsers.set(dialect, parser);
  return parser;
}

/** See `lost` in the syntax tree. */
function lostLine(text: string, lines: readonly Line[], dialect: Dialect): Line | null {
  const last = lines.at(-1);
  if (dialect === "2.4" || last === undefined || last.kind === "raw") return null;
  return readPieces(text, last.start, last.end, dialect).open ? last : null;
}
