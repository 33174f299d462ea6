import type { Dialect } from "./dialect.ts";
import { LineBuilder } from "./line-builder.ts";
import { HttpdParser } from "./parser.ts";
import type { Line } from "./syntax-tree.ts";
import { createTokens } from "./tokens.ts";

/** Parsers are made when first needed, since making one takes milliseconds; reading is synchronous, so one each is enough. */
const parsers = new Map<Dialect, HttpdParser>();

/** The lines of a stretch of text, by the grammar. The stretch must start and end where logical lines do. */
export function grammarLines(text: string, start: number, end: number, dialect: Dialect): readonly Line[] {
  const builder = new LineBuilder(text, start, dialect);
  parserFor(dialect).read(start === 0 && end === text.length ? text : text.slice(start, end), builder);
  // Blanks behind the last line feed are skipped by the lexer and belong to a line all the same.
  if (builder.end < end) builder.blank(end);
  return builder.lines;
}

function parserFor(dialect: Dialect): HttpdParser {
  const known = parsers.get(dialect);
  if (known !== undefined) return known;
  const parser = new HttpdParser(createTokens(dialect));
  parsers.set(dialect, parser);
  return parser;
}
