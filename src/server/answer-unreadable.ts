import { STATUS_CODES } from "node:http";
import type { Socket } from "node:net";
import { answerOn } from "./half-closed.ts";
import { dropAll, lingerThenClose } from "./linger.ts";
import { systemCode } from "./server-error.ts";

/**
 * Answers what Node's parser could not read, closes the connection, and tells which status was sent. Nothing is sent, nor
 * told, when the connection broke or an answer to an earlier request has begun on it.
 */
export function answerUnreadable(error: Error, socket: Socket, answered: (status: number) => void): void {
  const code = systemCode(error);
  if (!socket.writable || code === "ECONNRESET" || answerOn(socket)?.headersSent === true) {
    socket.destroy();
    return;
  }
  const status = code === "HPE_HEADER_OVERFLOW" ? 431 : code === "ERR_HTTP_REQUEST_TIMEOUT" ? 408 : 400;
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ""}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`);
  // Where the body of a request is unreadable, whoever relays it must see the connection end.
  if (answerOn(socket) === null) {
    dropAll(socket);
    lingerThenClose(socket);
  } else {
    socket.destroySoon();
  }
  answered(status);
}
