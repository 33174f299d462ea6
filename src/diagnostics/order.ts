import type { Diagnostic } from "./diagnostic.ts";

/** By line and column, then by rule, so that the same findings always come out in the same order. */
export function compareDiagnostics(a: Diagnostic, b: Diagnostic): number {
  return (
    a.line - b.line ||
    a.column - b.column ||
    (a.rule < b.rule ? -1 : a.rule > b.rule ? 1 : 0) ||
    (a.message < b.message ? -1 : a.message > b.message ? 1 : 0)
  );
}

/** Equal for two findings that say the same of the same place: a file that is included twice has each of them twice. */
export function identityOf(diagnostic: Diagnostic): string {
  const { rule, line, column, endLine, endColumn, message } = diagnostic;
  return JSON.stringify([rule, line, column, endLine, endColumn, message]);
}
