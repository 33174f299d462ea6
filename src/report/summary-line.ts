import type { LintSummary } from "../lint/lint.ts";

/** `1 error`, `2 errors`. */
export function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

/** `2 errors, 1 warning`; only what there is, and `No problems` when there is nothing. */
export function summaryLine({ errors, warnings, infos }: LintSummary): string {
  const parts = [
    ...(errors > 0 ? [plural(errors, "error")] : []),
    ...(warnings > 0 ? [plural(warnings, "warning")] : []),
    ...(infos > 0 ? [plural(infos, "info")] : []),
  ];
  return parts.length === 0 ? "No problems" : parts.join(", ");
}
