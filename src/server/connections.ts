import type { IncomingMessage, ServerResponse } from "node:http";
import { Socket } from "node:net";
import { breakBody } from "../proxy/broken-body.ts";
import type { Unreadable } from "./answer-unreadable.ts";
import { holdReading, releaseReading } from "./hold-reading.ts";
import { dropAll, dropRest, lingerThenClose } from "./linger.ts";
import type { ServerSettings } from "./server-settings.ts";
import { watchHalfClosed } from "./half-closed.ts";
import { lookEveryMs, silentMs } from "./silence.ts";
import type { Quiet } from "./silence.ts";

interface Connection extends Quiet {
  /** Requests that came over it. */
  requests: number;
  /** Requests that are not answered yet. */
  pending: number;
  /** Null when all are answered: an idle connection should hold nothing of what is over. */
  latest: IncomingMessage | null;
  /** The answer to the latest request, likewise. */
  answer: ServerResponse | null;
  /** Whether the last answer of all was the last that the connection carries. */
  isEnding: boolean;
  /** Whether it brought something that cannot be read, and all behind it is thrown away. */
  isSpoilt: boolean;
  /** Requests that wait for the answers to earlier ones; null: none has. */
  row: (() => void)[] | null;
  /** Whether it carries another protocol, for which there are no limits here. */
  isUpgraded: boolean;
}

/** As much of an answer as those behind it ask for. */
export type AnswerBefore = Pick<ServerResponse, "shouldKeepAlive">;

const lastAnswer: AnswerBefore = { shouldKeepAlive: false };

/** The settings that hold for connections. */
export type ConnectionSettings = Pick<
  ServerSettings,
  "timeoutMs" | "keepAlive" | "keepAliveTimeoutMs" | "maxKeepAliveRequests"
>;

/**
 * The open connections of a server, with what came over each. Those that are silent for as long as Timeout allows, or between
 * requests KeepAliveTimeout, are closed, unless it is us that the client waits for.
 */
export interface Connections {
  readonly opened: (socket: Socket) => void;
  /**
   * Counts a request; after the last that the limit allows the connection is closed. Gives the answer before it, for
   * `isBehindEnd`; null for the first.
   */
  readonly request: (request: IncomingMessage, response: ServerResponse) => AnswerBefore | null;
  /**
   * Keeps a request until the answers to earlier ones have gone out, and calls `begin` then; false when there are none. One
   * connection has one request at a time at the servers behind, as with httpd, and what is sent first happens first.
   */
  readonly putOff: (socket: Socket, begin: () => void) => boolean;
  /** Whether earlier requests of the connection still wait for their answers. */
  readonly isAnswering: (socket: Socket) => boolean;
  /**
   * Ends a connection that brought something unreadable, whose rest is thrown away: the answers to whole requests go out before.
   * When it is the body of the latest request that is unreadable, that one is told so. Calls `alone` when nothing is left to answer
   * but what could not be read.
   */
  readonly spoilt: (socket: Socket, why: Unreadable, alone: () => void) => void;
  /** The connection carries another protocol from now on. */
  readonly upgraded: (socket: Socket) => void;
  readonly destroyAll: () => void;
}

/**
 * Whether the answer before a request closes the connection, so that the request was sent behind the end and is for nobody; to
 * be asked when its turn has come.
 */
export function isBehindEnd(before: AnswerBefore | null, response: ServerResponse): boolean {
  if (before?.shouldKeepAlive !== false) return false;
  response.shouldKeepAlive = false;
  return true;
}

/** Requests that may wait behind another one before no more are read; a reading that has begun may bring 2,000 more. */
const mostInRow = 16;

/** Of all connections together, as each costs 2 KB: beyond it one that has a long row is closed. */
const mostInRows = 32_768;

/** Everything was read and nothing waits to be written: how long a server may take is the engine's to say. */
function waitsForUs({ pending, latest }: Connection, socket: Socket): boolean {
  return pending > 0 && latest?.complete === true && socket.writableLength === 0;
}

