import type { Dialect } from "../../grammar/dialect.ts";
import type { Line } from "../../grammar/syntax-tree.ts";
import type {
  ActiveConfig,
  ActiveDirective,
  ActiveSection,
  FileReading,
  Origin,
  ReadProblem,
} from "../config/active-config.ts";
import type { FileSystem } from "../config/file-system.ts";
import type { Category, Fix, Severity } from "../diagnostics/diagnostic.ts";
import type { Span } from "../source/source-file.ts";

/** What a rule has to say about one place. The engine adds severity, position, page and suppression. */
export interface Finding {
  readonly reading: FileReading;
  readonly span: Span;
  readonly message: string;
  readonly help?: string;
  /** True when an httpd of the dialect refuses to start because of it. Default false. */
  readonly fatal?: boolean;
  /** When this finding weighs more or less than the rule's usual ones. A fatal finding is an error anyway. */
  readonly severity?: Severity;
  readonly related?: readonly { readonly origin: Origin; readonly message: string }[];
  readonly fix?: Fix;
}

export interface RuleContext {
  readonly config: ActiveConfig;
  /** The machine's files, for what the configuration names; null when it is not known whether this is the machine. */
  readonly files: FileSystem | null;
  readonly report: (finding: Finding) => void;
  /** Whether so much was reported that nothing more is kept; a rule that has to search for what it says may then stop. */
  readonly isFull: () => boolean;
}

/** What a rule wants to see. Everything is visited in reading order; `end` comes last. */
export interface RuleVisitor {
  /** Each reading of a file, before its lines. */
  reading?(reading: FileReading): void;
  /** Each line, active or not: `reading.active` tells. */
  line?(line: Line, index: number, reading: FileReading): void;
  directive?(directive: ActiveDirective): void;
  /** Lower-case names of the directives that `directive` is for; it sees no others. Without it, every one. */
  readonly directives?: readonly string[];
  /** Sections, without the server itself; before their children. */
  section?(section: ActiveSection): void;
  problem?(problem: ReadProblem): void;
  end?(): void;
}

/** One rule: one concept, one page (docs/rules/<id>.md), one file. */
export interface Rule {
  /** Kebab case; never renamed. */
  readonly id: string;
  /** One line for lists. */
  readonly summary: string;
  readonly category: Category;
  readonly severity: Severity;
  readonly fixable: "no" | "safe" | "unsafe";
  /** Dialects in which it has something to say. */
  readonly dialects: readonly Dialect[];
  /** True for what only those want to hear who ask: the rule runs when the user gives it a severity. Default false. */
  readonly onlyOnRequest?: boolean;
  /** Ids of rules whose findings on the same line say less about the same mistake and are left out. */
  readonly shadows?: readonly string[];
  create(context: RuleContext): RuleVisitor;
}

/** Declares a rule; the function exists for its type. */
export function defineRule(rule: Rule): Rule {
  return rule;
}
