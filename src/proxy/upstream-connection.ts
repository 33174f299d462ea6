import { connect } from "node:net";
import type { Socket, TcpNetConnectOpts } from "node:net";
import { Readable } from "node:stream";
import { BodyWriter } from "./body-writer.ts";
import { writeSoon } from "./clump.ts";
import type { Waiting } from "./clump.ts";
import type { Upstream } from "./engine.ts";
import type { Lease, ReadBuffers } from "./read-buffers.ts";
import { writeHead } from "./request-writer.ts";
import { ResponseParser } from "./response-parser.ts";
import type { ResponseSink } from "./response-parser.ts";
import { UnsendableRequest } from "./upstream-client.ts";
import { connectOverTls, HandshakeFailed } from "./upstream-tls.ts";
import type { KeepChunk, UpstreamExchange, UpstreamHandler, UpstreamRequest } from "./upstream-client.ts";

/** Who gets a connection back. */
export interface ConnectionOwner {
  /** With what a TLS connection to the server can be taken up again; null: nothing. */
  session: Buffer | null;
  /** False: a connection carries one request. */
  readonly keepAlive: boolean;
  /** The request is over and the connection can carry another one. */
  release(connection: UpstreamConnection): void;
  /** A kept connection broke under its next request: the others that wait are likely to be as dead. */
  distrust(): void;
  /** The connection is closed, or was given away as a tunnel. */
  forget(connection: UpstreamConnection): void;
}

