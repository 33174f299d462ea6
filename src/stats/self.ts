import { silentAnnouncement } from "./announcement.ts";
import type { Announcement } from "./announcement.ts";
import type { SelfIdentity } from "./cluster.ts";
import type { HostFigures } from "./sources/os.ts";

/** Where the figures of this server come from; each is called once for an announcement. */
export interface SelfSources {
  readonly identity: SelfIdentity;
  readonly host: () => HostFigures;
  readonly workers: () => { readonly ready: number; readonly busy: number };
  /** Requests handed to others since the start, and their mean time; null until there is one. */
  readonly backhanded: () => { readonly count: number; readonly meanTimeMs: number | null };
  /** Relative speed of one CPU; null while it is not measured yet. */
  readonly arriba: () => number | null;
}

/**
 * Describes this server as it is now. Sequence, time, contact address and state are the announcer's business: null and "up"
 * here.
 */
export function describeSelf(sources: SelfSources): Announcement {
  const { identity } = sources;
  const { ready, busy } = sources.workers();
  const { count, meanTimeMs } = sources.backhanded();
  return {
    ...silentAnnouncement,
    ready,
    busy,
    port: identity.port,
    id: identity.id,
    startMs: identity.startMs,
    ...sources.host(),
    arriba: sources.arriba(),
    backhanded: count,
    meanTimeMs,
  };
}