/** `settings`: those of now. */
export function createConnections(settings: () => ConnectionSettings): Connections {
  const connections = new Map<Socket, Connection>();
  let timer: NodeJS.Timeout | null = null;
  let inRows = 0;

  /** One timer for all: Node's own are set anew for each request and each answer, which costs more than routing a request. */
  function look(): void {
    timer = null;
    if (connections.size === 0) return;
    const { timeoutMs, keepAliveTimeoutMs } = settings();
    const idleMs = keepAliveTimeoutMs > 0 ? keepAliveTimeoutMs : timeoutMs;
    const nowMs = Math.round(performance.now());
    for (const [socket, connection] of connections) {
      if (connection.isUpgraded) continue;
      const limitMs = connection.pending === 0 && connection.requests > 0 ? idleMs : timeoutMs;
      if (silentMs(connection, socket, nowMs) < limitMs || limitMs === 0) continue;
      if (!waitsForUs(connection, socket)) socket.destroy();
    }
    lookLater();
  }

  function lookLater(): void {
    const { timeoutMs, keepAliveTimeoutMs } = settings();
    timer ??= setTimeout(look, lookEveryMs([timeoutMs, keepAliveTimeoutMs])).unref();
  }

  /** One for all: a listener of its own for each request would cost more than what it does. */
  function answered(this: ServerResponse): void {
    const connection = connections.get(this.req.socket);
    if (connection === undefined) return;
    connection.pending -= 1;
    if (connection.pending > 0) {
      nextInRow(connection, this.req.socket);
      return;
    }
    connection.isEnding = connection.answer?.shouldKeepAlive === false;
    // Answered before its body was here: what comes next belongs to it.
    if (connection.latest?.complete === false) return;
    connection.latest = null;
    connection.answer = null;
  }

  /** The client sends no more. With nothing to answer, Node closes. */
  function ended(this: Socket): void {
    const connection = connections.get(this);
    if (connection !== undefined && !connection.isUpgraded && connection.pending > 0) watchHalfClosed(this);
  }

  /** In the place of Node's own, which resets the connection of a client that is still sending. */
  function closeAfterAnswer(this: Socket): void {
    const { latest = null, answer = null, pending = 0, isSpoilt = false } = connections.get(this) ?? {};
    const isIncomplete = latest?.complete === false && answer?.writableFinished === true;
    if (pending === 1 && (isIncomplete || isSpoilt) && !this.readableEnded) {
      if (latest !== null && !isSpoilt) dropRest(latest);
      lingerThenClose(this);
    } else {
      Socket.prototype.destroySoon.call(this);
    }
  }

  function holdLongRow(this: Socket): void {
    if ((connections.get(this)?.row?.length ?? 0) >= mostInRow) holdReading(this);
  }

  function closed(this: Socket): void {
    inRows -= connections.get(this)?.row?.length ?? 0;
    connections.delete(this);
  }

  function nextInRow({ row }: Connection, socket: Socket): void {
    const next = row?.shift();
    if (next !== undefined) inRows -= 1;
    if (row?.length === mostInRow - 1) releaseReading(socket);
    next?.();
  }

  return {
    opened(socket) {
      // A request that was given back to the server comes over a connection that is known.
      if (connections.has(socket)) return;
      connections.set(socket, {
        requests: 0,
        pending: 0,
        latest: null,
        answer: null,
        isEnding: false,
        isSpoilt: false,
        row: null,
        isUpgraded: false,
        bytes: -1,
        sinceMs: 0,
      });
      socket.once("close", closed);
      socket.on("end", ended);
      socket.destroySoon = closeAfterAnswer;
      lookLater();
    },
    request(request, response) {
      const connection = connections.get(request.socket);
      if (connection === undefined) return null;
      const before = connection.answer ?? (connection.isEnding ? lastAnswer : null);
      connection.requests += 1;
      connection.pending += 1;
      connection.latest = request;
      connection.answer = response;
      response.on("close", answered);
      const { keepAlive, keepAliveTimeoutMs, maxKeepAliveRequests } = settings();
      // Node says it to clients when it is Node that closes.
      (response as { _keepAliveTimeout?: number })._keepAliveTimeout = keepAliveTimeoutMs;
      // Node's own limit announces the end and then keeps the connection.
      const maxRequests = keepAlive ? maxKeepAliveRequests : 1;
      if (maxRequests > 0 && connection.requests >= maxRequests) response.shouldKeepAlive = false;
      return before;
    },
    putOff(socket, begin) {
      const connection = connections.get(socket);
      if (connection === undefined || connection.pending < 2) return false;
      if (connection.row === null) {
        connection.row = [];
        // Node reads on when answers have gone out.
        socket.on("drain", holdLongRow);
      }
      const length = connection.row.push(begin);
      inRows += 1;
      if (length < mostInRow) return true;
      holdReading(socket);
      if (inRows > mostInRows) socket.destroy();
      return true;
    },
    isAnswering: (socket) => (connections.get(socket)?.pending ?? 0) > 0,
    spoilt(socket, why, alone) {
      const connection = connections.get(socket);
      if (connection === undefined) {
        alone();
        return;
      }
      // What is thrown away is said to be unreadable once more when it ends.
      if (connection.isSpoilt) return;
      connection.isSpoilt = true;
      const { pending, latest, answer } = connection;
      if (latest === null || answer === null) {
        alone();
        return;
      }
      dropAll(socket);
      const isWhole = latest.complete;
      const end = (): void => {
        if (!socket.writable) return;
        if (isWhole) alone();
        else lingerThenClose(socket);
      };
      if (pending === 0) {
        end();
        return;
      }
      answer.once("close", end);
      if (isWhole) return;
      answer.shouldKeepAlive = false;
      breakBody(latest, { status: why.status === 405 ? 400 : why.status, reason: why.reason });
    },
    upgraded(socket) {
      const connection = connections.get(socket);
      if (connection !== undefined) connection.isUpgraded = true;
    },
    destroyAll() {
      for (const socket of connections.keys()) socket.destroy();
    },
  };
}
