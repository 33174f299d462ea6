import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { ConfigUnreadableError, whatHappened } from "../../config/config-unreadable-error.ts";
import type { FileSystem } from "../../config/file-system.ts";
import { readConfiguration } from "../../config/read.ts";
import type { Severity } from "../../diagnostics/diagnostic.ts";
import { fixUntilStable, type FixedFile } from "../../lint/fix.ts";
import { lint, type LintResult } from "../../lint/lint.ts";
import { mergeResults } from "../../lint/merge.ts";
import { nearest } from "../../lint/nearest.ts";
import { overlayFileSystem } from "../../lint/overlay-file-system.ts";
import { replaceFile } from "../../lint/replace-file.ts";
import { rules } from "../../lint/rules/index.ts";
import { formats } from "../../report/formats/index.ts";
import { printable } from "../../report/printable.ts";
import { decode, encode } from "../../source/encoding.ts";
import { applyBaseline } from "../baseline-file.ts";
import { exitCodes, type ExitCode } from "../exit-codes.ts";
import type { LintFlags } from "../flags.ts";
import { mainFiles } from "../main-files.ts";
import { packageFile } from "../package-file.ts";
import { fileSystemAt, readOptions } from "../read-options.ts";
import { UsageError, type GlobalOptions, type Terminal } from "../terminal.ts";

const STDIN = "-";
const LEVELS: readonly string[] = ["off", "info", "warning", "error"] satisfies readonly (Severity | "off")[];

/** `--rule id=level`, each checked: a rule that is silently not there would be taken for one that found nothing. */
function severitiesFrom(settings: readonly string[]): ReadonlyMap<string, Severity | "off"> {
  const ids = new Set(rules.map(({ id }) => id));
  return new Map(
    settings.map((setting) => {
      const [id = "", level = "", ...rest] = setting.split("=");
      if (rest.length > 0 || !LEVELS.includes(level)) {
        throw new UsageError(`Expected --rule id=off|info|warning|error, got "${setting}"`);
      }
      if (!ids.has(id)) {
        const suggestion = nearest(id, ids);
        const help = suggestion === null ? "`backhand rules` lists them" : `did you mean ${suggestion}?`;
        throw new UsageError(`Unknown rule "${id}": ${help}`);
      }
      return [id, level as Severity | "off"];
    }),
  );
}

/** One main file, linted and, if asked for, repaired in memory. */
interface Run {
  readonly result: LintResult;
  readonly fixed: readonly FixedFile[];
}

/** Replaces the files on disk; what came from standard input goes to standard output, repaired or as it was. */
function writeAll(fixed: readonly FixedFile[], input: string | null, terminal: Terminal): void {
  if (input !== null) terminal.stdout(fixed.find(({ path }) => path === STDIN)?.after ?? input);
  for (const { path, after } of fixed) {
    if (path === STDIN) continue;
    try {
      replaceFile(resolve(terminal.cwd, path), encode(after));
    } catch (error) {
      throw new UsageError(`Cannot write ${path}: ${whatHappened(error)}`, { cause: error });
    }
  }
}

/** The page of a rule, if the package has it. */
function pageOf(id: string): string | null {
  const page = packageFile("docs", "rules", `${id}.md`);
  return page === null ? null : readFileSync(page, "utf8");
}

/**
 * `backhand lint`: every file is read as a main file of its own. Returns 1 when an error is left, when there are more
 * warnings than --max-warnings, and when --diff has something to show; throws UsageError for wrong options.
 */
export async function run(
  files: readonly string[],
  options: LintFlags,
  global: GlobalOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const format = formats.get(options.format);
  if (format === undefined) {
    throw new UsageError(`Unknown format "${options.format}", expected ${[...formats.keys()].join(", ")}`);
  }
  if (options.updateBaseline === true && options.baseline === undefined) {
    throw new UsageError("Expected --baseline FILE with --update-baseline");
  }
  const asked = severitiesFrom(options.rule);
  const requested = rules.filter(({ onlyOnRequest, category }) => onlyOnRequest === true && category === "migration");
  const severities = options.migration
    ? new Map([...requested.map(({ id, severity }) => [id, severity] as const), ...asked])
    : asked;
  const base = fileSystemAt(terminal.cwd);
  const paths = mainFiles(files, base, "lint");
  const texts = new Map(paths.includes(STDIN) ? [[STDIN, decode(await terminal.stdin())]] : []);
  const fileSystem = overlayFileSystem(base, texts);
  const lintFrom = (path: string, system: FileSystem): LintResult => {
    const { options: reading, settings } = readOptions(path, global, terminal, system);
    const ofSettings = severitiesFrom(Object.entries(settings.rules ?? {}).map(([id, level]) => `${id}=${level}`));
    return lint(readConfiguration({ ...reading, ...(path === STDIN ? { context: options.context } : {}) }), {
      rules,
      severities: new Map([...ofSettings, ...severities]),
      files: system,
    });
  };
  const writes = options.fix !== undefined && options.fix !== false && options.diff !== true;
  const repairs = writes || options.diff === true;
  const runs: Run[] = [];
  let unreadable = false;
  for (const path of paths) {
    const lintOnce = (system: FileSystem): LintResult => lintFrom(path, system);
    try {
      if (repairs) {
        const { result, files: fixed } = fixUntilStable(fileSystem, lintOnce, options.fix === "unsafe");
        runs.push({ result, fixed });
        if (writes) writeAll(fixed, path === STDIN ? (texts.get(STDIN) ?? "") : null, terminal);
      } else {
        runs.push({ result: lintOnce(fileSystem), fixed: [] });
      }
    } catch (error) {
      if (!(error instanceof ConfigUnreadableError)) throw error;
      terminal.stderr(`backhand: ${printable(error.message)}\n`);
      unreadable = true;
    }
  }
  const [first, ...others] = runs.map(({ result }) => result);
  if (first === undefined) return exitCodes.usage;
  const all = mergeResults(first, others);
  const result =
    options.baseline === undefined
      ? all
      : applyBaseline(options.baseline, options.updateBaseline === true, all, terminal);
  // A file that several main files include is repaired alike each time.
  const fixed = [...new Map(runs.flatMap((one) => one.fixed).map((file) => [file.path, file])).values()];
  const report = format(result, { color: terminal.color, columns: terminal.columns, fixed: repairs, pageOf });
  if (options.diff === true) {
    const { showDiff } = await import("../show-diff.ts");
    terminal.stdout(showDiff(fixed, terminal.color));
  }
  // The diff, and the repaired text of standard input, have standard output for themselves.
  if (options.diff === true || (writes && texts.size > 0)) terminal.stderr(report);
  else terminal.stdout(report);
  if (unreadable) return exitCodes.usage;
  const { errors, warnings } = result.summary;
  const tooMany = options.maxWarnings !== undefined && warnings > options.maxWarnings;
  const differs = options.diff === true && fixed.length > 0;
  return errors > 0 || tooMany || differs ? exitCodes.findings : exitCodes.fine;
}
