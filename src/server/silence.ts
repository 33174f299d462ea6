import type { Socket } from "node:net";

/** A limit is noticed late by at most twice the time between two looks: what came before a look counts from that look. */
const mostEveryMs = 1000;

/** A configuration with limits of a few milliseconds should not make looking all that the process does. */
const leastEveryMs = 20;

/** How often to look for silence with these limits, all in milliseconds; limits of 0 do not count, and without any it is seldom. */
export function lookEveryMs(limitsMs: readonly number[]): number {
  const least = Math.min(...limitsMs.filter((ms) => ms > 0));
  return Math.min(mostEveryMs, Math.max(leastEveryMs, Math.floor(least / 4)));
}

/** What the last look at a connection saw. */
export interface Quiet {
  /** Carried both ways; -1 before the first look. */
  bytes: number;
  /** The look that saw them first, in whole milliseconds. */
  sinceMs: number;
}

/** Milliseconds for which no byte went over a connection, as far as looks can tell: never more than it was. */
export function silentMs(quiet: Quiet, socket: Socket, nowMs: number): number {
  const bytes = socket.bytesRead + socket.bytesWritten - unsent(socket);
  if (bytes !== quiet.bytes) {
    quiet.bytes = bytes;
    quiet.sinceMs = nowMs;
  }
  return nowMs - quiet.sinceMs;
}

/** Bytes of a write that the system has not taken yet: while a slow reader empties them, there is no silence. */
function unsent(socket: Socket): number {
  const { _handle: handle } = socket as unknown as { readonly _handle?: { readonly writeQueueSize?: number } | null };
  return handle?.writeQueueSize ?? 0;
}
