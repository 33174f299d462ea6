import type { FileSystem } from "../config/file-system.ts";
import { encode } from "../source/encoding.ts";

/** A file system in which some files have another text; nothing is written. */
export function overlayFileSystem(base: FileSystem, texts: ReadonlyMap<string, string>): FileSystem {
  return {
    readFile: (path) => {
      const text = texts.get(path);
      return text === undefined ? base.readFile(path) : encode(text);
    },
    readDirectory: (path) => base.readDirectory(path),
    kindOf: (path) => (texts.has(path) ? "file" : base.kindOf(path)),
    isLink: (path) => base.isLink(path),
  };
}
