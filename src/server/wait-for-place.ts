import type { Duplex } from "node:stream";
import { createLogLimit } from "../stats/log-limit.ts";
import type { ErrorLog } from "./error-log.ts";
import type { LocalAnswer } from "./local-answer.ts";
import type { PlaceKind, PlaceResult, Places } from "./places.ts";
import type { RequestRecord } from "./request-record.ts";

export interface PlaceWait {
  readonly places: Pick<Places, "enter" | "wait">;
  readonly errorLog: ErrorLog;
  /** Of the configuration: how many requests are served at a time. */
  readonly limit: number;
  readonly retryAfterSeconds: number;
}

/** A server that is full stays so for a while, and one line says it. */
const logEveryMs = 60_000;

/**
 * Gets a request one of the places that MaxClients gives, and notes it in the record: null at once, nearly always, or null or
 * what to answer instead when it has waited.
 */
export function createPlaceWait({ places, errorLog, limit, retryAfterSeconds }: PlaceWait) {
  const mayLog = createLogLimit(logEveryMs);
  const log = (what: string): void => {
    if (mayLog(what, Date.now())) errorLog.log("error", `MaxClients (MaxRequestWorkers) ${limit}: ${what}`);
  };
  const refusal = (reason: string): LocalAnswer => ({ status: 503, reason, retryAfterSeconds });

  async function waited(record: RequestRecord, kind: PlaceKind, result: Promise<PlaceResult>, unwatch: () => void) {
    log("all places are taken, requests wait for one; servers that are slow, or a limit that is too low");
    const how = await result;
    unwatch();
    switch (how) {
      case "entered":
        record.place = kind;
        return null;
      case "late":
        log("requests have waited for a place for as long as Timeout says, and get 503");
        return refusal("No place became free in time");
      case "full":
        log("as many requests wait as ListenBacklog says (511 without a line); more get 503");
        return refusal("Too many requests wait already");
      case "left":
        return refusal("Nobody waits for the answer");
      default:
        return how satisfies never;
    }
  }

  function wait(record: RequestRecord, kind: PlaceKind): Promise<LocalAnswer | null> {
    let unwatch: () => void = none;
    const result = places.wait(kind, (left) => {
      unwatch = watch(record, left);
    });
    return waited(record, kind, result, () => {
      unwatch();
    });
  }

  return (record: RequestRecord, isBalanced: boolean): Promise<LocalAnswer | null> | null => {
    const kind = isBalanced ? "balanced" : "client";
    if (!places.enter(kind)) return wait(record, kind);
    record.place = kind;
    return null;
  };
}

/** Calls `left` when the client of a request leaves, until the returned function is called. */
function watch({ response, upgrade }: RequestRecord, left: () => void): () => void {
  if (response !== null) {
    if (response.closed || response.destroyed) left();
    response.once("close", left);
    return () => response.off("close", left);
  }
  return upgrade === null ? none : watchUnread(upgrade.socket, left);
}

/** Node has stopped reading from the connection of an upgrade: without somebody who wants to, its end would not be seen. */
function watchUnread(socket: Duplex, left: () => void): () => void {
  // Stays: a connection that breaks must not end the process.
  socket.on("error", none);
  socket.on("readable", none);
  socket.on("end", left);
  socket.on("close", left);
  return () => {
    socket.off("readable", none);
    socket.off("end", left);
    socket.off("close", left);
  };
}

function none(): void {
  // Listens only so that somebody does.
}
