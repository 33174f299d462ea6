import { isAbsolute, join } from "node:path";

import type { Compilation } from "../compile/compile.ts";
import { compile } from "../compile/compile.ts";
import type { CompileProblem } from "../compile/problem.ts";
import type { ActiveConfig } from "../config/active-config.ts";
import { ConfigUnreadableError } from "../config/config-unreadable-error.ts";
import type { FileSystem } from "../config/file-system.ts";
import { nodeFileSystem } from "../config/node-file-system.ts";
import { readConfiguration } from "../config/read.ts";
import { printable } from "../report/printable.ts";
import type { GlobalOptions, Terminal } from "./terminal.ts";
import { UsageError } from "./terminal.ts";

/** The files of this machine with relative paths starting in a folder. */
export function fileSystemAt(folder: string): FileSystem {
  const at = (path: string): string => (isAbsolute(path) ? path : join(folder, path));
  return {
    readFile: (path) => nodeFileSystem.readFile(at(path)),
    readDirectory: (path) => nodeFileSystem.readDirectory(at(path)),
    kindOf: (path) => nodeFileSystem.kindOf(at(path)),
    isLink: (path) => nodeFileSystem.isLink(at(path)),
  };
}

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
    const config = readConfiguration({
      path,
      fileSystem,
      dialect: global.apache,
      defines: global.define,
      before: global.before,
      after: global.after,
      modules: global.module,
      environment: terminal.env,
      ...(global.serverRoot === undefined ? {} : { serverRoot: global.serverRoot }),
    });
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
