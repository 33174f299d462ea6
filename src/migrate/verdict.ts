/** What became of one line of the source. Every physical line has exactly one. */
export type Verdict =
  /** Stands in the output as it is. */
  | { readonly kind: "kept" }
  /** Stands there in another form; `to` are its lines without indentation. */
  | {
      readonly kind: "changed";
      readonly to: readonly string[];
      readonly why: string;
      /** Requests get another answer than before, which is what the line was written for; `why` says so. */
      readonly differs?: true;
    }
  /** What it says is said by another line of the output. */
  | { readonly kind: "folded"; readonly why: string }
  /** Not in the output; `why` says what that means. */
  | {
      readonly kind: "dropped";
      readonly why: string;
      /** Whether it decided who gets what, so that something is lost that a request can see. */
      readonly decides: boolean;
      /** Lines that stand in its place, so that what it guarded stays closed. */
      readonly instead?: readonly string[];
    };

export const kept: Verdict = { kind: "kept" };

/** A line in another form. */
export function changed(to: string | readonly string[], why: string): Verdict {
  return { kind: "changed", to: typeof to === "string" ? [to] : to, why };
}

/** A line whose old answers were a fault of the old server that the new one has not. */
export function mended(to: string | readonly string[], why: string): Verdict {
  return { kind: "changed", to: typeof to === "string" ? [to] : to, why, differs: true };
}

/** A line that another one stands for. */
export function folded(why: string): Verdict {
  return { kind: "folded", why };
}

/** A line that nothing needs any more, or whose loss no request can see. */
export function dropped(why: string): Verdict {
  return { kind: "dropped", why, decides: false };
}

/** A line that decided routing or access, and that the target cannot say. */
export function lost(why: string, instead: readonly string[] = []): Verdict {
  return { kind: "dropped", why, decides: true, ...(instead.length === 0 ? {} : { instead }) };
}

/** One line of a file of the output, or some that come from the same. */
export interface OutputLine {
  /** Without line feed at its end; a kept line with continuations and a block hold some inside. */
  readonly text: string;
  /** Blanks in front of its first line: a text with them would be copied, and there may be hundreds of thousands. */
  readonly indent?: string;
  /** The line of the source that it comes from; null when there is none, or several have become it. */
  readonly from: SourcePlace | null;
  /** For a line that comes from none: why it is there. */
  readonly why?: string;
}

/** Lines of the output that lines of the source are carried over in, each by several or together with others. */
export function madeLines(lines: readonly string[], indent = ""): readonly OutputLine[] {
  return lines.map((text) => (indent === "" ? { text, from: null } : { text, indent, from: null }));
}

/** Lines of the output that no line of the source has a part in. */
export function addedLines(lines: readonly string[], why: string): readonly OutputLine[] {
  return lines.map((text) => ({ text, from: null, why }));
}

/** A line of a file of the source. */
export interface SourcePlace {
  readonly path: string;
  /** Physical line, from 1. */
  readonly line: number;
}

/** A logical line of the source and what became of it. */
export interface JudgedLine extends SourcePlace {
  /** Last physical line; more than `line` when backslashes join some. */
  readonly endLine: number;
  /** The file of the output that has its new form, where each file of the source has one; several when it reads differently. */
  readonly output?: string;
  /** As in the file, without the last line end. */
  readonly text: string;
  readonly verdict: Verdict;
}

/** One file of the output. */
export interface OutputFile {
  /** Relative to the output directory. */
  readonly path: string;
  readonly lines: readonly OutputLine[];
}

/** A whole configuration in its new form, with what became of every line of the old one. */
export interface Migration {
  /** The main file is the first. */
  readonly files: readonly OutputFile[];
  /** The same with the text of macros in the place of each Use, where there are any: for who looks at single lines. */
  readonly plain?: readonly OutputFile[];
  /** In the order of the files that were read, each once for every form that it comes out in. */
  readonly lines: readonly JudgedLine[];
  /** What belongs to no line. */
  readonly notes: readonly Note[];
}

/** Something to know about the whole. */
export interface Note {
  readonly message: string;
  /** Whether routing or access could not be carried over. */
  readonly decides: boolean;
  readonly place: SourcePlace | null;
  /** How often it was found, where it was more than once. */
  readonly count?: number;
  /** Another line that it is about. */
  readonly about?: SourcePlace;
}

/** The text as it stands in the file, without the last line feed. */
export function writtenText({ indent = "", text }: OutputLine): string {
  return indent + text;
}

/** The lines as they stand in the file, one by one. */
export function physicalLines(line: OutputLine): readonly OutputLine[] {
  const { from } = line;
  return writtenText(line)
    .split("\n")
    .map((text) => ({ text, from }));
}

/** The text of an output file. */
export function textOf(file: OutputFile): string {
  return file.lines.map((line) => `${writtenText(line)}\n`).join("");
}

/** Whether something that decides routing or access is not in the output. */
export function isPartial({ lines, notes }: Migration): boolean {
  return (
    lines.some(({ verdict }) => verdict.kind === "dropped" && verdict.decides) || notes.some(({ decides }) => decides)
  );
}
