import { lstatSync, readdirSync, readFileSync, statSync } from "node:fs";
import type { FileSystem } from "./file-system.ts";

/** The files of this machine. */
export const nodeFileSystem: FileSystem = {
  readFile: (path) => readFileSync(path),
  readDirectory: (path) => readdirSync(path),
  kindOf(path) {
    try {
      // An error for each name that is not there would take longer than the question.
      const status = statSync(path, { throwIfNoEntry: false });
      if (status === undefined) return null;
      return status.isFile() ? "file" : status.isDirectory() ? "directory" : "other";
    } catch {
      return null;
    }
  },
  isLink(path) {
    try {
      return lstatSync(path).isSymbolicLink();
    } catch {
      return false;
    }
  },
};
