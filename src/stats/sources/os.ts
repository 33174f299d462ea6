import { readFileSync } from "node:fs";
import { cpus, freemem, loadavg, totalmem } from "node:os";

/** What this host says of itself. */
export interface HostFigures {
  /** Load average over one minute. */
  readonly load: number;
  /** Idle share of the CPUs since the sample before, 0 to 1; for the first one since the host's start. */
  readonly cpuIdle: number;
  readonly cpuCount: number;
  readonly totalMemoryBytes: number;
  readonly availableMemoryBytes: number;
}

/** The calls to the system, replaceable in tests. */
export interface SystemCalls {
  readonly cpus: () => readonly {
    readonly times: Readonly<Record<"user" | "nice" | "sys" | "idle" | "irq", number>>;
  }[];
  readonly loadavg: () => readonly number[];
  readonly totalmem: () => number;
  readonly freemem: () => number;
  /** Text of /proc/meminfo; throws where there is none. */
  readonly meminfo: () => string;
}

const realCalls: SystemCalls = {
  cpus,
  loadavg,
  totalmem,
  freemem,
  meminfo: () => readFileSync("/proc/meminfo", "latin1"),
};

/** Samples this host; call the result once for each announcement. */
export function createHostSource(calls: SystemCalls = realCalls): () => HostFigures {
  let idleBefore = 0;
  let totalBefore = 0;
  let idleShare = 1;
  return () => {
    const all = calls.cpus();
    let idle = 0;
    let total = 0;
    for (const { times } of all) {
      idle += times.idle;
      total += times.user + times.nice + times.sys + times.idle + times.irq;
    }
    // Counters stand still between two samples within one tick, and go back where a CPU is taken away.
    if (total > totalBefore) idleShare = Math.min(1, Math.max(0, (idle - idleBefore) / (total - totalBefore)));
    idleBefore = idle;
    totalBefore = total;
    return {
      load: calls.loadavg()[0] ?? 0,
      cpuIdle: idleShare,
      cpuCount: Math.max(1, all.length),
      totalMemoryBytes: calls.totalmem(),
      availableMemoryBytes: Math.min(calls.totalmem(), availableMemory(calls)),
    };
  };
}

/** Linux counts caches that it can drop as available, but not as free. */
function availableMemory(calls: SystemCalls): number {
  try {
    const kibibytes = /^MemAvailable:\s{1,20}(\d{1,15}) kB$/m.exec(calls.meminfo())?.[1];
    if (kibibytes !== undefined) return Number(kibibytes) * 1024;
  } catch {
    // Another system, or /proc is not mounted.
  }
  return calls.freemem();
}
