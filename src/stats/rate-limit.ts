/**
 * Counts events per source in windows of one second. At most `maxSources` sources are counted at a time; the others of that
 * second are refused, so that forged sources cost no memory.
 */
export function createRateLimit(perSecond: number, maxSources: number): (source: string, nowMs: number) => boolean {
  const counts = new Map<string, number>();
  let windowMs = -Infinity;
  return (source, nowMs) => {
    // Also when the clock was set back.
    if (Math.abs(nowMs - windowMs) >= 1000) {
      windowMs = nowMs;
      counts.clear();
    }
    const count = counts.get(source) ?? 0;
    if (count >= perSecond || (count === 0 && counts.size >= maxSources)) return false;
    counts.set(source, count + 1);
    return true;
  };
}
