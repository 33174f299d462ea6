import { rmSync, writeFileSync } from "node:fs";
import type { RoutingTable } from "../compile/table.ts";
import { absolute } from "./access-log.ts";
import { ServerError } from "./server-error.ts";
import type { ServerSettings } from "./server-settings.ts";

/** Writes PidFile and BackhandModeratorPIDFile; gives what takes them away again. Throws a ServerError, with none left. */
export function writePidFiles(
  { serverRoot }: Pick<RoutingTable, "serverRoot">,
  { pidFile, moderatorPidFile }: Pick<ServerSettings, "pidFile" | "moderatorPidFile">,
  pid: number,
): readonly (() => void)[] {
  const written: (() => void)[] = [];
  try {
    for (const path of [pidFile, moderatorPidFile]) {
      if (path !== null) written.push(writePidFile(absolute(path, serverRoot), pid));
    }
    return written;
  } catch (error) {
    for (const remove of written) remove();
    throw error;
  }
}

/** Writes the process id; gives the function that takes the file away again. Throws a ServerError. */
function writePidFile(path: string, pid: number): () => void {
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
