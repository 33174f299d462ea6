import type { RoutingTable } from "../../compile/table.ts";
import { placeText } from "../place-text.ts";
import { readServerSettings } from "../server-settings.ts";
import { createSettingReader } from "../setting-reader.ts";

/**
 * What is wrong with the limits of a table for so many workers, each of which keeps to its part and needs one; one sentence
 * with its place for each. Empty: nothing.
 */
export function shareProblems(table: RoutingTable, count: number): readonly string[] {
  if (count === 1) return [];
  const { maxInflight, places } = readServerSettings(table);
  const reader = createSettingReader(table);
  const where = placeText(table);
  const lines = [
    [reader.find("BackhandMaxInflight"), maxInflight.limit],
    [reader.findLast("MaxClients", "MaxRequestWorkers"), places.limit],
  ] as const;
  return lines.flatMap(([line, limit]) =>
    line === null || limit === 0 || limit >= count
      ? []
      : [
          `${line.name} ${limit} (${where(line.place)}) leaves nothing for some of ${count} workers: ` +
            "allow as many requests as there are workers, or fewer workers",
        ],
  );
}
