import type { RoutingTable } from "../compile/table.ts";
import type { Upstream } from "../proxy/engine.ts";
import { ServerError } from "./server-error.ts";

/** The server of BackhandLocal; null when there is none. Throws a ServerError for anything else than `http://host:port`. */
export function localUpstream(table: RoutingTable): Upstream | null {
  const { local } = table.cluster;
  if (local === null) return null;
  const url = URL.canParse(local) ? new URL(local) : null;
  if (url?.protocol !== "http:" || url.pathname !== "/" || url.search !== "" || url.username !== "") {
    throw new ServerError("BACKHAND_BAD_TABLE", `Expected "BackhandLocal http://host:port", got "${local}"`);
  }
  const address = url.hostname.replace(/^\[(.*)\]$/, "$1");
  return { id: "local", address, port: url.port === "" ? 80 : Number(url.port) };
}
