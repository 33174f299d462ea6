import { distance } from "fastest-levenshtein";

/** Longer words are nobody's slip of the finger, and comparing them costs time. */
const LONGEST = 64;

/**
 * The candidate that a mistyped word was most likely meant to be, or null when none is near: at most one edit in three
 * letters, case apart. Between equally near ones the first wins, so give the candidates in a fixed order.
 */
export function nearest(word: string, candidates: Iterable<string>): string | null {
  if (word.length === 0 || word.length > LONGEST) return null;
  const wanted = word.toLowerCase();
  let best: string | null = null;
  let bestDistance = Math.max(1, Math.floor(wanted.length / 3)) + 1;
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - wanted.length) >= bestDistance) continue;
    const edits = distance(wanted, candidate.toLowerCase());
    if (edits < bestDistance) {
      best = candidate;
      bestDistance = edits;
    }
  }
  return best;
}
