import type { Candidate } from "./candidacy.ts";

/** The candidates in random order, each order as likely as any other (Fisher and Yates). */
export function shuffled(candidates: readonly Candidate[], random: () => number): readonly Candidate[] {
  const list = candidates.slice();
  for (let last = list.length - 1; last > 0; last -= 1) {
    const picked = Math.floor(random() * (last + 1));
    const a = list[last];
    const b = list[picked];
    if (a === undefined || b === undefined) continue;
    list[last] = b;
    list[picked] = a;
  }
  return list;
}

/** Up to this many entries, inserting each in its place is faster than Array.prototype.sort with a comparison function. */
const INSERTION_LIMIT = 40;

/**
 * The candidates in ascending order of a key that is computed once for each. Stable, so that a sort after a shuffle breaks ties
 * at random and a sort after a sort breaks them by the earlier one. Keys may be infinite, but not NaN.
 */
export function sortedBy(
  candidates: readonly Candidate[],
  keyOf: (candidate: Candidate) => number,
): readonly Candidate[] {
  if (candidates.length > INSERTION_LIMIT) {
    const keyed = candidates.map((candidate) => ({ candidate, key: keyOf(candidate) }));
    keyed.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
    return keyed.map((entry) => entry.candidate);
  }
  const list: Candidate[] = [];
  const keys: number[] = [];
  for (const candidate of candidates) {
    const key = keyOf(candidate);
    let place = list.length;
    for (; place > 0; place -= 1) {
      const before = list[place - 1];
      const beforeKey = keys[place - 1];
      if (before === undefined || beforeKey === undefined || beforeKey <= key) break;
      list[place] = before;
      keys[place] = beforeKey;
    }
    list[place] = candidate;
    keys[place] = key;
  }
  return list;
}
