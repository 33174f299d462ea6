import type { Socket } from "node:net";

/** What Node's HTTP server keeps of a connection from which it does not want to read for now, under names of its own. */
interface HttpSocket extends Socket {
  _paused?: boolean;
  parser?: { resume(): void } | null;
}

/**
 * Reads no more from a connection of an HTTP server until `releaseReading`. Pausing the socket alone does not: Node's server reads
 * on with each request that is over, unless its own mark says that it has paused.
 */
export function holdReading(socket: Socket): void {
  (socket as HttpSocket)._paused = true;
  socket.pause();
}

/** Reads on; does nothing when nothing was held. */
export function releaseReading(socket: Socket): void {
  const held: HttpSocket = socket;
  if (held._paused !== true) return;
  held._paused = false;
  held.parser?.resume();
  socket.resume();
}
