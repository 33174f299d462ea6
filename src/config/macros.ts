import { sliceLine, type LogicalLine, type Piece } from "../../grammar/logical-line.ts";
import { sourceEnd, sourceStart } from "../../grammar/logical-line.ts";
import type { DirectiveLine, OpenTag, SyntaxNode } from "../../grammar/syntax-tree.ts";
import type { Origin } from "./active-config.ts";
import type { Sight } from "./name-finder.ts";
import type { OpenReading, Statement } from "./reading-state.ts";

/** A `<Macro name $a @b>` of mod_macro: a text with holes, read anew by each Use. */
export interface Macro {
  readonly name: string;
  readonly parameters: readonly string[];
  readonly nodes: readonly SyntaxNode[];
  readonly reading: OpenReading;
  /** Its lines among those of the reading; `to` is that of its end, or how many there are. */
  readonly from: number;
  readonly to: number;
  readonly origin: Origin;
  /** Where its parameters stand in a text. */
  readonly find: (text: string) => readonly Sight[];
  /** Whether its tags are not those of whole sections: it may open or close sections of the text around a Use. */
  readonly unbalanced: boolean;
  /** Its lines without a parameter or variable, as far as they were read: the same for every Use. */
  readonly plain: Map<DirectiveLine | OpenTag, Statement>;
  /** Whether its text is being read, so that it cannot use itself. */
  open: boolean;
}

/** A Use of a macro. */
export interface MacroCall {
  readonly macro: Macro;
  /** What stands for each parameter. */
  readonly values: ReadonlyMap<string, string>;
  readonly from: Origin;
}

/**
 * Puts the values of a Use in the place of the parameters, wherever their names stand in the line: the one that stands
 * first is replaced first, of two at one place the longer one, and what comes in is not looked at again. Ends
 * early when the text has grown by more than `budget` characters.
 * mod_macro.c substitute_macro_args
 */
export function substitute(
  line: LogicalLine,
  { macro, values }: Pick<MacroCall, "macro" | "values">,
  budget: number,
): LogicalLine {
  const sights = macro.find(line.text);
  if (sights.length === 0) return line;
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
  for (const { at, name } of sights) {
    if (length > budget + line.text.length) break;
    keep(from, at);
    const value = values.get(name) ?? "";
    const span = { start: sourceStart(line, at), end: sourceEnd(line, at + name.length) };
    pieces.push({ at: length, length: value.length, ...span, replaced: true });
    parts.push(value);
    length += value.length;
    from = at + name.length;
  }
  keep(from, line.text.length);
  return { text: parts.join(""), pieces };
}
