import type { Dialect, TableSection } from "../../compile/table.ts";
import { toBytes } from "../../routing/bytes.ts";
import { shellPattern } from "../../routing/fnmatch.ts";
import { compilePattern } from "../../routing/pattern.ts";
import { patternSyntax } from "../../routing/pattern-syntax.ts";

/** More combinations would be more locations than anybody reads. */
const MOST_COMBINATIONS = 64;

/**
 * All choices of sections with patterns that one request can meet together, larger ones first, the empty one last; of equal
 * ones that whose last member is merged last, so that what it overrides needs no choice of its own. `items` stand in merge
 * order; those that would make too many are in `left`.
 */
export function combinations<Item extends { readonly section: TableSection }>(
  items: readonly Item[],
  dialect: Dialect,
): { readonly chosen: readonly (readonly Item[])[]; readonly left: readonly Item[] } {
  let chosen: (readonly Item[])[] = [[]];
  const left: Item[] = [];
  for (const item of items) {
    const more = chosen
      .filter((set) => set.every((other) => !excludes(item.section, other.section, dialect)))
      .map((set) => [...set, item]);
    if (chosen.length + more.length > MOST_COMBINATIONS) left.push(item);
    else chosen = [...chosen, ...more];
  }
  return { chosen: chosen.toReversed().toSorted((a, b) => b.length - a.length), left };
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
  const ends = [endOf(one), endOf(other)];
  const [first = "", second = ""] = ends;
  return first !== "" && second !== "" && !first.endsWith(second) && !second.endsWith(first);
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

/** Plain text at the end of all names that a section is for; empty when there is none. */
function endOf({ kind, argument }: TableSection): string {
  if (kind === "Files") return /[*?\]]([\w.-]*)$/.exec(argument)?.[1] ?? "";
  const [, plain = ""] = /((?:\\\W|[\w-])+)\$$/.exec(argument) ?? [];
  // An alternative or a repeat before it would need a closer look.
  return argument.includes("|") || plain === "" ? "" : plain.replace(/\\(?=\W)/g, "");
}
