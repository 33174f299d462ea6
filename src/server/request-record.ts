import type { IncomingMessage, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import type { ProxyOutcome } from "../proxy/engine.ts";
import { turnWallMs } from "../proxy/turn-clock.ts";
import type { Match } from "../routing/match.ts";
import type { PlaceKind } from "./places.ts";
import { clientAddressOf, peerAddressOf, plainAddress } from "./client-address.ts";
import type { Trust } from "./trust.ts";

/** Where a request came in, when it wants the connection for another protocol. */
export interface UpgradeRequest {
  readonly socket: Duplex;
  readonly head: Buffer;
}

/** What is known of a request while it is handled and when it is logged. */
export interface RequestRecord {
  readonly request: IncomingMessage;
  /** Null for an upgrade that became a tunnel, or is not decided yet. */
  response: ServerResponse | null;
  readonly upgrade: UpgradeRequest | null;
  readonly startMs: number;
  /** `performance.now()` at the start. */
  readonly startPreciseMs: number;
  /** The other end of the connection. */
  readonly peerAddress: string;
  /** On whose behalf it asks, as far as it may say that. */
  readonly clientAddress: string;
  readonly localAddress: string;
  readonly localPort: number;
  /** Index into the table's hosts; the main server until one is found. */
  host: number;
  match: Match | null;
  /** Which of the places of MaxClients it has; null: none yet, or it needs none. */
  place: PlaceKind | null;
  /** Who it is, by name and password; for an answer of 401 who it claimed to be. */
  user: string | null;
  /** When it was handed to another server. */
  outcome: ProxyOutcome | null;
  /** True when it goes to another server by the cluster's choice, so that its time counts. */
  isBackhanded: boolean;
  /** Of the answer, without head and framing; null: not counted while it was sent. */
  bodyBytes: number | null;
  /** What the connection had carried before this request; see `noteTraffic`. */
  bytesReadBefore: number;
  bytesWrittenBefore: number;
  /** `performance.now()` when it was over; 0 before. */
  endPreciseMs: number;
}

/** `countsTraffic`: whether the logs say what went over the connection. */
export function createRecord(
  request: IncomingMessage,
  response: ServerResponse | null,
  upgrade: UpgradeRequest | null,
  trust: Pick<Trust, "isTrusted">,
  countsTraffic: boolean,
): RequestRecord {
  const { socket } = request;
  const peerAddress = peerAddressOf(request);
  const record: RequestRecord = {
    request,
    response,
    upgrade,
    startMs: turnWallMs(),
    startPreciseMs: performance.now(),
    peerAddress,
    clientAddress: clientAddressOf(request, peerAddress, trust.isTrusted),
    localAddress: plainAddress(socket.localAddress ?? ""),
    localPort: socket.localPort ?? 0,
    host: 0,
    match: null,
    place: null,
    user: null,
    outcome: null,
    isBackhanded: false,
    bodyBytes: null,
    bytesReadBefore: 0,
    bytesWrittenBefore: 0,
    endPreciseMs: 0,
  };
  if (countsTraffic) noteTraffic(record);
  return record;
}

/**
 * Notes what the connection has carried so far. Asking a socket costs as much as choosing a server, so it is done only for logs
 * that say it, and for answers of our own, whose length in the log may come from it.
 */
export function noteTraffic(record: RequestRecord): void {
  const { socket } = record.request;
  record.bytesReadBefore = socket.bytesRead;
  record.bytesWrittenBefore = socket.bytesWritten;
}
