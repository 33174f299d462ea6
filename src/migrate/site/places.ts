import type { Place, RoutingTable } from "../../compile/table.ts";
import type { Draft } from "../draft.ts";
import type { SourceLine } from "../source-lines.ts";
import type { SourcePlace, Verdict } from "../verdict.ts";

/** Finds the lines of the source for places of its routing table. */
export interface Places {
  readonly lineAt: (place: Place) => SourceLine | null;
  readonly sourcePlace: (place: Place) => SourcePlace;
  /** Judges the line of a place; a line that belongs to no file (-c, macros) gets a note when it is lost. */
  readonly judge: (place: Place, verdict: Verdict) => void;
}

/** Indexes the lines of a draft by their places. */
export function placesOf(table: RoutingTable, draft: Draft): Places {
  const files = new Map<string, SourceLine[]>();
  for (const { path, lines: all } of draft.source.files) {
    const lines: SourceLine[] = [];
    for (const line of all) for (let at = line.first; at <= line.last; at += 1) lines[at] = line;
    files.set(path, lines);
  }
  const sourcePlace = ({ file, line }: Place): SourcePlace => ({ path: table.files[file] ?? "", line });
  const byFile = table.files.map((path) => files.get(path));
  const lineAt = ({ file, line }: Place): SourceLine | null => byFile[file]?.[line] ?? null;
  return {
    lineAt,
    sourcePlace,
    judge: (place, verdict) => {
      const line = lineAt(place);
      if (line !== null) {
        // What is lost once is lost.
        const before = draft.verdictOf(line);
        if (before.kind !== "dropped" || !before.decides) draft.judge(line, verdict);
      } else if (verdict.kind === "dropped" && verdict.decides) draft.note(verdict.why, true);
    },
  };
}
