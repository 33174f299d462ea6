import type { Compilation } from "../../compile/compile.ts";
import type { ActiveNode } from "../../config/active-config.ts";
import type { Draft } from "../draft.ts";
import type { SourceLine } from "../source-lines.ts";
import { dropped, lost } from "../verdict.ts";
import type { Places } from "./places.ts";
import type { Site } from "./site.ts";
import { lastNamed } from "./effective.ts";

/** Says what decides in the old server and stands in none of the files that are migrated. */
export function noteHidden(
  site: Site,
  { table, problems }: Compilation,
  places: Places,
  draft: Draft,
  target: string,
): void {
  const byName = problems.filter(({ kind }) => kind === "unresolved-name");
  for (const { place, message } of byName) if (place !== null) places.judge(place, lost(message));
  if (table.listen.length === 0) {
    const why = byName.length === 0 ? "No line says where to listen" : "No line says by its address where to listen";
    draft.note(
      `${why}, so nothing of the configuration is reached${byName.length === 0 ? ": it is a piece of another one" : ""}`,
      true,
    );
  }
  const others = table.listen.length === 0 ? "nothing listens" : "others have its addresses and names";
  for (const place of site.unreached) places.judge(place, dropped(`no request reaches this host, since ${others}`));
  dropInside(new Set(site.unreached.map((place) => places.lineAt(place))), draft);
  const reads = site.hosts.some(({ regions }) =>
    regions.some(({ variants }) => {
      const line = lastNamed(variants.at(-1)?.effective ?? [], "allowoverride");
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

/** The lines of hosts that are not in the output. */
function dropInside(hosts: ReadonlySet<SourceLine | null>, draft: Draft): void {
  if (hosts.size === 0) return;
  for (const { lines } of draft.source.files) {
    for (const line of lines) {
      if (line.node === null || draft.isJudged(line)) continue;
      let host: ActiveNode | null = line.node.parent;
      while (host !== null && host.key !== "virtualhost") host = host.parent;
      if (host !== null && hosts.has(draft.source.lineOf(host)))
        draft.judge(line, dropped("the new configuration does not have its host"));
    }
  }
}
