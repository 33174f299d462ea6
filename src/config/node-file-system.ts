import { lstatSync, readdirSync, readFileSync, statSync } from "node:fs";
import type { FileSystem } from "./file-system.ts";

/** The files of this machine. */
export const nodeFileSystem: FileSystem = {
  readFile: (path) => readFileSync(path),
  readDirectory: (path) => readdirSync(path),
  kindOf(path) {
    try {
      const status = statSync(path);
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
