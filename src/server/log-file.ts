import { createWriteStream, openSync } from "node:fs";
import type { WriteStream } from "node:fs";
import { ServerError } from "./server-error.ts";

/** Lines that wait for a slow disk are lost beyond this: a full disk must not become a full memory. */
const maxWaitingBytes = 16 * 1024 * 1024;

/** Lines are gathered for so long: a write for each request would cost as much as a tenth of relaying it. */
const gatherMs = 100;
const gatherBytes = 64 * 1024;

/** A log that lines are appended to. */
export interface LogFile {
  /** Takes whole lines; never throws and never waits. */
  write(line: string): void;
  /** Writes what waits and closes the file. */
  close(): Promise<void>;
}

/**
 * Opens a log for appending; throws a ServerError when that is impossible. Later failures go to `onError`, the first one of
 * each row, and cost lines, never the server.
 */
export function openLogFile(path: string, onError: (message: string) => void): LogFile {
  let descriptor: number;
  try {
    descriptor = openSync(path, "a");
  } catch (error) {
    throw new ServerError("BACKHAND_FILE", `Cannot open the log ${path}: ${String(error)}`, error);
  }
  const stream: WriteStream = createWriteStream(path, { fd: descriptor });
  // Bytes outside of the heap: as text, thousands of pieces of lines would be copied by each collection of the young.
  let waiting: Buffer | null = null;
  let used = 0;
  let isBroken = false;
  let lost = 0;
  stream.on("error", (error) => {
    if (!isBroken) onError(`Cannot write to the log ${path}: ${error.message}; its lines are lost from now on`);
    isBroken = true;
  });
  let timer: NodeJS.Timeout | null = null;
  const flush = (): void => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    const bytes = used;
    used = 0;
    if (waiting !== null && bytes > 0) send(Buffer.from(waiting.subarray(0, bytes)));
  };
  const send = (bytes: Buffer): void => {
    if (isBroken || stream.destroyed) return;
    if (stream.writableLength > maxWaitingBytes) {
      if (lost === 0) onError(`The log ${path} is written too slowly; lines are lost`);
      lost += 1;
      return;
    }
    lost = 0;
    stream.write(bytes);
  };
  return {
    write(line) {
      if (used + line.length > gatherBytes) flush();
      // Lines are bytes, one in each character.
      if (line.length > gatherBytes) send(Buffer.from(line, "latin1"));
      else used += (waiting ??= Buffer.allocUnsafeSlow(gatherBytes)).write(line, used, "latin1");
      timer ??= setTimeout(flush, gatherMs);
    },
    close() {
      flush();
      return new Promise((resolve) => {
        if (stream.destroyed) resolve();
        else stream.end(resolve);
        stream.once("close", resolve);
      });
    },
  };
}
