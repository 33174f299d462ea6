import type { Upstream } from "./engine.ts";
import { ReadBuffers } from "./read-buffers.ts";
import { turnMs } from "./turn-clock.ts";
import type { UpstreamClient } from "./upstream-client.ts";
import type { UpstreamTls } from "./upstream-tls.ts";
import { UpstreamConnection } from "./upstream-connection.ts";
import type { ConnectionOwner } from "./upstream-connection.ts";

export interface PooledClientOptions {
  /** False: one request for each connection, as after `BackhandConnectionPools Off`. */
  readonly keepAlive: boolean;
  /** How long an idle connection is kept, unless the server's Keep-Alive field says less. */
  readonly idleMs: number;
}

/** How often idle connections are looked at, and so how much too long one may be kept. */
const sweepMs = 500;

/** A server's own limit is taken for a second less: so that we and not the server close. */
const marginMs = 1000;

/** HTTP/1.1 over kept connections, each for one request at a time. */
export function createPooledClient(options: PooledClientOptions): UpstreamClient {
  const pools = new Map<string, Pool>();
  const buffers = new ReadBuffers();
  let closing: (() => void) | null = null;
  let timer: NodeJS.Timeout | null = null;
  const numbers = new WeakMap<UpstreamTls, number>();
  let mostNumber = 0;
  /** Connections of one way to speak TLS must not carry requests of another. */
  const numberOf = (tls: UpstreamTls): number => {
    const number = numbers.get(tls) ?? (mostNumber += 1);
    numbers.set(tls, number);
    return number;
  };

  const drop = (pool: Pool): void => {
    pools.delete(pool.key);
    if (pools.size > 0) return;
    if (timer !== null) clearInterval(timer);
    timer = null;
    closing?.();
  };

  return {
    send(upstream, request, handler) {
      const { address, port, tls } = upstream;
      const key = tls === undefined ? `${address} ${port}` : `${address} ${port} ${numberOf(tls)}`;
      let pool = pools.get(key);
      if (pool === undefined) {
        pool = new Pool(key, options, buffers, drop);
        pools.set(key, pool);
        timer ??= setInterval(() => {
          const now = performance.now();
          for (const each of pools.values()) each.closeOld(now);
        }, sweepMs).unref();
      }
      return pool.take(upstream, request.upgrade !== null).send(request, handler);
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
class Pool implements ConnectionOwner {
  readonly key: string;
  readonly keepAlive: boolean;
  readonly connections = new Set<UpstreamConnection>();
  session: Buffer | null = null;
  /** The one used last is taken first, so that the others may grow old and close. */
  readonly idle: UpstreamConnection[] = [];
  readonly #idleMs: number;
  readonly #buffers: ReadBuffers;
  readonly #drop: (pool: Pool) => void;
  #closing = false;

  constructor(key: string, options: PooledClientOptions, buffers: ReadBuffers, drop: (pool: Pool) => void) {
    this.key = key;
    this.keepAlive = options.keepAlive;
    this.#idleMs = options.idleMs;
    this.#buffers = buffers;
    this.#drop = drop;
  }

  /** A connection that waits, or a new one. */
  take(upstream: Upstream, forTunnel: boolean): UpstreamConnection {
    if (!forTunnel) {
      for (let kept = this.idle.pop(); kept !== undefined; kept = this.idle.pop()) {
        if (!kept.isGone && kept.idleUntilMs > turnMs()) return kept;
        kept.fail(null);
      }
    }
    const connection = new UpstreamConnection(this, upstream, forTunnel ? null : this.#buffers);
    this.connections.add(connection);
    return connection;
  }

  release(connection: UpstreamConnection): void {
    const { idleSeconds } = connection;
    const idleMs = idleSeconds === null ? this.#idleMs : Math.min(this.#idleMs, idleSeconds * 1000 - marginMs);
    if (this.#closing || connection.isGone || idleMs <= 0) {
      connection.fail(null);
      return;
    }
    connection.idleUntilMs = turnMs() + idleMs;
    this.idle.push(connection);
  }

  distrust(): void {
    for (const connection of this.idle.slice()) connection.fail(null);
  }

  forget(connection: UpstreamConnection): void {
    if (!this.connections.delete(connection)) return;
    const index = this.idle.indexOf(connection);
    if (index >= 0) this.idle.splice(index, 1);
    if (this.connections.size === 0) this.#drop(this);
  }

  closeOld(now: number): void {
    for (const connection of this.idle.filter(({ idleUntilMs }) => idleUntilMs <= now)) connection.fail(null);
  }

  close(): void {
    this.#closing = true;
    this.distrust();
  }
}
