import type { ByteString } from "./bytes.ts";
import type { ReadySection } from "./sections.ts";

/** Sections in file order, of which those with a plain text are looked up where there are many. */
export interface SectionIndex {
  readonly all: readonly ReadySection[];
  /** Places in `all` by the text; null where trying them all is faster. */
  readonly byText: ReadonlyMap<ByteString, readonly number[]> | null;
  /** Places of those with a pattern. */
  readonly others: readonly number[];
  /** Length of the longest text. */
  readonly longest: number;
}

/** So many texts are compared as fast as a few are looked up. */
const FEW = 8;

/** `textOf` gives the text that a section must find as a whole; null for patterns. */
export function sectionIndex(
  all: readonly ReadySection[],
  textOf: (section: ReadySection) => ByteString | null,
): SectionIndex {
  const byText = new Map<ByteString, number[]>();
  const others: number[] = [];
  let longest = 0;
  for (const [at, section] of all.entries()) {
    const text = textOf(section);
    if (text === null) {
      others.push(at);
      continue;
    }
    const list = byText.get(text);
    if (list === undefined) byText.set(text, [at]);
    else list.push(at);
    longest = Math.max(longest, text.length);
  }
  return { all, byText: byText.size > FEW ? byText : null, others, longest };
}

/** Adds those that apply, in file order: `keys` are the texts to look up, `test` is for the others. */
export function addMatching(
  { all, byText, others, longest }: SectionIndex,
  keys: (longest: number) => Iterable<ByteString>,
  test: (section: ReadySection) => boolean,
  into: ReadySection[],
): void {
  if (byText === null) {
    for (const section of all) if (test(section)) into.push(section);
    return;
  }
  const found: number[] = [];
  for (const key of keys(longest)) for (const at of byText.get(key) ?? []) found.push(at);
  for (const at of others) {
    const section = all[at];
    if (section !== undefined && test(section)) found.push(at);
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
