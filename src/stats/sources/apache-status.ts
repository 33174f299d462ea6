import type { WorkerFigures } from "./worker-figures.ts";

/** Lines that are looked at; Apache writes about forty, and more for each module that adds its own. */
const MAX_LINES = 1000;

/**
 * The workers in an answer of Apache's mod_status to `?auto`; null when it is none. Workers that end gracefully are busy, as in
 * mod_heartbeat, and the one that answers us is not. Apache 1.3
 * calls them servers.
 */
export function readApacheStatus(text: string): WorkerFigures | null {
  const figures = new Map<string, number>();
  for (const line of text.split("\n", MAX_LINES)) {
    const found = /^(Busy(?:Workers|Servers)|GracefulWorkers|Idle(?:Workers|Servers)): (\d{1,9})\r?$/.exec(line);
    const [, key, digits] = found ?? [];
    if (key === undefined) continue;
    // Two answers in one are nobody's answer.
    if (figures.has(key)) return null;
    figures.set(key, Number(digits));
  }
  const busy = figures.get("BusyWorkers") ?? figures.get("BusyServers");
  const ready = figures.get("IdleWorkers") ?? figures.get("IdleServers");
  if (busy === undefined || ready === undefined) return null;
  return { ready, busy: Math.max(0, busy + (figures.get("GracefulWorkers") ?? 0) - 1) };
}
