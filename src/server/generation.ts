import { createAuthFileReader } from "../access/auth-file.ts";
import { createAuthenticator } from "../access/authenticator.ts";
import type { Dealings } from "../balance/dealings.ts";
import type { TableDirective } from "../compile/table.ts";
import { createProxyEngine } from "../proxy/http-proxy.ts";
import type { ClusterView, SelfIdentity } from "../stats/cluster.ts";
import type { LoadFigures } from "../stats/load-field.ts";
import { createAccessLogs } from "./access-log.ts";
import type { AccessLogs } from "./access-log.ts";
import { createBalancer } from "./balancer.ts";
import type { Balancer, BalancerState } from "./balancer.ts";
import { openLogs } from "./logs.ts";
import type { Logs } from "./logs.ts";
import { createOwnPages } from "./own-pages.ts";
import type { PreparedTable } from "./prepare-table.ts";
import { createRequestHandler } from "./request-handler.ts";
import type { RequestHandler } from "./request-handler.ts";
import type { StatusReport } from "./status-report.ts";
import { createTrust } from "./trust.ts";

/** The logs of one configuration, open. */
export interface OpenLogs extends Logs {
  readonly access: AccessLogs;
}

/** Opens the logs of a table. Throws a ServerError, with nothing left open. */
export function openGenerationLogs(
  { table, where }: PreparedTable,
  stderr: (text: string) => void,
  pid: number,
): OpenLogs {
  const logs = openLogs(table, stderr, pid);
  try {
    const nameOf = ({ name, place }: TableDirective): string => `${name} (${where(place)})`;
    return { ...logs, access: createAccessLogs({ table, pid, open: logs.open, where: nameOf }) };
  } catch (error) {
    void logs.close();
    throw error;
  }
}

/** What the generations of a server share. */
export interface GenerationWorld {
  readonly state: BalancerState;
  readonly dealings: Dealings;
  readonly cluster: () => ClusterView;
  readonly identity: () => SelfIdentity;
  readonly status: () => StatusReport | Promise<StatusReport>;
  /** What this server announces of itself. */
  readonly figures: () => LoadFigures;
  readonly isStopping: () => boolean;
  readonly random: () => number;
}

/** Everything that belongs to one reading of the configuration. Requests stay with the one that they began with. */
export interface Generation {
  readonly prepared: PreparedTable;
  readonly handler: RequestHandler;
  readonly balancer: Balancer;
  readonly logs: OpenLogs;
  /** Lines that are not honoured, which only opening could show. */
  readonly notHonoured: readonly { readonly directive: TableDirective; readonly reason: string }[];
  /** Waits for its last request, then closes connections to servers, and logs. */
  readonly retire: () => Promise<void>;
}

/** How often a generation that leaves looks whether its last request is over. */
const lookEveryMs = 100;

/** Puts a generation together; the logs are its own from now on. */
export function createGeneration(prepared: PreparedTable, logs: OpenLogs, world: GenerationWorld): Generation {
  const { table, settings, router, findLoaded, local, membersTls, upstreamTls, secure } = prepared;
  const { state, dealings, cluster, identity, random } = world;
  const warn = (message: string): void => {
    logs.errorLog.log("warn", message);
  };
  const balancer = createBalancer({ ...state, dealings, cluster, findLoaded, random, warn, membersTls });
  const { id } = identity();
  const trust = createTrust(settings.proxy.trusted, table.cluster.accept, cluster, id);
  const { trusted: _networks, ...proxySettings } = settings.proxy;
  const engine = createProxyEngine({
    ...proxySettings,
    via: id,
    isTrustedProxy: trust.isTrusted,
    keepAlive: table.cluster.connectionPools,
  });
  const handler = createRequestHandler({
    table,
    settings,
    router,
    authenticate: createAuthenticator({ readFile: createAuthFileReader(), serverRoot: table.serverRoot }),
    engine,
    balancer,
    trust,
    errorLog: logs.errorLog,
    local,
    upstreamTls,
    secure,
    self: identity,
    places: state.places,
    pages: createOwnPages(table, cluster, world.status),
    dealings,
    figures: world.figures,
    isStopping: world.isStopping,
    log: logs.access.log,
    countsTraffic: logs.access.countsTraffic,
  });
  return {
    prepared,
    handler,
    balancer,
    logs,
    notHonoured: [...logs.access.unwritten, ...logs.unwritten],
    async retire() {
      while (handler.busy() > 0) await new Promise((resolve) => setTimeout(resolve, lookEveryMs));
      await engine.close();
      await logs.close();
    },
  };
}
