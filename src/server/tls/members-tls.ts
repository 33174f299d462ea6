import type { Place, RoutingTable } from "../../compile/table.ts";
import type { UpstreamTls } from "../../proxy/upstream-tls.ts";
import { ServerError } from "../server-error.ts";
import { createSettingReader, readPairs } from "../setting-reader.ts";
import { readUpstreamTls } from "./upstream-tls-settings.ts";

/**
 * How the members of the cluster are spoken to, by `BackhandUpstreamTLS On [name=NAME]` and the SSLProxy lines of the main
 * server; null: in plain HTTP. Without a name the certificate of each must be for the address that it announces. Throws a
 * ServerError that names the line.
 */
export function membersTls(table: RoutingTable, where: (place: Place) => string): UpstreamTls | null {
  const line = createSettingReader(table).find("BackhandUpstreamTLS");
  if (line === null) return null;
  const [word = "", ...rest] = line.args;
  const name = readPairs(line).get("name") ?? null;
  const isKnown =
    /^(?:on|off)$/i.test(word) && (rest.length === 0 || (rest.length === 1 && name !== null && name !== ""));
  if (!isKnown) {
    throw new ServerError(
      "BACKHAND_BAD_TABLE",
      `BackhandUpstreamTLS: Expected "On", "Off" or "On name=NAME", got "${line.args.join(" ")}" (${where(line.place)})`,
    );
  }
  return word.toLowerCase() === "on" ? readUpstreamTls(table, 0, name, where) : null;
}
