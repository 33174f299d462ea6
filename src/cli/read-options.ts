import { isAbsolute, join } from "node:path";
import { parseApache, type ChosenApache } from "../config/apache-release.ts";
import type { FileSystem } from "../config/file-system.ts";
import { nodeFileSystem } from "../config/node-file-system.ts";
import type { ReadOptions } from "../config/read.ts";
import { findSettings, readDeclarations, type Settings } from "./settings-file.ts";
import { UsageError, type GlobalOptions, type Terminal } from "./terminal.ts";

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

function chosenApache(text: string): ChosenApache {
  const chosen = parseApache(text);
  if (chosen === null) throw new UsageError(`Unknown version "${text}": expected auto, 1.3, 2.0, 2.2, 2.4 or 2.4.10`);
  return chosen;
}

/**
 * How to read a configuration, by the options of the command line and the settings file that belongs to it; for standard
 * input (`-`) the one of the working folder. Options win over settings, lists of both are put together. Throws UsageError.
 */
export function readOptions(
  path: string,
  global: GlobalOptions,
  terminal: Terminal,
  fileSystem: FileSystem,
): { readonly options: ReadOptions; readonly settings: Settings } {
  const settings = findSettings(fileSystem, path === "-" ? null : path, terminal.cwd);
  const declared = (global.directives ?? []).flatMap((file) => readDeclarations(fileSystem, file));
  const options: ReadOptions = {
    path,
    fileSystem,
    ...chosenApache(global.apache === "auto" ? (settings.apache ?? "auto") : global.apache),
    defines: [...(settings.define ?? []), ...global.define],
    before: global.before,
    after: global.after,
    modules: [...(settings.modules ?? []), ...global.module],
    directives: [...settings.directives, ...declared],
    environment: terminal.env,
    ...(global.serverRoot === undefined ? {} : { serverRoot: global.serverRoot }),
  };
  return { options, settings };
}
