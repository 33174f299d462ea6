import type { CloseTag, OpenTag, SyntaxNode } from "../../grammar/syntax-tree.ts";
import type { Origin } from "./active-config.ts";
import type { MacroCall } from "./macros.ts";
import type { OpenReading, OpenSection, Place, ReadState } from "./reading-state.ts";
import type { Branches } from "./structure-2x.ts";

/** Nodes of a tree at a place. */
export interface NodesTask {
  readonly kind: "nodes";
  readonly nodes: readonly SyntaxNode[];
  next: number;
  readonly place: Place;
  /** Null in the text of a macro, whose tags are judged where it stands. */
  readonly branches: Branches | null;
  /** What the nodes stand in; null when that is what the task below stands in. */
  readonly around:
    | { readonly kind: "file"; readonly leave: () => void }
    | { readonly kind: "macro"; readonly call: MacroCall }
    | { readonly kind: "section" | "conditional"; readonly name: string; readonly open: OpenTag }
    | null;
  /** The tag behind the nodes. */
  close: CloseTag | null;
  readonly end?: () => void;
}

/** Files, one after the other. */
interface FilesTask {
  readonly kind: "files";
  readonly paths: readonly string[];
  next: number;
  readonly place: Place;
  readonly via: Origin;
}

/** The rest of a file, line by line: from a macro on that opens or closes sections of the text around its Use. */
export interface LinesTask {
  readonly kind: "lines";
  /** What is read, the file first: the next line is that of the last one. */
  readonly sources: LineSource[];
  /** What is open, from the outside in. */
  readonly frames: Frame[];
  /** How many of each name, in lower case: a closing tag for none of them does not look for one. */
  readonly open: Map<string, number>;
  /** Of the file itself. */
  readonly place: Place;
  readonly branches: Branches;
  readonly end: () => void;
}

/** A file, or the text of a macro for one Use. */
export interface LineSource {
  readonly reading: OpenReading;
  /** Of the next line, and the first that is no more part of it. */
  next: number;
  readonly to: number;
  readonly call: MacroCall | null;
}

/**
 * A section, a true conditional, or one of the tags in a false one, which httpd reads for its tags only. Each ends before
 * what is around it.
 */
export interface Frame {
  readonly kind: "section" | "conditional" | "skipped";
  /** As the closing tag must have it, in any case. */
  readonly name: string;
  readonly origin: Origin;
  /** Of the text inside. */
  readonly parent: OpenSection;
  readonly limit: Place["limit"];
}

export type Task = NodesTask | FilesTask | LinesTask;

/** A walk over a file and all that it brings in, with a stack of its own: nesting has no bound in a hostile text. */
export interface Walk {
  readonly state: ReadState;
  readonly tasks: Task[];
  /** Whether too deep a nesting was reported. */
  tooDeep: boolean;
  /** The last If, ElseIf or Else in each section so far. */
  readonly lastBranch: Map<OpenSection, string>;
}
