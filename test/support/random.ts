/** Numbers that look random and are the same for the same seed. */
export interface Random {
  /** 0 ≤ x < 1. */
  unit(): number;
  /** A whole number, 0 ≤ x < bound. */
  below(bound: number): number;
  /** One of a list that is not empty. */
  of(list: readonly string[]): string;
}

/** Mulberry32: 2^32 numbers before it repeats, enough for tests and fast. */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  const unit = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (bound: number): number => Math.floor(unit() * bound);
  return { unit, below, of: (list) => list[below(list.length)] ?? "" };
}
