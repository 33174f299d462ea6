import type { Announcement } from "./announcement.ts";
import type { Member } from "./member.ts";

/** Where and when an announcement was heard, and what stands in for what it does not say. */
export interface Heard {
  readonly id: string;
  readonly address: string;
  readonly port: number;
  readonly isSelf: boolean;
  readonly atMs: number;
}

/** The member that an announcement describes. */
export function memberFromAnnouncement(announcement: Announcement, heard: Heard): Member {
  return {
    id: heard.id,
    address: heard.address,
    port: heard.port,
    isSelf: heard.isSelf,
    state: announcement.state,
    sessionsUntilMs: announcement.sessionsLeftMs === null ? Infinity : heard.atMs + announcement.sessionsLeftMs,
    startedMs: announcement.startMs,
    lastHeardMs: heard.atMs,
    ready: announcement.ready,
    busy: announcement.busy,
    load: announcement.load ?? 0,
    cpuIdle: announcement.cpuIdle ?? 0,
    cpuCount: announcement.cpuCount ?? 0,
    arriba: announcement.arriba ?? 0,
    totalMemoryBytes: announcement.totalMemoryBytes ?? 0,
    availableMemoryBytes: announcement.availableMemoryBytes ?? 0,
    backhanded: announcement.backhanded ?? 0,
    meanTimeMs: announcement.meanTimeMs ?? 0,
  };
}
