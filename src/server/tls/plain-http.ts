import type { Socket } from "node:net";
import { STATUS_CODES } from "node:http";

const text = `400 ${STATUS_CODES[400] ?? ""}\nThis port speaks HTTP over TLS: use https://\n`;

/** Time for the answer to reach a client that is still sending. */
const lingerMs = 2000;

/** Tells a client that it should have begun with a TLS handshake, in the one form that it understands, and closes. */
export function answerPlainHttp(socket: Socket): void {
  socket.end(
    `HTTP/1.1 400 Bad Request\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: ${text.length}\r\n` +
      `Connection: close\r\n\r\n${text}`,
  );
  // Unread bytes would make the system cut the connection before the answer is read.
  socket.resume();
  const late = setTimeout(() => socket.destroy(), lingerMs);
  socket.once("end", () => socket.destroy());
  socket.once("close", () => {
    clearTimeout(late);
  });
}
