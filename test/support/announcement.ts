import type { Announcement } from "../../src/stats/announcement.ts";

/** An announcement with the figures that a test cares about. */
export function announcement(figures: Partial<Announcement> = {}): Announcement {
  return {
    ready: 8,
    busy: 0,
    port: 80,
    id: "web1",
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
    ...figures,
  };
}
