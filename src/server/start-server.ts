import { once } from "node:events";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { createAuthFileReader } from "../access/auth-file.ts";
import { createAuthenticator } from "../access/authenticator.ts";
import type { Place, RoutingTable, TableDirective } from "../compile/table.ts";
import { createHealth } from "../balance/health.ts";
import { createInflight } from "../balance/inflight.ts";
import { createProxyEngine } from "../proxy/http-proxy.ts";
import type { AccessFileReader } from "../routing/access-files.ts";
import type { FileFacts } from "../routing/file-facts.ts";
import { createRouter } from "../routing/router.ts";
import type { Cluster } from "../stats/cluster.ts";
import { joinCluster } from "../stats/join-cluster.ts";
import type { Membership } from "../stats/join-cluster.ts";
import type { TransportDefinition } from "../stats/transport.ts";
import { absolute, createAccessLogs } from "./access-log.ts";
import { createBalancer } from "./balancer.ts";
import type { BalancerState } from "./balancer.ts";
import { loadPipelines } from "./load-pipelines.ts";
import { answerUnreadable } from "./answer-unreadable.ts";
import { createConnections } from "./connections.ts";
import { identityOf } from "./identity.ts";
import { createListener, isWebSocketUpgrade, listen } from "./listeners.ts";
import { localUpstream } from "./local-upstream.ts";
import { openLogs } from "./logs.ts";
import { createMemberCounters } from "./member-counters.ts";
import { createOwnPages } from "./own-pages.ts";
import { writePidFile } from "./pid-file.ts";
import { handleAsPlain } from "./plain-request.ts";
import { dropPrivileges } from "./process-identity.ts";
import type { IdentityProcess } from "./process-identity.ts";
import { createRequestHandler } from "./request-handler.ts";
import type { RequestHandler } from "./request-handler.ts";
import { ServerError } from "./server-error.ts";
import { readServerSettings } from "./server-settings.ts";
import { statusReport } from "./status-report.ts";
import type { StatusReport } from "./status-report.ts";
import { createTrust } from "./trust.ts";

export interface ServerOptions {
  /** Takes lines of the error log where the configuration names no file. */
  readonly stderr: (text: string) => void;
  /** What the file system says; null: paths are compared as text and no file is found. */
  readonly facts: FileFacts | null;
  /** Reads .htaccess files; null: they count as not there. */
  readonly accessFiles?: AccessFileReader | null;
  /** How long running requests may take to finish after `close`. */
  readonly graceMs?: number;
  /** The process that listens; another one in tests. */
  readonly process?: IdentityProcess & { readonly pid: number };
  /** Announcements over other transports than the real ones, for tests. */
  readonly transports?: readonly TransportDefinition[];
  readonly measureSpeed?: () => Promise<number>;
  /** 0 ≤ x < 1. */
  readonly random?: () => number;
}

/** A server that listens. */
export interface RunningServer {
  readonly addresses: readonly AddressInfo[];
  readonly transports: readonly string[];
  /** Lines that are not honoured, which only starting could show. */
  readonly notHonoured: readonly { readonly directive: TableDirective; readonly reason: string }[];
  readonly cluster: Cluster;
  readonly status: () => StatusReport;
  /** Requests that are being handled now. */
  readonly busy: () => number;
  /** Takes no more connections, lets running requests finish for the grace time, then cuts what is left. */
  close(): Promise<void>;
}

/** How long requests may take to finish when the server stops. Supervisors kill after 10 (containers) or 90 s (systemd). */
const defaultGraceMs = 8000;

const closeIdleEveryMs = 50;

/**
 * Starts a server from a routing table: ports first, then logs and the pid file, then it gives up the rights of root, then it
 * joins the cluster. Rejects with a ServerError, TransportError or SecretError, with nothing left running.
 */
export async function startServer(table: RoutingTable, options: ServerOptions): Promise<RunningServer> {
  const undo: (() => Promise<void> | void)[] = [];
  try {
    return await start(table, options, undo);
  } catch (error) {
    for (const step of undo.reverse()) await step();
    throw error;
  }
}

