import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import type { Dialect } from "../compile/table.ts";
import type { LogFile } from "./log-file.ts";

/** Lines that wait for a slow program are lost beyond this. */
const maxWaitingBytes = 16 * 1024 * 1024;
const gatherMs = 100;
const gatherBytes = 64 * 1024;

/** A program that ended is started again, not more often than this. */
const pauseMs = 1000;

/** How long a program may take for its last lines when the log is closed. */
const lastMs = 2000;

/** What is run for a word such as `|/usr/bin/rotatelogs logs/%Y 86400`. */
export interface LogProgram {
  readonly file: string;
  readonly args: readonly string[];
}

/**
 * Reads the word of a log line that begins with `|`. Until 2.2 a shell runs the program; 2.4 runs it itself, but for `|$`.
 * Null: there is no program in it.
 * httpd 2.4 log.c piped_log_spawn
 */
export function logProgram(word: string, dialect: Dialect): LogProgram | null {
  const [, mark = "", text = ""] = /^\|([|$]?)\s*([^]*)$/.exec(word) ?? [];
  const isMarked = dialect === "2.4" || dialect === "2.2";
  const command = isMarked ? text : `${mark}${text}`;
  if (command.trim() === "") return null;
  const isShell = mark === "$" || (dialect !== "2.4" && !(isMarked && mark === "|"));
  if (isShell) return { file: "/bin/sh", args: ["-c", command] };
  const [file, ...args] = wordsOf(command);
  return file === undefined ? null : { file, args };
}

/** Words as httpd splits them: quotes of either kind hold one together, a backslash takes a character as it is. */
function wordsOf(command: string): readonly string[] {
  const found = command.matchAll(/"((?:\\[^]|[^"\\])*)"?|'((?:\\[^]|[^'\\])*)'?|((?:\\[^]|[^\s\\])+)/g);
  return Array.from(found, ([, double, single, plain]) => (double ?? single ?? plain ?? "").replace(/\\([^])/g, "$1"));
}

/**
 * A log whose lines a program reads. It is started at once and whenever it has ended; lines wait for it, and what it writes
 * itself goes to our standard error. What goes wrong is told to `onError`, and costs lines, never the server.
 */
export function openPipedLog({ file, args }: LogProgram, onError: (message: string) => void): LogFile {
  let waiting: string[] = [];
  let waitingBytes = 0;
  let isClosed = false;
  let lost = 0;
  let timer: NodeJS.Timeout | null = null;
  let program: ChildProcess | null = start();

  function start(): ChildProcess {
    // A session of its own: what is typed at our terminal must not end it before its last lines.
    const child = spawn(file, [...args], { stdio: ["pipe", 2, 2], detached: true });
    let isOver = false;
    const over = (why: string): void => {
      if (isOver) return;
      isOver = true;
      if (program === child) program = null;
      if (isClosed) return;
      onError(`The log program ${file} ${why}; it is started again`);
      setTimeout(() => {
        if (isClosed) return;
        program = start();
        flush();
      }, pauseMs).unref();
    };
    child.once("error", (error) => {
      over(`cannot be run: ${error.message}`);
    });
    child.once("exit", (code, signal) => {
      over(`has ended (${signal ?? code ?? "?"})`);
    });
    // The exit tells it.
    child.stdin?.on("error", () => undefined);
    child.unref();
    return child;
  }

  function flush(): void {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    const stream = program?.stdin ?? null;
    if (stream === null || stream.destroyed || waiting.length === 0 || stream.writableLength > maxWaitingBytes) return;
    // Lines are bytes, one in each character.
    stream.write(waiting.join(""), "latin1");
    waiting = [];
    waitingBytes = 0;
    lost = 0;
  }

  return {
    write(line) {
      if (waitingBytes > maxWaitingBytes) {
        if (lost === 0) onError(`The log program ${file} reads too slowly; lines are lost`);
        lost += 1;
        flush();
        return;
      }
      waiting.push(line);
      waitingBytes += line.length;
      if (waitingBytes >= gatherBytes) flush();
      else timer ??= setTimeout(flush, gatherMs);
    },
    close() {
      flush();
      isClosed = true;
      if (timer !== null) clearTimeout(timer);
      const child = program;
      if (child === null) return Promise.resolve();
      return new Promise((resolve) => {
        const late = setTimeout(() => child.kill(), lastMs);
        child.once("exit", () => {
          clearTimeout(late);
          resolve();
        });
        child.once("error", () => {
          clearTimeout(late);
          resolve();
        });
        child.ref();
        child.stdin?.end();
      });
    },
  };
}
