import type { ActiveConfig, Origin } from "../config/active-config.ts";
import type { Place, TableLine } from "./table.ts";

/** Turns origins into places of a table. */
export interface PlaceMap {
  /** Paths in the order of their first reading. */
  readonly files: readonly string[];
  readonly placeOf: (origin: Origin) => Place;
}

/** Numbers the files of a configuration; a file that is read twice has one number. */
export function placeMap(config: ActiveConfig): PlaceMap {
  const numbers = new Map<string, number>();
  for (const { source } of config.readings) if (!numbers.has(source.path)) numbers.set(source.path, numbers.size);
  const lineOf = ({ reading, line }: Origin): TableLine => {
    const offset = "nameStart" in line ? line.nameStart : line.start;
    return { file: numbers.get(reading.source.path) ?? 0, line: reading.source.position(offset).line };
  };
  return {
    files: [...numbers.keys()],
    placeOf(origin) {
      if (origin.expandedFrom === undefined) return lineOf(origin);
      const uses: TableLine[] = [];
      for (let use: Origin | undefined = origin.expandedFrom; use !== undefined; use = use.expandedFrom) {
        uses.push(lineOf(use));
      }
      return { ...lineOf(origin), uses };
    },
  };
}
