import type { IncomingMessage } from "node:http";
import type { Socket } from "node:net";
import { releaseReading } from "./hold-reading.ts";

/** Silence after which nobody waits any more, and the most time in all: httpd's SECONDS_TO_LINGER and MAX_SECS_TO_LINGER. */
const silenceMs = 2000;
const mostMs = 30_000;

/**
 * Closes a connection whose client still sends: what was written goes out with the end of it, and what comes is thrown away until
 * the client closes too. A connection that is closed with bytes unread is reset, and the client's system may then throw away
 * the answer, which says why. 2.4 server/connection.c ap_lingering_close
 */
export function lingerThenClose(socket: Socket): void {
  socket.end();
  const beganMs = performance.now();
  let read = socket.bytesRead;
  const timer = setInterval(() => {
    if (socket.bytesRead === read || performance.now() - beganMs >= mostMs) socket.destroy();
    read = socket.bytesRead;
  }, silenceMs).unref();
  socket.once("close", () => {
    clearInterval(timer);
  });
}

/** Throws away what is left of a request whose answer is out; whoever read it gets no more of it. */
export function dropRest(request: IncomingMessage): void {
  request.removeAllListeners("data");
  request.removeAllListeners("readable");
  request.resume();
}

/** Throws away all that comes, past the parser that could not read it. */
export function dropAll(socket: Socket): void {
  socket.removeAllListeners("data");
  // The first listener takes the connection back from Node's parser, which had read it without one.
  socket.on("data", () => undefined);
  releaseReading(socket);
  socket.resume();
}
