import type { RoutingTable, TableDirective } from "../compile/table.ts";
import { absolute } from "./access-log.ts";
import { createErrorLog, readLogLevel } from "./error-log.ts";
import type { ErrorLog } from "./error-log.ts";
import { openLogFile } from "./log-file.ts";
import type { LogFile } from "./log-file.ts";
import { logProgram, openPipedLog } from "./piped-log.ts";
import { ServerError } from "./server-error.ts";
import { createSettingReader } from "./setting-reader.ts";

/** The files that a server writes its logs to. */
export interface Logs {
  /** Opens what a log line names, once for each: a file for appending, or a program behind `|`. Throws a ServerError. */
  readonly open: (path: string) => LogFile;
  readonly errorLog: ErrorLog;
  /** ErrorLog lines that are not followed, with the reason. */
  readonly unwritten: readonly { readonly directive: TableDirective; readonly reason: string }[];
  readonly close: () => Promise<void>;
}

/**
 * Opens the error log of a table; where ErrorLog names nothing that is written here (none, syslog), its lines go to `stderr`,
 * which a supervisor collects anyway. Throws a ServerError when a file cannot be opened.
 */
export function openLogs(table: RoutingTable, stderr: (text: string) => void, pid: number): Logs {
  const files = new Map<string, LogFile>();
  const tell = (message: string): void => {
    stderr(`${message}\n`);
  };
  const open = (word: string): LogFile => {
    const isProgram = word.startsWith("|");
    const path = isProgram ? word : absolute(word, table.serverRoot);
    const file = files.get(path) ?? (isProgram ? openProgram(word) : openLogFile(path, tell));
    files.set(path, file);
    return file;
  };
  const openProgram = (word: string): LogFile => {
    const program = logProgram(word, table.apache);
    if (program === null)
      throw new ServerError("BACKHAND_BAD_TABLE", `Expected a program behind | in a log line, got "${word}"`);
    return openPipedLog(program, tell);
  };
  const reader = createSettingReader(table);
  const line = reader.find("ErrorLog");
  const path = line?.args[0] ?? "";
  const isWritten = line !== null && !path.startsWith("syslog");
  const file = isWritten ? open(path) : null;
  const unwritten = table.hosts
    .slice(1)
    .flatMap(({ directives }) => directives.filter(({ name }) => name.toLowerCase() === "errorlog"))
    .map((directive) => ({ directive, reason: "messages of all hosts go to the main server's error log" }));
  if (line !== null && !isWritten) {
    unwritten.unshift({ directive: line, reason: "syslog does not get the error log; it goes to standard error" });
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
