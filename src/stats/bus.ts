import { setTimeout as pause } from "node:timers/promises";
import { TransportError } from "./transport-error.ts";
import type { Received, StatsTransport, TransportOptions } from "./transport.ts";

/** A connection to a bus that works now. */
export interface BusConnection {
  /** Never throws; what cannot be sent is lost, since the next announcement replaces it. */
  publish(bytes: Uint8Array): void;
  /** Resolves when the connection is lost or closed, with the reason for the log. Never rejects. */
  readonly closed: Promise<unknown>;
  /** Sends what was published before, as far as that takes no longer than a second. */
  close(): Promise<void>;
}

/** What a transport over a bus leaves to its kind. */
export interface BusKind {
  /** For messages. */
  readonly name: string;
  /**
   * Connects, and subscribes when there is somebody to receive; resolves when both are confirmed. Called again after each
   * failure and loss. Must give up by itself after some seconds.
   */
  connect(receive: ((bytes: Uint8Array) => void) | null): Promise<BusConnection>;
}

/** Replaceable in tests. */
export interface BusTiming {
  /** Before the second attempt; doubled for each next one up to the longest, each time by a random part shorter. */
  readonly firstPauseMs: number;
  readonly longestPauseMs: number;
  /** At most one failure is reported in so long. */
  readonly reportEveryMs: number;
  /** 0 ≤ x < 1. */
  readonly random: () => number;
}

const realTiming: BusTiming = { firstPauseMs: 250, longestPauseMs: 10_000, reportEveryMs: 60_000, random: Math.random };

/** A number that no announcement has: buses know no ports. */
const NO_PORT = 0;

/** One start of the transport. */
interface Session {
  readonly ending: AbortController;
  connection: BusConnection | null;
  /** Resolves when nothing of it runs any more. */
  finished: Promise<void>;
}

/** A transport that connects to its bus again and again, for ever. */
export function createBusTransport(
  kind: BusKind,
  { listens, onError }: Pick<TransportOptions, "listens" | "onError">,
  timing: BusTiming = realTiming,
): StatsTransport {
  const report = createReporter(kind.name, onError, timing.reportEveryMs);
  let session: Session | null = null;

  async function stayConnected(current: Session, receive: (datagram: Received) => void, tried: () => void) {
    const { signal } = current.ending;
    const take = (bytes: Uint8Array) => {
      if (!signal.aborted) receive({ bytes, sourceAddress: null, sourcePort: NO_PORT });
    };
    let pauseMs = timing.firstPauseMs;
    const isOver = () => signal.aborted;
    for (;;) {
      try {
        const connection = await kind.connect(listens ? take : null);
        if (isOver()) {
          await connection.close();
          return;
        }
        current.connection = connection;
        pauseMs = timing.firstPauseMs;
        tried();
        const reason = await connection.closed;
        current.connection = null;
        if (isOver()) return;
        await connection.close();
        report(reason);
      } catch (error) {
        if (!isOver()) report(error);
      }
      tried();
      try {
        // Servers that lost a bus together shall not come back together.
        await pause(pauseMs * (0.5 + timing.random() / 2), undefined, { signal });
      } catch {
        return;
      }
      pauseMs = Math.min(2 * pauseMs, timing.longestPauseMs);
    }
  }

  return {
    name: kind.name,
    async start(receive) {
      if (session !== null) return;
      const current: Session = { ending: new AbortController(), connection: null, finished: Promise.resolve() };
      session = current;
      await new Promise<void>((tried) => {
        current.finished = stayConnected(current, receive, tried).finally(tried);
      });
    },
    send(bytes) {
      session?.connection?.publish(bytes);
    },
    async stop() {
      const ended = session;
      session = null;
      ended?.ending.abort();
      await ended?.connection?.close();
      await ended?.finished;
    },
  };
}

/** Passes on failures, at most one in so long: a bus that is down would otherwise fill the log. */
export function createReporter(
  name: string,
  onError: (error: TransportError) => void,
  everyMs = realTiming.reportEveryMs,
): (cause: unknown) => void {
  let reportedMs = -Infinity;
  return (cause) => {
    const nowMs = performance.now();
    if (nowMs - reportedMs < everyMs) return;
    reportedMs = nowMs;
    const message = `${name} cannot be reached, and is tried again for ever: ${reasonOf(cause)}`;
    onError(new TransportError("BACKHAND_TRANSPORT_UNREACHABLE", message, cause));
  };
}

/** Errors of connections to several addresses say nothing themselves. */
function reasonOf(cause: unknown): string {
  if (cause instanceof AggregateError && cause.errors.length > 0) return reasonOf(cause.errors[0]);
  if (!(cause instanceof Error)) return typeof cause === "string" ? cause : "the connection ended";
  return cause.message || ("code" in cause ? String(cause.code) : cause.name);
}
