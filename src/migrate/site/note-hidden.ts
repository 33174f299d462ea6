import type { RoutingTable } from "../../compile/table.ts";
import type { Draft } from "../draft.ts";
import { dropped } from "../verdict.ts";
import type { Places } from "./places.ts";
import type { Site } from "./site.ts";

/** Says what decides in the old server and stands in none of the files that are migrated. */
export function noteHidden(site: Site, table: RoutingTable, places: Places, draft: Draft, target: string): void {
  if (table.listen.length === 0) {
    draft.note(
      "No line says where to listen, so nothing of the configuration is reached: it is a piece of another one",
      true,
    );
  }
  for (const place of site.unreached)
    places.judge(place, dropped("no request reaches this host, since others have its addresses and names"));
  const reads = site.hosts.some(({ regions }) =>
    regions.some(({ variants }) => {
      const line = variants.at(-1)?.effective.findLast(({ name }) => name.toLowerCase() === "allowoverride");
      return line === undefined ? table.apache !== "2.4" : line.args.some((word) => word.toLowerCase() !== "none");
    }),
  );
  if (reads) {
    draft.note(
      `The old server reads .htaccess files in some folders, and ${target} reads none: look for them (find -name .htaccess) and carry over what they say`,
      false,
    );
  }
}
