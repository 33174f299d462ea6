import type { RoutingTable } from "../compile/table.ts";
import type { UpstreamTls } from "../proxy/upstream-tls.ts";
import type { ProxyEngine, Upstream } from "../proxy/engine.ts";
import type { Router } from "../routing/router.ts";
import type { Authenticate } from "../access/authenticator.ts";
import type { LoadFigures } from "../stats/load-field.ts";
import type { Balancer } from "./balancer.ts";
import type { ErrorLog } from "./error-log.ts";
import type { Dealings } from "../balance/dealings.ts";
import type { OwnPages } from "./own-pages.ts";
import type { Places } from "./places.ts";
import type { RequestRecord } from "./request-record.ts";
import type { ServerSettings } from "./server-settings.ts";
import type { SecureFront } from "./tls/secure-front.ts";
import type { Trust } from "./trust.ts";

/** What handling a request needs of the server. */
export interface HandlerContext {
  readonly table: RoutingTable;
  readonly settings: ServerSettings;
  readonly router: Router;
  readonly authenticate: Authenticate;
  readonly engine: ProxyEngine;
  readonly balancer: Balancer;
  readonly trust: Trust;
  readonly errorLog: ErrorLog;
  /** From BackhandLocal; null: files are served from here. */
  readonly local: Upstream | null;
  /** How the servers of ProxyPass lines are spoken to over https, by host; null: none is. */
  readonly upstreamTls: ((host: number) => UpstreamTls | null) | null;
  /** Null: no host speaks TLS. */
  readonly secure: Pick<SecureFront, "refusal"> | null;
  readonly self: () => Upstream;
  readonly pages: OwnPages;
  readonly places: Places;
  readonly dealings: Pick<Dealings, "backhanded">;
  /** What this server announced of itself last. */
  readonly figures: () => LoadFigures;
  /** True once the server is stopping: connections are closed after their answer. */
  readonly isStopping: () => boolean;
  readonly log: (record: RequestRecord) => void;
  /** Whether the logs say what went over connections. */
  readonly countsTraffic: boolean;
}
