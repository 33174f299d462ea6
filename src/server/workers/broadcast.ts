import type { NamedEjection } from "../../balance/health.ts";
import type { SelfIdentity } from "../../stats/cluster.ts";
import type { Member } from "../../stats/member.ts";
import { memberChanges } from "./member-changes.ts";
import type { BeginMessage, ToWorker } from "./messages.ts";
import type { WorkerProcess } from "./worker-process.ts";

/** Keeps all workers at the state of the primary. */
export interface Broadcast {
  /** What a worker has to know that begins now; from here on it is told of every change. */
  readonly beginning: (worker: WorkerProcess, identity: SelfIdentity) => BeginMessage;
  /** Tells at once who is ejected, if that has changed. */
  readonly look: () => void;
  /** A worker saw a request fail at a server: the others shall know. */
  readonly failed: (source: WorkerProcess, id: string) => void;
  readonly drain: (id: string, sessionsUntilMs: number | null) => void;
  /** The view of the cluster is another one. */
  readonly membersChanged: () => void;
  readonly stop: () => void;
}

export interface BroadcastSources {
  readonly members: () => readonly Member[];
  readonly ejections: () => readonly NamedEjection[];
  readonly busy: () => number;
}

/** Announcements come once a second from each server: of hundreds, many go in one message. */
const everyMs = 50;

export function createBroadcast(sources: BroadcastSources): Broadcast {
  const workers = new Set<WorkerProcess>();
  let sentMembers: readonly Member[] = [];
  let sentEjections = "[]";
  let sentBusy = 0;
  const drained = new Map<string, number>();

  const tell = (message: ToWorker): void => {
    for (const worker of workers) worker.send(message);
  };

  function tellMembers(): void {
    const members = sources.members();
    const changes = memberChanges(sentMembers, members);
    if (changes === null) return;
    sentMembers = members;
    tell({ kind: "members", changes });
  }

  function look(): void {
    const ejections = sources.ejections();
    const text = JSON.stringify(ejections);
    if (text === sentEjections) return;
    sentEjections = text;
    tell({ kind: "ejections", ejections });
  }

  const timer = setInterval(() => {
    if (workers.size === 0) return;
    tellMembers();
    const busy = sources.busy();
    if (busy === sentBusy) return;
    sentBusy = busy;
    tell({ kind: "busy", busy });
  }, everyMs);

  return {
    beginning(worker, identity) {
      // The others get what has changed until now, so that the next changes fit all of them.
      tellMembers();
      look();
      sentMembers = sources.members();
      workers.add(worker);
      void worker.ended.then(() => workers.delete(worker));
      return {
        kind: "begin",
        identity,
        members: sources.members(),
        ejections: sources.ejections(),
        drained: [...drained],
      };
    },
    look,
    failed(source, id) {
      const atMs = Date.now();
      for (const worker of workers) if (worker !== source) worker.send({ kind: "failed", id, atMs });
    },
    drain(id, sessionsUntilMs) {
      if (sessionsUntilMs === null) drained.delete(id);
      else drained.set(id, sessionsUntilMs);
      tell({ kind: "drain", id, sessionsUntilMs });
    },
    membersChanged() {
      const members = sources.members();
      sentMembers = members;
      tell({ kind: "members", changes: { kind: "all", members } });
    },
    stop() {
      clearInterval(timer);
    },
  };
}
