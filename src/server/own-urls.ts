import type { RoutingTable } from "../compile/table.ts";
import type { EffectiveDirective } from "../routing/match.ts";
import { absoluteUrl, ownName } from "./canonical-url.ts";
import type { OwnNameOptions } from "./canonical-url.ts";
import type { RequestRecord } from "./request-record.ts";

/** What this server calls itself before clients and other servers. */
export interface OwnUrls {
  /** A path as a URL, for Location fields; a URL stays. */
  readonly absolute: (location: string, record: RequestRecord) => string;
  /** The configured name, with its port unless that goes without saying: for Via fields. */
  readonly nameForVia: (record: RequestRecord) => string;
}

/** `effectiveOf`: for requests that were refused before any section counts. */
export function createOwnUrls(
  table: RoutingTable,
  effectiveOf: (host: number) => readonly EffectiveDirective[],
): OwnUrls {
  function optionsOf({ match, host, localPort }: RequestRecord): OwnNameOptions {
    const effective = match?.effective ?? effectiveOf(host);
    const line = effective.findLast(({ name }) => name.toLowerCase() === "usecanonicalname");
    // Until 2.0 it is on where no line says otherwise.
    const isCanonical =
      line === undefined ? table.apache === "1.3" || table.apache === "2.0" : line.args[0]?.toLowerCase() !== "off";
    return { dialect: table.apache, host: table.hosts[host], localPort, isCanonical };
  }

  return {
    absolute: (location, record) => absoluteUrl(location, record.request, optionsOf(record)),
    nameForVia(record) {
      const options = optionsOf(record);
      const { name, port } = ownName(record.request, options);
      const own = options.host?.name ?? "";
      const isDefault = port === ("encrypted" in record.request.socket ? 443 : 80);
      return `${own === "" ? name : own}${isDefault ? "" : `:${port}`}`;
    },
  };
}
