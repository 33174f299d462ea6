import type { Inflight } from "./inflight.ts";
import type { InflightLimit } from "./inflight-words.ts";

/** Keeps servers from getting more requests than BackhandMaxInflight allows, and lets a bounded number wait. */
export interface Admission {
  /** Whether a server takes one more. */
  readonly hasRoom: (id: string) => boolean;
  /**
   * Waits for one of some servers to finish a request, for as long as a request may wait. False when it took too long, at once
   * when too many wait already, and when `isGone` says that nobody waits for the answer.
   */
  readonly roomAt: (ids: readonly string[], isGone: () => boolean) => Promise<boolean>;
  /** A server has finished a request. */
  readonly freed: (id: string) => void;
  readonly configure: (limit: InflightLimit) => void;
  /** Requests that wait now. */
  readonly waiting: () => number;
}

interface Waiter {
  readonly ids: readonly string[];
  readonly wake: (isFree: boolean) => void;
}

export function createAdmission(inflight: Pick<Inflight, "count">, first: InflightLimit): Admission {
  let settings = first;
  const waiters: Waiter[] = [];
  const hasRoom = (id: string): boolean => settings.limit === 0 || inflight.count(id) < settings.limit;

  /** Resolves when one of the servers may have room, or with false after so long. */
  function turn(ids: readonly string[], leftMs: number, isFirst: boolean): Promise<boolean> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        waiters.splice(waiters.indexOf(waiter), 1);
        resolve(false);
      }, leftMs);
      const waiter: Waiter = {
        ids,
        wake(isFree) {
          clearTimeout(timer);
          resolve(isFree);
        },
      };
      if (isFirst) waiters.unshift(waiter);
      else waiters.push(waiter);
    });
  }

  const freed = (id: string): void => {
    if (waiters.length === 0) return;
    const index = waiters.findIndex(({ ids }) => ids.includes(id));
    if (index >= 0) waiters.splice(index, 1)[0]?.wake(true);
  };

  return {
    hasRoom,
    freed,
    async roomAt(ids, isGone) {
      const untilMs = performance.now() + settings.waitMs;
      if (waiters.length >= settings.queue) return false;
      let wasWoken = false;
      for (let leftMs = settings.waitMs; leftMs > 0; leftMs = untilMs - performance.now()) {
        if (!(await turn(ids, leftMs, wasWoken))) return false;
        wasWoken = true;
        const free = ids.find(hasRoom);
        // Another request may have been quicker.
        if (free === undefined) continue;
        if (!isGone()) return true;
        freed(free);
        return false;
      }
      return false;
    },
    configure(limit) {
      settings = limit;
      // Under other limits there may be room at once.
      for (const { wake } of waiters.splice(0)) wake(true);
    },
    waiting: () => waiters.length,
  };
}
