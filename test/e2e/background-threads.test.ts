import { readdirSync, readFileSync } from "node:fs";
import { stopAll } from "../proxy/support.ts";
import { ask } from "../server/support.ts";
import { startServe } from "../support/serve-process.ts";
import { describeIf } from "../support/shared.ts";

afterEach(stopAll);

const balanced = `<Location /app>
Backhand removeSelf
Backhand byRandom
</Location>
<Location /status>
SetHandler backhand-handler
</Location>
`;

/** How nice each thread of a process is, in the order in which they were started. */
function niceness(pid: number): readonly number[] {
  return readdirSync(`/proc/${pid}/task`)
    .map(Number)
    .sort((a, b) => a - b)
    .map((thread) => {
      const stat = readFileSync(`/proc/${pid}/task/${thread}/stat`, "latin1");
      // What follows the name, which may have spaces, begins with the third field; the nineteenth is meant.
      return Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[16]);
    });
}

describeIf(process.platform === "linux", "only Linux tells of threads")("the threads of V8", () => {
  const own = niceness(process.pid)[0] ?? 0;
  const nicer = Math.min(own + 10, 19);
  const expected = [own, own, nicer, nicer, nicer, nicer, own];

  test("yield to the one that serves", async () => {
    const { pid } = await startServe(balanced);
    const found = niceness(pid);
    expect(found.slice(0, 7)).toEqual(expected);
    expect(found.slice(7).every((nice) => nice === own)).toBe(true);
  });

  test("yield in each worker", async () => {
    const { status } = await startServe(`BackhandWorkers 2\n${balanced}`);
    const { workers } = (await status()).server;
    expect(workers).toHaveLength(2);
    for (const { pid } of workers) expect(niceness(pid).slice(0, 7)).toEqual(expected);
  });
});

test("small collections are made by the thread that serves, without waking others", async () => {
  const nodeArgs = ["--trace-gc", "--trace-parallel-scavenge"];
  const { port, traces } = await startServe(balanced, { nodeArgs });
  const start = traces().length;
  const count = (pattern: RegExp): number => traces().slice(start).match(pattern)?.length ?? 0;
  const scavenges = (): number => count(/ms: Scavenge /g);
  for (let round = 0; round < 100 && scavenges() < 5; round += 1)
    await Promise.all(Array.from({ length: 50 }, () => ask(port, "/index.html")));
  expect(scavenges()).toBeGreaterThanOrEqual(5);
  // A line for each thread that takes a part, printed before that of the collection.
  expect(Math.abs(count(/scavenge\[/g) - scavenges())).toBeLessThanOrEqual(1);
});
