import { createSocket } from "node:dgram";
import { once } from "node:events";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { Agent, createServer as createHttpServer, get } from "node:http";
import type { IncomingMessage, Server } from "node:http";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { BenchRow } from "./bench.ts";
import { start } from "./rivals/processes.ts";
import type { Running } from "./rivals/processes.ts";

export const title = "soak: clients that leave, servers that die and come back, configurations read again";

/** BENCH_SECONDS: ten minutes unless told otherwise. */
const seconds = Number(process.env["BENCH_SECONDS"] ?? 600);
const clients = 24;
const serverCount = 3;

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

function openFiles({ child }: Running): number {
  return readdirSync(`/proc/${child.pid ?? 0}/fd`).length;
}

/** A server that can be killed and started again at the same port. */
class Mortal {
  readonly port: number;
  #server: Server | null = null;

  constructor(port: number) {
    this.port = port;
  }

  get isAlive(): boolean {
    return this.#server !== null;
  }

  async live(): Promise<void> {
    const body = Buffer.alloc(20_000, "x");
    const server = createHttpServer((request, response) => {
      request.resume();
      if (Math.random() < 0.2) setTimeout(() => response.end(body), 20);
      else response.end(body);
    });
    server.listen(this.port, "127.0.0.1");
    await once(server, "listening");
    this.#server = server;
  }

  die(): void {
    this.#server?.closeAllConnections();
    this.#server?.close();
    this.#server = null;
  }
}

/** One request; one of ten clients leaves in the middle. Gives the status, 0 for who left, -1 for a connection that broke. */
function ask(port: number, agent: Agent): Promise<number> {
  return new Promise((resolve) => {
    const outgoing = get({ port, host: "127.0.0.1", path: "/", agent }, (answer: IncomingMessage) => {
      answer.on("error", () => undefined);
      if (Math.random() < 0.1) {
        outgoing.destroy();
        resolve(0);
        return;
      }
      answer.resume();
      answer.once("end", () => {
        resolve(answer.statusCode ?? -1);
      });
      answer.once("error", () => {
        resolve(-1);
      });
    });
    outgoing.once("error", () => {
      resolve(-1);
    });
  });
}

export async function run(): Promise<readonly BenchRow[]> {
  const folder = mkdtempSync(join(tmpdir(), "backhand-soak-"));
  const port = await freePort();
  const statisticsPort = await freePort();
  const servers: Mortal[] = [];
  for (let count = 0; count < serverCount; count += 1) servers.push(new Mortal(await freePort()));
  for (const server of servers) await server.live();
  const configuration = `ServerRoot ${folder}
Listen 127.0.0.1:${port}
ServerName soak.example
DocumentRoot ${folder}/none
CustomLog access.log common
ErrorLog error.log
AcceptStats 127.0.0.0/8
MulticastStats 127.0.0.1:${statisticsPort}
<Directory />
AllowOverride None
</Directory>
<Location />
Backhand removeSelf
Backhand byAge 3
Backhand byRandom
</Location>
`;
  writeFileSync(join(folder, "httpd.conf"), configuration);
  const running = start(0, [process.execPath, join(process.cwd(), "dist/cli.js"), "serve", join(folder, "httpd.conf")]);
  const socket = createSocket("udp4");
  let sequence = 0;
  const startMs = Date.now();
  const announce = setInterval(() => {
    sequence += 1;
    for (const [index, server] of servers.entries()) {
      if (!server.isAlive) continue;
      const text = `v=1&ready=64&busy=0&port=${server.port}&bh=1&id=web${index}&addr=127.0.0.1&start=${startMs}&seq=${sequence}`;
      socket.send(text, statisticsPort, "127.0.0.1");
    }
  }, 300);
  const agent = new Agent({ keepAlive: true, maxSockets: clients });
  const statuses = new Map<number, number>();
  let endMs = Infinity;
  const client = async (): Promise<void> => {
    while (Date.now() < endMs) {
      const status = await ask(port, agent);
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
      await wait(2);
    }
  };
  const quiet = async (): Promise<{ files: number; megabytes: number }> => {
    // Idle connections to the servers are closed after four seconds.
    await wait(7000);
    return { files: openFiles(running), megabytes: running.memoryBytes() / 1e6 };
  };
  const load = async (forMs: number): Promise<void> => {
    endMs = Date.now() + forMs;
    await Promise.all(Array.from({ length: clients }, client));
    agent.destroy();
  };
  try {
    await wait(3000);
    await load(Math.min(60_000, (seconds * 1000) / 4));
    const before = await quiet();
    statuses.clear();
    let round = 0;
    const disturb = setInterval(() => {
      round += 1;
      const server = servers[round % serverCount];
      if (server?.isAlive === false) void server.live();
      else if (servers.filter(({ isAlive }) => isAlive).length > 1) server?.die();
      if (round % 5 === 0) running.child.kill("SIGHUP");
    }, 2000);
    await load(seconds * 1000);
    clearInterval(disturb);
    const after = await quiet();
    const all = Array.from(statuses.values()).reduce((sum, count) => sum + count, 0);
    return [
      { name: "requests", value: all, unit: "" },
      { name: "of them 200", value: statuses.get(200) ?? 0, unit: "" },
      { name: "whose client left", value: statuses.get(0) ?? 0, unit: "" },
      { name: "whose connection broke in the answer", value: statuses.get(-1) ?? 0, unit: "" },
      {
        name: "answered 502 to 504",
        value: [502, 503, 504].reduce((sum, code) => sum + (statuses.get(code) ?? 0), 0),
        unit: "",
      },
      { name: "open files before", value: before.files, unit: "" },
      { name: "open files after", value: after.files, unit: "" },
      { name: "memory before", value: before.megabytes, unit: "MB" },
      { name: "memory after", value: after.megabytes, unit: "MB", ratioTo: "memory before" },
    ];
  } finally {
    clearInterval(announce);
    socket.close();
    await running.stop();
    for (const server of servers) server.die();
    rmSync(folder, { recursive: true, force: true });
  }
}
