import type { Announcement } from "./announcement.ts";
import { encodeAnnouncement } from "./packet.ts";
import type { StatsTransport } from "./transport.ts";

/** One way out, with the contact that is announced there. */
export interface Outlet {
  readonly transport: StatsTransport;
  /** Null: peers take the packet's source address, and the port that the description says. */
  readonly contact: { readonly address: string; readonly port: number | null } | null;
}

export interface AnnouncerOptions {
  /** Already started; starting and stopping them is not the announcer's business. */
  readonly outlets: readonly Outlet[];
  /** This server now; sequence, time, contact and state are filled in. */
  readonly describe: () => Announcement;
  /** Hears what was announced, once for each round. */
  readonly onAnnounced: (announcement: Announcement) => void;
  /** Hears of an announcement that could not be made; the next one is tried all the same. */
  readonly onError: (error: unknown) => void;
  readonly intervalMs: number;
  readonly secret: string | null;
  /** Wall clock, milliseconds since 1970. */
  readonly now?: () => number;
  /** 0 ≤ x < 1. */
  readonly random?: () => number;
}

/** Announces this server at intervals over all outlets. */
export interface Announcer {
  /** The first announcement goes out after a random part of the interval: servers started together shall not speak together. */
  start(): void;
  /**
   * Announces that this server takes no more balanced requests, or that it does again; at once and from then on. Those of its
   * sessions may come until then (wall clock, milliseconds); without it until it is gone.
   */
  drain(on: boolean, sessionsUntilMs?: number): void;
  /** Nothing is sent after it. */
  stop(): void;
}

/** An announcer that does not run yet. */
export function createAnnouncer(options: AnnouncerOptions): Announcer {
  const { outlets, describe, onAnnounced, onError, intervalMs, secret, now = Date.now, random = Math.random } = options;
  let timer: NodeJS.Timeout | null = null;
  let state: Announcement["state"] = "up";
  let sessionsUntilMs = Infinity;
  let sequence = 0;
  let dueMs = 0;

  function announce(): void {
    try {
      const left = Math.max(0, Math.round(sessionsUntilMs - now()));
      const described: Announcement = { ...describe(), state, sessionsLeftMs: left === Infinity ? null : left };
      onAnnounced(described);
      for (const { transport, contact } of outlets) {
        // A number for each packet, not for each round: peers that hear several outlets would take the second for a replay.
        sequence += 1;
        const packet: Announcement = {
          ...described,
          address: contact?.address ?? described.address,
          port: contact?.port ?? described.port,
          sequence,
          timestampMs: now(),
        };
        transport.send(encodeAnnouncement(packet, secret));
      }
    } catch (error) {
      onError(error);
    }
  }

  function schedule(): void {
    timer = setTimeout(
      () => {
        announce();
        if (timer === null) return;
        // From when it was due, so that the intervals don't grow by what announcing takes; but nothing is made up for after a
        // pause or a change of the clock.
        dueMs += intervalMs;
        if (dueMs <= now() || dueMs > now() + intervalMs) dueMs = now() + intervalMs;
        schedule();
      },
      Math.max(0, dueMs - now()),
    );
  }

  return {
    start() {
      if (timer !== null) return;
      dueMs = now() + random() * intervalMs;
      schedule();
    },
    drain(on, until = Infinity) {
      state = on ? "drain" : "up";
      sessionsUntilMs = on ? until : Infinity;
      if (timer !== null) announce();
    },
    stop() {
      if (timer !== null) clearTimeout(timer);
      timer = null;
    },
  };
}
