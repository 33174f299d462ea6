import { connect } from "node:net";
import type { Socket } from "node:net";
import type { Duplex } from "node:stream";
import { Client, errors } from "undici";
import type { Dispatcher } from "undici";
import type { Upstream } from "./engine.ts";
import { headerText } from "./response-headers.ts";
import { UnsendableRequest } from "./upstream-client.ts";
import type { UpstreamClient, UpstreamExchange, UpstreamHandler, UpstreamRequest } from "./upstream-client.ts";

export interface UndiciClientOptions {
  /** False: one request for each connection, as after `BackhandConnectionPools Off`. */
  readonly keepAlive: boolean;
  /** How long an idle connection is kept, unless the server's Keep-Alive field says less. */
  readonly idleMs: number;
}

/** Most of a server's head; httpd's own backends stay far below it, and a larger one costs memory for each request. */
const maxHeadBytes = 64 * 1024;

/**
 * An UpstreamClient over undici: one undici `Client` is one connection. undici's own pool is not used because it neither says
 * whether a request went out over a fresh connection, which decides whether it may be repeated, nor lets a connection that is
 * still being made be given up.
 */
export function createUndiciClient(options: UndiciClientOptions): UpstreamClient {
  const pools = new Map<string, Pool>();
  let closing: (() => void) | null = null;

  function drop(pool: Pool): void {
    pools.delete(pool.key);
    if (pools.size === 0) closing?.();
  }

  return {
    send(upstream, request, handler) {
      const key = `${upstream.address} ${upstream.port}`;
      let pool = pools.get(key);
      if (pool === undefined) {
        pool = new Pool(key, upstream, options, drop);
        pools.set(key, pool);
      }
      return pool.send(request, handler);
    },
    connections() {
      let busy = 0;
      let idle = 0;
      for (const pool of pools.values()) {
        busy += pool.connections.size - pool.idle.length;
        idle += pool.idle.length;
      }
      return { busy, idle };
    },
    close() {
      const closed = new Promise<void>((resolve) => {
        closing = resolve;
      });
      if (pools.size === 0) return Promise.resolve();
      for (const pool of pools.values()) pool.close();
      return closed;
    },
    destroy() {
      for (const pool of pools.values()) {
        for (const connection of pool.connections) connection.fail(new Error("The balancer is stopping"));
      }
    },
  };
}

/** The connections to one server. */
class Pool {
  readonly key: string;
  readonly connections = new Set<Connection>();
  /** The one used last is taken first, so that the others may grow old and close. */
  readonly idle: Connection[] = [];
  readonly #upstream: Upstream;
  readonly #options: UndiciClientOptions;
  readonly #drop: (pool: Pool) => void;
  #closing = false;

  constructor(key: string, upstream: Upstream, options: UndiciClientOptions, drop: (pool: Pool) => void) {
    this.key = key;
    this.#upstream = upstream;
    this.#options = options;
    this.#drop = drop;
  }

