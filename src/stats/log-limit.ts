/** Sources remembered at a time; forged ones must not fill the memory. */
const REMEMBERED_SOURCES = 1000;

/**
 * Lets through one line for each source in so many milliseconds, and nothing while too many sources want one. The returned
 * function says whether a line may be written.
 */
export function createLogLimit(everyMs: number): (source: string, nowMs: number) => boolean {
  // In the order of the last line, the oldest first.
  const lastMs = new Map<string, number>();
  return (source, nowMs) => {
    for (const [oldest, atMs] of lastMs) {
      // Also when the clock was set back.
      if (Math.abs(nowMs - atMs) < everyMs) break;
      lastMs.delete(oldest);
    }
    const atMs = lastMs.get(source);
    if (atMs !== undefined && Math.abs(nowMs - atMs) < everyMs) return false;
    if (atMs === undefined && lastMs.size >= REMEMBERED_SOURCES) return false;
    lastMs.delete(source);
    lastMs.set(source, nowMs);
    return true;
  };
}
