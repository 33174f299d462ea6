import type { Server, ServerResponse } from "node:http";
import type { Socket } from "node:net";

/** How often a connection whose client sends no more is looked at: by then most answers are out. */
const lookEveryMs = 1000;

/** What a gone client's system says to the first is noticed when the second is sent: nothing reads there any more. */
const firstSigns = 2;

/** Looks from one sign of life to the next, while the server behind is still at work; RFC 2518 10.1 says twenty seconds. */
const looksPerSign = 20;

/**
 * Lets an HTTP server answer clients that close their sending side behind a request (`printf … | nc -N`), as httpd does: Node
 * would take all of them for gone. Nothing in its documentation says so, but the property is its own and as old as its client's.
 */
export function answersHalfClosed(server: Server): void {
  Object.assign(server, { httpAllowHalfOpen: true });
}

/** Looks without a byte after which a client is gone that cannot be sent signs of life. */
const mostQuietLooks = 10;

/**
 * Watches a connection from which no more comes, while its requests are answered. The end of what a client sends looks the same
 * whether it waits for the answer or is gone; only what is sent to it tells, since the system of a client that is gone refuses
 * it. While the head of an answer is still to come, a client that understands interim answers is sent one after a second, which
 * is refused or ignored; any other is gone when nothing was sent for ten. See docs/decisions/0007-half-closed.md.
 */
export function watchHalfClosed(socket: Socket): void {
  let carried = socket.bytesWritten;
  let looks = 0;
  let quiet = 0;
  const timer = setInterval(() => {
    looks += 1;
    const current = answerOn(socket);
    // Unsent bytes are the system's to report, and so are those that it has just taken.
    if (current === null || socket.writableLength > 0 || socket.bytesWritten !== carried) {
      carried = socket.bytesWritten;
      quiet = 0;
    } else if (current.headersSent || current.req.httpVersion !== "1.1") {
      quiet += 1;
      if (quiet === mostQuietLooks) socket.destroy();
    } else if (looks <= firstSigns || looks % looksPerSign === 0) {
      current.writeProcessing();
      carried = socket.bytesWritten;
    }
  }, lookEveryMs).unref();
  socket.once("close", () => {
    clearInterval(timer);
  });
}

/** The answer that a connection carries now; Node has no public word for it. */
export function answerOn(socket: Socket): ServerResponse | null {
  return (socket as unknown as { readonly _httpMessage?: ServerResponse | null })._httpMessage ?? null;
}
