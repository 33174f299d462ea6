import { once } from "node:events";
import type { IncomingMessage, Server } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { hostname, networkInterfaces } from "node:os";
import type { Place, RoutingTable, TableDirective } from "../compile/table.ts";
import { createProxyEngine } from "../proxy/http-proxy.ts";
import type { Upstream } from "../proxy/engine.ts";
import type { AccessFileReader } from "../routing/access-files.ts";
import type { FileFacts } from "../routing/file-facts.ts";
import { createRouter } from "../routing/router.ts";
import type { Cluster, SelfIdentity } from "../stats/cluster.ts";
import { joinCluster } from "../stats/join-cluster.ts";
import type { Membership } from "../stats/join-cluster.ts";
import { isServerId } from "../stats/packet.ts";
import type { TransportDefinition } from "../stats/transport.ts";
import { absolute, createAccessLogs } from "./access-log.ts";
import { createBalancer } from "./balancer.ts";
import { checkPipelines } from "./check-pipelines.ts";
import { createErrorLog, readLogLevel } from "./error-log.ts";
import type { ErrorLog } from "./error-log.ts";
import { createListener, listen } from "./listeners.ts";
import { openLogFile } from "./log-file.ts";
import type { LogFile } from "./log-file.ts";
import { writePidFile } from "./pid-file.ts";
import { handleAsPlain } from "./plain-request.ts";
import { dropPrivileges } from "./process-identity.ts";
import type { IdentityProcess } from "./process-identity.ts";
import { createRequestHandler } from "./request-handler.ts";
import type { RequestHandler } from "./request-handler.ts";
import { ServerError } from "./server-error.ts";
import { readServerSettings } from "./server-settings.ts";
import { createSettingReader } from "./setting-reader.ts";
import { statusReport } from "./status-page.ts";
import type { StatusReport } from "./status-page.ts";
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
  /** Takes no more connections, lets running requests finish for the grace time, then cuts what is left. */
  close(): Promise<void>;
}

/** How long requests may take to finish when the server stops. Supervisors kill after 10 (containers) or 90 s (systemd). */
const defaultGraceMs = 8000;

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
  checkPipelines(table, where);
  const local = localUpstream(table);

  let handler: RequestHandler | null = null;
  let stopping = false;
  const sockets = new Set<Socket>();
  const servers: Server[] = [];
  const addresses: AddressInfo[] = [];
  undo.push(() => {
    for (const server of servers) server.close();
    for (const socket of sockets) socket.destroy();
  });
  for (const line of table.listen) {
    const server = createListener(settings);
    servers.push(server);
    server.on("connection", (socket: Socket) => {
      if (sockets.has(socket)) return;
      sockets.add(socket);
      socket.once("close", () => sockets.delete(socket));
    });
    server.on("request", (request, response) => void handler?.request(request, response));
    server.on("upgrade", (request: IncomingMessage, socket: Socket, head: Buffer) => {
      if (request.method === "GET" && request.headers.upgrade?.toLowerCase() === "websocket") {
        void handler?.upgrade(request, socket, head);
      } else {
        handleAsPlain(server, request, socket, head);
      }
    });
    server.on("connect", (_request, socket: Socket) => {
      socket.on("error", () => undefined);
      socket.end(
        "HTTP/1.1 405 Method Not Allowed\r\nAllow: GET, HEAD\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
      );
    });
    addresses.push(await listen(server, line, where));
  }

  const logs = openLogs(table, options, self.pid);
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
  dropPrivileges(settings.user, settings.group, self);

  const identity = identityOf(table, addresses);
  let membership: Membership | null = null;
  const cluster = (): Cluster => {
    if (membership === null) throw new Error("The cluster is asked before it is joined");
    return membership.cluster;
  };
  const warn = (message: string): void => {
    logs.errorLog.log("warn", message);
  };
  const balancer = createBalancer({ cluster, random: options.random ?? Math.random, warn });
  membership = await joinCluster({
    settings: table.cluster,
    identity,
    workers: () => {
      const busy = handler?.busy() ?? 0;
      return { busy, ready: Math.max(0, settings.maxClients - busy) };
    },
    backhanded: () => balancer.counters.backhanded(),
    listens: true,
    log: warn,
    ...(options.transports === undefined ? {} : { transports: options.transports }),
    ...(options.measureSpeed === undefined ? {} : { measure: options.measureSpeed }),
  });
  const joined = membership;
  undo.push(() => joined.stop());

  const trust = createTrust(settings.proxy.trusted, table.cluster.accept, cluster);
  const { trusted: _networks, ...proxySettings } = settings.proxy;
  const engine = createProxyEngine({
    ...proxySettings,
    via: identity.id,
    isTrustedProxy: trust.isTrusted,
    keepAlive: table.cluster.connectionPools,
  });
  const status = (): StatusReport => {
    const members = joined.cluster.members();
    balancer.counters.keep(new Set(members.map(({ id }) => id)));
    const countsOf = (id: string) => ({ inflight: balancer.inflight.count(id), ...balancer.counters.of(id) });
    return statusReport(members, joined.cluster.self(), joined.cluster.refused(), countsOf, Date.now());
  };
  handler = createRequestHandler({
    table,
    settings,
    router,
    engine,
    balancer,
    trust,
    errorLog: logs.errorLog,
    local,
    self: () => identity,
    status,
    isStopping: () => stopping,
    log: access.log,
  });
  logs.errorLog.log("notice", `backhand serves ${addresses.map(addressText).join(", ")} as ${identity.id}`);

  let closing: Promise<void> | null = null;
  return {
    addresses,
    transports: joined.transports,
    notHonoured: access.unwritten,
    cluster: joined.cluster,
    status,
    close() {
      closing ??= close();
      return closing;
    },
  };

  async function close(): Promise<void> {
    stopping = true;
    joined.announcer.drain(true);
    const grace = options.graceMs ?? defaultGraceMs;
    const ended = Promise.all(servers.map((server) => (server.close(), once(server, "close"))));
    const cut = setTimeout(() => {
      for (const socket of sockets) socket.destroy();
    }, grace);
    await ended;
    // Tunnels are not the HTTP server's any more.
    while (sockets.size > 0) await new Promise((resolve) => setTimeout(resolve, 10));
    clearTimeout(cut);
    await engine.close();
    logs.errorLog.log("notice", "backhand has stopped");
    for (const step of undo.reverse()) await step();
  }
}

