import type { ServerResponse } from "node:http";
import type { Socket } from "node:net";

interface Connection {
  /** Requests that came over it. */
  requests: number;
  /** Requests that are not answered yet. */
  pending: number;
}

/** The open connections of a server, with what came over each. */
export interface Connections {
  readonly opened: (socket: Socket) => void;
  /** Counts a request; after the last that the limit allows the connection is closed. */
  readonly request: (socket: Socket, response: ServerResponse) => void;
  /** Whether earlier requests of the connection still wait for their answers. */
  readonly isAnswering: (socket: Socket) => boolean;
  readonly destroyAll: () => void;
}

/** `maxRequests` for each connection; 0: no limit. */
export function createConnections(maxRequests: number): Connections {
  const connections = new Map<Socket, Connection>();
  return {
    opened(socket) {
      // A request that was given back to the server comes over a connection that is known.
      if (connections.has(socket)) return;
      connections.set(socket, { requests: 0, pending: 0 });
      socket.once("close", () => connections.delete(socket));
    },
    request(socket, response) {
      const connection = connections.get(socket);
      if (connection === undefined) return;
      connection.requests += 1;
      connection.pending += 1;
      response.once("close", () => {
        connection.pending -= 1;
      });
      // Node's own limit announces the end and then keeps the connection.
      if (maxRequests > 0 && connection.requests >= maxRequests) response.shouldKeepAlive = false;
    },
    isAnswering: (socket) => (connections.get(socket)?.pending ?? 0) > 0,
    destroyAll() {
      for (const socket of connections.keys()) socket.destroy();
    },
  };
}
