import type { Place, RoutingTable } from "../compile/table.ts";

/** Names places of a table for messages: `httpd.conf:12`. */
export function placeText(table: Pick<RoutingTable, "files">): (place: Place) => string {
  return (place) => `${table.files[place.file] ?? "configuration"}:${place.line}`;
}
