import type { Server } from "node:http";
import type { Socket } from "node:net";

/** Connections that may wait without having asked anything, before room is made for the next. */
const mostWaiting = 20;

/** No connection is closed sooner than this for the sake of others: who asks something, does so in the first milliseconds. */
const leastMs = 200;

/**
 * Keeps those that connect and ask nothing from being in the way of those that ask: beyond twenty the oldest are closed. Gives
 * what is to be called when a connection has asked.
 */
export function makesRoom(server: Server): (asked: Socket) => void {
  /** With the time of their coming, oldest first. */
  const waiting = new Map<Socket, number>();
  let timer: NodeJS.Timeout | null = null;

  function look(): void {
    timer = null;
    const youngestMs = performance.now() - leastMs;
    for (const [socket, sinceMs] of waiting) {
      if (waiting.size <= mostWaiting) return;
      if (sinceMs > youngestMs) {
        timer = setTimeout(look, leastMs).unref();
        return;
      }
      waiting.delete(socket);
      socket.destroy();
    }
  }

  server.on("connection", (socket: Socket) => {
    waiting.set(socket, performance.now());
    socket.once("close", () => waiting.delete(socket));
    if (timer === null) look();
  });
  return (asked) => {
    waiting.delete(asked);
  };
}
