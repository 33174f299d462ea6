import type { TableDirective } from "../../compile/table.ts";
import { lowerName } from "../../routing/lower-name.ts";
import { linesOfSlots, MANY_LINES } from "../../routing/merge-slots.ts";

/** Places of the lines of each name. */
type Index = ReadonlyMap<string, readonly number[]>;

/** By effective directives, which thousands of parts of a site may share. */
const indexes = new WeakMap<readonly TableDirective[], Index>();

function indexOf(effective: readonly TableDirective[]): Index {
  const known = indexes.get(effective);
  if (known !== undefined) return known;
  const index = new Map<string, number[]>();
  for (const [at, line] of effective.entries()) {
    const name = lowerName(line.name);
    const list = index.get(name);
    if (list === undefined) index.set(name, [at]);
    else list.push(at);
  }
  indexes.set(effective, index);
  return index;
}

const parts = new WeakMap<readonly TableDirective[], readonly (readonly TableDirective[])[]>();

/** Two lists of lines as one. Where the first is long and shared by many, its lines are looked up once for all. */
export function joinedLines<Line extends TableDirective>(
  first: readonly Line[],
  second: readonly Line[],
): readonly Line[] {
  const joined = [...first, ...second];
  if (first.length >= MANY_LINES) parts.set(joined, [first, second]);
  return joined;
}

function linesOfParts(lines: readonly TableDirective[], names: readonly string[]): readonly TableDirective[] | null {
  const found = parts.get(lines)?.map((part) => sharedLines(part, names));
  if (found === undefined) return null;
  const [first = [], ...more] = found.filter(({ length }) => length > 0);
  return more.length === 0 ? first : [first, ...more].flat();
}

const shared = new WeakMap<readonly TableDirective[], Map<string, readonly TableDirective[]>>();

/** The same list for each that asks. */
function sharedLines(part: readonly TableDirective[], names: readonly string[]): readonly TableDirective[] {
  if (part.length < MANY_LINES) return linesNamed(part, ...names);
  const known = shared.get(part) ?? new Map<string, readonly TableDirective[]>();
  shared.set(part, known);
  const key = names.join(" ");
  const found = known.get(key) ?? linesNamed(part, ...names);
  known.set(key, found);
  return found;
}

/** What was asked of the list that was asked last. */
let last: { readonly list: readonly TableDirective[]; readonly found: Map<string, readonly TableDirective[]> } = {
  list: [],
  found: new Map(),
};

/** Of a long list. Parts of a site that inherit all their lines have one list, come behind each other and ask for the same. */
function linesOfLong(effective: readonly TableDirective[], names: readonly string[]): readonly TableDirective[] {
  if (last.list !== effective) last = { list: effective, found: new Map() };
  const key = names.length === 1 ? (names[0] ?? "") : names.join(" ");
  const known = last.found.get(key);
  if (known !== undefined) return known;
  const found = linesOfSlots(effective, names) ?? linesOfParts(effective, names) ?? linesOfIndex(effective, names);
  // Parts of the list that are asked for on the way are lists of their own.
  if (last.list === effective) last.found.set(key, found);
  return found;
}

function linesOfIndex(effective: readonly TableDirective[], names: readonly string[]): readonly TableDirective[] {
  const index = indexOf(effective);
  const found = names.flatMap((name) => index.get(name) ?? []);
  if (names.length > 1) found.sort((a, b) => a - b);
  return found.flatMap((at) => effective[at] ?? []);
}

/** The lines of some names (in lower case) among directives, in their order. */
export function linesNamed<Line extends TableDirective>(
  effective: readonly Line[],
  ...names: readonly string[]
): readonly Line[] {
  return effective.length < MANY_LINES
    ? effective.filter(({ name }) => names.includes(lowerName(name)))
    : (linesOfLong(effective, names) as readonly Line[]);
}

/** The last line of a name (in lower case), which counts where each replaces the one before. */
export function lastNamed<Line extends TableDirective>(effective: readonly Line[], name: string): Line | undefined {
  return effective.length < MANY_LINES
    ? effective.findLast((line) => lowerName(line.name) === name)
    : (linesOfLong(effective, [name]).at(-1) as Line | undefined);
}
