import type { RoutingTable } from "../compile/table.ts";
import { weekdays, months } from "./log-time.ts";
import { escapeLogText } from "./log-text.ts";

/** httpd's levels, the gravest first. */
const logLevels = ["emerg", "alert", "crit", "error", "warn", "notice", "info", "debug"] as const;
export type LogLevel = (typeof logLevels)[number];

/** Writes messages in httpd's form. Text of clients is escaped. */
export interface ErrorLog {
  log(level: LogLevel, message: string, client?: string): void;
}

/** The level of a LogLevel line; levels of single modules are passed over. Unknown words: `warn`, httpd's default. */
export function readLogLevel(args: readonly string[]): LogLevel {
  for (const arg of args) {
    const word = arg.toLowerCase();
    const level = logLevels.find((each) => each === word);
    if (level !== undefined) return level;
    if (/^trace[1-8]$/.test(word)) return "debug";
  }
  return "warn";
}

export interface ErrorLogOptions {
  readonly dialect: RoutingTable["apache"];
  readonly level: LogLevel;
  /** Takes whole lines. */
  readonly write: (line: string) => void;
  readonly pid: number;
  readonly now: () => Date;
}

/**
 * An error log. 2.4: `[Wed Oct 11 14:32:52.123456 2000] [backhand:error] [pid 35708] [client 10.0.0.9] message`; before:
 * `[Wed Oct 11 14:32:52 2000] [error] [client 10.0.0.9] message`. Notices are always written, as httpd does at start.
 */
export function createErrorLog({ dialect, level, write, pid, now }: ErrorLogOptions): ErrorLog {
  const limit = logLevels.indexOf(level);
  return {
    log(messageLevel, message, client) {
      if (logLevels.indexOf(messageLevel) > limit && messageLevel !== "notice") return;
      const from = client === undefined ? "" : `[client ${client}] `;
      const time = now();
      const head =
        dialect === "2.4"
          ? `[${errorTime(time, true)}] [backhand:${messageLevel}] [pid ${pid}] `
          : `[${errorTime(time, false)}] [${messageLevel}] `;
      write(`${head}${from}${escapeLogText(message)}\n`);
    },
  };
}

function errorTime(time: Date, fine: boolean): string {
  const two = (value: number): string => String(value).padStart(2, "0");
  const clock = `${two(time.getHours())}:${two(time.getMinutes())}:${two(time.getSeconds())}`;
  const fraction = fine ? `.${String(time.getMilliseconds()).padStart(3, "0")}000` : "";
  return `${weekdays[time.getDay()] ?? ""} ${months[time.getMonth()] ?? ""} ${two(time.getDate())} ${clock}${fraction} ${time.getFullYear()}`;
}
