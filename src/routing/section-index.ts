import type { ByteString } from "./bytes.ts";
import type { ReadySection } from "./sections.ts";

/** Sections in file order, of which those with a plain text are looked up where there are many. */
export interface SectionIndex {
  readonly all: readonly ReadySection[];
  /** Places in `all` by the text; null where trying them all is faster. */
  readonly byText: ReadonlyMap<ByteString, readonly number[]> | null;
  /** Places of those with a pattern that begins with plain text, by that text. */
  readonly byStart: ReadonlyMap<ByteString, readonly number[]>;
  /** The lengths of these texts. */
  readonly starts: readonly number[];
  /** Places of those with another pattern. */
  readonly others: readonly number[];
  /** Length of the longest text. */
  readonly longest: number;
}

/** So many texts are compared as fast as a few are looked up. */
const FEW = 8;

/**
 * `textOf` gives the text that a section must find as a whole; null for patterns. `startOf` gives the text with which all
 * begins that a pattern matches; empty when that is not known.
 */
export function sectionIndex(
  all: readonly ReadySection[],
  textOf: (section: ReadySection) => ByteString | null,
  startOf: (section: ReadySection) => ByteString = () => "",
): SectionIndex {
  const byText = new Map<ByteString, number[]>();
  const byStart = new Map<ByteString, number[]>();
  const others: number[] = [];
  const patterns: number[] = [];
  let longest = 0;
  for (const [at, section] of all.entries()) {
    const text = textOf(section);
    if (text === null) {
      patterns.push(at);
      const start = startOf(section);
      if (start === "") others.push(at);
      else add(byStart, start, at);
      continue;
    }
    add(byText, text, at);
    longest = Math.max(longest, text.length);
  }
  const startsCount = byStart.size > FEW;
  return {
    all,
    byText: byText.size > FEW || startsCount ? byText : null,
    byStart: startsCount ? byStart : noStarts,
    starts: startsCount ? [...new Set(Array.from(byStart.keys(), ({ length }) => length))] : [],
    others: startsCount ? others : patterns,
    longest,
  };
}

const noStarts: ReadonlyMap<ByteString, readonly number[]> = new Map();

function add(map: Map<ByteString, number[]>, key: ByteString, at: number): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [at]);
  else list.push(at);
}

/**
 * Adds those that apply, in file order: `keys` are the texts to look up, `test` is for the others, and `text` is what their
 * patterns see.
 */
export function addMatching(
  { all, byText, byStart, starts, others, longest }: SectionIndex,
  keys: (longest: number) => Iterable<ByteString>,
  test: (section: ReadySection) => boolean,
  into: ReadySection[],
  text: ByteString = "",
): void {
  if (byText === null) {
    for (const section of all) if (test(section)) into.push(section);
    return;
  }
  const found: number[] = [];
  for (const key of keys(longest)) for (const at of byText.get(key) ?? []) found.push(at);
  const tryAt = (at: number): void => {
    const section = all[at];
    if (section !== undefined && test(section)) found.push(at);
  };
  for (const at of others) tryAt(at);
  for (const length of starts) {
    if (length <= text.length) for (const at of byStart.get(text.slice(0, length)) ?? []) tryAt(at);
  }
  for (const at of found.sort((a, b) => a - b)) {
    const section = all[at];
    if (section !== undefined) into.push(section);
  }
}

/** The texts of Location sections that cover a path: its beginnings that end before, at or behind a slash, and itself. */
export function* locationTexts(path: ByteString, longest: number): Iterable<ByteString> {
  for (let slash = path.indexOf("/"); slash !== -1 && slash <= longest; slash = path.indexOf("/", slash + 1)) {
    yield path.slice(0, slash);
    yield path.slice(0, slash + 1);
  }
  if (!path.endsWith("/") && path.length <= longest) yield path;
}
