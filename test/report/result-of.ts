import type { Diagnostic } from "../../src/diagnostics/diagnostic.ts";
import type { LintResult } from "../../src/lint/lint.ts";
import { SourceFile } from "../../src/source/source-file.ts";

/** A finding of four columns at a place of `a.conf`. */
export function diagnosticAt(line: number, column: number, extra: Partial<Diagnostic> = {}): Diagnostic {
  return {
    rule: "some-rule",
    category: "syntax",
    severity: "error",
    fatal: true,
    message: 'Unknown directive "Bad"',
    url: "docs/rules/some-rule.md",
    path: "a.conf",
    line,
    column,
    endLine: line,
    endColumn: column + 4,
    related: [],
    ...extra,
  };
}

/** What lint gives for one file with these findings. */
export function resultOf(text: string, ...diagnostics: readonly Diagnostic[]): LintResult {
  const count = (severity: string): number => diagnostics.filter((one) => one.severity === severity).length;
  return {
    dialect: "1.3",
    dialectReason: "AddModule, a.conf line 3",
    files: [{ source: new SourceFile("a.conf", text), dialect: "1.3", diagnostics }],
    summary: {
      errors: count("error"),
      warnings: count("warning"),
      infos: count("info"),
      suppressed: 2,
      directives: 10,
      understood: 9,
      opaque: 1,
    },
  };
}
