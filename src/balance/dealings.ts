import type { Admission } from "./admission.ts";
import type { Health } from "./health.ts";
import type { Inflight } from "./inflight.ts";

/** Hears what becomes of the requests that are handed to other servers. */
export interface Dealings {
  /** A request goes to this server. */
  started(id: string): void;
  /** It is over. */
  finished(id: string): void;
  /** Its answer began so many milliseconds after the server got it. */
  answered(id: string, latencyMs: number): void;
  /** It was not answered, or with a failure; `what` for people. */
  failed(id: string, what: string): void;
  /** Some server answered a request, which took so many milliseconds in all. */
  backhanded(milliseconds: number): void;
}

/** Where it is written down. */
export interface DealingsBooks {
  readonly inflight: Pick<Inflight, "started" | "finished" | "answered" | "failed">;
  readonly counters: {
    started(id: string): void;
    failed(id: string): void;
    answered(milliseconds: number): void;
  };
  readonly health: Pick<Health, "succeeded" | "failed">;
  readonly admission: Pick<Admission, "freed">;
}

/** Writes down what is heard. `now`: local clock, milliseconds. */
export function writeDealings(
  { inflight, counters, health, admission }: DealingsBooks,
  now: () => number = Date.now,
): Dealings {
  return {
    started(id) {
      inflight.started(id);
      counters.started(id);
    },
    finished(id) {
      inflight.finished(id);
      admission.freed(id);
    },
    answered(id, latencyMs) {
      const nowMs = now();
      inflight.answered(id, latencyMs, nowMs);
      health.succeeded(id, nowMs);
    },
    failed(id, what) {
      const nowMs = now();
      counters.failed(id);
      inflight.failed(id, nowMs);
      health.failed(id, what, nowMs);
    },
    backhanded(milliseconds) {
      counters.answered(milliseconds);
    },
  };
}
