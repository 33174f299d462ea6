import { posix } from "node:path";
import { encode } from "../source/encoding.ts";
import type { FileSystem } from "./file-system.ts";

/**
 * Files that exist only here: texts by absolute path, a path that ends in `/` being an empty directory. The directories
 * above each file exist too.
 */
export function memoryFileSystem(files: Readonly<Record<string, string>>): FileSystem {
  const texts = new Map<string, string>();
  const directories = new Map<string, Set<string>>([["/", new Set()]]);
  const addDirectory = (path: string): void => {
    for (let at = path; at !== "/" && at !== "."; at = posix.dirname(at)) {
      const parent = posix.dirname(at);
      if (!directories.has(at)) directories.set(at, new Set());
      const siblings = directories.get(parent) ?? new Set();
      directories.set(parent, siblings.add(posix.basename(at)));
    }
  };
  for (const [path, text] of Object.entries(files)) {
    const clean = posix.normalize(path);
    if (clean.endsWith("/")) {
      addDirectory(clean.slice(0, -1));
      continue;
    }
    addDirectory(posix.dirname(clean));
    directories.get(posix.dirname(clean))?.add(posix.basename(clean));
    texts.set(clean, text);
  }
  const clean = (path: string): string => posix.normalize(path).replace(/(?<=.)\/$/, "");
  return {
    readFile(path) {
      const text = texts.get(clean(path));
      if (text !== undefined) return encode(text);
      throw directories.has(clean(path)) ? failure("EISDIR", "read") : failure("ENOENT", "open");
    },
    readDirectory(path) {
      const names = directories.get(clean(path));
      if (names === undefined) throw failure(texts.has(clean(path)) ? "ENOTDIR" : "ENOENT", "scandir");
      return [...names];
    },
    kindOf: (path) => (texts.has(clean(path)) ? "file" : directories.has(clean(path)) ? "directory" : null),
    isLink: () => false,
  };
}

function failure(code: string, call: string): Error {
  return Object.assign(new Error(`${code}, ${call}`), { code });
}
