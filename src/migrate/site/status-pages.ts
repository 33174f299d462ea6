import type { TableDirective } from "../../compile/table.ts";
import { changed } from "../verdict.ts";
import { linesNamed } from "./effective.ts";
import type { Places } from "./places.ts";

/** Whether a handler is a page about the server and those behind it, which every target has one of its own for. */
export function isStatusPage(handler: string | null | undefined): boolean {
  return /^(?:server-status|backhand-handler)$/i.test(handler ?? "");
}

/** What the SetHandler lines of such a page have become. */
export function judgeStatusPage(
  effective: readonly TableDirective[],
  places: Places,
  output: string,
  why: string,
): void {
  for (const { args, place } of linesNamed(effective, "sethandler"))
    if (isStatusPage(args[0])) places.judge(place, changed(output, why));
}
