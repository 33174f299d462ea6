import type { IncomingMessage, ServerResponse } from "node:http";
import type { Socket } from "node:net";

/**
 * Makes a response close with its connection while it still waits behind others. Node closes the response that is being sent
 * when the client leaves, and forgets those of pipelined requests behind it: they would never be over.
 */
export function closeWithConnection(request: IncomingMessage, response: ServerResponse): void {
  // Only a response that waits has no socket yet.
  if (response.socket === null) closeWith(request.socket, response);
}

function closeWith(socket: Socket, response: ServerResponse): void {
  const close = (): void => {
    if (response.closed || response.destroyed) return;
    response.destroyed = true;
    response.emit("close");
  };
  // As many as a client pipelines, which Node limits by the bytes of their answers.
  socket.setMaxListeners(0);
  socket.once("close", close);
  response.once("close", () => socket.off("close", close));
}
