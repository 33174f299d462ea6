import type { Dealings } from "../../balance/dealings.ts";
import type { PlaceFigures } from "../places.ts";

/** What a worker did since its last page, for the primary's books. */
export interface DealingsPage {
  /** Requests that it has now. */
  readonly busy: number;
  readonly servers: readonly ServerDealings[];
  readonly backhanded: { readonly count: number; readonly milliseconds: number };
  /** How it stands with its part of MaxClients. */
  readonly places: PlaceFigures;
}

export interface ServerDealings {
  readonly id: string;
  readonly started: number;
  readonly finished: number;
  /** In the order in which they came: runs of answers with the sum of their milliseconds, and failures by their words. */
  readonly outcomes: readonly (AnswerRun | string)[];
}

interface AnswerRun {
  readonly count: number;
  readonly milliseconds: number;
}

/** How often pages are sent. */
const pageEveryMs = 100;
/** After a failure: the others shall know soon. */
const failureEveryMs = 10;

type Open<T> = { -readonly [Key in keyof T]: T[Key] };
interface OpenServer {
  started: number;
  finished: number;
  outcomes: (Open<AnswerRun> | string)[];
}

/** Gathers dealings to pages. */
export interface DealingsWriter extends Dealings {
  /** Sends what is left. */
  readonly close: () => void;
}

/** `busy` and `places` are asked for each page. */
export function createDealingsWriter(
  busy: () => number,
  places: () => PlaceFigures,
  send: (page: DealingsPage) => void,
): DealingsWriter {
  let servers = new Map<string, OpenServer>();
  let backhanded = { count: 0, milliseconds: 0 };
  let lastBusy = 0;
  let lastPlaces = JSON.stringify(places());
  let soon: NodeJS.Timeout | null = null;

  function find(id: string): OpenServer {
    let server = servers.get(id);
    if (server === undefined) {
      server = { started: 0, finished: 0, outcomes: [] };
      servers.set(id, server);
    }
    return server;
  }

  function flush(): void {
    if (soon !== null) clearTimeout(soon);
    soon = null;
    const now = busy();
    const placesNow = places();
    const placesText = JSON.stringify(placesNow);
    if (servers.size === 0 && backhanded.count === 0 && now === lastBusy && placesText === lastPlaces) return;
    lastBusy = now;
    lastPlaces = placesText;
    const served = Array.from(servers, ([id, server]) => ({ id, ...server }));
    send({ busy: now, servers: served, backhanded, places: placesNow });
    servers = new Map();
    backhanded = { count: 0, milliseconds: 0 };
  }

  const timer = setInterval(flush, pageEveryMs).unref();
  return {
    started(id) {
      find(id).started += 1;
    },
    finished(id) {
      find(id).finished += 1;
    },
    answered(id, latencyMs) {
      const { outcomes } = find(id);
      const last = outcomes.at(-1);
      if (typeof last === "object") {
        last.count += 1;
        last.milliseconds += latencyMs;
      } else {
        outcomes.push({ count: 1, milliseconds: latencyMs });
      }
    },
    failed(id, what) {
      find(id).outcomes.push(what);
      soon ??= setTimeout(flush, failureEveryMs);
    },
    backhanded(milliseconds) {
      backhanded.count += 1;
      backhanded.milliseconds += milliseconds;
    },
    close() {
      clearInterval(timer);
      flush();
    },
  };
}

/** Tells the dealings of a page one by one, as if they had been here. */
export function readDealingsPage({ servers, backhanded }: DealingsPage, to: Dealings): void {
  for (const { id, started, finished, outcomes } of servers) {
    for (let count = 0; count < started; count += 1) to.started(id);
    for (const outcome of outcomes) {
      if (typeof outcome === "string") to.failed(id, outcome);
      else for (let count = 0; count < outcome.count; count += 1) to.answered(id, outcome.milliseconds / outcome.count);
    }
    for (let count = 0; count < finished; count += 1) to.finished(id);
  }
  const meanMs = backhanded.milliseconds / backhanded.count;
  for (let count = 0; count < backhanded.count; count += 1) to.backhanded(meanMs);
}
