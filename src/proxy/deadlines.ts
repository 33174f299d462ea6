/** Something that must happen before a point of `performance.now()`. */
export interface Deadline {
  /** Milliseconds; Infinity: no limit at present. May be changed at any time. */
  deadlineMs: number;
  /** Called once, when the point has passed. */
  expire(): void;
}

/**
 * Watches many deadlines with one timer. A timer for each request and phase would cost more than the phase; a sweep over the
 * requests in flight, some times for each timeout, costs nothing that can be measured and is late by one sweep at most.
 */
export class Deadlines {
  readonly #entries = new Set<Deadline>();
  readonly #everyMs: number;
  #timer: NodeJS.Timeout | null = null;

  /** `everyMs`: how often to look, and so how late a deadline may be noticed. */
  constructor(everyMs: number) {
    this.#everyMs = everyMs;
  }

  watch(entry: Deadline): void {
    this.#entries.add(entry);
    this.#timer ??= setInterval(() => {
      this.#sweep();
    }, this.#everyMs).unref();
  }

  forget(entry: Deadline): void {
    this.#entries.delete(entry);
  }

  stop(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#timer = null;
    this.#entries.clear();
  }

  #sweep(): void {
    if (this.#entries.size === 0 && this.#timer !== null) {
      clearInterval(this.#timer);
      this.#timer = null;
      return;
    }
    const now = performance.now();
    for (const entry of this.#entries) {
      if (entry.deadlineMs > now) continue;
      this.#entries.delete(entry);
      entry.expire();
    }
  }
}
