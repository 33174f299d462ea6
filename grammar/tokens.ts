import { createToken, Lexer, type IMultiModeLexerDefinition, type TokenType } from "chevrotain";
import type { Dialect } from "./dialect.ts";
import { linePatterns } from "./patterns.ts";
import { rawSectionPattern } from "./raw-sections.ts";

/** The token types of a dialect and their lexer; patterns differ in what a backslash at the end of a line does. */
export interface Tokens {
  readonly LineEnd: TokenType;
  readonly Comment: TokenType;
  readonly Name: TokenType;
  readonly Open: TokenType;
  readonly Close: TokenType;
  readonly TagName: TokenType;
  readonly Arguments: TokenType;
  readonly OpenRaw: TokenType;
  readonly RawArguments: TokenType;
  readonly RawText: TokenType;
  /** Every token type, as the parser wants them. */
  readonly all: readonly TokenType[];
  readonly definition: IMultiModeLexerDefinition;
  readonly lexer: Lexer;
}

/**
 * Makes token types and lexer. There are few tokens per line, because each costs time and memory: arguments are one token,
 * to be split into words when somebody asks for them, and hold the line end.
 */
export function createTokens(dialect: Dialect): Tokens {
  const patterns = linePatterns(dialect);
  const LineEnd = createToken({ name: "LineEnd", pattern: "\n" });
  const Blanks = createToken({ name: "Blanks", pattern: patterns.blanks, line_breaks: true, group: Lexer.SKIPPED });
  const Comment = createToken({ name: "Comment", pattern: patterns.comment, line_breaks: true });
  const Name = createToken({ name: "Name", pattern: patterns.name, line_breaks: true, push_mode: "arguments" });
  const Close = createToken({ name: "Close", label: "</", pattern: /<\//, push_mode: "tag" });
  const OpenRaw = createToken({
    name: "OpenRaw",
    pattern: rawSectionPattern(dialect),
    push_mode: "rawTag",
  });
  const Open = createToken({
    name: "Open",
    label: "<",
    pattern: "<",
    longer_alt: [Close, OpenRaw],
    push_mode: "tag",
  });
  const TagName = createToken({
    name: "TagName",
    pattern: patterns.tagName,
    line_breaks: true,
    pop_mode: true,
    push_mode: "arguments",
  });
  const Arguments = createToken({
    name: "Arguments",
    pattern: patterns.rest,
    line_breaks: true,
    pop_mode: true,
  });
  const RawArguments = createToken({
    name: "RawArguments",
    pattern: patterns.restBeforeRawText,
    line_breaks: true,
    pop_mode: true,
    push_mode: "raw",
  });
  const RawText = createToken({
    name: "RawText",
    pattern: patterns.rawText,
    line_breaks: true,
    pop_mode: true,
  });
  const types = { LineEnd, Comment, Name, Open, Close, TagName, Arguments, OpenRaw, RawArguments, RawText };
  const definition: IMultiModeLexerDefinition = {
    modes: {
      line: [LineEnd, Open, Close, OpenRaw, Comment, Blanks, Name],
      tag: [TagName, Arguments],
      arguments: [Arguments],
      rawTag: [RawArguments, Arguments],
      raw: [RawText],
    },
    defaultMode: "line",
  };
  // Chevrotain's checks of the definition are left to a test: they cost more than reading most files.
  const lexer = new Lexer(definition, { positionTracking: "onlyOffset", skipValidations: true });
  return { ...types, all: [Blanks, ...Object.values(types)], definition, lexer };
}
