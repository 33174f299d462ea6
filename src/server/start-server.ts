import { createAdmission } from "../balance/admission.ts";
import { writeDealings } from "../balance/dealings.ts";
import { createHealth } from "../balance/health.ts";
import { createInflight } from "../balance/inflight.ts";
import type { RoutingTable } from "../compile/table.ts";
import type { AccessFileReader } from "../routing/access-files.ts";
import type { FileFacts } from "../routing/file-facts.ts";
import type { Cluster, SelfIdentity } from "../stats/cluster.ts";
import { joinCluster } from "../stats/join-cluster.ts";
import type { Membership } from "../stats/join-cluster.ts";
import type { TransportDefinition } from "../stats/transport.ts";
import { addressAndPort } from "../access/address.ts";
import type { BalancerState } from "./balancer.ts";
import { createChecks } from "./checks.ts";
import type { Generation } from "./generation.ts";
import { identityOf } from "./identity.ts";
import { joinOther } from "./join-other.ts";
import { traceLive } from "./live-trace.ts";
import { createMemberCounters } from "./member-counters.ts";
import { createPlaces } from "./places.ts";
import { writePidFiles } from "./pid-file.ts";
import type { ServedTable } from "./prepare-table.ts";
import { dropPrivileges } from "./process-identity.ts";
import type { IdentityProcess } from "./process-identity.ts";
import { restartNotes } from "./restart-notes.ts";
import { openServing } from "./serving.ts";
import { statusReport } from "./status-report.ts";
import type { StatusReport } from "./status-report.ts";
import type { Steerable } from "./steerable.ts";

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

/** A server that listens, in this process. */
export interface RunningServer extends Steerable {
  readonly cluster: Cluster;
  /** The configuration that new requests meet. */
  readonly current: () => Generation;
  /**
   * Goes over to another table: requests that run end with the old one, the next ones meet the new one. Rejects, with nothing
   * changed, when the new one cannot run. Gives what takes effect only after a restart, for people.
   */
  reload(served: ServedTable): Promise<readonly string[]>;
}

/** How long requests may take to finish when the server stops. Supervisors kill after 10 (containers) or 90 s (systemd). */
export const defaultGraceMs = 8000;

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
  const self = options.process ?? process;
  const { stderr, facts } = options;
  const serving = await openServing(
    { table, accessFiles: options.accessFiles ?? null },
    { stderr, facts, pid: self.pid },
  );
  undo.push(serving.destroy);
  const { prepared } = serving;
  const { settings } = prepared;
  undo.push(...writePidFiles(table, settings, self.pid));

  const inflight = createInflight();
  const state: BalancerState = {
    inflight,
    admission: createAdmission(inflight, settings.maxInflight),
    counters: createMemberCounters(),
    health: createHealth(settings.health, Date.now()),
    places: createPlaces(settings.places),
  };
  const checks = createChecks(settings.check, {
    members: () => membership?.cluster.members() ?? [],
    health: state.health,
    tls: serving.prepared.membersTls,
  });
  undo.push(checks.stop);
  let { maxClients, places } = settings;
  let membership: Membership | null = null;
  let identity = identityOf(table, serving.addresses(), Date.now());

  const joined = (): Membership => {
    if (membership === null) throw new Error("The cluster is asked before it is joined");
    return membership;
  };
  const workers = () => {
    const busy = serving.busy();
    return { busy, ready: Math.max(0, maxClients - busy) };
  };
  const join = (of: RoutingTable, as: SelfIdentity): Promise<Membership> =>
    joinCluster({
      settings: of.cluster,
      identity: as,
      workers,
      backhanded: () => state.counters.backhanded(),
      listens: true,
      log(message) {
        serving.log("warn", message);
      },
      ...(options.transports === undefined ? {} : { transports: options.transports }),
      ...(options.measureSpeed === undefined ? {} : { measure: options.measureSpeed }),
    });
  membership = await join(table, identity);
  undo.push(() => joined().stop());
  // Ports, logs, the pid file and the secret are for root's eyes; requests are not.
  dropPrivileges(settings.user, settings.group, self);

  const placesNow = () => (places.limit === 0 ? null : { limit: places.limit, ...state.places.figures() });
  const status = (): StatusReport => {
    const { cluster } = joined();
    state.counters.keep(new Set(cluster.members().map(({ id }) => id)));
    return statusReport({ cluster, checks, ...state, places: placesNow() }, Date.now());
  };
  serving.begin({
    state,
    dealings: writeDealings(state),
    cluster: () => joined().cluster,
    identity: () => identity,
    status,
    figures() {
      const { load, cpuIdle } = joined().cluster.self();
      return { ...workers(), load, cpuIdle };
    },
    random: options.random ?? Math.random,
    configure({ settings: now, membersTls }) {
      ({ maxClients, places } = now);
      state.places.configure(places);
      state.health.configure(now.health);
      checks.configure(now.check, membersTls);
      state.admission.configure(now.maxInflight);
    },
    // Counts arrivals between announcements, and looks who is there when nobody asks.
    periodEnded() {
      state.counters.periodEnded();
      state.health.look(state.inflight.candidates(joined().cluster.members()), Date.now());
    },
  });
  const ports = (): string =>
    serving
      .addresses()
      .map(({ address, port }) => addressAndPort(address, port))
      .join(", ");
  serving.log("notice", `backhand serves ${ports()} as ${identity.id}`);

  async function reload(served: ServedTable): Promise<readonly string[]> {
    const before = serving.current().prepared;
    const next = await serving.prepare(served);
    try {
      const other = await joinOther(
        { table: before.table, identity, membership: joined() },
        { table: next.prepared.table, addresses: next.addresses },
        join,
      );
      if (serving.isStopping()) {
        await other?.membership.stop();
        throw new Error("The server is stopping");
      }
      if (other !== null) {
        const old = joined();
        ({ membership, identity } = other);
        await old.stop();
      }
    } catch (error) {
      next.undo();
      throw error;
    }
    next.keep();
    serving.log("notice", `backhand has read its configuration again, and serves ${ports()}`);
    return restartNotes(before, next.prepared);
  }

  let reloading: Promise<unknown> = Promise.resolve();
  let closing: Promise<void> | null = null;
  return {
    table: () => serving.current().prepared.table,
    get addresses() {
      return serving.addresses();
    },
    get transports() {
      return joined().transports;
    },
    get notHonoured() {
      return serving.current().notHonoured;
    },
    get cluster() {
      return joined().cluster;
    },
    self: () => joined().cluster.self(),
    status,
    busy: serving.busy,
    workers: () => [],
    current: serving.current,
    reload(served) {
      // One after the other: each begins with what the one before it left.
      const result = reloading.then(() => reload(served));
      reloading = result.catch(() => undefined);
      return result;
    },
    drain(id, sessionsUntilMs) {
      const { cluster, announcer } = joined();
      if (id === identity.id) {
        announcer.drain(sessionsUntilMs !== null, sessionsUntilMs ?? undefined);
        return true;
      }
      if (!cluster.members().some((member) => member.id === id)) return false;
      state.inflight.drain(id, sessionsUntilMs);
      return true;
    },
    trace: (request) => Promise.resolve(request).then((value) => traceLive(serving.current(), value)),
    failed: new Promise(() => undefined),
    close() {
      closing ??= close();
      return closing;
    },
  };

  async function close(): Promise<void> {
    serving.beginStop();
    await reloading;
    joined().announcer.drain(true);
    await serving.close(options.graceMs ?? defaultGraceMs);
    for (const step of undo.reverse()) await step();
  }
}
