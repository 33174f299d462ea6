import type { Dialect } from "../../grammar/dialect.ts";
import type { Word } from "../../grammar/word.ts";
import type { ActiveNode, ActiveSection } from "./active-config.ts";
import type { ValueCheck, ValueProblem } from "./values.ts";

/** The httpd by whose rules a node was read. */
export function dialectOf(node: ActiveNode): Dialect {
  return node.origin?.reading.tree.dialect ?? "2.4";
}

/** A problem that is one word. */
export function problemAt(word: Word, message: string, help?: string): ValueProblem {
  const span = { start: word.start, end: word.end };
  return help === undefined ? { message, span } : { message, span, help };
}

/** Whether one of some sections is around a node, however far out. */
export function isInside(node: ActiveNode, ...keys: readonly string[]): boolean {
  for (let section: ActiveSection | null = node.parent; section !== null; section = section.parent) {
    if (keys.includes(section.key)) return true;
  }
  return false;
}

/** Keys of the sections whose lines are kept for a folder, path or file: `cmd->path` is set in them. */
export const perDirectory = [
  "directory",
  "directorymatch",
  "location",
  "locationmatch",
  "files",
  "filesmatch",
  "if",
  "elseif",
  "else",
  "proxy",
  "proxymatch",
];

/** A directive whose first word is one of a list, whatever its case. */
export function oneOf(...values: readonly string[]): ValueCheck {
  return (node) => {
    const [word] = node.words;
    if (word === undefined || values.includes(word.value.toLowerCase())) return null;
    return problemAt(word, `Unknown value "${word.value}" for ${node.name}`, `known are ${values.join(", ")}`);
  };
}

/** A check that only 2.4 makes, or that is only known of it. */
export function only24(check: ValueCheck): ValueCheck {
  return (node) => (dialectOf(node) === "2.4" ? check(node) : null);
}
