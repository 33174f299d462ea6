export type Severity = "error" | "warning" | "info";

export type Category = "syntax" | "semantics" | "backhand" | "security" | "performance" | "migration" | "style";

/** Replaces the UTF-16 offsets `start` to `end` (exclusive) of one file. */
export interface TextEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Edits of the file that the diagnostic is in. A safe fix keeps or restores what the author plainly meant. */
export interface Fix {
  readonly safe: boolean;
  readonly edits: readonly TextEdit[];
}

/** Another place that belongs to the finding; lines and columns from 1. */
export interface RelatedPlace {
  readonly path: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

/** One finding, complete: everything that a report or a machine needs. Lines and columns from 1, columns in UTF-16 units. */
export interface Diagnostic {
  readonly rule: string;
  readonly category: Category;
  readonly severity: Severity;
  /** True exactly when an httpd of the dialect would refuse to start because of it. */
  readonly fatal: boolean;
  readonly message: string;
  readonly help?: string;
  /** The rule's page, relative to the package. */
  readonly url: string;
  readonly path: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly related: readonly RelatedPlace[];
  readonly fix?: Fix;
}
