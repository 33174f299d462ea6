import { lineText } from "../../../grammar/logical-line.ts";
import type { Dialect } from "../../../grammar/dialect.ts";
import type { Word } from "../../../grammar/word.ts";
import type { ActiveConfig, ActiveDirective, ActiveNode } from "../../config/active-config.ts";
import type { SourceLine } from "../source-lines.ts";
import type { Verdict } from "../verdict.ts";

/** What a rule may look at. */
export interface LineContext {
  readonly config: ActiveConfig;
  readonly dialect: Dialect;
  /** Whether a module of 2.4 (`mod_alias`) is there. */
  readonly hasModule: (name: string) => boolean;
  /** Whether a process for each request is to answer, as in 1.3, or threads. */
  readonly mpm: "prefork" | "event";
  /** The expressions of sections for folders, of 1.3 alone. */
  readonly folders: ReadonlyMap<ActiveNode, string | null>;
}

/** Judges one directive that needs more than being copied; null: it does not here. */
export type LineRule = (directive: ActiveDirective, context: LineContext, line: SourceLine) => Verdict | null;

/** Rules by lower-case name of the directive. */
export type LineRules = readonly (readonly [names: string, rule: LineRule])[];

/** First word; empty when there is none. */
export function firstWord(node: ActiveNode): string {
  return node.words[0]?.value ?? "";
}

/** A name for a host that 2.4 takes, in the place of one with wildcards; no browser asks for either. */
export function withoutWildcards(name: string): string {
  return name.replace(/[*?]+/g, "wildcard");
}

/** The words of a directive. */
export function wordsOf(node: ActiveNode): readonly string[] {
  return node.words.map(({ value }) => value);
}

/** A line as httpd reads it, continuations joined, without blanks at its ends. */
export function logicalText({ file, line }: SourceLine): string {
  return lineText(file.reading.tree, line).text;
}

/** A word as a configuration writes it: in quotes where it needs them. */
export function quoted(word: string): string {
  return word !== "" && !/[\s"'\\#<>]/.test(word) ? word : inQuotes(word, '"');
}

/** A backslash stands for itself unless another one or the quote comes behind it. */
function inQuotes(word: string, quote: string): string {
  const escaped = word.replace(/\\(?=["'\\]|$)/g, "\\\\").replaceAll(quote, `\\${quote}`);
  return quote + escaped + quote;
}

/** A line with one of its words replaced; joined, when backslashes divide it. */
export function withWord(line: SourceLine, word: Word, text: string): string {
  const { start } = line.line;
  const raw = line.text;
  const from = word.start - start;
  if (line.first === line.last && from >= 0) {
    const inner = word.quote === "" ? quoted(text) : inQuotes(text, word.quote);
    return (raw.slice(0, from) + inner + raw.slice(word.end - start)).trim();
  }
  const { node } = line;
  if (node === null) return raw.trim();
  return [node.name, ...node.words.map((one) => quoted(one === word ? text : one.value))].join(" ");
}

/** A word as mod_rewrite sees it, which knows quotes and leaves every backslash. */
export function rawWord({ file }: SourceLine, word: Word): string {
  const raw = file.reading.tree.text.slice(word.start, word.end);
  return word.quote === "" ? raw : raw.slice(1, word.terminated ? -1 : undefined);
}

/** A line with a word of mod_rewrite replaced. */
export function withRawWord(line: SourceLine, word: Word, text: string): string {
  const { start } = line.line;
  const from = word.start - start;
  return (line.text.slice(0, from) + word.quote + text + word.quote + line.text.slice(word.end - start)).trim();
}
