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

/** The candidates that `keeps` holds for, in their order: the list itself where that is all of them, as for nearly every request. */
export function kept(candidates: readonly Candidate[], keeps: (candidate: Candidate) => boolean): readonly Candidate[] {
  let at = 0;
  for (const candidate of candidates) {
    if (!keeps(candidate)) break;
    at += 1;
  }
  if (at === candidates.length) return candidates;
  const list = candidates.slice();
  let length = at;
  for (at += 1; at < candidates.length; at += 1) {
    const candidate = candidates[at];
    if (candidate === undefined || !keeps(candidate)) continue;
    list[length] = candidate;
    length += 1;
  }
  list.length = length;
  return list;
}

/** Up to this many entries, inserting each in its place is faster than Array.prototype.sort with a comparison function. */
const INSERTION_LIMIT = 40;
/** Their keys while they are put in order, which no key function does itself: a list of them for each request would be garbage. */
const keys = new Float64Array(INSERTION_LIMIT);

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
  const list = candidates.slice();
  for (let index = 0; index < candidates.length; index += 1) {
    const candidate = candidates[index];
    if (candidate === undefined) continue;
    const key = keyOf(candidate);
    let place = index;
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
