import type { IncomingMessage } from "node:http";
import { Readable } from "node:stream";

/** What of a body is kept so that another server can get it too. Larger ones are relayed and lost. */
export const replayLimitBytes = 64 * 1024;

/**
 * The body of a client's request, read once and handed to one server after the other: the first part is kept until the body
 * outgrows the limit, the rest is read only as fast as the server takes it.
 */
export class RequestBody {
  readonly #request: IncomingMessage;
  #kept: Buffer[] | null = [];
  #size = 0;
  #complete = false;
  #reader: Readable | null = null;
  #whenComplete: (() => void) | null = null;

  constructor(request: IncomingMessage) {
    this.#request = request;
    request.on("data", (chunk: Buffer) => {
      this.#take(chunk);
    });
    request.on("end", () => {
      this.#complete = true;
      this.#reader?.push(null);
      this.#whenComplete?.();
      this.#whenComplete = null;
    });
    request.pause();
  }

  /** True while another server could be given all of it. */
  get replayable(): boolean {
    return this.#kept !== null;
  }

  /** True while the server waits for the client, so that a delay is not the server's. */
  get awaitsClient(): boolean {
    return !this.#complete && !this.#request.isPaused();
  }

  /** Reads the body to its end, which must lie within the limit, then calls back with it. Never calls when the client leaves. */
  gather(done: (body: Buffer) => void): void {
    const finish = (): void => {
      done(this.#bytes());
    };
    if (this.#complete) {
      finish();
      return;
    }
    this.#whenComplete = finish;
    this.#request.resume();
  }

  /** The body from its beginning, for one server. Ends the stream of the server before. */
  open(): Readable {
    this.#detach();
    const reader = new Readable({
      read: () => {
        if (this.#reader === reader) this.#request.resume();
      },
    });
    // The failure of an attempt is told by the exchange; a destroyed stream has nothing to add.
    reader.on("error", () => undefined);
    this.#reader = reader;
    for (const chunk of this.#kept ?? []) reader.push(chunk);
    if (this.#complete) reader.push(null);
    return reader;
  }

  /** Reads what is left and throws it away, so that the connection can carry the next request. */
  discard(): void {
    this.#detach();
    this.#kept = null;
    this.#whenComplete = null;
    if (!this.#complete) this.#request.resume();
  }

  #take(chunk: Buffer): void {
    this.#size += chunk.length;
    if (this.#size > replayLimitBytes) this.#kept = null;
    this.#kept?.push(chunk);
    const reader = this.#reader;
    if (reader === null || reader.destroyed) return;
    if (!reader.push(chunk)) this.#request.pause();
  }

  #detach(): void {
    if (this.#reader !== null) this.#request.pause();
    this.#reader = null;
  }

  #bytes(): Buffer {
    const kept = this.#kept ?? [];
    return kept.length === 1 && kept[0] !== undefined ? kept[0] : Buffer.concat(kept);
  }
}
