import type { Dialect } from "./dialect.ts";

/**
 * The lossless syntax tree. httpd's language is a list of logical lines; sections are lines that open and close. So the tree
 * holds every line once, in order (`lines`), and the nesting that the tags suggest (`children`) beside it: httpd 1.3 reads
 * the list (its IfModule and Limit work on lines), 2.x reads the nesting.
 *
 * All offsets are UTF-16 indices into `text`; `end` is exclusive and includes the line feed, so the lines lie end to end and
 * `text.slice(line.start, line.end)` over all lines is the input.
 */
export interface SyntaxTree {
  readonly text: string;
  readonly dialect: Dialect;
  readonly lines: readonly Line[];
  readonly children: readonly SyntaxNode[];
  readonly problems: readonly SyntaxProblem[];
  /**
   * Before 2.4: the last line when it asks for another one and the file ends. httpd drops it, name and all; here it keeps
   * the kind that it would have had.
   */
  readonly lost: Line | null;
  /** Before 2.4: lines that end where httpd's buffer was full; the line that follows is the rest of each. */
  readonly cut: readonly Line[];
}

/** One logical line: a physical line and those that a trailing backslash glues to it. */
export type Line = BlankLine | CommentLine | DirectiveLine | OpenTag | CloseTag | RawText;

interface LineSpan {
  readonly start: number;
  readonly end: number;
}

export interface BlankLine extends LineSpan {
  readonly kind: "blank";
}

/** First character that is not blank is `#`. A comment that ends in a backslash goes on in the next physical line. */
export interface CommentLine extends LineSpan {
  readonly kind: "comment";
}

interface NamedLine extends LineSpan {
  /**
   * The name as httpd reads it: quotes and continuations resolved, case as written; of tags without `<`, `</` and `>`. May
   * be empty (`""`, `< Directory /x>`).
   */
  readonly name: string;
  /** Span of the name in the text, tags without `<`, `</` and `>`; of a quoted word all of it is inside. */
  readonly nameStart: number;
  readonly nameEnd: number;
  /** Span of what follows the name, without blanks at both ends; of tags without the closing `>`. May hold continuations. */
  readonly argsStart: number;
  readonly argsEnd: number;
  /**
   * Whether what httpd reads differs from the text: a backslash at a line end glues physical lines inside this one or hides
   * another one (`\\` at the end), or a NUL byte hides the rest.
   */
  readonly continued: boolean;
}

export interface DirectiveLine extends NamedLine {
  readonly kind: "directive";
}

/**
 * `<Name args>`; httpd takes the last `>` of the line, ignores what follows it, and complains when there is none. With
 * something behind the name, a `>` that touches the name does not count: `<IfModule> # c` lacks its bracket.
 */
export interface OpenTag extends NamedLine {
  readonly kind: "open";
  /** Offset of the `>` that ends the argument, or -1. */
  readonly bracket: number;
}

/** `</Name>`; the `>` must be the last character of the first word, and what follows is the args. */
export interface CloseTag extends NamedLine {
  readonly kind: "close";
  /** Offset of the `>`, or -1. */
  readonly bracket: number;
}

/**
 * All lines between `<Perl>` and `</Perl>`, or the tags of a section of mod_lua, as one, which httpd hands to another reader as they are; or mod_perl's
 * documentation, from the line behind `=pod` to the one with `=cut`, or what follows `__END__`.
 */
export interface RawText extends LineSpan {
  readonly kind: "raw";
}

/** A section: its tags and what stands between them. A stray closing tag is a node of its own. */
export interface Section {
  readonly kind: "section";
  readonly open: OpenTag;
  readonly children: readonly SyntaxNode[];
  /** Null when the section is never closed. */
  readonly close: CloseTag | null;
}

export type SyntaxNode = Section | Exclude<Line, OpenTag>;

/**
 * What the nesting alone shows to be wrong, whatever the dialect makes of it: httpd 1.3 accepts some of these for
 * conditionals. Whether a server refuses it is for the configuration reader to say.
 */
export interface SyntaxProblem {
  readonly kind: "unclosed-section" | "unmatched-close" | "crossed-close" | "missing-bracket";
  /** Of a crossing: the closing tag that came too early. */
  readonly line: OpenTag | CloseTag;
  /** Of a crossing: the opening tag of the section that it cut short, and whose own end comes later. */
  readonly other?: OpenTag;
}
