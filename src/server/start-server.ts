import type { AddressInfo } from "node:net";
import { createAdmission } from "../balance/admission.ts";
import { createHealth } from "../balance/health.ts";
import { createInflight } from "../balance/inflight.ts";
import type { RoutingTable, TableDirective } from "../compile/table.ts";
import type { AccessFileReader } from "../routing/access-files.ts";
import type { FileFacts } from "../routing/file-facts.ts";
import type { Cluster, SelfIdentity } from "../stats/cluster.ts";
import { joinCluster } from "../stats/join-cluster.ts";
import type { Membership } from "../stats/join-cluster.ts";
import type { TransportDefinition } from "../stats/transport.ts";
import { absolute } from "./access-log.ts";
import type { BalancerState } from "./balancer.ts";
import { createGeneration, openGenerationLogs } from "./generation.ts";
import type { Generation, GenerationWorld } from "./generation.ts";
import { identityOf } from "./identity.ts";
import { createListenerSet } from "./listener-set.ts";
import { createMemberCounters } from "./member-counters.ts";
import { writePidFile } from "./pid-file.ts";
import { prepareTable } from "./prepare-table.ts";
import type { PreparedTable, ServedTable } from "./prepare-table.ts";
import { dropPrivileges } from "./process-identity.ts";
import type { IdentityProcess } from "./process-identity.ts";
import { restartNotes } from "./restart-notes.ts";
import { statusReport } from "./status-report.ts";
import type { StatusReport } from "./status-report.ts";

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
  /** The configuration that new requests meet. */
  readonly current: () => Generation;
  /**
   * Goes over to another table: requests that run end with the old one, the next ones meet the new one. Rejects, with nothing
   * changed, when the new one cannot run. Gives what takes effect only after a restart, for people.
   */
  reload(served: ServedTable): Promise<readonly string[]>;
  /**
   * Drains a server, by name: it gets no new requests, and until then (local clock, milliseconds) those of its sessions; null
   * takes it back. This server itself announces it. False: no such server.
   */
  drain(id: string, sessionsUntilMs: number | null): boolean;
  /** Takes no more connections, lets running requests finish for the grace time, then cuts what is left. */
  close(): Promise<void>;
}

/** How long requests may take to finish when the server stops. Supervisors kill after 10 (containers) or 90 s (systemd). */
const defaultGraceMs = 8000;

