import { Buffer } from "node:buffer";
import { lstatSync, readFileSync, statSync } from "node:fs";

import { encode } from "../source/encoding.ts";
import type { FileFacts } from "./file-facts.ts";

/** The files of this machine. A name with bytes that are no UTF-8 is looked up by its bytes. */
export const nodeFileFacts: Required<Omit<FileFacts, "epoch">> = {
  kindOf(path) {
    try {
      const status = statSync(Buffer.from(encode(path)), { throwIfNoEntry: false });
      if (status === undefined) return null;
      return status.isFile() ? "file" : status.isDirectory() ? "directory" : "other";
    } catch (error) {
      // What is there and cannot be looked at, or has a name that no file can have (403), unlike what is not there (404).
      const code = error instanceof Error && "code" in error ? error.code : "";
      return code === "ENOTDIR" || code === "ENOENT" ? null : "other";
    }
  },
  linkOf(path) {
    try {
      const bytes = Buffer.from(encode(path));
      const link = lstatSync(bytes);
      if (!link.isSymbolicLink()) return null;
      return statSync(bytes, { throwIfNoEntry: false })?.uid === link.uid ? "own" : "foreign";
    } catch {
      return null;
    }
  },
  homeOf(user) {
    try {
      // What getpwnam reads on a machine without a directory service.
      const lines = readFileSync("/etc/passwd", "utf8").split("\n");
      return lines.find((line) => line.startsWith(`${user}:`))?.split(":")[5] ?? null;
    } catch {
      return null;
    }
  },
};
