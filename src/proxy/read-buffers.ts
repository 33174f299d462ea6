/** A buffer that one connection reads into, and that others may still need after the read. */
export interface Lease {
  readonly buffer: Buffer;
  /** Pieces of it that are still needed, and one for the connection that reads into it. */
  uses: number;
}

/** What one read may bring: more would mean fewer calls for large bodies, and longer turns for all others. */
const sharedBytes = 64 * 1024;
const ownBytes = 128 * 1024;

/** Buffers to keep for the next need: eight megabytes. */
const mostFree = 64;

/**
 * Buffers that connections read into. Most share one: what came in is looked at before anybody reads again, and what must wait
 * is copied out of it. A connection with a large body gets buffers of its own, whose pieces wait where they are. A new buffer
 * for each read, which is what Node does by itself, costs more than the read.
 */
export class ReadBuffers {
  /** Never kept by anybody: other connections read into it at any time. */
  readonly shared: Buffer = Buffer.allocUnsafeSlow(sharedBytes);
  readonly #free: Buffer[] = [];

  /** A buffer for one connection, with one use. */
  take(): Lease {
    return { buffer: this.#free.pop() ?? Buffer.allocUnsafeSlow(ownBytes), uses: 1 };
  }

  /** One use less. */
  release(lease: Lease): void {
    lease.uses -= 1;
    if (lease.uses === 0 && this.#free.length < mostFree) this.#free.push(lease.buffer);
  }
}
