import type { IncomingMessage } from "node:http";
import type { Socket } from "node:net";

/** The fields that ask for another protocol. */
const upgradeFields: ReadonlySet<string> = new Set(["upgrade", "connection", "http2-settings"]);

/**
 * Gives an upgrade request that is not for WebSocket back to the server (`serve`) without the wish: a server may ignore it, and one for
 * HTTP/2 (`curl --http2` sends it with everything) would lead past the access rules if it were relayed. Node takes such a
 * request for an upgrade as soon as anybody listens for upgrades; its body, if any, is still unread.
 */
export function handleAsPlain(
  serve: (socket: Socket) => void,
  request: IncomingMessage,
  socket: Socket,
  head: Buffer,
): void {
  const raw = request.rawHeaders;
  let text = `${request.method ?? "GET"} ${request.url ?? "/"} HTTP/${request.httpVersion}\r\n`;
  let connection = "";
  for (let index = 0; index + 1 < raw.length; index += 2) {
    const name = raw[index] ?? "";
    const value = raw[index + 1] ?? "";
    const lower = name.toLowerCase();
    if (lower === "connection") connection += `,${value}`;
    if (!upgradeFields.has(lower)) text += `${name}: ${value}\r\n`;
  }
  const options = connection
    .split(",")
    .map((option) => option.trim())
    .filter((option) => option !== "" && !upgradeFields.has(option.toLowerCase()));
  if (options.length > 0) text += `Connection: ${options.join(", ")}\r\n`;
  socket.unshift(Buffer.concat([Buffer.from(`${text}\r\n`, "latin1"), head]));
  serve(socket);
}