async function start(
  table: RoutingTable,
  options: ServerOptions,
  undo: (() => Promise<void> | void)[],
): Promise<RunningServer> {
  const settings = readServerSettings(table);
  const self = options.process ?? process;
  const where = (place: Place): string => `${table.files[place.file] ?? "configuration"}:${place.line}`;
  const router = createRouter(table, { facts: options.facts, accessFiles: options.accessFiles ?? null });
  for (const { place, message } of router.problems) {
    throw new ServerError("BACKHAND_BAD_TABLE", `${message} (${where(place)})`);
  }
  const findLoaded = await loadPipelines(table, where);
  const local = localUpstream(table);

  // Ports are open before everything is ready; what comes in meanwhile waits.
  let handler: RequestHandler | null = null;
  let isReady: (ready: RequestHandler) => void = () => undefined;
  const whenReady = new Promise<RequestHandler>((resolve) => {
    isReady = resolve;
  });
  let stopping = false;
  const connections = createConnections(settings.keepAlive ? settings.maxKeepAliveRequests : 1);
  const servers: Server[] = [];
  const addresses: AddressInfo[] = [];
  undo.push(() => {
    for (const server of servers) server.close();
    connections.destroyAll();
  });
  for (const line of table.listen) {
    const server = createListener(settings);
    servers.push(server);
    server.on("connection", connections.opened);
    server.on("timeout", connections.silent);
    const take = (request: IncomingMessage, response: ServerResponse): void => {
      const { ended } = connections.request(request, response);
      if (handler === null) {
        void whenReady.then((ready) => (ended() ? undefined : ready.request(request, response)));
      } else if (!ended()) {
        void handler.request(request, response);
      }
    };
    server.on("request", take);
    // Node would answer these itself, and keep the connection.
    server.on("checkExpectation", take);
    server.on("upgrade", (request: IncomingMessage, socket: Socket, head: Buffer) => {
      if (connections.isAnswering(socket)) {
        // Sent before the answers to earlier requests, which would meet the other protocol's bytes. Nobody does that.
        socket.destroy();
      } else if (isWebSocketUpgrade(request)) {
        void (
          handler?.upgrade(request, socket, head) ?? whenReady.then((ready) => ready.upgrade(request, socket, head))
        );
      } else {
        handleAsPlain(server, request, socket, head);
      }
    });
    server.on("clientError", (error: NodeJS.ErrnoException, socket: Socket) => {
      if (connections.endAfterAnswers(socket)) return;
      answerUnreadable(error, socket, (status) => handler?.unreadable(socket, status, error.message));
    });
    server.on("connect", (_request, socket: Socket) => {
      socket.on("error", () => undefined);
      socket.end(
        "HTTP/1.1 405 Method Not Allowed\r\nAllow: GET, HEAD\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
      );
    });
    addresses.push(await listen(server, line, where));
  }

  const logs = openLogs(table, options.stderr, self.pid);
  undo.push(logs.close);
  const access = createAccessLogs({
    table,
    pid: self.pid,
    open: logs.open,
    where: ({ name, place }) => `${name} (${where(place)})`,
  });
  for (const path of [settings.pidFile, settings.moderatorPidFile]) {
    if (path !== null) undo.push(writePidFile(absolute(path, table.serverRoot), self.pid));
  }

  const identity = identityOf(table, addresses, Date.now());
  let membership: Membership | null = null;
  const cluster = (): Cluster => {
    if (membership === null) throw new Error("The cluster is asked before it is joined");
    return membership.cluster;
  };
  const warn = (message: string): void => {
    logs.errorLog.log("warn", message);
  };
  const state: BalancerState = {
    inflight: createInflight(),
    counters: createMemberCounters(),
    health: createHealth(settings.health, Date.now()),
  };
  const balancer = createBalancer({ ...state, cluster, findLoaded, random: options.random ?? Math.random, warn });
  const workers = () => {
    const busy = handler?.busy() ?? 0;
    return { busy, ready: Math.max(0, settings.maxClients - busy) };
  };
  membership = await joinCluster({
    settings: table.cluster,
    identity,
    workers,
    backhanded: () => state.counters.backhanded(),
    listens: true,
    log: warn,
    ...(options.transports === undefined ? {} : { transports: options.transports }),
    ...(options.measureSpeed === undefined ? {} : { measure: options.measureSpeed }),
  });
  const joined = membership;
  undo.push(() => joined.stop());
  // Ports, logs, the pid file and the secret are for root's eyes; requests are not.
  dropPrivileges(settings.user, settings.group, self);

  const trust = createTrust(settings.proxy.trusted, table.cluster.accept, cluster, identity.id);
  const { trusted: _networks, ...proxySettings } = settings.proxy;
  const engine = createProxyEngine({
    ...proxySettings,
    via: identity.id,
    isTrustedProxy: trust.isTrusted,
    keepAlive: table.cluster.connectionPools,
  });
  const status = (): StatusReport => {
    state.counters.keep(new Set(joined.cluster.members().map(({ id }) => id)));
    return statusReport({ cluster: joined.cluster, ...state }, Date.now());
  };
  const periods = setInterval(() => {
    state.counters.periodEnded();
    state.health.look(state.inflight.candidates(joined.cluster.members()), Date.now());
  }, table.cluster.intervalMs).unref();
  undo.push(() => {
    clearInterval(periods);
  });
  const running = createRequestHandler({
    table,
    settings,
    router,
    authenticate: createAuthenticator({ readFile: createAuthFileReader(), serverRoot: table.serverRoot }),
    engine,
    balancer,
    trust,
    errorLog: logs.errorLog,
    local,
    self: () => identity,
    pages: createOwnPages(table, cluster, status),
    counters: state.counters,
    figures: () => {
      const { load, cpuIdle } = joined.cluster.self();
      return { ...workers(), load, cpuIdle };
    },
    isStopping: () => stopping,
    log: access.log,
  });
  handler = running;
  isReady(running);
  logs.errorLog.log("notice", `backhand serves ${addresses.map(addressText).join(", ")} as ${identity.id}`);

  let closing: Promise<void> | null = null;
  return {
    addresses,
    transports: joined.transports,
    notHonoured: [...access.unwritten, ...logs.unwritten],
    cluster: joined.cluster,
    status,
    busy: running.busy,
    close() {
      closing ??= close();
      return closing;
    },
  };

  async function close(): Promise<void> {
    stopping = true;
    joined.announcer.drain(true);
    const grace = options.graceMs ?? defaultGraceMs;
    const ended = servers.map((server) => once(server, "close"));
    for (const server of servers) server.close();
    // Connections that become idle from now on are not closed by Node.
    const idle = setInterval(() => {
      for (const server of servers) server.closeIdleConnections();
    }, closeIdleEveryMs);
    const cut = setTimeout(connections.destroyAll, grace);
    await Promise.all(ended);
    clearInterval(idle);
    clearTimeout(cut);
    await engine.close();
    logs.errorLog.log("notice", "backhand has stopped");
    for (const step of undo.reverse()) await step();
  }
}

function addressText({ address, port }: AddressInfo): string {
  return address.includes(":") ? `[${address}]:${port}` : `${address}:${port}`;
}
