import type { LintResult } from "../lint/lint.ts";

export interface FormatOptions {
  /** Whether escape sequences for colours may be used. */
  readonly color: boolean;
  /** Width to fit in, in terminal columns. Formats for machines ignore it. */
  readonly columns: number;
  /** Whether fixes were applied already, so that the report does not offer them again. */
  readonly fixed: boolean;
  /** The page of a rule in Markdown, or null when it is not installed; without it no format shows pages. */
  readonly pageOf?: (rule: string) => string | null;
}

/** Turns what was found into the text for standard output, with a line end unless it is empty. One file and one page each. */
export type Format = (result: LintResult, options: FormatOptions) => string;
