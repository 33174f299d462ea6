import { sliceLine, type LogicalLine, type Piece } from "../../grammar/logical-line.ts";
import { sourceEnd, sourceStart } from "../../grammar/logical-line.ts";
import type { Section } from "../../grammar/syntax-tree.ts";
import type { Origin } from "./active-config.ts";
import type { OpenReading } from "./reading-state.ts";

/** A `<Macro name $a @b>` of mod_macro: a text with holes, read anew by each Use. */
export interface Macro {
  readonly name: string;
  readonly parameters: readonly string[];
  readonly section: Section;
  readonly reading: OpenReading;
  readonly origin: Origin;
  /** Whether its text is being read, so that it cannot use itself. */
  open: boolean;
}

/**
 * Puts the values of a Use in the place of the parameters, wherever their names stand in the line: the one that stands
 * first is replaced first, of two at one place the longer one, and what comes in is not looked at again. Ends
 * early when the text has grown by more than `budget` characters.
 * mod_macro.c substitute_macro_args
 */
export function substitute(line: LogicalLine, parameters: ReadonlyMap<string, string>, budget: number): LogicalLine {
  const names = [...parameters.keys()].filter((name) => line.text.includes(name)).sort((a, b) => b.length - a.length);
  if (names.length === 0) return line;
  const pieces: Piece[] = [];
  const parts: string[] = [];
  let length = 0;
  const keep = (from: number, to: number): void => {
    if (to === from) return;
    for (const piece of sliceLine(line, from, to).pieces) pieces.push({ ...piece, at: length + piece.at });
    parts.push(line.text.slice(from, to));
    length += to - from;
  };
  let from = 0;
  // The next place of each name, looked for again only when the text in front of it is done: linear in line times names.
  const next = new Map(names.map((name) => [name, line.text.indexOf(name)]));
  for (;;) {
    let found: string | null = null;
    let at = line.text.length;
    for (const name of names) {
      let place = next.get(name) ?? -1;
      if (place !== -1 && place < from) next.set(name, (place = line.text.indexOf(name, from)));
      if (place !== -1 && place < at) {
        found = name;
        at = place;
      }
    }
    if (found === null || length > budget + line.text.length) break;
    keep(from, at);
    const value = parameters.get(found) ?? "";
    const span = { start: sourceStart(line, at), end: sourceEnd(line, at + found.length) };
    pieces.push({ at: length, length: value.length, ...span, replaced: true });
    parts.push(value);
    length += value.length;
    from = at + found.length;
  }
  keep(from, line.text.length);
  return { text: parts.join(""), pieces };
}
