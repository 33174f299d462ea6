import type { IncomingMessage, ServerResponse } from "node:http";
import type { Socket } from "node:net";

interface Connection {
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
}

/** As much of an answer as those behind it ask for. */
type AnswerBefore = Pick<ServerResponse, "shouldKeepAlive">;

const lastAnswer: AnswerBefore = { shouldKeepAlive: false };

/** The open connections of a server, with what came over each. */
export interface Connections {
  readonly opened: (socket: Socket) => void;
  /**
   * Counts a request; after the last that the limit allows the connection is closed. Gives the answer before it, for
   * `isBehindEnd`; null for the first.
   */
  readonly request: (request: IncomingMessage, response: ServerResponse) => AnswerBefore | null;
  /** Whether earlier requests of the connection still wait for their answers. */
  readonly isAnswering: (socket: Socket) => boolean;
  /**
   * Lets the answers to earlier requests go out before a connection ends that brought something unreadable behind them. False:
   * nobody waits for an answer, or it is the body of the latest request that is unreadable.
   */
  readonly endAfterAnswers: (socket: Socket) => boolean;
  /** Ends a connection that was silent for as long as Timeout allows, unless it is us that the client waits for. */
  readonly silent: (socket: Socket) => void;
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

/** `maxRequestsNow`: of each connection; 0: no limit. */
export function createConnections(maxRequestsNow: () => number): Connections {
  const connections = new Map<Socket, Connection>();
  /** One for all: a listener of its own for each request would cost more than what it does. */
  function answered(this: ServerResponse): void {
    const connection = connections.get(this.req.socket);
    if (connection === undefined) return;
    connection.pending -= 1;
    if (connection.pending > 0) return;
    connection.isEnding = connection.answer?.shouldKeepAlive === false;
    connection.latest = null;
    connection.answer = null;
  }
  return {
    opened(socket) {
      // A request that was given back to the server comes over a connection that is known.
      if (connections.has(socket)) return;
      connections.set(socket, { requests: 0, pending: 0, latest: null, answer: null, isEnding: false });
      socket.once("close", () => connections.delete(socket));
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
      // Node's own limit announces the end and then keeps the connection.
      const maxRequests = maxRequestsNow();
      if (maxRequests > 0 && connection.requests >= maxRequests) response.shouldKeepAlive = false;
      return before;
    },
    isAnswering: (socket) => (connections.get(socket)?.pending ?? 0) > 0,
    endAfterAnswers(socket) {
      const { pending = 0, latest = null, answer = null } = connections.get(socket) ?? {};
      if (pending === 0 || latest?.complete !== true || answer === null) return false;
      answer.shouldKeepAlive = false;
      // One whose head is out has promised to keep the connection.
      answer.once("close", () => {
        socket.destroySoon();
      });
      return true;
    },
    silent(socket) {
      const connection = connections.get(socket);
      // Everything was read and nothing waits to be written: how long a server may take is the engine's to say.
      const waitsForUs =
        connection !== undefined &&
        connection.pending > 0 &&
        connection.latest?.complete === true &&
        socket.writableLength === 0;
      if (!waitsForUs) socket.destroy();
    },
    destroyAll() {
      for (const socket of connections.keys()) socket.destroy();
    },
  };
}
