import type { RoutingTable } from "../../compile/table.ts";

/** What can follow a TLS handshake. */
export type OfferedProtocol = "h2" | "http/1.1";

/** What a host offers, the first preferred: HTTP/1.1 alone, as in httpd, unless Protocols says otherwise. */
export function offeredProtocols(table: RoutingTable, host: number): readonly OfferedProtocol[] {
  const lines = [table.hosts[0], table.hosts[host]].flatMap((each) => each?.directives ?? []);
  const line = lines.findLast(({ name }) => name.toLowerCase() === "protocols");
  const known = (line?.args ?? []).flatMap((word): readonly OfferedProtocol[] => {
    const lower = word.toLowerCase();
    return lower === "h2" || lower === "http/1.1" ? [lower] : [];
  });
  // As in httpd, HTTP/1.1 is there for those who speak nothing else.
  return known.includes("http/1.1") ? known : [...known, "http/1.1"];
}
