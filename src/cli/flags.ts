/** Options of `lint` besides the global ones. */
export interface LintFlags {
  readonly format: string;
  readonly fix?: boolean | "unsafe";
  readonly diff?: boolean;
  readonly rule: readonly string[];
  readonly migration?: boolean;
  readonly baseline?: string;
  readonly updateBaseline?: boolean;
  readonly maxWarnings?: number;
  readonly context: "server" | "virtualhost" | "directory";
}

/** Options of `fmt` besides the global ones. */
export interface FmtFlags {
  readonly check?: boolean;
  readonly write?: boolean;
  readonly diff?: boolean;
  /** Blanks for each level, or a tab. */
  readonly indent: number | "tab";
}

/** Options of `diff` besides the global ones. */
export interface DiffFlags {
  readonly requests?: string;
  readonly format: "text" | "json";
}

/** Options of `explain` besides the global ones. */
export interface ExplainFlags {
  readonly connect?: string;
  /** False: --no-host. */
  readonly host?: string | boolean;
  readonly method: string;
  readonly header: readonly string[];
  readonly requests?: string;
  readonly summary?: boolean;
  readonly why?: boolean;
  readonly live?: boolean;
  readonly socket?: string;
  readonly format: "text" | "json" | "jsonl";
}
