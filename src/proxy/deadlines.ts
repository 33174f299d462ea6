/** Something that must happen before a point of `performance.now()`. */
export interface Deadline {
  /** Milliseconds; Infinity: no limit at present. May be changed at any time. */
  deadlineMs: number;
  /** Where Deadlines keeps it; -1 when it does not. Not to be touched by others. */
  slot: number;
  /** Called once, when the point has passed. */
  expire(): void;
}

/**
 * Watches many deadlines with one timer. A timer for each request and phase would cost more than the phase; a sweep over the
 * requests in flight, some times for each timeout, costs nothing that can be measured and is late by one sweep at most.
 */
export class Deadlines {
  // Not a Set: its discarded tables keep finished requests alive until the next full collection, a tenth of all CPU time.
  readonly #entries: Deadline[] = [];
  readonly #everyMs: number;
  #timer: NodeJS.Timeout | null = null;

  /** `everyMs`: how often to look, and so how late a deadline may be noticed. */
  constructor(everyMs: number) {
    this.#everyMs = everyMs;
  }

  watch(entry: Deadline): void {
    if (entry.slot >= 0) return;
    entry.slot = this.#entries.push(entry) - 1;
    this.#timer ??= setInterval(() => {
      this.#sweep();
    }, this.#everyMs).unref();
  }

  forget(entry: Deadline): void {
    const { slot } = entry;
    if (slot < 0) return;
    entry.slot = -1;
    const last = this.#entries.pop();
    if (last === undefined || last === entry) return;
    this.#entries[slot] = last;
    last.slot = slot;
  }

  stop(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#timer = null;
  }

  #sweep(): void {
    if (this.#entries.length === 0) {
      this.stop();
      return;
    }
    const now = performance.now();
    const late = this.#entries.filter(({ deadlineMs }) => deadlineMs <= now);
    for (const entry of late) {
      // One that expires may end others.
      if (entry.slot < 0) continue;
      this.forget(entry);
      entry.expire();
    }
  }
}
