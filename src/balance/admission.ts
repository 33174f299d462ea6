import type { Inflight } from "./inflight.ts";
import type { InflightLimit } from "./inflight-words.ts";

/** Keeps servers from getting more requests than BackhandMaxInflight allows, and lets a bounded number wait. */
export interface Admission {
  /** Whether a server takes one more. */
  readonly hasRoom: (id: string) => boolean;
  /**
   * Waits for room at one of some servers. `enter` is called once: with true when there is room, which is to be taken before it
   * returns, else the next one that waits would be let in too; with false when it took too long, and at once when too many wait
   * already. It must not throw. Returns what to call when nobody waits any more: then it is never called.
   */
  readonly wait: (ids: readonly string[], enter: (hasRoom: boolean) => void) => () => void;
  /** A server has finished a request. */
  readonly freed: (id: string) => void;
  readonly configure: (limit: InflightLimit) => void;
  /** Requests that wait now. */
  readonly waiting: () => number;
}

interface Waiter {
  readonly ids: readonly string[];
  readonly end: (hasRoom: boolean) => void;
}

export function createAdmission(inflight: Pick<Inflight, "count">, first: InflightLimit): Admission {
  let settings = first;
  /** In the order in which they came. */
  const waiters = new Set<Waiter>();
  const freedIds = new Set<string>();
  const hasRoom = (id: string): boolean => settings.limit === 0 || inflight.count(id) < settings.limit;

  function admit(): void {
    const ids = [...freedIds];
    freedIds.clear();
    for (const id of ids) {
      for (const waiter of waiters) {
        if (!hasRoom(id)) break;
        if (waiter.ids.includes(id)) waiter.end(true);
      }
    }
  }

  return {
    hasRoom,
    freed(id) {
      if (waiters.size === 0) return;
      // Whoever is let in sends at once: only when the one that has finished is done with its connection can that be used again.
      if (freedIds.size === 0) queueMicrotask(admit);
      freedIds.add(id);
    },
    wait(ids, enter) {
      if (waiters.size >= settings.queue) {
        enter(false);
        return () => undefined;
      }
      const leave = (): boolean => {
        clearTimeout(late);
        return waiters.delete(waiter);
      };
      const waiter: Waiter = {
        ids,
        end(isFree) {
          if (leave()) enter(isFree);
        },
      };
      const late = setTimeout(() => {
        waiter.end(false);
      }, settings.waitMs);
      waiters.add(waiter);
      return leave;
    },
    configure(limit) {
      settings = limit;
      // Under other limits there may be room at once.
      for (const waiter of waiters) if (waiter.ids.some(hasRoom)) waiter.end(true);
    },
    waiting: () => waiters.size,
  };
}
