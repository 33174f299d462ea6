import { spawn, spawnSync } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { availableParallelism } from "node:os";

/** A program under test, or one that helps. */
export interface Running {
  readonly child: ChildProcess;
  /** Nanoseconds of processor time of the process, its children and all their threads, so far. */
  readonly cpuNs: () => number;
  readonly memoryBytes: () => number;
  readonly stop: () => Promise<void>;
}

/** Whether a program is on this machine. */
export function isInstalled(program: string): boolean {
  return spawnSync("sh", ["-c", `command -v ${program}`], { stdio: "ignore" }).status === 0;
}

/** The words that keep a program on one core: the first for what is measured, the second for the rest; none with one core. */
export function pinned(core: 0 | 1): readonly string[] {
  return availableParallelism() > 1 && isInstalled("taskset") ? ["taskset", "-c", String(core)] : [];
}

/** Starts a program on one core; null: wherever the system likes. */
export function start(
  core: 0 | 1 | null,
  words: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Running {
  const [program = "", ...args] = [...(core === null ? [] : pinned(core)), ...words];
  const child = spawn(program, args, { stdio: ["ignore", "pipe", "pipe"], env: { ...process.env, ...env } });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => (said += chunk.toString()));
  const ended = new Promise<void>((resolve) =>
    child.once("exit", () => {
      resolve();
    }),
  );
  child.once("exit", (code) => {
    if (code !== 0 && code !== null) console.error(`${words.join(" ")} ended with ${code}: ${said}`);
  });
  const ids = (): readonly number[] => withChildren(child.pid ?? 0);
  return {
    child,
    cpuNs: () => ids().reduce((sum, id) => sum + cpuOf(id), 0),
    memoryBytes: () => ids().reduce((sum, id) => sum + memoryOf(id), 0),
    async stop() {
      child.kill("SIGTERM");
      await ended;
    },
  };
}

function withChildren(id: number): readonly number[] {
  const direct = readOr(`/proc/${id}/task/${id}/children`, "").split(" ").filter(Boolean).map(Number);
  return [id, ...direct.flatMap(withChildren)];
}

/** Nanoseconds of processor time of one process and its threads; 0 when it is not there. */
export function cpuOf(id: number): number {
  let tasks: readonly string[];
  try {
    tasks = readdirSync(`/proc/${id}/task`);
  } catch {
    return 0;
  }
  return tasks.reduce((sum, task) => sum + Number(readOr(`/proc/${id}/task/${task}/schedstat`, "0").split(" ")[0]), 0);
}

/** What is the process's own: pages that it shares with its children count once for each. */
function memoryOf(id: number): number {
  return Number(/^Pss:\s+(\d+) kB$/m.exec(readOr(`/proc/${id}/smaps_rollup`, ""))?.[1] ?? 0) * 1024;
}

function readOr(path: string, otherwise: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return otherwise;
  }
}