/** Logs are shared by path, whoever names them. */
function openLogs(table: RoutingTable, options: ServerOptions, pid: number) {
  const files = new Map<string, LogFile>();
  const toStderr = (message: string): void => {
    options.stderr(`${message}\n`);
  };
  const open = (path: string): LogFile => {
    let file = files.get(path);
    if (file === undefined) files.set(path, (file = openLogFile(path, toStderr)));
    return file;
  };
  const reader = createSettingReader(table);
  const path = reader.text("ErrorLog");
  // syslog and programs as error logs: standard error, where a supervisor collects lines anyway.
  const file =
    path === null || path.startsWith("|") || path.startsWith("syslog") ? null : open(absolute(path, table.serverRoot));
  const errorLog: ErrorLog = createErrorLog({
    dialect: table.apache,
    level: readLogLevel(reader.find("LogLevel")?.args ?? []),
    write: (line) => {
      if (file === null) options.stderr(line);
      else file.write(line);
    },
    pid,
    now: () => new Date(),
  });
  const close = async (): Promise<void> => {
    await Promise.all(Array.from(files.values(), (each) => each.close()));
  };
  return { open, errorLog, close };
}

function localUpstream(table: RoutingTable): Upstream | null {
  const { local } = table.cluster;
  if (local === null) return null;
  const url = URL.canParse(local) ? new URL(local) : null;
  if (url?.protocol !== "http:" || url.pathname !== "/" || url.search !== "" || url.username !== "") {
    throw new ServerError("BACKHAND_BAD_TABLE", `Expected "BackhandLocal http://host:port", got "${local}"`);
  }
  const address = url.hostname.replace(/^\[(.*)\]$/, "$1");
  return { id: "local", address, port: url.port === "" ? 80 : Number(url.port) };
}

/** Who this server is for the cluster: the name of the main server, the advertised contact, else what it listens on. */
function identityOf(table: RoutingTable, addresses: readonly AddressInfo[]): SelfIdentity {
  const name = table.hosts[0]?.name ?? "";
  const contact = table.cluster.announce.find((target) => target.contact !== null)?.contact ?? null;
  const first = addresses[0];
  const listening = first?.address;
  const address =
    contact?.address ??
    (listening === undefined || listening === "::" || listening === "0.0.0.0" ? ownAddress() : listening);
  return {
    id: isServerId(name) ? name : hostname(),
    address,
    port: contact?.port ?? first?.port ?? 80,
    startMs: Date.now(),
  };
}

/** The first address of this machine that others can reach; loopback when there is none. */
function ownAddress(): string {
  const all = Object.values(networkInterfaces()).flatMap((each) => each ?? []);
  return all.find(({ internal, family }) => !internal && family === "IPv4")?.address ?? "127.0.0.1";
}

function addressText({ address, port }: AddressInfo): string {
  return address.includes(":") ? `[${address}]:${port}` : `${address}:${port}`;
}
