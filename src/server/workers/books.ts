import { writeDealings } from "../../balance/dealings.ts";
import type { Health } from "../../balance/health.ts";
import { createInflight } from "../../balance/inflight.ts";
import type { Inflight } from "../../balance/inflight.ts";
import type { Cluster } from "../../stats/cluster.ts";
import type { Checks } from "../checks.ts";
import { createMemberCounters } from "../member-counters.ts";
import type { MemberCounters } from "../member-counters.ts";
import { statusReport } from "../status-report.ts";
import type { StatusReport } from "../status-report.ts";
import type { DealingsPage } from "./dealings-page.ts";
import { readDealingsPage } from "./dealings-page.ts";
import type { PlaceFigures } from "../places.ts";

/** What all workers together have to do with the other servers. */
export interface Books {
  readonly inflight: Inflight;
  readonly counters: MemberCounters;
  /** Requests that all workers have now. */
  readonly busy: () => number;
  readonly busyOf: (pid: number) => number;
  /** Writes down a worker's page; tells of each failure in it. */
  readonly write: (pid: number, page: DealingsPage, onFailed: (id: string) => void) => void;
  /** A worker is gone, and its requests with it. */
  readonly forget: (pid: number) => void;
  /** Looks who is there; call it as often as servers announce themselves. */
  readonly look: () => void;
  /** `limit`: of MaxClients, for all together; 0: there is none. */
  readonly status: (limit: number) => StatusReport;
}

/** What a worker that is gone leaves: the counts of what was. */
const noPlaces: PlaceFigures = { taken: 0, waiting: 0, waited: 0, refused: 0 };

function add(one: PlaceFigures, other: PlaceFigures): PlaceFigures {
  return {
    taken: one.taken + other.taken,
    waiting: one.waiting + other.waiting,
    waited: one.waited + other.waited,
    refused: one.refused + other.refused,
  };
}

export function createBooks(checks: Pick<Checks, "resultOf">, health: Health, clusterNow: () => Cluster): Books {
  const inflight = createInflight();
  const counters = createMemberCounters();
  // Waiting for room is each worker's own affair.
  const dealings = writeDealings({ inflight, counters, health, admission: { freed: () => undefined } });
  const busyOf = new Map<number, number>();
  /** Requests of each worker that servers have not answered, by server. */
  const openOf = new Map<number, Map<string, number>>();
  const placesOf = new Map<number, PlaceFigures>();
  let placesOfGone = noPlaces;
  let lastLength = 0;

  function look(): void {
    const members = clusterNow().members();
    lastLength = members.length;
    health.look(inflight.candidates(members), Date.now());
  }

  return {
    inflight,
    counters,
    look,
    busy: () => Array.from(busyOf.values()).reduce((all, each) => all + each, 0),
    busyOf: (pid) => busyOf.get(pid) ?? 0,
    write(pid, page, onFailed) {
      busyOf.set(pid, page.busy);
      placesOf.set(pid, page.places);
      const open = openOf.get(pid) ?? new Map<string, number>();
      openOf.set(pid, open);
      for (const { id, started, finished } of page.servers) {
        const left = (open.get(id) ?? 0) + started - finished;
        if (left > 0) open.set(id, left);
        else open.delete(id);
      }
      // How many may be ejected depends on how many there are.
      if (clusterNow().members().length !== lastLength) look();
      readDealingsPage(page, {
        ...dealings,
        failed(id, what) {
          dealings.failed(id, what);
          onFailed(id);
        },
      });
    },
    forget(pid) {
      for (const [id, left] of openOf.get(pid) ?? []) {
        for (let index = 0; index < left; index += 1) dealings.finished(id);
      }
      openOf.delete(pid);
      busyOf.delete(pid);
      const { waited, refused } = placesOf.get(pid) ?? noPlaces;
      placesOfGone = add(placesOfGone, { ...noPlaces, waited, refused });
      placesOf.delete(pid);
    },
    status(limit) {
      const cluster = clusterNow();
      const places = limit === 0 ? null : { limit, ...Array.from(placesOf.values()).reduce(add, placesOfGone) };
      counters.keep(new Set(cluster.members().map(({ id }) => id)));
      return statusReport({ cluster, inflight, counters, health, checks, places }, Date.now());
    },
  };
}
