import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";

/** A while in which the machine gave one of the cores to nobody, on the monotonic clock. */
export interface Stall {
  readonly startMs: number;
  readonly endMs: number;
}

/** Later than this and it was not the scheduler's own grain. */
const lateMs = 0.3;

/** Sleeps half a millisecond again and again and notes when that took longer; says so when its input ends. */
const watcher = `
  const cell = new Int32Array(new SharedArrayBuffer(4));
  const now = () => Number(process.hrtime.bigint()) / 1e6;
  const stalls = [];
  let isOver = false;
  process.stdin.resume().once("end", () => { isOver = true; });
  const watch = () => {
    for (let count = 0; count < 40; count += 1) {
      const startMs = now();
      Atomics.wait(cell, 0, 0, 0.5);
      const endMs = now();
      if (endMs - startMs > 0.5 + ${lateMs}) stalls.push({ startMs: startMs + 0.5, endMs });
    }
    if (isOver) process.stdout.write(JSON.stringify(stalls));
    else setImmediate(watch);
  };
  watch();
`;

/** The monotonic clock that all processes of the machine share, in milliseconds. */
export function monotonicMs(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}

/**
 * Watches both cores with processes of real-time priority, which only the machine itself (its hypervisor, its interrupts) can
 * keep waiting; each takes some 2 % of its core. What is returned ends the watch and gives what was seen, in no order; null
 * when such priorities are not to be had.
 */
export function watchForStalls(): (() => Promise<readonly Stall[]>) | null {
  // Not `pinned`: whoever asks may stand on one core itself.
  const on = (core: number): string[] => ["-f", "1", "taskset", "-c", String(core)];
  if ([0, 1].some((core) => spawnSync("chrt", [...on(core), "true"]).status !== 0)) return null;
  const watchers = [0, 1].map((core) => {
    const words = [...on(core), process.execPath, "-e", watcher];
    const child = spawn("chrt", words, { stdio: ["pipe", "pipe", "inherit"] });
    let text = "";
    child.stdout.on("data", (chunk: Buffer) => (text += chunk.toString()));
    return async (): Promise<readonly Stall[]> => {
      child.stdin.end();
      await once(child, "close");
      return JSON.parse(text) as readonly Stall[];
    };
  });
  return async () => (await Promise.all(watchers.map((stop) => stop()))).flat();
}

/**
 * Which spans of time met no stall, nor the time after one in which what had piled up was worked off: as long again, with a
 * server that is busy half of the time.
 */
export function undisturbed(stalls: readonly Stall[]): (startMs: number, endMs: number) => boolean {
  const windows = stalls
    .map(({ startMs, endMs }) => ({ startMs, endMs: endMs + (endMs - startMs) }))
    .sort((a, b) => a.startMs - b.startMs);
  const lastEnds: number[] = [];
  for (const { endMs } of windows) lastEnds.push(Math.max(endMs, lastEnds.at(-1) ?? -Infinity));
  return (startMs, endMs) => {
    // The last window that starts before the span ends; the latest end among it and those before it.
    let low = 0;
    let high = windows.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((windows[middle]?.startMs ?? Infinity) < endMs) low = middle + 1;
      else high = middle;
    }
    return low === 0 || (lastEnds[low - 1] ?? -Infinity) <= startMs;
  };
}
