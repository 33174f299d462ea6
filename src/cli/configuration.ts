import { compile, type Compilation } from "../compile/compile.ts";
import type { CompileProblem } from "../compile/problem.ts";
import type { ActiveConfig } from "../config/active-config.ts";
import { ConfigUnreadableError } from "../config/config-unreadable-error.ts";
import type { FileSystem } from "../config/file-system.ts";
import { readConfiguration } from "../config/read.ts";
import { printable } from "../report/printable.ts";
import { fileSystemAt, readOptions } from "./read-options.ts";
import { UsageError, type GlobalOptions, type Terminal } from "./terminal.ts";

/** A configuration that was read, and what came of compiling it. */
export interface CompiledConfiguration extends Compilation {
  readonly config: ActiveConfig;
  readonly fileSystem: FileSystem;
}

/** Reads and compiles a configuration with the options of the command line. Throws UsageError when it cannot be read. */
export function compileConfiguration(
  path: string,
  global: GlobalOptions,
  terminal: Terminal,
  searchAccessFiles = false,
): CompiledConfiguration {
  const fileSystem = fileSystemAt(terminal.cwd);
  try {
    const config = readConfiguration(readOptions(path, global, terminal, fileSystem).options);
    const compilation = compile(config, searchAccessFiles ? { searchAccessFiles: fileSystem } : {});
    return { ...compilation, config, fileSystem };
  } catch (error) {
    if (error instanceof ConfigUnreadableError) throw new UsageError(error.message);
    throw error;
  }
}

/** One line for a problem: `error  httpd.conf:12  …`. */
export function problemText({ severity, message, place }: CompileProblem, files: readonly string[]): string {
  const where = place === null ? "" : `${files[place.file] ?? ""}:${place.line}  `;
  return printable(`${severity.padEnd(7)}  ${where}${message}`);
}