/** Most time that a new membership has to hear of the servers that the old one knows: those who announce do it within that. */
const hearMs = 3000;

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
  const prepared = await prepareTable({ table, accessFiles: options.accessFiles ?? null }, options.facts);
  const { settings } = prepared;
  const listeners = createListenerSet(settings);
  undo.push(listeners.destroy);
  (await listeners.change(table.listen, settings, prepared.where)).keep();

  const logs = openGenerationLogs(prepared, options.stderr, self.pid);
  // Until there is a generation that closes them.
  undo.push(() => (generation === null ? logs.close() : undefined));
  for (const path of [settings.pidFile, settings.moderatorPidFile]) {
    if (path !== null) undo.push(writePidFile(absolute(path, table.serverRoot), self.pid));
  }

  const inflight = createInflight();
  const state: BalancerState = {
    inflight,
    admission: createAdmission(inflight, settings.maxInflight),
    counters: createMemberCounters(),
    health: createHealth(settings.health, Date.now()),
  };
  let generation: Generation | null = null;
  let membership: Membership | null = null;
  let identity = identityOf(table, listeners.addresses(), Date.now());
  let stopping = false;
  /** Those that still have requests. */
  const leaving = new Set<Generation>();

  const current = (): Generation => {
    if (generation === null) throw new Error("The server is asked before it is ready");
    return generation;
  };
  const joined = (): Membership => {
    if (membership === null) throw new Error("The cluster is asked before it is joined");
    return membership;
  };
  const busy = (): number => {
    let all = generation?.handler.busy() ?? 0;
    for (const old of leaving) all += old.handler.busy();
    return all;
  };
  const workers = () => {
    const { maxClients } = generation?.prepared.settings ?? settings;
    const now = busy();
    return { busy: now, ready: Math.max(0, maxClients - now) };
  };
  const log = (message: string): void => {
    (generation?.logs ?? logs).errorLog.log("warn", message);
  };
  const join = (of: PreparedTable, as: SelfIdentity): Promise<Membership> =>
    joinCluster({
      settings: of.table.cluster,
      identity: as,
      workers,
      backhanded: () => state.counters.backhanded(),
      listens: true,
      log,
      ...(options.transports === undefined ? {} : { transports: options.transports }),
      ...(options.measureSpeed === undefined ? {} : { measure: options.measureSpeed }),
    });
  membership = await join(prepared, identity);
  undo.push(() => joined().stop());
  // Ports, logs, the pid file and the secret are for root's eyes; requests are not.
  dropPrivileges(settings.user, settings.group, self);

  const world: GenerationWorld = {
    state,
    cluster: () => joined().cluster,
    identity: () => identity,
    status() {
      const { cluster } = joined();
      state.counters.keep(new Set(cluster.members().map(({ id }) => id)));
      return statusReport({ cluster, ...state }, Date.now());
    },
    figures() {
      const { load, cpuIdle } = joined().cluster.self();
      return { ...workers(), load, cpuIdle };
    },
    isStopping: () => stopping,
    random: options.random ?? Math.random,
  };
  generation = createGeneration(prepared, logs, world);
  let periods = watchPeriods();
  undo.push(() => {
    clearInterval(periods);
  });
  listeners.handleWith(generation.handler);
  const ports = (): string => listeners.addresses().map(addressText).join(", ");
  logs.errorLog.log("notice", `backhand serves ${ports()} as ${identity.id}`);

  /** Counts arrivals between announcements, and looks who is there when nobody asks. */
  function watchPeriods(): NodeJS.Timeout {
    return setInterval(() => {
      state.counters.periodEnded();
      state.health.look(state.inflight.candidates(joined().cluster.members()), Date.now());
    }, current().prepared.table.cluster.intervalMs).unref();
  }

  async function reload(served: ServedTable): Promise<readonly string[]> {
    const before = current();
    const next = await prepareTable(served, options.facts);
    const nextLogs = openGenerationLogs(next, options.stderr, self.pid);
    const revert: (() => void)[] = [() => void nextLogs.close()];
    try {
      const change = await listeners.change(next.table.listen, next.settings, next.where);
      revert.push(change.undo);
      const nextIdentity = identityOf(next.table, listeners.addresses(), Date.now());
      const isSame = sameCluster(before.prepared.table, next.table);
      const nextMembership = isSame ? null : await join(next, nextIdentity);
      if (stopping) {
        await nextMembership?.stop();
        throw new Error("The server is stopping");
      }
      if (nextMembership !== null) {
        await heard(nextMembership.cluster, joined().cluster);
        const old = joined();
        membership = nextMembership;
        identity = nextIdentity;
        await old.stop();
      }
      change.keep();
      state.health.configure(next.settings.health);
      state.admission.configure(next.settings.maxInflight);
      generation = createGeneration(next, nextLogs, world);
      listeners.handleWith(generation.handler);
    } catch (error) {
      for (const step of revert.reverse()) step();
      throw error;
    }
    clearInterval(periods);
    periods = watchPeriods();
    leaving.add(before);
    void before.retire().finally(() => leaving.delete(before));
    nextLogs.errorLog.log("notice", `backhand has read its configuration again, and serves ${ports()}`);
    return restartNotes(before.prepared, next);
  }

  let reloading: Promise<unknown> = Promise.resolve();
  let closing: Promise<void> | null = null;
  return {
    get addresses() {
      return listeners.addresses();
    },
    get transports() {
      return joined().transports;
    },
    get notHonoured() {
      return current().notHonoured;
    },
    get cluster() {
      return joined().cluster;
    },
    status: world.status,
    busy,
    current,
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
    close() {
      closing ??= close();
      return closing;
    },
  };

  async function close(): Promise<void> {
    stopping = true;
    await reloading;
    joined().announcer.drain(true);
    await listeners.close(options.graceMs ?? defaultGraceMs);
    const last = current();
    last.logs.errorLog.log("notice", "backhand has stopped");
    await Promise.all([...leaving, last].map((each) => each.retire()));
    for (const step of undo.reverse()) await step();
  }
}

/** Whether another table means the same cluster and the same place in it. */
function sameCluster(before: RoutingTable, next: RoutingTable): boolean {
  const part = ({ cluster, hosts }: RoutingTable) =>
    JSON.stringify([{ ...cluster, announce: cluster.announce.map(({ place: _, ...rest }) => rest) }, hosts[0]?.name]);
  return part(before) === part(next);
}

/** Waits until a new view knows as many servers as the one before it, for as long as announcements take to come. */
async function heard(next: Cluster, before: Cluster): Promise<void> {
  const end = Date.now() + hearMs;
  while (next.members().length < before.members().length && Date.now() < end) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

function addressText({ address, port }: AddressInfo): string {
  return address.includes(":") ? `[${address}]:${port}` : `${address}:${port}`;
}
