import type { InflightLimit } from "../balance/inflight-words.ts";

/**
 * Who asks for a place: a client, or another server of the cluster that has balanced the request already. The latter have a row
 * of their own, in which nobody waits for a client's request: two servers that give each other requests while both have as many
 * as they take would otherwise wait for each other for ever.
 */
export type PlaceKind = "client" | "balanced";

/** `late`: it has waited for as long as a request may; `full`: too many wait already; `left`: nobody waits for the answer. */
export type PlaceResult = "entered" | "late" | "full" | "left";

/** What the status page shows. */
export interface PlaceFigures {
  readonly taken: number;
  readonly waiting: number;
  /** Requests that had to wait since the start. */
  readonly waited: number;
  /** Requests since the start that got no place, those that left aside. */
  readonly refused: number;
}

/**
 * The places of MaxClients (MaxRequestWorkers): so many requests are served at a time, the others wait in the order in which they
 * came. Requests that other servers have balanced may take as many places again, since a client's request may be waiting for
 * each of them elsewhere; clients' requests take none while there are as many of both together as the limit says.
 */
export interface Places {
  /** Takes a place at once, where there is one and nobody waits for it. Whoever has entered must leave. */
  readonly enter: (kind: PlaceKind) => boolean;
  /** Waits for a place. `onGone` is told what to call when the request's client leaves. */
  readonly wait: (kind: PlaceKind, onGone: (left: () => void) => void) => Promise<PlaceResult>;
  readonly leave: (kind: PlaceKind) => void;
  /** Another limit: those that wait may enter at once; those that have entered stay. */
  readonly configure: (limit: InflightLimit) => void;
  readonly figures: () => PlaceFigures;
}

/** Ends the waiting of one request; its timer and its place in the row are gone by then. */
type Settle = (result: PlaceResult) => void;

export function createPlaces(first: InflightLimit): Places {
  let settings = first;
  const taken: Record<PlaceKind, number> = { client: 0, balanced: 0 };
  const rows: Readonly<Record<PlaceKind, Set<Settle>>> = { client: new Set(), balanced: new Set() };
  let waited = 0;
  let refused = 0;

  const hasRoom = (kind: PlaceKind): boolean =>
    settings.limit === 0 || taken.balanced + (kind === "client" ? taken.client : 0) < settings.limit;

  function admit(kind: PlaceKind): void {
    for (const settle of rows[kind]) {
      if (!hasRoom(kind)) return;
      taken[kind] += 1;
      settle("entered");
    }
  }

  /** Those whose end others wait for go first. */
  function admitAll(): void {
    admit("balanced");
    admit("client");
  }

  return {
    enter(kind) {
      const isFree = rows[kind].size === 0 && hasRoom(kind);
      if (isFree) taken[kind] += 1;
      return isFree;
    },
    wait(kind, onGone) {
      const row = rows[kind];
      if (rows.client.size + rows.balanced.size >= settings.queue) {
        refused += 1;
        return Promise.resolve("full");
      }
      waited += 1;
      return new Promise((resolve) => {
        const settle: Settle = (result) => {
          if (!row.delete(settle)) return;
          clearTimeout(timer);
          if (result === "late") refused += 1;
          resolve(result);
        };
        const timer = setTimeout(() => {
          settle("late");
        }, settings.waitMs);
        row.add(settle);
        onGone(() => {
          settle("left");
        });
      });
    },
    leave(kind) {
      taken[kind] -= 1;
      if (rows.client.size > 0 || rows.balanced.size > 0) admitAll();
    },
    configure(limit) {
      settings = limit;
      admitAll();
    },
    figures: () => ({
      taken: taken.client + taken.balanced,
      waiting: rows.client.size + rows.balanced.size,
      waited,
      refused,
    }),
  };
}
