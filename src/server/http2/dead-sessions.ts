import type { ServerHttp2Session } from "node:http2";
import type { TLSSocket } from "node:tls";

/** How often sessions are looked at. */
const lookEveryMs = 1000;

/** Looks at which a ping was still not sent before its session is dead: more than a busy machine needs for a write. */
const mostLooks = 3;

/**
 * Closes sessions that are over without Node saying so. After a protocol error nghttp2 says GOAWAY, reads and writes no more,
 * and Node before version 24 notices nothing: neither the end of the session nor the client's leaving, and what it has asked
 * for goes on. So a session that falls silent is asked once for a ping; in a dead one it stays in the queue.
 * `isWriting`: whether there is something to send that the client may be slow to read.
 */
export function watchForDeath(session: ServerHttp2Session, socket: TLSSocket, isWriting: () => boolean): void {
  let read = socket.bytesRead;
  let hasAsked = false;
  let unsent = 0;
  const timer = setInterval(() => {
    if (session.destroyed) return;
    if (socket.bytesRead !== read) {
      read = socket.bytesRead;
      hasAsked = false;
      unsent = 0;
      return;
    }
    if (!hasAsked) {
      hasAsked = true;
      session.ping(() => {
        // Its answer breaks no silence.
        read = socket.bytesRead;
      });
      return;
    }
    unsent = isWriting() || (session.state.outboundQueueSize ?? 0) === 0 ? 0 : unsent + 1;
    if (unsent < mostLooks) return;
    session.destroy();
    socket.destroy();
  }, lookEveryMs).unref();
  session.once("close", () => {
    clearInterval(timer);
  });
}
