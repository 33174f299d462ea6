import { IncomingMessage } from "node:http";
import type { IncomingHttpHeaders } from "node:http";
import type { ServerHttp2Stream } from "node:http2";
import type { Socket } from "node:net";
import type { Http2Head } from "./http2-head.ts";
import { readHttp2Trailers } from "./http2-head.ts";

/** Fields of which the first counts when there are several, as for Node's HTTP/1.1. */
const single: ReadonlySet<string> = new Set(
  (
    "age authorization content-length content-type etag expires from host if-modified-since if-unmodified-since " +
    "last-modified location max-forwards proxy-authorization referer retry-after server user-agent"
  ).split(" "),
);

function headersOf(fields: readonly string[]): IncomingHttpHeaders {
  const headers = new Map<string, string>();
  for (let index = 0; index + 1 < fields.length; index += 2) {
    const name = fields[index] ?? "";
    const value = fields[index + 1] ?? "";
    const before = headers.get(name);
    if (before === undefined) headers.set(name, value);
    else if (!single.has(name)) headers.set(name, `${before}, ${value}`);
  }
  // No name of a client may mean something to the object itself.
  return Object.assign(Object.create(null) as IncomingHttpHeaders, Object.fromEntries(headers));
}

/** A request of an HTTP/2 stream as one of HTTP/1.1, which is what the engine and everything else works on. */
export class Http2Request extends IncomingMessage {
  readonly #stream: ServerHttp2Stream;

  constructor(socket: Socket, stream: ServerHttp2Stream, head: Http2Head) {
    super(socket);
    this.#stream = stream;
    this.method = head.method;
    this.url = head.target;
    this.httpVersion = "1.1";
    this.httpVersionMajor = 1;
    this.httpVersionMinor = 1;
    this.rawHeaders = [...head.fields];
    this.headers = headersOf(head.fields);
    if (stream.endAfterHeaders) {
      this.complete = true;
      this.push(null);
      return;
    }
    stream.on("data", (chunk: Buffer) => {
      if (!this.push(chunk)) stream.pause();
    });
    stream.on("trailers", (_headers: unknown, _flags: unknown, raw: readonly string[] = []) => {
      this.rawTrailers = [...readHttp2Trailers(raw)];
    });
    stream.on("end", () => {
      // A stream that was reset ends, too; half a body must not look like a whole one.
      if (stream.aborted || stream.rstCode !== 0) {
        this.destroy();
        return;
      }
      this.complete = true;
      this.push(null);
    });
    stream.once("close", () => {
      if (!this.complete) this.destroy();
    });
    stream.pause();
  }

  override _read(): void {
    if (!this.#stream.destroyed) this.#stream.resume();
  }

  /** Not that of the base, which would close the connection under all other streams. */
  override _destroy(error: Error | null, callback: (error?: Error | null) => void): void {
    callback(error);
  }
}
