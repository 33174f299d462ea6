import { STATUS_CODES } from "node:http";
import type { Socket } from "node:net";
import type { BrokenBody } from "../proxy/broken-body.ts";
import { answerOn } from "./half-closed.ts";
import { dropAll, lingerThenClose } from "./linger.ts";
import { systemCode } from "./server-error.ts";

/** Why a connection ends without its client's next request being one; 405 for a CONNECT. */
export interface Unreadable {
  readonly status: BrokenBody["status"] | 405;
  readonly reason: string;
}

/** Why Node's parser gave up on what a client sent; null: it did not, the connection broke. */
export function whyUnreadable(error: Error): BrokenBody | null {
  const reason = error.message;
  switch (systemCode(error)) {
    case "HPE_HEADER_OVERFLOW":
      return { status: 431, reason };
    case "ERR_HTTP_REQUEST_TIMEOUT":
      return { status: 408, reason };
    default:
      return systemCode(error).startsWith("HPE_") ? { status: 400, reason } : null;
  }
}

/** Answers what Node's parser could not read, and closes the connection; false when nothing can be sent any more. */
export function answerUnreadable(socket: Socket, { status }: Unreadable): boolean {
  if (!socket.writable) {
    socket.destroy();
    return false;
  }
  const allow = status === 405 ? "Allow: GET, HEAD\r\n" : "";
  const line = `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ""}`;
  socket.write(`${line}\r\n${allow}Content-Length: 0\r\nConnection: close\r\n\r\n`);
  dropAll(socket);
  lingerThenClose(socket);
  return true;
}

/** Does what Node's HTTP server does no more for a connection that it has given away, for answers that are still to go out. */
export function keepAnswering(socket: Socket): void {
  socket.on("error", () => undefined);
  socket.on("drain", () => answerOn(socket)?.emit("drain"));
}
