import { fingerprintsOf } from "../diagnostics/fingerprint.ts";
import { summarize, type LintResult } from "./lint.ts";

/** Findings that are known and do not count: a file of twenty years starts green, and only what is new is reported. */
export interface Baseline {
  readonly version: 1;
  /** Fingerprints by path, each list sorted. */
  readonly findings: Readonly<Record<string, readonly string[]>>;
}

/** What is wrong with the text of a baseline file. */
export class BaselineError extends Error {
  override readonly name = "BaselineError";
  readonly code = "BACKHAND_BASELINE";
}

/** Reads the text of a baseline file. Throws BaselineError when it is none. */
export function readBaseline(text: string): Baseline {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new BaselineError("it is no JSON", { cause: error });
  }
  if (typeof value !== "object" || value === null || !("version" in value) || !("findings" in value)) {
    throw new BaselineError("it is no baseline: --update-baseline writes one");
  }
  const { version, findings } = value;
  if (version !== 1) throw new BaselineError("it has another version than 1: write it again with --update-baseline");
  if (typeof findings !== "object" || findings === null || Array.isArray(findings)) {
    throw new BaselineError("its findings are no object");
  }
  const lists = Object.entries(findings).map(([path, list]): readonly [string, readonly string[]] => {
    const texts: readonly unknown[] | null = Array.isArray(list) ? list : null;
    if (texts?.every((one) => typeof one === "string") !== true) {
      throw new BaselineError(`its findings of "${path}" are no list of texts`);
    }
    return [path, texts];
  });
  return { version: 1, findings: Object.fromEntries(lists) };
}

/** The baseline that holds all findings of a result. */
export function baselineOf({ files }: LintResult): Baseline {
  const lists = files
    .filter(({ diagnostics }) => diagnostics.length > 0)
    .map(({ source, diagnostics }) => [source.path, [...fingerprintsOf(source, diagnostics)].sort()] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return { version: 1, findings: Object.fromEntries(lists) };
}

/** The text of a baseline file: one fingerprint on each line, so that version control shows what came and went. */
export function baselineText(baseline: Baseline): string {
  return `${JSON.stringify(baseline, null, 2)}\n`;
}

export interface AgainstBaseline {
  /** Without the known findings; they count as suppressed. */
  readonly result: LintResult;
  readonly known: number;
  /** Findings of the baseline that are no more, in files that were read. */
  readonly gone: number;
}

/** Takes the known findings out of a result. */
export function withoutKnown(result: LintResult, { findings }: Baseline): AgainstBaseline {
  let known = 0;
  let gone = 0;
  const lists = new Map(Object.entries(findings));
  const files = result.files.map((file) => {
    const expected = new Set(lists.get(file.source.path));
    const prints = fingerprintsOf(file.source, file.diagnostics);
    const diagnostics = file.diagnostics.filter((_, index) => !expected.delete(prints[index] ?? ""));
    known += file.diagnostics.length - diagnostics.length;
    gone += expected.size;
    return { ...file, diagnostics };
  });
  const { suppressed } = result.summary;
  return { result: { ...result, files, summary: summarize(files, suppressed + known, result.summary) }, known, gone };
}
