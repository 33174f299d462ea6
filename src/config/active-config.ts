import type { Dialect } from "../../grammar/dialect.ts";
import type { DirectiveSpec } from "../../grammar/directives/directive-spec.ts";
import type { Line, SyntaxTree } from "../../grammar/syntax-tree.ts";
import type { Word } from "../../grammar/word.ts";
import type { MacroCall } from "./macros.ts";
import type { SourceFile, Span } from "../source/source-file.ts";

/**
 * What httpd makes of the text: the active directives in the sections that hold them, each with its origin; includes read,
 * conditionals decided, variables and macros expanded. Everything after reading (rules, routing table, migration) works on
 * this and never asks again which httpd it was, except where the manual differs.
 */
export interface ActiveConfig {
  readonly dialect: Dialect;
  /** How the dialect was found: given by the user, or what in the text decided. For messages. */
  readonly dialectReason: string;
  /** Whether the user named the dialect. Where it was found in the text, a file that mixes several was read by one of them. */
  readonly dialectGiven: boolean;
  readonly server: ActiveSection;
  /** Every reading of a file, in reading order, the first being the main file; a file included twice is here twice. */
  readonly readings: readonly FileReading[];
  /** What httpd would refuse or warn of while reading, in reading order. */
  readonly problems: readonly ReadProblem[];
  /**
   * Tags of which httpd does not mind that nothing closes them: true conditionals that the end of a file ended, and a Limit
   * of 1.3. By files in reading order.
   */
  readonly openAtEnd: readonly Origin[];
  /** Conditionals in reading order, with what decided each. */
  readonly conditionals: readonly Conditional[];
  /** Every Use of a macro that was read, in reading order; null when there are too many to keep. */
  readonly macroCalls: readonly MacroCall[] | null;
  readonly modules: ModuleList;
  /** Value of ServerRoot when reading ended, absolute where it can be. */
  readonly serverRoot: string;
  /** Counts for the summary: directives in the text that is active, and those of modules that nobody knows. */
  readonly counts: { readonly directives: number; readonly understood: number; readonly opaque: number };
}

/** One reading of one file. */
export interface FileReading {
  readonly source: SourceFile;
  readonly tree: SyntaxTree;
  /** The Include (or ResourceConfig, AccessConfig) that led here; null for the main file and for -c and -C lines. */
  readonly via: Origin | null;
  /** False for lines that no httpd reads: false branches, text after a fatal tag. Indexed like `tree.lines`. */
  readonly active: readonly boolean[];
}

/** Where something stands: a line of a reading, and for expanded text the macro call that brought it. */
export interface Origin {
  readonly reading: FileReading;
  readonly line: Line;
  /** The Use line when the text comes out of a macro. */
  readonly expandedFrom?: Origin;
}

/** A directive that httpd runs. */
export interface ActiveDirective {
  readonly kind: "directive";
  /** As written. */
  readonly name: string;
  /** Lower case, for look-ups. */
  readonly key: string;
  /** Words of the rest of the line, also for RAW_ARGS directives, whose own splitting may differ. Spans in the file's text. */
  readonly words: readonly Word[];
  /** The rest of the line with continuations joined and variables expanded. */
  readonly rawArgs: string;
  /** What the tables know of the name in the modules that are active at this line; null when nothing does. */
  readonly spec: DirectiveSpec | null;
  /** Why spec is null. `inactive` names a module that has it and is not loaded here. */
  readonly unknown?:
    | { readonly reason: "unknown" }
    /** The release that was named does not have it yet; `since` says which one does. */
    | { readonly reason: "younger"; readonly since: string }
    | { readonly reason: "inactive"; readonly modules: readonly string[] }
    | undefined;
  readonly parent: ActiveSection;
  /** Methods of the Limit or LimitExcept that the directive stands in; null outside of them. */
  readonly limit: MethodLimit | null;
  readonly origin: Origin;
}

/**
 * A Limit holds nothing in httpd: it narrows what the section around it says. So its directives are children of that section
 * with `limit` set, and the Limit itself stands before them as a section of kind `limit` or `limitexcept` without children.
 */
export interface MethodLimit {
  readonly kind: "Limit" | "LimitExcept";
  /** Upper case, as effective after nesting. */
  readonly methods: readonly string[];
  readonly origin: Origin;
}

/** A section that httpd runs. The server itself is the section of kind `server`. */
export interface ActiveSection {
  readonly kind: "section";
  /** Lower case: `server`, `virtualhost`, `directory`, `directorymatch`, `files`, `location`, `proxy`, `if`, `requireall`, … */
  readonly key: string;
  /** As written; empty for the server. */
  readonly name: string;
  readonly words: readonly Word[];
  readonly rawArgs: string;
  readonly spec: DirectiveSpec | null;
  readonly unknown?: ActiveDirective["unknown"];
  readonly parent: ActiveSection | null;
  readonly limit: MethodLimit | null;
  readonly children: readonly ActiveNode[];
  /** The opening line; for the server the first line of the main file, if it has one. */
  readonly origin: Origin | null;
}

export type ActiveNode = ActiveDirective | ActiveSection;

/** An IfModule, IfDefine, IfVersion, IfFile, IfDirective or IfSection that was evaluated. */
export interface Conditional {
  readonly key: string;
  readonly argument: string;
  readonly value: boolean;
  /** What decided: the LoadModule or Define line, or null when nothing in the text did. */
  readonly decidedBy: Origin | null;
  readonly origin: Origin;
}

export interface ModuleList {
  /** True when nothing in the configuration loads modules, so that all known ones count as present. */
  readonly assumed: boolean;
  /** Source file names (`mod_alias.c`) active when reading ended, in the order in which they were added. */
  readonly active: readonly string[];
  /** Source files, guessed, of loaded modules that the tables do not know: an unknown directive may be theirs. */
  readonly unrecognised: readonly string[];
}

/**
 * A finding of the reader. `kind` is the id of the lint rule that explains it; `data` is what its message needs. Fatal
 * means: an httpd of the dialect refuses to start, with this line.
 */
export interface ReadProblem {
  readonly kind: ReadProblemKind;
  readonly fatal: boolean;
  readonly message: string;
  readonly help?: string;
  /** Where: a span of the text of the origin's file. */
  readonly origin: Origin;
  readonly span: Span;
  /** Physical line, from 1, that httpd itself names, where it is not the last one of the origin's line. */
  readonly httpdLine?: number;
  readonly related?: readonly { readonly origin: Origin; readonly message: string }[];
}

export type ReadProblemKind =
  | "unclosed-section"
  | "unmatched-close"
  | "crossed-sections"
  | "malformed-tag"
  | "missing-include"
  | "include-cycle"
  | "bad-include"
  | "misplaced-section"
  | "bad-conditional"
  | "module-list"
  | "overlong-line"
  | "lost-line"
  | "undefined-variable"
  | "bad-define"
  | "bad-macro"
  | "unreadable-file"
  | "template-file";
