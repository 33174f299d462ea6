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

/** The lines of some names (in lower case) among directives, in their order. */
export function linesNamed<Line extends TableDirective>(
  effective: readonly Line[],
  ...names: readonly string[]
): readonly Line[] {
  if (effective.length < MANY_LINES) return effective.filter(({ name }) => names.includes(lowerName(name)));
  const known = linesOfSlots(effective, names) ?? linesOfParts(effective, names);
  if (known !== null) return known as readonly Line[];
  const index = indexOf(effective);
  const found = names.flatMap((name) => index.get(name) ?? []);
  if (names.length > 1) found.sort((a, b) => a - b);
  return found.flatMap((at) => effective[at] ?? []);
}

/** The last line of a name (in lower case), which counts where each replaces the one before. */
export function lastNamed<Line extends TableDirective>(effective: readonly Line[], name: string): Line | undefined {
  if (effective.length < MANY_LINES) return effective.findLast((line) => lowerName(line.name) === name);
  const known = linesOfSlots(effective, [name]) ?? linesOfParts(effective, [name]);
  if (known !== null) return known.at(-1) as Line | undefined;
  const at = indexOf(effective).get(name)?.at(-1);
  return at === undefined ? undefined : effective[at];
}