/** One connection to a server, and the request that it carries. */
export class UpstreamConnection implements ResponseSink, Waiting {
  /** Until when it may wait for a request, by performance.now(); the owner's. */
  idleUntilMs = 0;
  readonly #owner: ConnectionOwner;
  readonly #upstream: Upstream;
  readonly #socket: Socket;
  readonly #parser = new ResponseParser(this);
  #handler: UpstreamHandler | null = null;
  #request: UpstreamRequest | null = null;
  #exchange: Exchange | null = null;
  #body: BodyWriter | null = null;
  #isConnected = false;
  /** There is a connection, and its TLS is being agreed on. */
  #isShakingHands = false;
  #used = false;
  #isReused = false;
  #isPaused = false;
  #isGone = false;
  /** The head of a request that is about to be written. */
  #waiting = "";
  #buffers: ReadBuffers | null = null;
  /** What the next read fills; null: the shared buffer. */
  #lease: Lease | null = null;
  /** Whether pieces of the answer had to be kept, so that buffers of its own pay. */
  #isBulk = false;
  #hasBuffer = false;
  readonly #keep: KeepChunk = (chunk) => {
    const lease = this.#lease;
    const buffers = this.#buffers;
    // A tunnel's connection has a buffer for each read anyway.
    if (buffers === null) return { bytes: chunk, release: () => undefined };
    if (lease === null) {
      this.#isBulk = true;
      return { bytes: Buffer.from(chunk), release: () => undefined };
    }
    lease.uses += 1;
    return {
      bytes: chunk,
      release() {
        buffers.release(lease);
      },
    };
  };
  /** Whether the answer is complete and the connection may be given back, once all that came with it was looked at. */
  #isFree = false;
  /** The server has changed the protocol. */
  #tunnel: { readonly status: number; readonly fields: readonly string[] } | null = null;

  /**
   * Begins to connect. `buffers` takes what comes in; null for a connection that may become a tunnel, whose bytes go to
   * somebody else in the end.
   */
  constructor(owner: ConnectionOwner, upstream: Upstream, buffers: ReadBuffers | null) {
    this.#owner = owner;
    this.#upstream = upstream;
    const { tls } = upstream;
    const socket = tls === undefined ? this.#connect(buffers) : connectOverTls(upstream, tls, owner.session);
    this.#socket = socket;
    socket.on(tls === undefined ? "connect" : "secureConnect", this.#onOpen);
    if (buffers === null || tls !== undefined) socket.on("data", this.#onBytes);
    if (tls !== undefined) {
      socket.once("connect", () => {
        this.#isShakingHands = true;
      });
      socket.on("session", (session: Buffer) => {
        owner.session = session;
      });
    }
    socket.on("drain", this.#onDrain);
    socket.on("end", this.#onFinish);
    socket.on("error", this.#onBroken);
    socket.on("close", this.#onClosed);
  }

  #connect(buffers: ReadBuffers | null): Socket {
    const options: TcpNetConnectOpts = {
      host: this.#upstream.address,
      port: this.#upstream.port,
      noDelay: true,
      autoSelectFamily: false,
    };
    if (buffers !== null) {
      this.#buffers = buffers;
      options.onread = {
        buffer: () => this.#nextBuffer(buffers),
        callback: (size) => {
          this.#read((this.#lease?.buffer ?? buffers.shared).subarray(0, size));
          return !this.#isPaused;
        },
      };
    }
    return connect(options);
  }

  readonly #onOpen = (): void => {
    this.#isConnected = true;
    this.#isShakingHands = false;
    if (this.#handler !== null) this.#start(this.#handler);
  };
  readonly #onBytes = (bytes: Buffer): void => {
    this.#read(bytes);
    if (this.#isPaused) this.#socket.pause();
  };
  readonly #onDrain = (): void => {
    this.#body?.drained();
  };
  readonly #onFinish = (): void => {
    this.#finish();
  };
  readonly #onBroken = (error: Error): void => {
    this.fail(this.#isShakingHands ? new HandshakeFailed(error.message, { cause: error }) : error);
  };
  readonly #onClosed = (): void => {
    const message = "The connection was closed";
    this.fail(this.#isShakingHands ? new HandshakeFailed(message) : new Error(message));
  };

  /** Whether no further request may go over it. */
  get isGone(): boolean {
    return this.#isGone || !this.#socket.writable;
  }

  /** When a server says how long it keeps a connection that waits: so many seconds. */
  get idleSeconds(): number | null {
    return this.#parser.idleSeconds;
  }

  send(request: UpstreamRequest, handler: UpstreamHandler): UpstreamExchange {
    const exchange = new Exchange(this);
    this.#exchange = exchange;
    this.#request = request;
    this.#handler = handler;
    if (this.#isConnected) this.#start(handler);
    return exchange;
  }

  /** Lets the answer go on. */
  resume(): void {
    if (!this.#isPaused || this.#isGone) return;
    this.#isPaused = false;
    this.#socket.resume();
  }

  /** Closes the connection; a request that runs hears of it when there is an error. */
  fail(error: Error | null): void {
    if (this.#isGone) return;
    this.#isGone = true;
    const handler = this.#handler;
    this.#parser.stop();
    this.#forgetRequest();
    this.#socket.destroy();
    if (this.#lease !== null) this.#buffers?.release(this.#lease);
    this.#lease = null;
    this.#owner.forget(this);
    if (error === null || handler === null) return;
    if (this.#isReused) this.#owner.distrust();
    handler.onError(error);
  }

  onInformation(status: number, fields: readonly string[]): void {
    this.#handler?.onInformation(status, fields);
  }

  onHead(status: number, reason: string, fields: readonly string[]): void {
    if (this.#parser.isTunnel) this.#tunnel = { status, fields };
    else this.#handler?.onHead(status, reason, fields);
  }

  onData(piece: Buffer): void {
    if (this.#handler?.onData(piece, this.#keep) === false) this.#isPaused = true;
  }

  onEnd(trailers: readonly string[] | null): void {
    const handler = this.#handler;
    // An answer that came before the whole request leaves a server that waits for the rest.
    const isSent = this.#body === null || this.#body.isOver;
    this.#forgetRequest();
    this.#isFree = isSent && this.#parser.keepsConnection && this.#owner.keepAlive;
    handler?.onEnd(trailers);
  }

  /** Node asks before the first and after each read, and takes `undefined` for "the same as before". */
  #nextBuffer(buffers: ReadBuffers): Buffer {
    const before = this.#lease;
    const isSame = this.#hasBuffer && (before === null ? !this.#isBulk : this.#isBulk && before.uses === 1);
    if (isSame) return undefined as unknown as Buffer;
    this.#hasBuffer = true;
    if (before !== null) buffers.release(before);
    this.#lease = this.#isBulk ? buffers.take() : null;
    return this.#lease?.buffer ?? buffers.shared;
  }

  #start(handler: UpstreamHandler): void {
    const request = this.#request;
    if (request === null) return;
    this.#isReused = this.#used;
    this.#used = true;
    const { body, upgrade } = request;
    let head: string;
    try {
      head = writeHead(request, this.#upstream, this.#owner.keepAlive);
    } catch (error) {
      this.fail(error instanceof Error ? error : new UnsendableRequest(String(error)));
      return;
    }
    this.#parser.expect(request.method === "HEAD", upgrade !== null);
    const socket = this.#socket;
    if (body instanceof Buffer) {
      socket.cork();
      socket.write(head, "latin1");
      socket.write(body);
      socket.uncork();
    } else if (body === null) {
      this.#waiting = head;
      writeSoon(this);
    } else {
      socket.write(head, "latin1");
    }
    handler.onConnected(this.#isReused);
    if (body instanceof Readable && !this.#isGone) this.#body = new BodyWriter(socket, body, request, handler);
  }

  /** Writes the head of a request without a body. */
  flush(): void {
    const head = this.#waiting;
    this.#waiting = "";
    if (!this.#isGone) this.#socket.write(head, "latin1");
  }

  #read(bytes: Buffer): void {
    if (this.#isGone) return;
    if (this.#parser.isDone) {
      // Nobody asked for anything: whatever it is, it could be taken for the answer to the next request.
      this.fail(this.#handler === null ? null : new Error("An answer before the request"));
      return;
    }
    const stop = this.#parse(bytes);
    if (stop < 0) return;
    if (this.#tunnel !== null) {
      this.#handOver(bytes.subarray(stop));
    } else {
      this.#handler?.onPause();
      this.#settle(stop === bytes.length);
    }
  }

  /** Where the parser stopped; -1: what came is no answer, and the request has failed. */
  #parse(bytes: Buffer): number {
    try {
      return this.#parser.read(bytes);
    } catch (error) {
      this.fail(error instanceof Error ? error : new Error(String(error)));
      return -1;
    }
  }

  /** The server has closed its side. */
  #finish(): void {
    if (this.#isGone || this.#tunnel !== null) return;
    try {
      this.#parser.finish();
    } catch (error) {
      this.fail(error instanceof Error ? error : new Error(String(error)));
      return;
    }
    if (this.#handler === null) this.fail(null);
  }

  #settle(isClean: boolean): void {
    if (!this.#parser.isDone || this.#handler !== null || this.#isGone) return;
    if (this.#isFree && isClean) this.#owner.release(this);
    else this.fail(null);
    this.#isFree = false;
  }

  /** Gives the connection away, with the first bytes of the other protocol. */
  #handOver(early: Buffer): void {
    const handler = this.#handler;
    const tunnel = this.#tunnel;
    if (tunnel === null || handler === null) return;
    const socket = this.#socket;
    this.#isGone = true;
    socket.pause();
    socket.off("data", this.#onBytes);
    socket.off("drain", this.#onDrain);
    socket.off("end", this.#onFinish);
    socket.off("error", this.#onBroken);
    socket.off("close", this.#onClosed);
    this.#forgetRequest();
    this.#owner.forget(this);
    if (early.length > 0) socket.unshift(early);
    handler.onUpgrade(tunnel.status, tunnel.fields, socket);
  }

  #forgetRequest(): void {
    if (this.#exchange !== null) this.#exchange.connection = null;
    this.#exchange = null;
    this.#handler = null;
    this.#request = null;
    this.#body?.stop();
    this.#body = null;
    this.#isBulk = false;
    this.resume();
  }
}

/** The hold that a request has on its connection until it is over. */
class Exchange implements UpstreamExchange {
  connection: UpstreamConnection | null;

  constructor(connection: UpstreamConnection) {
    this.connection = connection;
  }

  resume(): void {
    this.connection?.resume();
  }

  abort(): void {
    this.connection?.fail(null);
  }
}
