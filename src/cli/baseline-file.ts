import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { whatHappened, whyNotWritten } from "../config/config-unreadable-error.ts";
import { BaselineError, baselineOf, baselineText, readBaseline, withoutKnown } from "../lint/baseline.ts";
import type { LintResult } from "../lint/lint.ts";
import { writeWholeFile } from "../lint/replace-file.ts";
import { encode } from "../source/encoding.ts";
import { plural } from "../report/summary-line.ts";
import { UsageError, type Terminal } from "./terminal.ts";

/**
 * Leaves out what the baseline file lists, or with `update` writes everything into it first. Says on standard error what it
 * wrote, and how much of the list is no longer needed. Throws UsageError when the file cannot be read or written.
 */
export function applyBaseline(name: string, update: boolean, result: LintResult, terminal: Terminal): LintResult {
  const path = resolve(terminal.cwd, name);
  if (update) {
    const baseline = baselineOf(result);
    try {
      writeWholeFile(path, encode(baselineText(baseline)));
    } catch (error) {
      throw new UsageError(`Cannot write ${name}: ${whyNotWritten(name, error)}`, { cause: error });
    }
    const count = Object.values(baseline.findings).reduce((sum, list) => sum + list.length, 0);
    terminal.stderr(`backhand: wrote ${plural(count, "finding")} into ${name}\n`);
    return withoutKnown(result, baseline).result;
  }
  try {
    const { result: left, gone } = withoutKnown(result, readBaseline(readFileSync(path, "utf8")));
    if (gone > 0) {
      terminal.stderr(
        `backhand: ${plural(gone, "finding")} of ${name} no longer there; --update-baseline drops them\n`,
      );
    }
    return left;
  } catch (error) {
    const why = error instanceof BaselineError ? error.message : whatHappened(error);
    throw new UsageError(`Cannot read the baseline ${name}: ${why}`, { cause: error });
  }
}
