import { compareDiagnostics, identityOf } from "../diagnostics/order.ts";
import { summarize, type LintedFile, type LintResult } from "./lint.ts";

/**
 * Puts the results of several main files into one: a file that more than one of them reads appears once, with every finding
 * once. The dialect is that of the first; each file keeps its own.
 */
export function mergeResults(first: LintResult, others: readonly LintResult[]): LintResult {
  if (others.length === 0) return first;
  const files = new Map<string, LintedFile>();
  for (const file of [first, ...others].flatMap((result) => result.files)) {
    const before = files.get(file.source.path);
    if (before === undefined) {
      files.set(file.source.path, file);
      continue;
    }
    const diagnostics = new Map([...before.diagnostics, ...file.diagnostics].map((one) => [identityOf(one), one]));
    files.set(file.source.path, { ...before, diagnostics: [...diagnostics.values()].sort(compareDiagnostics) });
  }
  const counts = { directives: 0, understood: 0, opaque: 0 };
  let suppressed = 0;
  for (const { summary } of [first, ...others]) {
    suppressed += summary.suppressed;
    counts.directives += summary.directives;
    counts.understood += summary.understood;
    counts.opaque += summary.opaque;
  }
  const merged = [...files.values()];
  return { ...first, files: merged, summary: summarize(merged, suppressed, counts) };
}
