import type { Place, RoutingTable } from "../compile/table.ts";
import type { Upstream } from "../proxy/engine.ts";
import { ServerError } from "./server-error.ts";
import { readUpstreamTls } from "./tls/upstream-tls-settings.ts";

/**
 * The server of BackhandLocal; null when there is none. Throws a ServerError for anything else than `http://host:port` or
 * `https://host:port`.
 */
export function localUpstream(table: RoutingTable, where: (place: Place) => string): Upstream | null {
  const { local } = table.cluster;
  if (local === null) return null;
  const url = URL.canParse(local) ? new URL(local) : null;
  if (
    (url?.protocol !== "http:" && url?.protocol !== "https:") ||
    url.pathname !== "/" ||
    url.search !== "" ||
    url.username !== ""
  ) {
    throw new ServerError(
      "BACKHAND_BAD_TABLE",
      `Expected "BackhandLocal http://host:port" or https://, got "${local}"`,
    );
  }
  const address = url.hostname.replace(/^\[(.*)\]$/, "$1");
  const isSecure = url.protocol === "https:";
  const port = url.port === "" ? (isSecure ? 443 : 80) : Number(url.port);
  return { id: "local", address, port, ...(isSecure ? { tls: readUpstreamTls(table, 0, null, where) } : {}) };
}
