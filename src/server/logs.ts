import type { RoutingTable, TableDirective } from "../compile/table.ts";
import { absolute } from "./access-log.ts";
import { createErrorLog, readLogLevel } from "./error-log.ts";
import type { ErrorLog } from "./error-log.ts";
import { openLogFile } from "./log-file.ts";
import type { LogFile } from "./log-file.ts";
import { createSettingReader } from "./setting-reader.ts";

/** The files that a server writes its logs to. */
export interface Logs {
  /** Opens a file for appending, once for each path. Throws a ServerError. */
  readonly open: (path: string) => LogFile;
  readonly errorLog: ErrorLog;
  /** ErrorLog lines that are not followed, with the reason. */
  readonly unwritten: readonly { readonly directive: TableDirective; readonly reason: string }[];
  readonly close: () => Promise<void>;
}

/**
 * Opens the error log of a table; where ErrorLog names no file (none, a program, syslog), its lines go to `stderr`, which a
 * supervisor collects anyway. Throws a ServerError when a file cannot be opened.
 */
export function openLogs(table: RoutingTable, stderr: (text: string) => void, pid: number): Logs {
  const files = new Map<string, LogFile>();
  const open = (path: string): LogFile => {
    let file = files.get(path);
    if (file === undefined) {
      file = openLogFile(path, (message) => {
        stderr(`${message}\n`);
      });
      files.set(path, file);
    }
    return file;
  };
  const reader = createSettingReader(table);
  const line = reader.find("ErrorLog");
  const path = line?.args[0] ?? "";
  const isFile = line !== null && !/^(?:\||syslog)/.test(path);
  const file = isFile ? open(absolute(path, table.serverRoot)) : null;
  const unwritten = table.hosts
    .slice(1)
    .flatMap(({ directives }) => directives.filter(({ name }) => name.toLowerCase() === "errorlog"))
    .map((directive) => ({ directive, reason: "messages of all hosts go to the main server's error log" }));
  if (line !== null && !isFile) {
    unwritten.unshift({
      directive: line,
      reason: "neither programs nor syslog get the error log; it goes to standard error",
    });
  }
  const errorLog = createErrorLog({
    dialect: table.apache,
    level: readLogLevel(reader.find("LogLevel")?.args ?? []),
    write: (line) => {
      if (file === null) stderr(line);
      else file.write(line);
    },
    pid,
    now: () => new Date(),
  });
  return {
    open,
    errorLog,
    unwritten,
    async close() {
      await Promise.all(Array.from(files.values(), (each) => each.close()));
    },
  };
}
