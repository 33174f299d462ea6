import type { FileSystem } from "../config/file-system.ts";
import { UsageError } from "./terminal.ts";

/** The files that a command works on: what the user named, each once, or `httpd.conf` here. Throws UsageError. */
export function mainFiles(
  files: readonly string[],
  fileSystem: FileSystem,
  command: "lint" | "fmt",
): readonly string[] {
  if (files.length > 0) return [...new Set(files)];
  if (fileSystem.kindOf("httpd.conf") === "file") return ["httpd.conf"];
  const help = `backhand ${command} --help has examples`;
  throw new UsageError(`Expected a file: there is no httpd.conf in this folder (${help})`);
}
