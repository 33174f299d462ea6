import type { Place, RoutingTable, TableLine } from "../compile/table.ts";

/** Names places of a table for messages: `httpd.conf:12`, and for text out of macros `httpd.conf:3, used at httpd.conf:12`. */
export function placeText(table: Pick<RoutingTable, "files">): (place: Place) => string {
  const textOf = ({ file, line }: TableLine): string => `${table.files[file] ?? "configuration"}:${line}`;
  return (place) => [place, ...(place.uses ?? [])].map(textOf).join(", used at ");
}