  send(request: UpstreamRequest, handler: UpstreamHandler): UpstreamExchange {
    let connection = this.idle.pop();
    while (connection?.gone === true) connection = this.idle.pop();
    if (connection === undefined) {
      connection = new Connection(this, this.#upstream, this.#options);
      this.connections.add(connection);
    }
    return connection.send(request, handler);
  }

  /** Takes back a connection whose request is over. */
  release(connection: Connection): void {
    if (this.#closing || !this.#options.keepAlive || connection.gone) connection.fail(null);
    else this.idle.push(connection);
  }

  forget(connection: Connection): void {
    if (!this.connections.delete(connection)) return;
    const index = this.idle.indexOf(connection);
    if (index >= 0) this.idle.splice(index, 1);
    if (this.connections.size === 0) this.#drop(this);
  }

  close(): void {
    this.#closing = true;
    for (const connection of this.idle.slice()) connection.fail(null);
  }
}

/** One connection: an undici client that makes one connection and is thrown away with it. */
class Connection {
  readonly #pool: Pool;
  readonly #client: Client;
  #socket: Socket | null = null;
  #exchange: Exchange | null = null;
  #used = false;
  #failed = false;

  constructor(pool: Pool, upstream: Upstream, options: UndiciClientOptions) {
    this.#pool = pool;
    const { address, port } = upstream;
    const host = address.includes(":") ? `[${address}]` : address;
    this.#client = new Client(`http://${host}:${port}`, {
      pipelining: options.keepAlive ? 1 : 0,
      keepAliveTimeout: options.idleMs,
      // A server that says less wins; one that says more does not.
      keepAliveMaxTimeout: options.idleMs,
      keepAliveTimeoutThreshold: 1000,
      // Timeouts are the relay's, which knows the phases of a request.
      headersTimeout: 0,
      bodyTimeout: 0,
      maxHeaderSize: maxHeadBytes,
      connect: (_connectOptions, callback) => {
        this.#connect(address, port, callback);
      },
    });
    this.#client.on("disconnect", () => {
      // undici would make another connection for a request that it has not written yet.
      this.#used = false;
      if (this.#exchange === null) this.fail(null);
    });
  }

  /** Whether no further request may go over it. */
  get gone(): boolean {
    return this.#failed || this.#socket === null || this.#socket.destroyed || !this.#socket.writable;
  }

  send(request: UpstreamRequest, handler: UpstreamHandler): UpstreamExchange {
    const exchange = new Exchange(this, handler);
    this.#exchange = exchange;
    try {
      this.#client.dispatch(
        {
          method: request.method,
          path: request.target,
          headers: request.headers as string[],
          body: request.body,
          ...(request.upgrade === null ? {} : { upgrade: request.upgrade }),
        },
        exchange,
      );
    } catch (error) {
      exchange.fail(error instanceof Error ? error : new Error(String(error)));
    }
    return exchange;
  }

  /** The request is being written; tells whether it is not the first one. */
  use(): boolean {
    const used = this.#used;
    this.#used = true;
    return used;
  }

  /** The request is over, and the connection may carry another one unless undici has closed it. */
  release(): void {
    this.#exchange = null;
    this.#pool.release(this);
  }

  /** The connection was handed over to an upgraded protocol. */
  detach(): void {
    this.#exchange = null;
    this.#socket = null;
    this.#failed = true;
    void this.#client.destroy().catch(() => undefined);
    this.#pool.forget(this);
  }

  /** Closes the connection; a running request hears of it when there is an error. */
  fail(error: Error | null): void {
    if (this.#failed) return;
    this.#failed = true;
    const exchange = this.#exchange;
    this.#exchange = null;
    void this.#client.destroy().catch(() => undefined);
    this.#socket?.destroy();
    this.#pool.forget(this);
    if (error !== null) exchange?.fail(error);
  }

  #connect(host: string, port: number, callback: (...args: [Error, null] | [null, Socket]) => void): void {
    const socket = connect({ host, port, noDelay: true, autoSelectFamily: false });
    this.#socket = socket;
    let answered = false;
    const answer = (error: Error | null): void => {
      if (answered) return;
      answered = true;
      if (error === null) callback(null, socket);
      else callback(error, null);
    };
    socket.once("connect", () => {
      answer(null);
    });
    socket.on("error", (error) => {
      answer(error);
    });
    socket.once("close", () => {
      answer(new Error("The connection was given up while it was being made"));
    });
  }
}

/** One request over one connection, as undici's (older, faster, unparsed) handler. */
class Exchange implements UpstreamExchange, Dispatcher.DispatchHandler {
  readonly #connection: Connection;
  readonly #handler: UpstreamHandler;
  #over = false;
  #resume: (() => void) | null = null;

  constructor(connection: Connection, handler: UpstreamHandler) {
    this.#connection = connection;
    this.#handler = handler;
  }

  resume(): void {
    if (!this.#over) this.#resume?.();
  }

  abort(): void {
    if (this.#over) return;
    this.#over = true;
    this.#connection.fail(null);
  }

  onConnect(_abort: (error?: Error) => void): void {
    const reused = this.#connection.use();
    if (!this.#over) this.#handler.onConnected(reused);
  }

  onBodySent(): void {
    if (!this.#over) this.#handler.onBodySent();
  }

  onHeaders(status: number, raw: Buffer[], resume: () => void, message: string): boolean {
    if (this.#over) return false;
    this.#resume = resume;
    const headers = headerText(raw);
    if (status < 200) {
      this.#handler.onInformation(status, headers);
      return true;
    }
    this.#handler.onHead(status, message, headers);
    if ((status === 304 || status === 204) && hasLength(headers)) this.#endWithHead();
    return true;
  }

  /** undici misses the body that a Content-Length of a 304 speaks of, which never comes, and gives the connection up. */
  #endWithHead(): void {
    if (this.#over) return;
    this.#over = true;
    this.#connection.fail(null);
    this.#handler.onEnd();
  }

  onData(chunk: Buffer): boolean {
    // What undici still parses of a connection that is given up.
    if (this.#over) return true;
    return this.#handler.onData(chunk);
  }

  onComplete(): void {
    if (this.#over) return;
    this.#over = true;
    this.#connection.release();
    this.#handler.onEnd();
  }

  onUpgrade(status: number, raw: Buffer[] | string[] | null, socket: Duplex): void {
    if (this.#over) {
      socket.destroy();
      return;
    }
    this.#over = true;
    this.#connection.detach();
    this.#handler.onUpgrade(status, headerText(raw ?? []), socket);
  }

  onError(error: Error): void {
    this.fail(error);
  }

  /** Ends the exchange with an error, once. */
  fail(error: Error): void {
    if (this.#over) return;
    this.#over = true;
    this.#connection.fail(null);
    const unsendable = error instanceof errors.InvalidArgumentError || error instanceof errors.NotSupportedError;
    this.#handler.onError(unsendable ? new UnsendableRequest(error.message, { cause: error }) : error);
  }
}

/** Whether a head promises a body of at least one byte. */
function hasLength(headers: readonly string[]): boolean {
  return headers.some(
    (name, index) => index % 2 === 0 && name.toLowerCase() === "content-length" && Number(headers[index + 1]) > 0,
  );
}
