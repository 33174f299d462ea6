import { RE2JS } from "re2js";

import type { ByteString } from "./bytes.ts";
import { translateEre } from "./ere.ts";
import { plainStart } from "./plain-start.ts";

/** POSIX extended regular expressions until 1.3, Perl's from 2.0. */
export type PatternSyntax = "ere" | "pcre";

/** A regular expression of the configuration. Matching takes time linear in the text, or bounded (see `compilePattern`). */
export interface Pattern {
  /** Whether it matches somewhere. */
  readonly test: (text: ByteString) => boolean;
  /** The whole match and the groups (an unused group is an empty string, as for ap_pregsub), or null. */
  readonly exec: (text: ByteString) => PatternMatch | null;
}

interface PatternMatch {
  readonly groups: readonly ByteString[];
  /** Where the match ends. */
  readonly end: number;
}

interface PatternOptions {
  /** False: `$` matches nowhere (see `translateEre`). */
  readonly atEnd?: boolean;
  readonly ignoreCase?: boolean;
}

export interface PatternError {
  readonly error: string;
}

/** A text that is too long for a pattern that has to backtrack; the request must be refused. */
export class PatternInputError extends Error {
  readonly code = "BACKHAND_PATTERN_INPUT";
  override readonly name = "PatternInputError";
}

/** Squares to 17 million steps, some tens of milliseconds; longer texts are refused rather than tried where work is squared. */
const BACKTRACKING_LENGTH = 4096;

/** Alternatives and optional parts that a backtracking pattern may have: each may double the work. */
const BACKTRACKING_CHOICES = 10;

function linear(source: string, longest: boolean, ignoreCase: boolean): Pattern {
  const flags = RE2JS.DOTALL | (longest ? RE2JS.LONGEST_MATCH : 0) | (ignoreCase ? RE2JS.CASE_INSENSITIVE : 0);
  const compiled = RE2JS.compile(source, flags);
  return {
    test: (text) => compiled.test(text),
    exec(text) {
      const matcher = compiled.matcher(text);
      if (!matcher.find()) return null;
      const groups = Array.from({ length: matcher.groupCount() + 1 }, (_, index) => matcher.group(index) ?? "");
      return { groups, end: matcher.end() };
    },
  };
}

