import type { Dialect, TableSection } from "../../compile/table.ts";
import { toBytes } from "../../routing/bytes.ts";
import { shellPattern } from "../../routing/fnmatch.ts";
import { compilePattern } from "../../routing/pattern.ts";
import { patternSyntax } from "../../routing/pattern-syntax.ts";

/** More combinations would be more locations than anybody reads. */
const MOST_COMBINATIONS = 64;
/** The same where a section decides neither who may nor who answers. */
const MOST_OF_SETTINGS = 24;

/**
 * All choices of sections with patterns that one request can meet together, larger ones first, the empty one last; of equal
 * ones that whose last member is merged last, so that what it overrides needs no choice of its own. `items` stand in merge
 * order; those that would make too many are in `left`, and before others those that are not `isFirst`.
 */
export function combinations<Item extends { readonly section: TableSection; readonly isFirst: boolean }>(
  items: readonly Item[],
  dialect: Dialect,
): { readonly chosen: readonly (readonly Item[])[]; readonly left: readonly Item[] } {
  const kept = new Set<Item>();
  let found: readonly (readonly Item[])[] = [[]];
  for (const item of [...items.filter(({ isFirst }) => isFirst), ...items.filter(({ isFirst }) => !isFirst)]) {
    const more = withItem(found, item, dialect);
    if (more.length > (item.isFirst ? MOST_COMBINATIONS : MOST_OF_SETTINGS)) continue;
    kept.add(item);
    found = more;
  }
  let chosen: readonly (readonly Item[])[] = [[]];
  for (const item of items) if (kept.has(item)) chosen = withItem(chosen, item, dialect);
  const left = items.filter((item) => !kept.has(item));
  return { chosen: chosen.toReversed().toSorted((a, b) => b.length - a.length), left };
}

/** Choices with one more item to choose from. */
function withItem<Item extends { readonly section: TableSection }>(
  chosen: readonly (readonly Item[])[],
  item: Item,
  dialect: Dialect,
): readonly (readonly Item[])[] {
  const more = chosen
    .filter((set) => set.every((other) => !excludes(item.section, other.section, dialect)))
    .map((set) => [...set, item]);
  return [...chosen, ...more];
}

const isName = ({ kind }: TableSection): boolean => kind === "Files" || kind === "FilesMatch";

/** Whether no file name meets both. */
function excludes(one: TableSection, other: TableSection, dialect: Dialect): boolean {
  if (!isName(one) || !isName(other)) return false;
  for (const [a, b] of [
    [one, other],
    [other, one],
  ] as const) {
    const name = nameOf(a);
    if (name !== null && !matchesName(b, name, dialect)) return true;
  }
  const ends = [endsOf(one), endsOf(other)];
  const [firsts = [], seconds = []] = ends;
  if (firsts.length === 0 || seconds.length === 0) return false;
  return firsts.every((first) => seconds.every((second) => !first.endsWith(second) && !second.endsWith(first)));
}

/** The one name that a section is for. */
function nameOf({ kind, argument }: TableSection): string | null {
  return kind === "Files" && !/[*?[\\]/.test(argument) ? argument : null;
}

function matchesName({ kind, argument }: TableSection, name: string, dialect: Dialect): boolean {
  if (kind === "Files") return shellPattern(toBytes(argument))(toBytes(name));
  const pattern = compilePattern(toBytes(argument), patternSyntax(dialect));
  return "error" in pattern || pattern.test(toBytes(name));
}

/** Plain texts of which one is at the end of all names that a section is for; empty when there are none. */
function endsOf({ kind, argument }: TableSection): readonly string[] {
  if (kind === "Files") {
    const [, end = ""] = /[*?\]]([\w.-]*)$/.exec(argument) ?? [];
    return end === "" ? [] : [end];
  }
  // A list of extensions.
  const [, list] = /^\\\.\((?:\?:)?([\w|-]+)\)\$$/.exec(argument) ?? [];
  if (list !== undefined) return list.split("|").includes("") ? [] : list.split("|").map((one) => `.${one}`);
  const [, plain = ""] = /((?:\\\W|[\w-])+)\$$/.exec(argument) ?? [];
  // An alternative or a repeat before it would need a closer look.
  return argument.includes("|") || plain === "" ? [] : [plain.replace(/\\(?=\W)/g, "")];
}
