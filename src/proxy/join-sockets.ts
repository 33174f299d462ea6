import type { Duplex } from "node:stream";

/** How long one end may go on after the other has closed: time to get what is still on its way. */
const lingerMs = 5000;

/**
 * Carries bytes both ways between two connections until both are closed, with the backpressure of each. Whichever breaks, the
 * other is closed too; `done` is called once when both are gone.
 */
export function joinSockets(one: Duplex, other: Duplex, done: () => void): void {
  let open = 2;
  const watch = (socket: Duplex, peer: Duplex): void => {
    socket.on("error", () => {
      socket.destroy();
      peer.destroy();
    });
    socket.once("close", () => {
      open -= 1;
      if (open === 0) {
        done();
        return;
      }
      if (peer.destroyed) return;
      peer.end();
      setTimeout(() => {
        peer.destroy();
      }, lingerMs).unref();
    });
  };
  watch(one, other);
  watch(other, one);
  one.pipe(other);
  other.pipe(one);
}
