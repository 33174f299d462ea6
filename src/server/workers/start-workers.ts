import { createHealth } from "../../balance/health.ts";
import type { RoutingTable } from "../../compile/table.ts";
import type { SelfIdentity } from "../../stats/cluster.ts";
import { joinCluster } from "../../stats/join-cluster.ts";
import type { Membership } from "../../stats/join-cluster.ts";
import { addressAndPort } from "../../access/address.ts";
import { createChecks } from "../checks.ts";
import { placeText } from "../place-text.ts";
import { membersTls } from "../tls/members-tls.ts";
import type { UpstreamTls } from "../../proxy/upstream-tls.ts";
import { identityOf } from "../identity.ts";
import { joinOther } from "../join-other.ts";
import { openLogs } from "../logs.ts";
import { writePidFiles } from "../pid-file.ts";
import { createPrivileges } from "../process-identity.ts";
import type { IdentityProcess } from "../process-identity.ts";
import { restartNotes } from "../restart-notes.ts";
import { ServerError } from "../server-error.ts";
import { readServerSettings } from "../server-settings.ts";
import { defaultGraceMs } from "../start-server.ts";
import type { NotHonoured, Steerable } from "../steerable.ts";
import { createBooks } from "./books.ts";
import { createBroadcast } from "./broadcast.ts";
import type { DealingsPage } from "./dealings-page.ts";
import type { PrimaryQuestion, SentTable } from "./messages.ts";
import { createWorkerPool } from "./worker-pool.ts";
import { startWorker } from "./worker-process.ts";
import type { WorkerProcess, WorkerProgram } from "./worker-process.ts";
import { shareProblems } from "./worker-shares.ts";

export interface WorkersOptions {
  readonly count: number;
  readonly program: WorkerProgram;
  /** Takes lines of the error log where the configuration names no file. */
  readonly stderr: (text: string) => void;
  /** How long running requests may take to finish after `close`. */
  readonly graceMs?: number;
  readonly process?: IdentityProcess & { readonly pid: number };
}

/** A server of several processes. */
export interface WorkersServer extends Steerable {
  /** As RunningServer has it: all workers go over to the table, or none. */
  reload(served: SentTable): Promise<readonly string[]>;
}

/** Time for a worker to end after the grace time, before it is killed. */
const endMs = 2000;

/**
 * Serves a table with several processes: this one keeps the books and speaks for all with the cluster, the others answer
 * requests. Rejects with a ServerError, TransportError or SecretError, with nothing left running.
 */
export async function startWorkers(served: SentTable, options: WorkersOptions): Promise<WorkersServer> {
  const undo: (() => Promise<void> | void)[] = [];
  try {
    return await start(served, options, undo);
  } catch (error) {
    for (const step of undo.reverse()) await step();
    throw error;
  }
}

