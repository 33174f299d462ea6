import { createWorkerPool } from "../../../src/server/workers/worker-pool.ts";
import type { WorkerProcess } from "../../../src/server/workers/worker-process.ts";
import { eventually } from "../../proxy/support.ts";

/** A worker that only lives and dies. */
function fakeWorker(
  slot: number,
  pid: number,
  startedMs: number,
): { worker: WorkerProcess; end: (how: string) => void } {
  let end: (how: string) => void = () => undefined;
  const ended = new Promise<string>((resolve) => {
    end = resolve;
  });
  const worker: WorkerProcess = {
    slot,
    pid,
    startedMs,
    opened: Promise.resolve([]),
    begin: () => Promise.resolve([]),
    send: () => undefined,
    ask: () => Promise.reject(new Error("nobody is there")),
    ended,
    kill: () => undefined,
  };
  return { worker, end };
}

const longAgo = () => Date.now() - 60_000;

function createPool(launch: (slot: number) => Promise<WorkerProcess>) {
  const said: string[] = [];
  const pauses: number[] = [];
  const pool = createWorkerPool({
    launch,
    log: (message) => said.push(message),
    onLost: ({ pid }) => said.push(`lost ${pid}`),
    onHopeless: (reason) => said.push(`hopeless: ${reason}`),
    pauseMs(failures) {
      pauses.push(failures);
      return 0;
    },
  });
  return { pool, said, pauses };
}

test("puts another worker in the place of one that ended, and says how it ended", async () => {
  const first = fakeWorker(1, 100, longAgo());
  const second = fakeWorker(1, 101, longAgo());
  const { pool, said, pauses } = createPool((slot) => Promise.resolve({ ...second.worker, slot }));
  pool.keep(first.worker);
  expect(pool.running().map(({ pid }) => pid)).toEqual([100]);
  first.end("by SIGKILL");
  await eventually(() => pool.running()[0]?.pid === 101, "the second runs");
  expect(pool.running()).toMatchObject([{ slot: 1 }]);
  expect(said).toEqual(["lost 100", "The worker 100 ended by SIGKILL; another one takes its place"]);
  expect(pauses).toEqual([1]);
});

test("waits longer and longer for those that end soon after their start, and gives up only when none is left", async () => {
  let pid = 200;
  const launched: ReturnType<typeof fakeWorker>[] = [];
  const { pool, said, pauses } = createPool((slot) => {
    pid += 1;
    const made = fakeWorker(slot, pid, Date.now());
    launched.push(made);
    return Promise.resolve(made.worker);
  });
  const steady = fakeWorker(0, 100, longAgo());
  const fragile = fakeWorker(1, 200, Date.now());
  pool.keep(steady.worker);
  pool.keep(fragile.worker);
  fragile.end("with 1");
  for (let turn = 0; turn < 12; turn += 1) {
    await eventually(() => launched.length === turn + 1, "the next is launched");
    await eventually(() => pool.running().length === 2, "it runs");
    launched[turn]?.end("with 1");
  }
  await eventually(() => launched.length === 13, "it is still tried");
  expect(pauses).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13]);
  expect(said.some((line) => line.startsWith("hopeless"))).toBe(false);
  await eventually(() => pool.running().length === 2, "it runs");
  steady.end("by SIGKILL");
  launched[12]?.end("with 1");
  await eventually(() => said.some((line) => line.startsWith("hopeless")), "it is given up");
  expect(said.at(-1)).toBe("hopeless: workers end soon after their start: with 1");
});

test("gives up when none can be started and none is left", async () => {
  const { pool, said } = createPool(() => Promise.reject(new Error("Cannot listen on *:80")));
  const only = fakeWorker(0, 100, longAgo());
  pool.keep(only.worker);
  only.end("by SIGKILL");
  await eventually(() => said.some((line) => line.startsWith("hopeless")), "it is given up");
  expect(said.at(-1)).toBe("hopeless: no worker can be started: Cannot listen on *:80");
  expect(said).toContain("No worker can take the place of one that ended: Cannot listen on *:80");
});

test("replaces nobody once it is stopped", async () => {
  let launches = 0;
  const { pool, said } = createPool(() => {
    launches += 1;
    return Promise.reject(new Error("nobody asked"));
  });
  const only = fakeWorker(0, 100, longAgo());
  pool.keep(only.worker);
  pool.stop();
  only.end("with 0");
  await eventually(() => said.includes("lost 100"), "it is lost");
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect({ launches, said }).toEqual({ launches: 0, said: ["lost 100"] });
});
