/**
 * What one server says of itself in one datagram, after decoding. Absent numbers were not sent: a plain Apache 2.4
 * mod_heartbeat sends `ready` and `busy` only.
 */
export interface Announcement {
  /** Idle workers. */
  readonly ready: number;
  /** Busy workers. */
  readonly busy: number;
  /** Port on which it takes requests; null: not said. */
  readonly port: number | null;
  /** Name of the server; null: its source address names it. */
  readonly id: string | null;
  /** Address at which it wants to be contacted; null: the source address. */
  readonly address: string | null;
  /** When the sender started, milliseconds since 1970: tells a restart from a replay. */
  readonly startMs: number | null;
  /** Rises with each packet of one start of the sender. */
  readonly sequence: number | null;
  /** Sender's clock, milliseconds since 1970. */
  readonly timestampMs: number | null;
  /** Load average over one minute. */
  readonly load: number | null;
  /** Idle share of the CPUs, 0 to 1. */
  readonly cpuIdle: number | null;
  readonly cpuCount: number | null;
  /** Relative speed of one CPU, measured once. */
  readonly arriba: number | null;
  readonly totalMemoryBytes: number | null;
  readonly availableMemoryBytes: number | null;
  /** Requests handed to other servers since the start. */
  readonly backhanded: number | null;
  /** Mean time of a backhanded request. */
  readonly meanTimeMs: number | null;
  readonly state: "up" | "drain";
  /** While it drains: how long it still takes the requests of its sessions; null: not said. */
  readonly sessionsLeftMs: number | null;
}

type Draft = { -readonly [Name in keyof Announcement]: Announcement[Name] };

/** A new announcement that says nothing yet. A literal each time: it is filled in, and `...` would be slower to read. */
export function draftAnnouncement(): Draft {
  return {
    ready: 0,
    busy: 0,
    port: null,
    id: null,
    address: null,
    startMs: null,
    sequence: null,
    timestampMs: null,
    load: null,
    cpuIdle: null,
    cpuCount: null,
    arriba: null,
    totalMemoryBytes: null,
    availableMemoryBytes: null,
    backhanded: null,
    meanTimeMs: null,
    state: "up",
    sessionsLeftMs: null,
  };
}

/** An announcement that says nothing. */
export const silentAnnouncement: Announcement = draftAnnouncement();
