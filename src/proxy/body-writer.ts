import type { Socket } from "node:net";
import type { Readable } from "node:stream";
import { writeLastChunk } from "./request-writer.ts";
import type { UpstreamHandler, UpstreamRequest } from "./upstream-client.ts";

/** Sends the body of one request over a connection, no faster than the server takes it. */
export class BodyWriter {
  readonly #socket: Socket;
  readonly #source: Readable;
  readonly #request: UpstreamRequest;
  readonly #handler: UpstreamHandler;
  #isOver = false;

  constructor(socket: Socket, source: Readable, request: UpstreamRequest, handler: UpstreamHandler) {
    this.#socket = socket;
    this.#source = source;
    this.#request = request;
    this.#handler = handler;
    source.on("data", (piece: Buffer) => {
      this.#write(piece);
    });
    source.on("end", () => {
      if (this.#isOver) return;
      this.#isOver = true;
      if (request.isChunked) socket.write(writeLastChunk(request.trailers?.() ?? []), "latin1");
    });
  }

  /** True when the whole body was written. */
  get isOver(): boolean {
    return this.#isOver;
  }

  /** The connection takes more. */
  drained(): void {
    if (this.#isOver) return;
    this.#handler.onBodySent();
    this.#source.resume();
  }

  /** Nobody wants the rest. */
  stop(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#source.destroy();
  }

  #write(piece: Buffer): void {
    if (this.#isOver || piece.length === 0) return;
    const socket = this.#socket;
    let hasRoom: boolean;
    if (this.#request.isChunked) {
      socket.cork();
      socket.write(`${piece.length.toString(16)}\r\n`, "latin1");
      socket.write(piece);
      hasRoom = socket.write("\r\n", "latin1");
      socket.uncork();
    } else {
      hasRoom = socket.write(piece);
    }
    if (hasRoom) this.#handler.onBodySent();
    else this.#source.pause();
  }
}
