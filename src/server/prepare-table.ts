import type { FindLoaded } from "../balance/pipeline.ts";
import type { Place, RoutingTable } from "../compile/table.ts";
import type { Upstream } from "../proxy/engine.ts";
import type { UpstreamTls } from "../proxy/upstream-tls.ts";
import type { AccessFileReader } from "../routing/access-files.ts";
import type { FileFacts } from "../routing/file-facts.ts";
import { createRememberingRouter } from "../routing/remembered-routes.ts";
import type { Router } from "../routing/router.ts";
import { loadPipelines } from "./load-pipelines.ts";
import { localUpstream } from "./local-upstream.ts";
import { ServerError } from "./server-error.ts";
import { placeText } from "./place-text.ts";
import { readServerSettings } from "./server-settings.ts";
import type { ServerSettings } from "./server-settings.ts";
import { createProxyProtocol } from "./proxy-protocol/proxy-protocol.ts";
import type { ProxyProtocol } from "./proxy-protocol/proxy-protocol.ts";
import { readUpstreamTlsOfHosts } from "./tls/upstream-tls-settings.ts";
import { membersTls } from "./tls/members-tls.ts";
import { createSecureFront } from "./tls/secure-front.ts";
import type { SecureFront } from "./tls/secure-front.ts";

/** What there is to run. */
export interface ServedTable {
  readonly table: RoutingTable;
  /** Reads .htaccess files; null: they count as not there. */
  readonly accessFiles: AccessFileReader | null;
}

/** A table with everything that can be made of it before anything is opened. */
export interface PreparedTable extends ServedTable {
  readonly settings: ServerSettings;
  readonly router: Router;
  readonly findLoaded: FindLoaded;
  readonly local: Upstream | null;
  /** Null: the members of the cluster are spoken to in plain HTTP. */
  readonly membersTls: UpstreamTls | null;
  /** How the servers of ProxyPass lines are spoken to over https, by host; null: none is. */
  readonly upstreamTls: ((host: number) => UpstreamTls | null) | null;
  /** Null: no host speaks TLS. */
  readonly secure: SecureFront | null;
  /** Null: no connection begins with a header of the PROXY protocol. */
  readonly proxyProtocol: ProxyProtocol | null;
  /** `httpd.conf:12` */
  readonly where: (place: Place) => string;
}

/** Reads the settings and certificates, builds the router and loads the modules of a table. Rejects with a ServerError. */
export async function prepareTable(
  { table, accessFiles }: ServedTable,
  facts: FileFacts | null,
): Promise<PreparedTable> {
  const where = placeText(table);
  const router = createRememberingRouter(table, { facts, accessFiles });
  for (const { place, message } of router.problems) {
    throw new ServerError("BACKHAND_BAD_TABLE", `${message} (${where(place)})`);
  }
  const findLoaded = await loadPipelines(table, where);
  const local = localUpstream(table, where);
  const secure = createSecureFront(table, where);
  const settings = readServerSettings(table);
  const proxyProtocol = createProxyProtocol(table, settings.proxy.trusted, where);
  const tls = membersTls(table, where);
  const upstreamTls = readUpstreamTlsOfHosts(table, where);
  return {
    table,
    accessFiles,
    settings,
    router,
    findLoaded,
    local,
    membersTls: tls,
    upstreamTls,
    secure,
    proxyProtocol,
    where,
  };
}
