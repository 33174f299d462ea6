import type { Place, TableLine } from "../../compile/table.ts";
import type { Router } from "../../routing/router.ts";

/** A line from 1 of a file, as scripts read it. */
interface FileLine {
  readonly path: string;
  readonly line: number;
}

/** Where something stands. */
export interface FilePlace extends FileLine {
  /** Of text out of a macro: the Use lines that brought it, from the inside out. */
  readonly uses?: readonly FileLine[];
}

/** A place of a table with the names of its files. */
export function filePlace(place: Place, { pathOf }: Router): FilePlace {
  const lineOf = (line: TableLine): FileLine => ({ path: pathOf(line), line: line.line });
  return place.uses === undefined ? lineOf(place) : { ...lineOf(place), uses: place.uses.map(lineOf) };
}

/** For people: `httpd.conf:12`, and for text out of macros `httpd.conf:3, used at httpd.conf:12`. */
export function filePlaceText({ path, line, uses }: FilePlace): string {
  return `${path}:${line}${usedAt(uses)}`;
}

/** What goes behind the name of a place that a macro brought; empty for other places. */
export function usedAt(uses: FilePlace["uses"]): string {
  return (uses ?? []).map(({ path, line }) => `, used at ${path}:${line}`).join("");
}