async function start(
  first: SentTable,
  options: WorkersOptions,
  undo: (() => Promise<void> | void)[],
): Promise<WorkersServer> {
  const { count, program, stderr, graceMs = defaultGraceMs } = options;
  const self = options.process ?? process;
  let served = first;
  let settings = readServerSettings(first.table);
  checkShares(first.table, count);
  let logs = openLogs(first.table, stderr, self.pid);
  undo.push(() => logs.close());
  const privileges = createPrivileges(settings.user, settings.group, self);
  let membership: Membership | null = null;
  let identity = identityOf(first.table, listening(first.table), Date.now());
  let notHonoured: readonly NotHonoured[] = [];
  let isStopping = false;

  const health = createHealth(settings.health, Date.now());
  const checks = createChecks(settings.check, {
    members: () => membership?.cluster.members() ?? [],
    health,
    tls: membersTls(first.table, placeText(first.table)),
  });
  undo.push(checks.stop);
  const books = createBooks(checks, health, () => joined().cluster);

  const log = (message: string): void => {
    logs.errorLog.log("warn", message);
  };
  const joined = (): Membership => {
    if (membership === null) throw new Error("The cluster is asked before it is joined");
    return membership;
  };
  const join = (of: RoutingTable, as: SelfIdentity): Promise<Membership> =>
    joinCluster({
      settings: of.cluster,
      identity: as,
      workers() {
        const now = books.busy();
        return { busy: now, ready: Math.max(0, settings.maxClients - now) };
      },
      backhanded: () => books.counters.backhanded(),
      listens: true,
      log,
    });

  const pool = createWorkerPool({
    log,
    launch: (slot) => exclusive(() => launchAndBegin(slot)),
    onLost({ pid }) {
      books.forget(pid);
    },
    onHopeless: (reason) => {
      hopeless(reason);
    },
  });
  let hopeless: (reason: string) => void = () => undefined;
  const failed = new Promise<string>((resolve) => {
    hopeless = resolve;
  });
  const broadcast = createBroadcast({
    members: () => joined().cluster.members(),
    ejections: () => health.ejections(Date.now()),
    busy: books.busy,
  });
  undo.push(broadcast.stop);

  /** Those that do not answer requests yet. */
  const launching = new Set<WorkerProcess>();
  /** Launching and reloading take turns: each worker begins with a configuration that holds. */
  let turn: Promise<unknown> = Promise.resolve();
  function exclusive<T>(action: () => Promise<T>): Promise<T> {
    const result = turn.then(action);
    turn = result.catch(() => undefined);
    return result;
  }

  function open(slot: number): WorkerProcess {
    return startWorker(program, { kind: "open", ...served, slot, count }, { dealings: hear, reply });
  }

  async function launchAndBegin(slot: number): Promise<WorkerProcess> {
    if (isStopping) throw new Error("the server is stopping");
    // It opens ports, logs and keys that may be root's, and then gives up these rights for good.
    privileges.raise();
    const worker = open(slot);
    launching.add(worker);
    try {
      await worker.opened;
      await worker.begin(broadcast.beginning(worker, identity));
      return worker;
    } catch (error) {
      worker.kill();
      throw error;
    } finally {
      launching.delete(worker);
      privileges.lower();
    }
  }

  /** A worker's page: into the books, and what the others should know to them. */
  function hear(worker: WorkerProcess, page: DealingsPage): void {
    books.write(worker.pid, page, (id) => {
      broadcast.failed(worker, id);
    });
    broadcast.look();
  }

  function reply(question: PrimaryQuestion): unknown {
    switch (question.kind) {
      case "status":
        return books.status(settings.places.limit);
      case "posted":
        return joined().cluster.receive(question.datagram, Date.now(), question.via);
      default:
        return question satisfies never;
    }
  }

  // Ports first: nothing of it is announced before all of it can serve.
  const workers = Array.from({ length: count }, (_, slot) => open(slot));
  undo.push(() => {
    pool.stop();
    for (const worker of workers) worker.kill();
  });
  await Promise.all(workers.map((worker) => worker.opened));
  undo.push(...writePidFiles(first.table, settings, self.pid));
  membership = await join(first.table, identity);
  undo.push(() => joined().stop());
  for (const worker of workers) {
    notHonoured = await worker.begin(broadcast.beginning(worker, identity));
    pool.keep(worker);
  }
  privileges.lower();
  let addresses = await (workers[0]?.opened ?? Promise.resolve([]));
  const ports = (): string => addresses.map(({ address, port }) => addressAndPort(address, port)).join(", ");
  logs.errorLog.log("notice", `backhand serves ${ports()} as ${identity.id} with ${count} workers`);

  const watchPeriods = (): NodeJS.Timeout =>
    setInterval(() => {
      books.counters.periodEnded();
      books.look();
      broadcast.look();
    }, served.table.cluster.intervalMs).unref();
  let periods = watchPeriods();
  undo.push(() => {
    clearInterval(periods);
  });

  async function reload(next: SentTable): Promise<readonly string[]> {
    const nextSettings = readServerSettings(next.table);
    checkShares(next.table, count);
    const asked = pool.running();
    const { table } = next;
    privileges.raise();
    let nextLogs: typeof logs | null = null;
    let nextTls: UpstreamTls | null = null;
    try {
      nextLogs = openLogs(table, stderr, self.pid);
      nextTls = membersTls(table, placeText(table));
      const answers = await allOrFirstError(asked.map((worker) => worker.ask({ kind: "prepare", ...next })));
      const nextAddresses = (answers[0] as typeof addresses | undefined) ?? addresses;
      const before = { table: served.table, identity, membership: joined() };
      const other = await joinOther(before, { table, addresses: listening(table) }, join);
      if (isStopping) {
        await other?.membership.stop();
        throw new Error("The server is stopping");
      }
      if (other !== null) ({ membership, identity } = other);
      addresses = nextAddresses;
      if (other !== null) await before.membership.stop();
    } catch (error) {
      await nextLogs?.close();
      await Promise.allSettled(asked.map((worker) => worker.ask({ kind: "undo" })));
      throw error;
    } finally {
      privileges.lower();
    }
    const notes = restartNotes({ table: served.table, settings }, { table, settings: nextSettings });
    const oldLogs = logs;
    logs = nextLogs;
    served = next;
    settings = nextSettings;
    health.configure(settings.health);
    checks.configure(settings.check, nextTls);
    clearInterval(periods);
    periods = watchPeriods();
    broadcast.membersChanged();
    const kept = await Promise.allSettled(asked.map((worker) => worker.ask({ kind: "keep", identity })));
    for (const [index, result] of kept.entries()) {
      if (result.status === "fulfilled") notHonoured = result.value as typeof notHonoured;
      // It has the old configuration, or none: another takes its place with the new one.
      else asked[index]?.kill();
    }
    await oldLogs.close();
    logs.errorLog.log("notice", `backhand has read its configuration again, and serves ${ports()}`);
    return notes;
  }

  async function close(): Promise<void> {
    isStopping = true;
    pool.stop();
    for (const worker of launching) worker.kill();
    await turn;
    joined().announcer.drain(true);
    const left = pool.running();
    for (const worker of left) worker.send({ kind: "stop", graceMs });
    const kill = setTimeout(() => {
      for (const worker of left) worker.kill();
    }, graceMs + endMs);
    await Promise.all(left.map((worker) => worker.ended));
    clearTimeout(kill);
    logs.errorLog.log("notice", "backhand has stopped");
    for (const step of undo.reverse()) await step();
  }

  let closing: Promise<void> | null = null;
  return {
    table: () => served.table,
    get addresses() {
      return addresses;
    },
    get transports() {
      return joined().transports;
    },
    get notHonoured() {
      return notHonoured;
    },
    self: () => joined().cluster.self(),
    status: () => books.status(settings.places.limit),
    busy: books.busy,
    workers: () =>
      pool.running().map(({ pid, startedMs }) => ({
        pid,
        uptimeMs: Date.now() - startedMs,
        busy: books.busyOf(pid),
      })),
    reload: (next) => exclusive(() => reload(next)),
    drain(id, sessionsUntilMs) {
      if (id === identity.id) {
        joined().announcer.drain(sessionsUntilMs !== null, sessionsUntilMs ?? undefined);
        return true;
      }
      if (
        !joined()
          .cluster.members()
          .some((member) => member.id === id)
      )
        return false;
      books.inflight.drain(id, sessionsUntilMs);
      broadcast.drain(id, sessionsUntilMs);
      return true;
    },
    async trace(request) {
      const [worker] = pool.running();
      if (worker === undefined) throw new Error("No worker runs now");
      return worker.ask({ kind: "trace", request });
    },
    failed,
    close() {
      closing ??= close();
      return closing;
    },
  };
}

/** Throws a ServerError where some worker would have no part of a limit. */
function checkShares(table: RoutingTable, count: number): void {
  const [problem] = shareProblems(table, count);
  if (problem !== undefined) throw new ServerError("BACKHAND_BAD_TABLE", problem);
}

/** Where a table says that it listens; ports are never 0 there. */
function listening({ listen }: RoutingTable): readonly { readonly address: string; readonly port: number }[] {
  return listen.map(({ address, port }) => ({ address: address === "*" ? "::" : address, port }));
}

/** Waits for all, and then rejects with the first error: nobody may still be at it. */
async function allOrFirstError(promises: readonly Promise<unknown>[]): Promise<readonly unknown[]> {
  const results = await Promise.allSettled(promises);
  const failed = results.find((result) => result.status === "rejected");
  if (failed !== undefined) throw failed.reason;
  return results.map((result) => (result.status === "fulfilled" ? result.value : null));
}
