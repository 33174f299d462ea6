import { rmSync, writeFileSync } from "node:fs";
import { ServerError } from "./server-error.ts";

/** Writes the process id; gives the function that takes the file away again. Throws a ServerError. */
export function writePidFile(path: string, pid: number): () => void {
  try {
    writeFileSync(path, `${pid}\n`);
  } catch (error) {
    throw new ServerError("BACKHAND_FILE", `Cannot write the pid file ${path}: ${String(error)}`, error);
  }
  return () => {
    try {
      rmSync(path, { force: true });
    } catch {
      // After User and Group the folder may be closed to us; the next start overwrites the file.
    }
  };
}
