import type { OutgoingHttpHeader, OutgoingHttpHeaders, ServerResponse } from "node:http";
import { constants } from "node:http2";
import type { OutgoingHttpHeaders as Http2Fields, ServerHttp2Stream } from "node:http2";
import { Writable } from "node:stream";
import { systemCode } from "../server-error.ts";
import type { Http2Request } from "./http2-request.ts";

/** Never part of an HTTP/2 answer. */
const ofConnections: ReadonlySet<string> = new Set([
  "connection",
  "keep-alive",
  "proxy-connection",
  "transfer-encoding",
  "upgrade",
]);

const noError = constants.NGHTTP2_NO_ERROR;
const internalError = constants.NGHTTP2_INTERNAL_ERROR;

/**
 * The answer to an HTTP/2 stream with as much of a ServerResponse as this server uses, so that one request handler does for
 * all versions.
 */
export class Http2Response extends Writable {
  statusCode = 200;
  statusMessage = "";
  /** Means nothing to a stream; answers of one connection do not wait for each other. */
  shouldKeepAlive = true;
  /** There is always a place for trailers, and an end that cannot be mistaken. */
  readonly chunkedEncoding = true;
  readonly req: Http2Request;
  readonly socket: Http2Request["socket"];
  /** Makes the fields that go out of those that were set, flat; see editHead. */
  edit: ((status: number, fields: readonly string[]) => readonly string[]) | null = null;
  readonly #stream: ServerHttp2Stream;
  readonly #fields = new Map<string, { readonly name: string; readonly value: OutgoingHttpHeader }>();
  #trailers: Record<string, string[]> = {};
  #isBare = false;

  constructor(request: Http2Request, stream: ServerHttp2Stream) {
    super({ highWaterMark: 64 * 1024 });
    this.req = request;
    this.socket = request.socket;
    this.#stream = stream;
    stream.on("error", () => undefined);
    stream.on("wantTrailers", () => {
      stream.sendTrailers(this.#trailers);
    });
    stream.once("close", () => this.destroy());
  }

  /** The form in which the request handler takes it. */
  get asServerResponse(): ServerResponse {
    return this as unknown as ServerResponse;
  }

  get headersSent(): boolean {
    return this.#stream.headersSent;
  }

  get finished(): boolean {
    return this.writableEnded;
  }

  setHeader(name: string, value: OutgoingHttpHeader): this {
    this.#fields.set(name.toLowerCase(), { name, value });
    return this;
  }

  getHeader(name: string): OutgoingHttpHeader | undefined {
    return this.#fields.get(name.toLowerCase())?.value;
  }

  hasHeader(name: string): boolean {
    return this.#fields.has(name.toLowerCase());
  }

  removeHeader(name: string): void {
    this.#fields.delete(name.toLowerCase());
  }

  getHeaderNames(): string[] {
    return [...this.#fields.keys()];
  }

  getHeaders(): OutgoingHttpHeaders {
    return Object.fromEntries(Array.from(this.#fields, ([name, { value }]) => [name, value]));
  }

  /** `fields` flat, or by name. Throws for bytes that no field may have. */
  writeHead(status: number, ...rest: (string | readonly string[] | OutgoingHttpHeaders | undefined)[]): this {
    this.statusCode = status;
    const fields = rest.find((part) => typeof part === "object");
    if (Array.isArray(fields)) this.#takeFlat(fields as readonly string[]);
    else for (const [name, value] of Object.entries(fields ?? {})) if (value !== undefined) this.setHeader(name, value);
    this.#respond(false);
    return this;
  }

  flushHeaders(): void {
    if (!this.headersSent && !this.destroyed) this.#respond(false);
  }

  addTrailers(trailers: readonly (readonly [string, string])[] | Readonly<Record<string, string>>): void {
    const pairs = Array.isArray(trailers) ? (trailers as [string, string][]) : Object.entries(trailers);
    for (const [name, value] of pairs as [string, string][]) (this.#trailers[name.toLowerCase()] ??= []).push(value);
  }

  writeContinue(): void {
    this.#inform({ ":status": 100 });
  }

  writeProcessing(): void {
    this.#inform({ ":status": 102 });
  }

  writeEarlyHints(hints: Readonly<Record<string, string | string[]>>): void {
    this.#inform({ ":status": 103, ...hints });
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, callback: (error?: Error | null) => void): void {
    if (!this.headersSent) this.#respond(false);
    if (this.#isBare || this.#stream.destroyed) callback();
    else this.#stream.write(chunk, callback);
  }

  override _final(callback: (error?: Error | null) => void): void {
    const stream = this.#stream;
    if (!this.headersSent) this.#respond(true);
    // What the client still sends is for nobody. RFC 9113 8.1
    const stop = (): void => {
      if (!this.req.complete) stream.close(noError);
    };
    if (stream.destroyed || stream.writableEnded) {
      stop();
      callback();
      return;
    }
    stream.end(() => {
      stop();
      callback();
    });
  }

  override _destroy(_error: Error | null, callback: (error?: Error | null) => void): void {
    if (!this.writableFinished && !this.#stream.closed) this.#stream.close(internalError);
    // Nobody is to be told twice: the close event says it.
    callback(null);
  }

  #takeFlat(flat: readonly string[]): void {
    for (let index = 0; index + 1 < flat.length; index += 2) {
      const name = flat[index] ?? "";
      const value = flat[index + 1] ?? "";
      const before = this.getHeader(name);
      this.setHeader(name, before === undefined ? value : [...[before].flat().map(String), value]);
    }
  }

  #inform(fields: Http2Fields): void {
    if (this.headersSent || this.destroyed || this.#stream.destroyed) return;
    this.#stream.additionalHeaders(fields);
  }

  #respond(isEmpty: boolean): void {
    const stream = this.#stream;
    if (stream.destroyed || stream.closed || stream.headersSent) return;
    if (this.edit !== null) {
      const set = Array.from(this.#fields.values(), ({ name, value }) =>
        [value].flat().map((each) => [name, String(each)]),
      );
      this.#fields.clear();
      this.#takeFlat(this.edit(this.statusCode, set.flat(2)));
    }
    const fields: Record<string, string | string[]> = {};
    for (const [name, { value }] of this.#fields) {
      if (ofConnections.has(name)) continue;
      fields[name] = Array.isArray(value) ? value.map(String) : String(value);
    }
    this.#isBare = this.req.method === "HEAD" || this.statusCode === 204 || this.statusCode === 304;
    const endStream = isEmpty || this.#isBare;
    const options = { endStream, waitForTrailers: !endStream };
    try {
      stream.respond({ ":status": this.statusCode, ...fields }, options);
    } catch (error) {
      if (systemCode(error) !== "ERR_HTTP2_HEADER_SINGLE_VALUE") throw error;
      stream.respond({ ":status": this.statusCode, ...single(fields) }, options);
    }
  }
}

/** Each field once, as Node's HTTP/2 wants some: what a server sends twice becomes a list. */
function single(fields: Readonly<Record<string, string | string[]>>): Http2Fields {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [
      name,
      Array.isArray(value) && name !== "set-cookie" ? [...new Set(value)].join(", ") : value,
    ]),
  );
}
