import { ServerResponse } from "node:http";
import { writeSoon } from "./clump.ts";
import type { Waiting } from "./clump.ts";
import { sendErrorPage } from "./error-page.ts";
import type { ErrorStatus } from "./error-page.ts";
import type { ProxyError, ProxyOptions } from "./engine.ts";
import { isIgnoringCase } from "./ignoring-case.ts";
import type { KeepChunk } from "./upstream-client.ts";
import { responseHeaders } from "./response-headers.ts";

/** Up to here turning bytes into text costs less than a second piece in a write. */
const smallBytes = 16 * 1024;

/** Reads from a server what goes into an answer. */
export interface AnswerReader {
  /** The client has caught up. */
  onDrained(): void;
}

/** The client's side of a relayed request: the answer on its way out. */
export class Answer implements Waiting {
  readonly response: ServerResponse;
  /** Bytes that the head promised and that are not sent yet; -1: it promised none. */
  #left = -1;
  #bodyBegan = false;
  #isEnding = false;
  #awaitsDrain = false;

  constructor(response: ServerResponse) {
    this.response = response;
  }

  /** True when nothing more can reach the client. */
  get gone(): boolean {
    return this.response.closed || this.response.destroyed;
  }

  /** Throws when Node would not write such a head. `headers` flat, as the server sent them. */
  head(status: number, message: string, headers: readonly string[], edit?: ProxyOptions["answerFields"]): void {
    const own = responseHeaders(status, headers);
    const kept = edit === undefined ? own : [...edit(status, own)];
    this.response.writeHead(status, message, kept);
    for (let index = 0; index + 1 < kept.length; index += 2) {
      const name = kept[index] ?? "";
      if (isIgnoringCase(name, "content-length")) this.#left = Number(kept[index + 1]);
    }
  }

  /**
   * For now nothing more has come. The body mostly comes with the head, and goes out with it; a client that waits for the
   * beginning gets it now.
   */
  paused(): void {
    if (this.#bodyBegan || !this.response.headersSent || this.gone) return;
    this.#bodyBegan = true;
    this.response.flushHeaders();
  }

  /** Relays early hints and "processing"; others of the 1xx answers mean nothing to a client that did not ask for them. */
  hint(status: number, headers: readonly string[]): void {
    const { headersSent, req, socket } = this.response;
    if (headersSent || req.httpVersion === "1.0") return;
    if (status === 102) this.response.writeProcessing();
    if (status !== 103) return;
    const kept = responseHeaders(status, headers);
    // That of an HTTP/2 stream is of another class, and its connection not for bytes of ours.
    const isText: boolean = this.response instanceof ServerResponse;
    if (isText) {
      // Not by Node, which makes one field of several and Set-Cookie useless. A response that waits behind others has no
      // connection yet, and its hints would come too late.
      if (socket !== null && !this.gone) socket.write(`HTTP/1.1 103 Early Hints\r\n${linesOf(kept)}\r\n`, "latin1");
      return;
    }
    try {
      this.response.writeEarlyHints(byName(kept));
    } catch {
      // Node refuses some fields that come twice; a hint may be lost.
    }
  }

  /** False when the client is behind; `reader` is told, once, when it has caught up. */
  data(chunk: Buffer, keep: KeepChunk, reader: AnswerReader): boolean {
    this.#bodyBegan = true;
    if (chunk.length === this.#left && chunk.length <= smallBytes) {
      // As text it goes out in one plain write with the head, and the end, behind it, needs none: a tenth of the cost of a
      // whole request less than bytes, a head and an empty last piece gathered into one write. Latin-1 keeps every byte.
      this.#isEnding = true;
      const { socket } = this.response;
      if (socket === null || this.response.req.httpVersionMajor !== 1) {
        this.response.end(chunk.toString("latin1"), "latin1");
        return true;
      }
      socket.cork();
      this.response.write(chunk.toString("latin1"), "latin1");
      writeSoon(this);
      return true;
    }
    if (this.#left > 0) this.#left -= chunk.length;
    let taken: boolean;
    if (chunk.length <= smallBytes) {
      taken = this.response.write(chunk.toString("latin1"), "latin1");
    } else {
      const { bytes, release } = keep(chunk);
      taken = this.response.write(bytes, release);
    }
    if (taken) return true;
    if (!this.#awaitsDrain) {
      this.#awaitsDrain = true;
      this.response.once("drain", () => {
        this.#awaitsDrain = false;
        reader.onDrained();
      });
    }
    return false;
  }

  /** Writes the small answer that was put together. */
  flush(): void {
    this.response.socket?.uncork();
    this.response.end();
  }

  /** `trailers` flat; they are sent where there is a place for them: behind a body in chunks. */
  end(trailers: readonly string[] | null): void {
    this.#bodyBegan = true;
    if (this.#isEnding) return;
    if (trailers !== null && trailers.length > 0 && this.response.chunkedEncoding) {
      const pairs: [string, string][] = [];
      for (let index = 0; index + 1 < trailers.length; index += 2) {
        pairs.push([trailers[index] ?? "", trailers[index + 1] ?? ""]);
      }
      this.response.addTrailers(pairs);
    }
    this.response.end();
  }

  /** Our own answer, when there is no server's. */
  error(status: ErrorStatus, error: ProxyError, options: Pick<ProxyOptions, "sendError">): void {
    this.#bodyBegan = true;
    if (options.sendError === undefined) sendErrorPage(this.response, status, error.code);
    else options.sendError(this.response, status, error);
  }

  /** The answer has begun and cannot be finished: the client must see that it is not whole. */
  cut(): void {
    // With nothing of it, a client would take it for a kept connection that has ended, and ask again.
    if (!this.#bodyBegan && this.response.headersSent && !this.gone) this.response.flushHeaders();
    this.#bodyBegan = true;
    const { socket } = this.response;
    // Without a length or chunks, a clean close would look like the end of the answer.
    const endsWithConnection = !this.response.chunkedEncoding && this.#left < 0;
    if (endsWithConnection && socket !== null && "resetAndDestroy" in socket) socket.resetAndDestroy();
    else this.response.destroy();
  }
}

function linesOf(flat: readonly string[]): string {
  let lines = "";
  for (let index = 0; index + 1 < flat.length; index += 2)
    lines += `${flat[index] ?? ""}: ${flat[index + 1] ?? ""}\r\n`;
  return lines;
}

function byName(flat: readonly string[]): Record<string, string[]> {
  const found = new Map<string, string[]>();
  for (let index = 0; index + 1 < flat.length; index += 2) {
    const name = (flat[index] ?? "").toLowerCase();
    const values = found.get(name);
    if (values === undefined) found.set(name, [flat[index + 1] ?? ""]);
    else values.push(flat[index + 1] ?? "");
  }
  return Object.fromEntries(found);
}
