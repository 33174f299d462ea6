import { ServerResponse } from "node:http";
import type { IncomingMessage } from "node:http";
import { Socket } from "node:net";
import type { Duplex } from "node:stream";
import { joinSockets } from "./join-sockets.ts";
import { responseHeaders } from "./response-headers.ts";

/** Most that a client may send before the protocol has changed; none of the known protocols has it send anything. */
const earlyLimitBytes = 64 * 1024;

/** How long a tunnel may be silent before the system asks whether the other side is still there. */
const keepAliveProbeMs = 60_000;

/**
 * A response over the connection of an upgrade request, which Node hands over without one: for refusals. The connection is
 * closed after it.
 */
export function createUpgradeResponse(request: IncomingMessage, socket: Duplex): ServerResponse {
  const response = new ServerResponse(request);
  response.shouldKeepAlive = false;
  if (socket.destroyed) {
    // Its end was told already: nothing would ever close the response.
    response.destroyed = true;
    return response;
  }
  // A connection that breaks at this point has nobody to tell, and must not end the process.
  socket.on("error", () => undefined);
  socket.on("drain", () => response.emit("drain"));
  // Node's type is narrower than what it takes: any stream that an upgrade event brings.
  response.assignSocket(socket as unknown as Socket);
  response.on("finish", () => {
    if (socket instanceof Socket) socket.destroySoon();
    else socket.end();
  });
  return response;
}

/** The client's side of an upgrade: holds back what it sends too early, sees it leave, and becomes one end of the tunnel. */
export class UpgradeSide {
  readonly socket: Duplex;
  readonly protocol: string;
  #early: Buffer[];
  #earlyBytes: number;
  readonly #onData = (chunk: Buffer): void => {
    this.#early.push(chunk);
    this.#earlyBytes += chunk.length;
    if (this.#earlyBytes > earlyLimitBytes) this.socket.pause();
  };
  readonly #onEnd = (): void => {
    this.socket.destroy();
  };

  constructor(socket: Duplex, head: Buffer, protocol: string) {
    this.socket = socket;
    this.protocol = protocol;
    this.#early = head.length > 0 ? [head] : [];
    this.#earlyBytes = head.length;
    // Without a reader a connection that was closed looks open.
    socket.on("data", this.#onData);
    socket.on("end", this.#onEnd);
  }

  /** Tells the client that the protocol has changed and joins it to the server; `done` when both connections are closed. */
  accept(headers: readonly string[], upstream: Duplex, done: () => void): void {
    const { socket } = this;
    socket.off("data", this.#onData);
    socket.off("end", this.#onEnd);
    let head = `HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: ${this.protocol}\r\n`;
    const kept = responseHeaders(101, headers);
    for (let index = 0; index + 1 < kept.length; index += 2) {
      head += `${kept[index] ?? ""}: ${kept[index + 1] ?? ""}\r\n`;
    }
    socket.write(`${head}\r\n`, "latin1");
    for (const side of [socket, upstream]) {
      if (!(side instanceof Socket)) continue;
      side.setTimeout(0);
      side.setNoDelay(true);
      side.setKeepAlive(true, keepAliveProbeMs);
    }
    for (const chunk of this.#early) upstream.write(chunk);
    this.#early = [];
    joinSockets(socket, upstream, done);
  }
}
