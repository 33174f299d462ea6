import { BadChunk, ChunkReader } from "./chunk-reader.ts";
import { BadFieldText, isValueCode, readFields } from "./field-text.ts";
import { isIgnoringCase } from "./ignoring-case.ts";
import { HeadGatherer } from "./head-gatherer.ts";

/** Most of a server's head, and of its trailers; httpd's own backends stay far below it. */
const maxHeadBytes = 64 * 1024;

/** Informational answers before the one that was asked for; httpd's mod_proxy_http takes no more either (AP_MAX_INTERIM_RESPONSES). */
const mostInformations = 9;

/** An answer that does not follow RFC 9112; the message says where. */
export class BadResponse extends Error {
  override readonly name = "BadResponse";
}

/** Gets the parts of an answer; `fields` are flat, names and values as they came. */
export interface ResponseSink {
  /** A 1xx answer other than 101. */
  onInformation(status: number, fields: readonly string[]): void;
  onHead(status: number, reason: string, fields: readonly string[]): void;
  /** A piece of the body; valid during the call only. */
  onData(piece: Buffer): void;
  /** The answer is complete. `trailers` is null when there was no place for any. */
  onEnd(trailers: readonly string[] | null): void;
}

type State = "head" | "length" | "chunks" | "trailers" | "until-close" | "tunnel" | "done";

/**
 * Reads the answers of a server on one connection, one after the other, and nothing that two readers could take for two
 * things: both framings at once, a length twice, codings besides `chunked`, bare line feeds, folded fields, versions other than
 * 1.0 and 1.1. Never takes what Node's own parser refuses, but for spaces behind a chunk size.
 */
export class ResponseParser {
  readonly #sink: ResponseSink;
  readonly #head = new HeadGatherer(maxHeadBytes);
  readonly #chunks = new ChunkReader();
  readonly #takePiece: (piece: Buffer) => boolean;
  #state: State = "done";
  #left = 0;
  #informations = 0;
  #hasNoBody = false;
  #awaitsUpgrade = false;
  #isStopped = false;
  #keepsConnection = false;
  #idleSeconds: number | null = null;

