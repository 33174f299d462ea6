import type { WorkerProcess } from "./worker-process.ts";

export interface WorkerPoolOptions {
  /** Starts a worker and lets it answer requests; rejects when it did not get so far, with nothing of it left. */
  readonly launch: (slot: number) => Promise<WorkerProcess>;
  readonly log: (message: string) => void;
  /** A worker is gone; its connections and requests are with it. */
  readonly onLost: (worker: WorkerProcess) => void;
  /** No worker is left and none can be started. */
  readonly onHopeless: (reason: string) => void;
  /** Time before the next start, by failures in a row; other times in tests. */
  readonly pauseMs?: (failures: number) => number;
}

/** Keeps a number of workers running. */
export interface WorkerPool {
  /** Takes over a worker that answers requests, and puts others in its place when it ends. */
  readonly keep: (worker: WorkerProcess) => void;
  /** Those that answer requests now. */
  readonly running: () => readonly WorkerProcess[];
  /** Nobody is replaced any more. */
  readonly stop: () => void;
}

/** A worker that ends sooner after its start has failed to start, whatever it said. */
const soonMs = 10_000;
/** So many failures in a row, and no worker left: about half a minute. */
const hopelessAfter = 9;

/** At once for the first, since a worker that ran long and died says nothing of the next one. */
function defaultPauseMs(failures: number): number {
  return failures <= 1 ? 0 : Math.min(10_000, 100 * 2 ** (failures - 2));
}

export function createWorkerPool(options: WorkerPoolOptions): WorkerPool {
  const { launch, log, onLost, onHopeless, pauseMs = defaultPauseMs } = options;
  const running = new Map<number, WorkerProcess>();
  let isStopping = false;

  async function replace(slot: number, failuresBefore: number): Promise<void> {
    let failures = failuresBefore;
    for (;;) {
      await new Promise((resolve) => setTimeout(resolve, pauseMs(failures)));
      if (isStopping) return;
      try {
        watch(await launch(slot), failures);
        return;
      } catch (error) {
        failures += 1;
        const why = error instanceof Error ? error.message : String(error);
        log(`No worker can take the place of one that ended: ${why}`);
        if (failures >= hopelessAfter && running.size === 0) {
          onHopeless(`no worker can be started: ${why}`);
          return;
        }
      }
    }
  }

  function watch(worker: WorkerProcess, failuresBefore: number): void {
    running.set(worker.slot, worker);
    void worker.ended.then((how) => {
      running.delete(worker.slot);
      onLost(worker);
      if (isStopping) return;
      const failures = Date.now() - worker.startedMs < soonMs ? failuresBefore + 1 : 1;
      log(`The worker ${worker.pid} ended ${how}; another one takes its place`);
      if (failures >= hopelessAfter && running.size === 0) onHopeless(`workers end soon after their start: ${how}`);
      else void replace(worker.slot, failures);
    });
  }

  return {
    keep(worker) {
      watch(worker, 0);
    },
    running: () => Array.from(running.values()),
    stop() {
      isStopping = true;
    },
  };
}
