import type { Draft } from "../draft.ts";
import { dropped, folded } from "../verdict.ts";
import type { Places } from "./places.ts";
import type { Site } from "./site.ts";

/** Lines with expressions that are nowhere in the output, and those that say for whom others are. */
export function judgeMappings({ hosts }: Site, draft: Draft, places: Places): void {
  for (const { mappings } of hosts) {
    const judge = (place: Parameters<Places["judge"]>[0], why: ReturnType<typeof dropped>): void => {
      const line = places.lineAt(place);
      if (line !== null && !draft.isJudged(line)) draft.judge(line, why);
    };
    for (const { directive } of mappings.list)
      judge(directive.place, dropped("a line before it takes all that it is for"));
    for (const { place } of mappings.users)
      judge(place, folded("in the users for whom the line is that says where their folders are"));
  }
}
