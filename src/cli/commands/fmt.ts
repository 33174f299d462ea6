import { resolve } from "node:path";
import { ConfigUnreadableError, whatHappened } from "../../config/config-unreadable-error.ts";
import { readConfiguration } from "../../config/read.ts";
import { formatText } from "../../format/format-text.ts";
import { overlayFileSystem } from "../../lint/overlay-file-system.ts";
import { replaceFile } from "../../lint/replace-file.ts";
import { printable } from "../../report/printable.ts";
import { decode, encode } from "../../source/encoding.ts";
import { fileSystemAt, readOptions } from "../read-options.ts";
import { exitCodes, type ExitCode } from "../exit-codes.ts";
import type { FmtFlags } from "../flags.ts";
import { mainFiles } from "../main-files.ts";
import { showDiff } from "../show-diff.ts";
import { UsageError, type GlobalOptions, type Terminal } from "../terminal.ts";

const STDIN = "-";

interface Formatted {
  readonly path: string;
  readonly before: string;
  readonly after: string;
}

/**
 * `backhand fmt`: the named files alone, not what they include. Without a flag the result goes to standard output.
 * Returns 1 when --check or --diff finds something to change; throws UsageError for wrong options.
 */
export async function run(
  files: readonly string[],
  options: FmtFlags,
  global: GlobalOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const modes = [options.check, options.write, options.diff].filter((mode) => mode === true);
  if (modes.length > 1) throw new UsageError("Expected only one of --check, --write and --diff");
  const base = fileSystemAt(terminal.cwd);
  const paths = mainFiles(files, base, "fmt");
  if (modes.length === 0 && paths.length > 1) {
    throw new UsageError("Expected --write, --check or --diff with several files: their texts would run together");
  }
  const texts = new Map(paths.includes(STDIN) ? [[STDIN, decode(await terminal.stdin())]] : []);
  const fileSystem = overlayFileSystem(base, texts);
  const indent = options.indent === "tab" ? "\t" : " ".repeat(options.indent);
  const results: Formatted[] = [];
  let unreadable = false;
  for (const path of paths) {
    try {
      const { dialect } = readConfiguration(readOptions(path, global, terminal, fileSystem).options);
      const before = texts.get(path) ?? decode(fileSystem.readFile(path));
      results.push({ path, before, after: formatText(before, dialect, indent) });
    } catch (error) {
      if (!(error instanceof ConfigUnreadableError)) throw error;
      terminal.stderr(`backhand: ${printable(error.message)}\n`);
      unreadable = true;
    }
  }
  const changed = results.filter(({ before, after }) => before !== after);
  if (options.check === true) {
    for (const { path } of changed) terminal.stdout(`${printable(path)}\n`);
  } else if (options.diff === true) {
    terminal.stdout(showDiff(changed, terminal.color));
  } else if (options.write === true) {
    writeAll(results, terminal);
  } else {
    for (const { after } of results) terminal.stdout(after);
  }
  if (unreadable) return exitCodes.usage;
  const differs = changed.length > 0 && (options.check === true || options.diff === true);
  return differs ? exitCodes.findings : exitCodes.fine;
}

/** Replaces what changed; what came from standard input goes to standard output in any case. */
function writeAll(results: readonly Formatted[], terminal: Terminal): void {
  for (const { path, before, after } of results) {
    if (path === STDIN) {
      terminal.stdout(after);
    } else if (before !== after) {
      try {
        replaceFile(resolve(terminal.cwd, path), encode(after));
      } catch (error) {
        throw new UsageError(`Cannot write ${path}: ${whatHappened(error)}`, { cause: error });
      }
      terminal.stderr(`formatted ${printable(path)}\n`);
    }
  }
}
