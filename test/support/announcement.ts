import { silentAnnouncement } from "../../src/stats/announcement.ts";
import type { Announcement } from "../../src/stats/announcement.ts";

/** An announcement with the figures that a test cares about. */
export function announcement(figures: Partial<Announcement> = {}): Announcement {
  return { ...silentAnnouncement, ready: 8, port: 80, id: "web1", ...figures };
}