/** What RegExp reads otherwise than PCRE does, so that a pattern with it must not go there. */
const foreign = /\\[AzZhHRKGQEXCNxopP]|\[\[[:.=]|\[\^?\]|[*+?}]\+|\(\?(?:[a-zA-Z^|#>&(]|P[=>]|R|\d|-)|\(\*/;

interface Shape {
  /** Repetitions without an upper bound. */
  readonly repeats: number;
  /** `|` and `?`. */
  readonly choices: number;
  readonly nested: boolean;
}

interface Token {
  readonly text: string;
  readonly group: "open" | "close" | "";
}

function tokens(source: string): readonly Token[] {
  const found = source.matchAll(
    /\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\((?:\?(?:<?[=!]|:|P?<\w+>))?|\)|[*+?]\??|\{\d+,?\d*\}\??|[^]/g,
  );
  return Array.from(found, ([text]) => ({
    text,
    group: text.startsWith("(") ? "open" : text === ")" ? "close" : "",
  }));
}

/** Counts what makes a backtracking matcher slow. */
function shapeOf(source: string): Shape {
  const open: { holdsChoice: boolean }[] = [];
  let repeats = 0;
  let choices = 0;
  let nested = false;
  let closed: { holdsChoice: boolean } | null = null;
  for (const { text, group } of tokens(source)) {
    const before: { holdsChoice: boolean } | null = closed;
    closed = null;
    if (group === "open") {
      open.push({ holdsChoice: false });
    } else if (group === "close") {
      closed = open.pop() ?? null;
      const parent = open.at(-1);
      if (closed?.holdsChoice === true && parent !== undefined) parent.holdsChoice = true;
    } else if (/^(?:[*+]|\{\d)/.test(text)) {
      repeats++;
      if (before?.holdsChoice === true) nested = true;
      for (const outer of open) outer.holdsChoice = true;
    } else if (text === "|" || text.startsWith("?")) {
      choices++;
      for (const outer of open) outer.holdsChoice = true;
    }
  }
  return { repeats, choices, nested };
}

/**
 * Patterns with look-around or back references, which no linear matcher knows, run in JavaScript's own matcher when their
 * shape bounds the work: no repeated group with a choice inside, and at most two places from which the rest is tried again.
 */
function backtracking(source: string, ignoreCase: boolean): Pattern | PatternError {
  if (foreign.test(source)) return { error: "it uses a construct of Perl's that is not supported" };
  const { repeats, choices, nested } = shapeOf(source);
  const starts = source.startsWith("^") && !source.includes("|^") ? 0 : 1;
  const outerChoice = starts === 0 && /^\^[^(]*\|/.test(source) ? 1 : 0;
  if (nested || repeats + starts + outerChoice > 2 || choices > BACKTRACKING_CHOICES) {
    return { error: "a request could make it run for minutes (repetitions inside repetitions beside a look-around)" };
  }
  const compiled = new RegExp(source.replaceAll("(?P<", "(?<"), ignoreCase ? "si" : "s");
  const isSquared = repeats + starts + outerChoice > 1 || (repeats > 0 && /\\[1-9]/.test(source));
  const guard = (text: ByteString): void => {
    if (isSquared && text.length > BACKTRACKING_LENGTH) {
      throw new PatternInputError(`a text of ${text.length} bytes is too long for the pattern "${source}"`);
    }
  };
  return {
    test(text) {
      guard(text);
      return compiled.test(text);
    },
    exec(text) {
      guard(text);
      const match = compiled.exec(text);
      return match === null
        ? null
        : { groups: Array.from(match, (group: string | undefined) => group ?? ""), end: match.index + match[0].length };
    },
  };
}

/** What PCRE knows and RE2 spells otherwise, outside of brackets: comments, `\h`, `\R`, `\Z`. */
function perlToRe2(source: string): string {
  return source.replace(
    /\\Q(?:(?!\\E)[^])*(?:\\E|$)|\\[^]|\[\^?\]?(?:\[[:.=][^\]]*\]|\\[^]|[^\]\\])*\]|\(\?#[^)]*\)/g,
    (part) => {
      if (part.startsWith("(?#")) return "";
      if (part === "\\h") return "[ \\t]";
      if (part === "\\R") return "(?:\\r\\n|[\\n-\\r])";
      if (part === "\\Z") return "\\z";
      return /^\\[^A-Za-z0-9]/.test(part) && part.charCodeAt(1) > 127 ? part.slice(1) : part;
    },
  );
}

/**
 * Compiles a regular expression of the configuration. No request can make one hang: nearly all run on RE2's method in linear
 * time; those that need look-around or back references run with bounded work on texts of at most 4096 bytes, on longer ones
 * they throw a {@link PatternInputError}; what is neither is an error here, which is to be reported and not skipped.
 */
export function compilePattern(
  source: ByteString,
  syntax: PatternSyntax,
  { atEnd = true, ignoreCase = false }: PatternOptions = {},
): Pattern | PatternError {
  const start = !ignoreCase && source.length <= LONGEST_EASY && easy.test(source) ? plainStart(source) : "";
  const compile = (): Pattern | PatternError => compileNow(source, syntax, atEnd, ignoreCase);
  return start === "" ? compile() : behindStart(start, compile);
}

/** What both syntaxes take, and read alike: plain text, then any of `.`, `.*`, `(.*)` and the like. */
const easy = /^\^(?:[\w/@~%,:;=-]|\\\.|\.[*+]?|\((?:\.|\[\^\/\])[*+]\))*\$?$/;
/** No program of RE2's that is made of such a text is too large. */
const LONGEST_EASY = 1000;

/** A pattern that is only made when a text begins as it has to: a configuration may have a hundred thousand of them. */
function behindStart(start: string, compile: () => Pattern | PatternError): Pattern {
  let made: Pattern | null = null;
  const pattern = (): Pattern => {
    if (made !== null) return made;
    const compiled = compile();
    if ("error" in compiled) throw new Error(`Expected a pattern that begins with "${start}": ${compiled.error}`);
    return (made = compiled);
  };
  return {
    test: (text) => text.startsWith(start) && pattern().test(text),
    exec: (text) => (text.startsWith(start) ? pattern().exec(text) : null),
  };
}

function compileNow(
  source: ByteString,
  syntax: PatternSyntax,
  atEnd: boolean,
  ignoreCase: boolean,
): Pattern | PatternError {
  if (syntax === "ere") {
    const translation = translateEre(source, atEnd);
    if ("error" in translation) return translation;
    return attempt(() => linear(translation.source, true, ignoreCase));
  }
  const perl = atEnd ? source : withoutEnd(source);
  const first = attempt(() => linear(perlToRe2(perl), false, ignoreCase));
  if (!("error" in first) || !/\(\?<?[=!]|\\[1-9]/.test(perl)) return first;
  return attempt(() => backtracking(perl, ignoreCase));
}

function withoutEnd(source: string): string {
  return source.replace(/\\[^]|\[\^?\]?(?:\[[:.=][^\]]*\]|\\[^]|[^\]\\])*\]|\$/g, (part) =>
    part === "$" ? "[^\\s\\S]" : part,
  );
}

function attempt(compile: () => Pattern | PatternError): Pattern | PatternError {
  try {
    return compile();
  } catch (problem) {
    return {
      error: problem instanceof Error ? problem.message.replace(/^error parsing regexp: /, "") : String(problem),
    };
  }
}
