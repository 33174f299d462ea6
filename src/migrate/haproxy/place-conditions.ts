/** HAProxy takes 64 words on a line, of which the longest of the other conditions and what is done take 36 (ExpiresByType). */
const MOST_WORDS = 20;

/** Conditions of which each request of some places of a host meets exactly one. Places are numbers of `txn.place`. */
export function isIn(host: number, places: readonly number[]): readonly string[] {
  const ranges: { from: number; to: number }[] = [];
  for (const place of places.toSorted((a, b) => a - b)) {
    const last = ranges.at(-1);
    if (last !== undefined && place <= last.to + 1) last.to = place;
    else ranges.push({ from: place, to: place });
  }
  const words = ranges.map(({ from, to }) => (from === to ? String(from) : `${from}:${to}`));
  const conditions: string[] = [];
  for (let at = 0; at < words.length; at += MOST_WORDS) {
    conditions.push(
      `{ var(txn.host) -m int ${host} } { var(txn.place) -m int ${words.slice(at, at + MOST_WORDS).join(" ")} }`,
    );
  }
  return conditions;
}
