import type { ByteString } from "./bytes.ts";

/** Patterns, as their places, by the letters that they begin or end with. */
interface LiteralEnds {
  readonly atStart: ReadonlyMap<ByteString, readonly number[]>;
  readonly atEnd: ReadonlyMap<ByteString, readonly number[]>;
}

/** Lengths that the keys of a map have. */
const lengthsOf = (lists: ReadonlyMap<ByteString, readonly number[]>): readonly number[] => [
  ...new Set(Array.from(lists.keys(), ({ length }) => length)),
];

/** Places of words, by word. */
function placesOf(words: readonly ByteString[]): Map<ByteString, number[]> {
  const lists = new Map<ByteString, number[]>();
  for (const [at, word] of words.entries()) {
    const list = lists.get(word);
    if (list === undefined) lists.set(word, [at]);
    else list.push(at);
  }
  return lists;
}

/** Each pattern under that of its ends which fewer others have. */
function literalEnds(patterns: readonly ByteString[]): LiteralEnds {
  const starts = patterns.map((pattern) => /^[^*?]*/.exec(pattern)?.[0] ?? "");
  const ends = patterns.map((pattern) =>
    pattern.slice(Math.max(pattern.lastIndexOf("*"), pattern.lastIndexOf("?")) + 1),
  );
  const atStart = placesOf(starts);
  const atEnd = placesOf(ends);
  const isByStart = patterns.map(
    (_, at) => (atStart.get(starts[at] ?? "")?.length ?? 0) <= (atEnd.get(ends[at] ?? "")?.length ?? 0),
  );
  const chosen = (
    lists: ReadonlyMap<ByteString, readonly number[]>,
    byStart: boolean,
  ): ReadonlyMap<ByteString, readonly number[]> =>
    new Map(
      Array.from(lists, ([word, places]) => [word, places.filter((at) => isByStart[at] === byStart)] as const).filter(
        ([, places]) => places.length > 0,
      ),
    );
  return { atStart: chosen(atStart, true), atEnd: chosen(atEnd, false) };
}

/**
 * Looks up which of many patterns with `*` and `?` a text may match: the answer, places in `patterns` in order, leaves out
 * those alone that begin or end with other letters. There may be a pattern for each of thousands of hosts.
 */
export function wildcardIndex(patterns: readonly ByteString[]): (text: ByteString) => readonly number[] {
  const { atStart, atEnd } = literalEnds(patterns);
  const starts = lengthsOf(atStart);
  const ends = lengthsOf(atEnd);
  return (text) => {
    const lists: (readonly number[])[] = [];
    for (const length of starts) {
      const list = length > text.length ? undefined : atStart.get(text.slice(0, length));
      if (list !== undefined) lists.push(list);
    }
    for (const length of ends) {
      const list = length > text.length ? undefined : atEnd.get(text.slice(text.length - length));
      if (list !== undefined) lists.push(list);
    }
    const [first = []] = lists;
    return lists.length < 2 ? first : lists.flat().sort((one, other) => one - other);
  };
}
