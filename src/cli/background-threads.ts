import { readdirSync, readFileSync } from "node:fs";
import { getPriority, setPriority } from "node:os";
import { setV8Options } from "./v8-options.ts";

/** Where a process finds its own threads; Linux alone has it. */
const tasks = "/proc/self/task";

/** What Node.js calls V8's threads since version 24; before, none has a name of its own. */
const workerName = "V8Worker";

/** Started before any other code runs, in this order: the first thread, one for delayed tasks, four of V8. */
const unnamedWorkers = { from: 2, to: 6 };

/** How much less they ask for: about a tenth of what the thread that serves gets while both want one core. */
const nicer = 10;

/**
 * Lets the threads that compile and collect for V8 give way to the one that answers requests, for the rest of the process.
 * Where they have to share a core, a function compiled anew takes half of it for 20 ms otherwise, in which requests pile up:
 * the 99th percentile at half load falls by a quarter (docs/performance.md). Not more than that: a large collection waits for
 * what they have begun. The small ones, some fifteen a second, no longer ask them. Changes nothing where the system has no
 * such threads to show, forbids it, or was told of another number.
 */
export function letBackgroundThreadsYield(): void {
  // Nearly all that requests leave is garbage: waking four threads for the few kilobytes to keep takes longer than keeping them.
  // The first option takes away most of those switches; the second, half of the 50 a second that are left at half load.
  setV8Options("--no-parallel-scavenge", "--no-concurrent-array-buffer-sweeping");
  if (process.execArgv.concat(process.env["NODE_OPTIONS"] ?? "").some((word) => word.includes("v8-pool-size"))) return;
  try {
    for (const thread of workerThreads()) setPriority(thread, Math.min(getPriority(thread) + nicer, 19));
  } catch {
    // Then they share alike, as they do elsewhere.
  }
}

function workerThreads(): readonly number[] {
  const threads = readdirSync(tasks)
    .map(Number)
    .sort((a, b) => a - b);
  const named = threads.filter((thread) => readFileSync(`${tasks}/${thread}/comm`, "latin1").trim() === workerName);
  return named.length > 0 ? named : threads.slice(unnamedWorkers.from, unnamedWorkers.to);
}