  constructor(sink: ResponseSink) {
    this.#sink = sink;
    this.#takePiece = (piece) => {
      sink.onData(piece);
      return !this.#isStopped;
    };
  }

  /** Whether the server lets the connection carry another request; known when the answer is complete. */
  get keepsConnection(): boolean {
    return this.#keepsConnection;
  }

  /** The timeout of a Keep-Alive field, or null. */
  get idleSeconds(): number | null {
    return this.#idleSeconds;
  }

  /** Whether the answer that was asked for is complete; bytes that come now belong to nothing. */
  get isDone(): boolean {
    return this.#state === "done";
  }

  /** True when the answer was 101 to a request that asked for it. */
  get isTunnel(): boolean {
    return this.#state === "tunnel";
  }

  /** A request was sent. `hasNoBody`: by its method (HEAD) the answer has none, whatever its head says. */
  expect(hasNoBody: boolean, awaitsUpgrade: boolean): void {
    this.#state = "head";
    this.#hasNoBody = hasNoBody;
    this.#awaitsUpgrade = awaitsUpgrade;
    this.#isStopped = false;
    this.#informations = 0;
  }

  /** Nobody wants the rest: no more calls to the sink. */
  stop(): void {
    this.#isStopped = true;
  }

  /** Reads a chunk; gives where it stopped, which is the chunk's end but behind a complete answer. Throws BadResponse. */
  read(chunk: Buffer): number {
    let at = 0;
    try {
      while (at < chunk.length && !this.#isStopped) {
        const state = this.#state;
        if (state === "done" || state === "tunnel") break;
        at = this.#step(chunk, at, state);
      }
    } catch (error) {
      const isOurs = error instanceof BadFieldText || error instanceof BadChunk || error instanceof RangeError;
      if (!isOurs) throw error;
      throw new BadResponse(error.message, { cause: error });
    }
    return at;
  }

  /** The server has closed its side. Throws BadResponse when the answer is not complete. */
  finish(): void {
    if (this.#isStopped || this.#state === "done") return;
    if (this.#state !== "until-close") throw new BadResponse("The connection was closed before the end of the answer");
    this.#complete(null);
  }

  #step(chunk: Buffer, start: number, state: Exclude<State, "done" | "tunnel">): number {
    switch (state) {
      case "head": {
        if (this.#head.isEmpty) expectProtocol(chunk, start);
        const found = this.#head.take(chunk, start);
        if (found === null) return chunk.length;
        this.#readHead(found.text);
        return found.next;
      }
      case "length": {
        const stop = Math.min(chunk.length, start + this.#left);
        this.#left -= stop - start;
        this.#sink.onData(start === 0 && stop === chunk.length ? chunk : chunk.subarray(start, stop));
        if (this.#left === 0 && !this.#stopped()) this.#complete(null);
        return stop;
      }
      case "chunks": {
        const stop = this.#chunks.read(chunk, start, this.#takePiece);
        if (this.#chunks.isDone) this.#state = "trailers";
        return stop;
      }
      case "trailers":
        return this.#readTrailers(chunk, start);
      case "until-close":
        this.#sink.onData(start === 0 ? chunk : chunk.subarray(start));
        return chunk.length;
      default:
        return state satisfies never;
    }
  }

  /** A callback may have stopped it, which the compiler cannot see. */
  #stopped(): boolean {
    return this.#isStopped;
  }

  /** Trailers end like a head; without any there is only the empty line. */
  #readTrailers(chunk: Buffer, start: number): number {
    // The line end of the last chunk stands in for that of a line before.
    if (this.#head.isEmpty) this.#head.take(lineEnd, 0);
    const found = this.#head.take(chunk, start);
    if (found === null) return chunk.length;
    const trailers = readFields(found.text, 2);
    for (let index = 0; index < trailers.length; index += 2) {
      if (/^(?:content-length|transfer-encoding)$/i.test(trailers[index] ?? "")) {
        throw new BadResponse("Expected no framing behind the body");
      }
    }
    this.#complete(trailers);
    return found.next;
  }

  #readHead(text: string): void {
    const status = readStatus(text);
    const lineEndsAt = endOfReason(text);
    const fields = readFields(text, lineEndsAt + 2);
    const isOld = text.charCodeAt(7) === 48;
    const framing = readFraming(fields, isOld);
    if (status < 200 && status !== 101) {
      if (!framing.keepsConnection) throw new BadResponse("Expected more behind an informational answer");
      this.#informations += 1;
      if (this.#informations > mostInformations) throw new BadResponse("Too many informational answers");
      this.#sink.onInformation(status, fields);
      return;
    }
    this.#keepsConnection = framing.keepsConnection;
    this.#idleSeconds = framing.idleSeconds;
    const isUpgrade = status === 101;
    if (isUpgrade && !this.#awaitsUpgrade) throw new BadResponse("The protocol was changed without being asked");
    this.#begin(status, framing);
    this.#sink.onHead(status, text.slice(13, lineEndsAt), fields);
    if (this.#left === 0 && this.#state === "length" && !this.#stopped()) this.#complete(null);
  }

  /** Decides how long the body is. RFC 9112 6.3 */
  #begin(status: number, { length, isChunked }: Framing): void {
    this.#left = 0;
    if (status === 101) {
      this.#state = "tunnel";
    } else if (this.#hasNoBody || status === 204 || status === 304) {
      this.#state = "length";
    } else if (isChunked) {
      this.#chunks.reset();
      this.#state = "chunks";
    } else if (length !== null) {
      this.#left = length;
      this.#state = "length";
    } else {
      this.#keepsConnection = false;
      this.#state = "until-close";
    }
  }

  #complete(trailers: readonly string[] | null): void {
    this.#state = "done";
    this.#sink.onEnd(trailers);
  }
}

const lineEnd = Buffer.from("\r\n");

const protocol = Buffer.from("HTTP/1.", "latin1");

/** Whoever speaks another protocol is not waited for. */
function expectProtocol(chunk: Buffer, start: number): void {
  const stop = Math.min(chunk.length, start + protocol.length);
  for (let at = start; at < stop; at += 1) {
    if (chunk[at] !== protocol[at - start]) throw new BadResponse("Expected an answer of HTTP");
  }
}

/** `HTTP/1.1 200 OK`, or without a reason. */
function readStatus(text: string): number {
  const version = text.charCodeAt(7);
  if (!text.startsWith("HTTP/1.") || (version !== 48 && version !== 49) || text.charCodeAt(8) !== 32) {
    throw new BadResponse("Expected HTTP/1.0 or HTTP/1.1");
  }
  let status = 0;
  for (let at = 9; at < 12; at += 1) {
    const digit = text.charCodeAt(at) - 48;
    if (!(digit >= 0 && digit <= 9)) throw new BadResponse("Expected a status of three digits");
    status = status * 10 + digit;
  }
  if (status < 100) throw new BadResponse("Expected a status from 100");
  return status;
}

/** Where the status line ends. */
function endOfReason(text: string): number {
  let at = 12;
  if (text.charCodeAt(at) === 32) {
    at += 1;
    while (isValueCode(text.charCodeAt(at))) at += 1;
  }
  if (text.charCodeAt(at) !== 13 || text.charCodeAt(at + 1) !== 10) throw new BadResponse("Expected a status line");
  return at;
}

interface Framing {
  /** Of a Content-Length field. */
  readonly length: number | null;
  readonly isChunked: boolean;
  readonly keepsConnection: boolean;
  readonly idleSeconds: number | null;
}

function readFraming(fields: readonly string[], isOld: boolean): Framing {
  let length: number | null = null;
  let isChunked = false;
  let options = "";
  let idleSeconds: number | null = null;
  for (let index = 0; index + 1 < fields.length; index += 2) {
    const name = fields[index] ?? "";
    const value = fields[index + 1] ?? "";
    if (isIgnoringCase(name, "content-length")) {
      // More digits would not be exact.
      if (length !== null || !/^\d{1,15}$/.test(value)) throw new BadResponse("Expected one length");
      length = Number(value);
    } else if (isIgnoringCase(name, "transfer-encoding")) {
      if (isChunked || isOld || value.toLowerCase() !== "chunked")
        throw new BadResponse("Expected no coding but chunked");
      isChunked = true;
    } else if (isIgnoringCase(name, "connection")) {
      options = options === "" ? value : `${options},${value}`;
    } else if (isIgnoringCase(name, "keep-alive")) {
      const seconds = /(?:^|[,; ])timeout=(\d{1,6})/i.exec(value)?.[1];
      if (seconds !== undefined) idleSeconds = Number(seconds);
    }
  }
  if (length !== null && isChunked) throw new BadResponse("Expected one framing");
  return { length, isChunked, keepsConnection: keepsOpen(options, isOld), idleSeconds };
}

function keepsOpen(options: string, isOld: boolean): boolean {
  if (options === "") return !isOld;
  if (isIgnoringCase(options, "keep-alive")) return true;
  const words = options.toLowerCase().split(",");
  if (words.some((word) => word.trim() === "close")) return false;
  return !isOld || words.some((word) => word.trim() === "keep-alive");
}
