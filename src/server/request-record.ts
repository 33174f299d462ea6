import type { IncomingMessage, ServerResponse } from "node:http";
import type { ProxyOutcome } from "../proxy/engine.ts";
import type { Match } from "../routing/match.ts";

/** What is known of a request while it is handled and when it is logged. */
export interface RequestRecord {
  readonly request: IncomingMessage;
  /** Null for an upgrade that became a tunnel, or is not decided yet. */
  response: ServerResponse | null;
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
  /** Who it is, by name and password; for an answer of 401 who it claimed to be. */
  user: string | null;
  /** When it was handed to another server. */
  outcome: ProxyOutcome | null;
  /** Of the answer, without head and framing; null: not counted while it was sent. */
  bodyBytes: number | null;
  /** What the connection had carried before this request. */
  readonly bytesReadBefore: number;
  readonly bytesWrittenBefore: number;
  /** `performance.now()` when it was over; 0 before. */
  endPreciseMs: number;
}
