import { once } from "node:events";
import { readdirSync } from "node:fs";
import { Agent, request as httpRequest } from "node:http";
import type { IncomingMessage } from "node:http";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { onStop, startBackend, stopAll } from "../proxy/support.ts";
import { clusterLines, startTestServer, tableOf } from "./support.ts";

afterEach(stopAll);

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;

/** So many sections that a configuration that is kept would be seen: about a megabyte each. */
const sections = Array.from(
  { length: 600 },
  (_, index) => `<Location /place${index}>\nOrder deny,allow\nDeny from 192.0.2.${index % 250}\n</Location>\n`,
).join("");
const app = `CustomLog access.log common\nErrorLog error.log\n<Location /app>\nBackhand removeSelf\nBackhand byRandom\n</Location>\n${sections}`;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

test("a hundred reloads under load drop nothing, and leave neither memory nor files nor sockets", async () => {
  const backends = await Promise.all(["web1", "web2"].map((id) => startBackend(id)));
  const { server, port, folder, announce } = await startTestServer(clusterLines + app);
  for (const backend of backends) announce(backend);
  const text = `ServerRoot ${folder}\nListen 127.0.0.1:1\nServerName front\nDocumentRoot ${folder}/htdocs\n${clusterLines}${app}`;
  const json = JSON.stringify({ ...tableOf(text, folder), listen: [{ address: "127.0.0.1", port: 0, place: null }] });

  const agent = new Agent({ keepAlive: true, maxSockets: 6 });
  onStop(() => {
    agent.destroy();
    return Promise.resolve();
  });
  const statuses = new Map<number, number>();
  let running = true;
  const client = async (): Promise<void> => {
    while (running) {
      const outgoing = httpRequest({ port, host: "127.0.0.1", path: "/app/x", agent });
      const answered = once(outgoing, "response") as Promise<[IncomingMessage]>;
      outgoing.end();
      const [answer] = await answered;
      answer.resume();
      await once(answer, "end");
      statuses.set(answer.statusCode ?? 0, (statuses.get(answer.statusCode ?? 0) ?? 0) + 1);
      await pause(2);
    }
  };
  const reload = async (times: number): Promise<void> => {
    for (let turn = 0; turn < times; turn += 1) {
      // A table of its own each time, as a file that is read again gives it.
      await server.reload({ table: JSON.parse(json) as ReturnType<typeof tableOf>, accessFiles: null });
      await pause(5);
    }
  };
  /** When what has left is gone: generations look every 100 ms whether they are still needed. */
  const measure = async () => {
    await pause(600);
    collect();
    await pause(50);
    collect();
    return { heap: process.memoryUsage().heapUsed, files: readdirSync("/proc/self/fd").length };
  };
  const clients = Array.from({ length: 6 }, client);
  await reload(10);
  const before = await measure();
  await reload(100);
  const after = await measure();
  running = false;
  await Promise.all(clients);
  expect([...statuses.keys()]).toEqual([200]);
  expect(statuses.get(200)).toBeGreaterThan(300);
  // Connections to the servers come and go, at most one for each client and server.
  expect(Math.abs(after.files - before.files)).toBeLessThanOrEqual(12);
  // A hundred configurations would be a hundred megabytes.
  expect((after.heap - before.heap) / 1e6).toBeLessThan(12);
}, 90_000);
