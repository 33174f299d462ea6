import { noInflightLimit } from "../balance/inflight-words.ts";
import type { InflightLimit } from "../balance/inflight-words.ts";
import type { SettingReader } from "./setting-reader.ts";

/** What httpd lets wait for it in the system without a ListenBacklog line. */
const defaultBacklog = 511;

/** Most time for a place where Timeout has none: nobody waits for longer in front of a browser. */
const mostWaitMs = 60_000;

/**
 * Requests that a server of this configuration has at a time: MaxClients, or MaxRequestWorkers as 2.4 calls it. From 2.0 on no
 * more than ServerLimit has processes, with ThreadsPerChild threads each where there is such a line, and with threads whole
 * processes of them. Null without a line. httpd 2.4 prefork.c and event.c, AH00180, AH00513 and their kin; 1.3 has its own bound
 * compiled in, which nobody can know.
 */
export function readRequestLimit(reader: SettingReader, isOld: boolean): number | null {
  const line = reader.findLast("MaxClients", "MaxRequestWorkers");
  if (line === null || !/^\d{1,9}$/.test(line.args[0] ?? "")) return null;
  const wanted = Math.max(1, Number(line.args[0]));
  if (isOld) return wanted;
  const threads = Math.max(1, reader.count("ThreadsPerChild", 1));
  const processes = reader.count("ServerLimit", 0);
  const possible = processes === 0 ? wanted : Math.min(wanted, processes * threads);
  return Math.max(threads, possible - (possible % threads));
}

/** The limit with its row: as many wait as ListenBacklog says, for as long as Timeout has it (milliseconds; 0: no limit). */
export function waitingForPlaces(reader: SettingReader, limit: number | null, timeoutMs: number): InflightLimit {
  if (limit === null) return noInflightLimit;
  const waitMs = timeoutMs > 0 ? timeoutMs : mostWaitMs;
  return { limit, queue: Math.max(1, reader.count("ListenBacklog", defaultBacklog)), waitMs };
}
