import type { AddressInfo } from "node:net";
import type { FileFacts } from "../routing/file-facts.ts";
import { createGeneration, openGenerationLogs } from "./generation.ts";
import type { Generation, GenerationWorld } from "./generation.ts";
import { createListenerSet } from "./listener-set.ts";
import { prepareTable } from "./prepare-table.ts";
import type { PreparedTable, ServedTable } from "./prepare-table.ts";
import type { LogLevel } from "./error-log.ts";

/** What serving needs of the process that it runs in. */
export interface ServingOptions {
  /** Takes lines of the error log where the configuration names no file. */
  readonly stderr: (text: string) => void;
  /** What the file system says; null: paths are compared as text and no file is found. */
  readonly facts: FileFacts | null;
  /** For the logs. */
  readonly pid: number;
}

/** The rest of the cluster, as the requests that are served see it. */
export interface ServingWorld extends Omit<GenerationWorld, "isStopping"> {
  /** Takes over the settings of a configuration that holds from now on. */
  readonly configure: (prepared: PreparedTable) => void;
  /** One period between two announcements is over. */
  readonly periodEnded: () => void;
}

/** Open ports, open logs, and one configuration after the other that answers requests. */
export interface Serving {
  /** The configuration that it was opened with. */
  readonly prepared: PreparedTable;
  readonly addresses: () => readonly AddressInfo[];
  /** Writes to the error log of the configuration that holds. */
  readonly log: (level: LogLevel, message: string) => void;
  /** From now on requests are answered; those that came before have waited. */
  readonly begin: (world: ServingWorld) => void;
  /** Requests that are being handled now. */
  readonly busy: () => number;
  /** The configuration that new requests meet. */
  readonly current: () => Generation;
  /**
   * Opens what another table needs and the one before has not. Rejects with a ServerError, with nothing changed. One at a time.
   */
  readonly prepare: (served: ServedTable) => Promise<NextConfiguration>;
  readonly isStopping: () => boolean;
  /** From now on answers close their connections. */
  readonly beginStop: () => void;
  /** Takes no more connections, lets running requests finish for the grace time, then cuts what is left; closes the logs. */
  readonly close: (graceMs: number) => Promise<void>;
  /** Closes everything now, before `begin`. */
  readonly destroy: () => void;
}

/** A configuration that could hold at once. */
export interface NextConfiguration {
  readonly prepared: PreparedTable;
  /** Where it will listen. */
  readonly addresses: readonly AddressInfo[];
  /** Requests that run end with the old one, the next ones meet this one. */
  readonly keep: () => void;
  readonly undo: () => void;
}

/** Opens the ports, then the logs of a table. Rejects with a ServerError, with nothing left open. */
export async function openServing(served: ServedTable, options: ServingOptions): Promise<Serving> {
  const { stderr, facts, pid } = options;
  const prepared = await prepareTable(served, facts);
  const listeners = createListenerSet(prepared.settings);
  const open = async ({ table, settings, secure, proxyProtocol, where }: PreparedTable) =>
    listeners.change({ lines: table.listen, settings, secure, proxyProtocol, where });
  (await open(prepared)).keep();
  const logs = openLogs();
  let generation: Generation | null = null;
  let world: ServingWorld | null = null;
  let periods: NodeJS.Timeout | null = null;
  let isStopping = false;
  // Made here: made where a configuration is changed it would keep the one before, and that the one before it.
  const asksStopping = (): boolean => isStopping;
  /** Those that still have requests. */
  const leaving = new Set<Generation>();

  function openLogs() {
    try {
      return openGenerationLogs(prepared, stderr, pid);
    } catch (error) {
      listeners.destroy();
      throw error;
    }
  }

  const current = (): Generation => {
    if (generation === null) throw new Error("The server is asked before it is ready");
    return generation;
  };

  function use(next: Generation, of: ServingWorld): void {
    generation = next;
    world = of;
    of.configure(next.prepared);
    listeners.handleWith(next.handler);
    for (const warning of next.prepared.secure?.warnings ?? []) next.logs.errorLog.log("warn", warning);
    if (periods !== null) clearInterval(periods);
    periods = setInterval(of.periodEnded, next.prepared.table.cluster.intervalMs).unref();
  }

  return {
    prepared,
    addresses: listeners.addresses,
    log(level, message) {
      (generation?.logs ?? logs).errorLog.log(level, message);
    },
    begin(of) {
      use(createGeneration(prepared, logs, { ...of, isStopping: asksStopping }), of);
    },
    busy() {
      let all = generation?.handler.busy() ?? 0;
      for (const old of leaving) all += old.handler.busy();
      return all;
    },
    current,
    async prepare(wanted) {
      const next = await prepareTable(wanted, facts);
      const nextLogs = openGenerationLogs(next, stderr, pid);
      try {
        const change = await open(next);
        return {
          prepared: next,
          addresses: change.addresses,
          undo() {
            change.undo();
            void nextLogs.close();
          },
          keep() {
            const before = current();
            if (world === null) throw new Error("A configuration is changed before there is one");
            change.keep();
            use(createGeneration(next, nextLogs, { ...world, isStopping: asksStopping }), world);
            leaving.add(before);
            void before.retire().finally(() => leaving.delete(before));
          },
        };
      } catch (error) {
        void nextLogs.close();
        throw error;
      }
    },
    isStopping: asksStopping,
    beginStop() {
      isStopping = true;
    },
    async close(graceMs) {
      isStopping = true;
      await listeners.close(graceMs);
      if (generation === null) {
        await logs.close();
        return;
      }
      const last = generation;
      last.logs.errorLog.log("notice", "backhand has stopped");
      if (periods !== null) clearInterval(periods);
      await Promise.all([...leaving, last].map((each) => each.retire()));
    },
    destroy() {
      if (periods !== null) clearInterval(periods);
      listeners.destroy();
      if (generation === null) void logs.close();
    },
  };
}
