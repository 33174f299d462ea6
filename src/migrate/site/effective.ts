import type { TableDirective } from "../../compile/table.ts";

/** Fewer lines than this are looked through as fast as they are looked up, and need no memory. */
const FEW = 24;

const lowerNames = new Map<string, string>();

/** A name of a directive in lower case. Those that a table holds are few. */
function lower(name: string): string {
  let found = lowerNames.get(name);
  if (found === undefined) {
    found = name.toLowerCase();
    lowerNames.set(name, found);
  }
  return found;
}

/** Places of the lines of each name. */
type Index = ReadonlyMap<string, readonly number[]>;

/** By effective directives, which thousands of parts of a site may share. */
const indexes = new WeakMap<readonly TableDirective[], Index>();

function indexOf(effective: readonly TableDirective[]): Index {
  const known = indexes.get(effective);
  if (known !== undefined) return known;
  const index = new Map<string, number[]>();
  for (const [at, line] of effective.entries()) {
    const name = lower(line.name);
    const list = index.get(name);
    if (list === undefined) index.set(name, [at]);
    else list.push(at);
  }
  indexes.set(effective, index);
  return index;
}

/** The lines of some names (in lower case) among directives, in their order. */
export function linesNamed<Line extends TableDirective>(
  effective: readonly Line[],
  ...names: readonly string[]
): readonly Line[] {
  if (effective.length < FEW) return effective.filter(({ name }) => names.includes(lower(name)));
  const index = indexOf(effective);
  const found = names.flatMap((name) => index.get(name) ?? []);
  if (names.length > 1) found.sort((a, b) => a - b);
  return found.flatMap((at) => effective[at] ?? []);
}

/** The last line of a name (in lower case), which counts where each replaces the one before. */
export function lastNamed<Line extends TableDirective>(effective: readonly Line[], name: string): Line | undefined {
  if (effective.length < FEW) return effective.findLast((line) => lower(line.name) === name);
  const at = indexOf(effective).get(name)?.at(-1);
  return at === undefined ? undefined : effective[at];
}
