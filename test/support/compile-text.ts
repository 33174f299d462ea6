import { compile, type Compilation } from "../../src/compile/compile.ts";
import type { Dialect } from "../../src/compile/table.ts";
import { memoryFileSystem } from "../../src/config/memory-file-system.ts";
import { readConfiguration } from "../../src/config/read.ts";

/** Compiles a configuration given as text, under the name httpd.conf; `files` are what it includes. */
export function compileText(text: string, dialect: Dialect, files: Readonly<Record<string, string>> = {}): Compilation {
  return compile(readConfiguration({ path: "httpd.conf", text, fileSystem: memoryFileSystem(files), dialect }));
}
