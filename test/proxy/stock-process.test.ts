import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { connect } from "node:net";
import { ask } from "../server/support.ts";
import type { RequestOptions } from "../server/support.ts";
import { startServe } from "../support/serve-process.ts";
import { deadUpstream, eventually, onStop, startBackend, startFront, startRawBackend, stopAll } from "./support.ts";
import type { Backend } from "./support.ts";

afterEach(stopAll);

interface Stock {
  readonly port: number;
  /** Warnings and exceptions that nobody caught, so far. */
  readonly said: () => readonly string[];
}

const watchExtend = join(import.meta.dirname, "watch-extend.cjs");

/** http-proxy as it comes, in a process of its own; see stock-server.js. */
async function startStock(what: string, ports: readonly number[]): Promise<Stock> {
  const script = join(import.meta.dirname, "stock-server.js");
  const child = spawn(process.execPath, ["--require", watchExtend, script, what, ...ports.map(String)], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  onStop(async () => {
    const ended = once(child, "exit");
    child.kill("SIGKILL");
    await ended;
  });
  let text = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => (text += chunk.toString()));
  await eventually(() => text.includes("port "), "it listens");
  return { port: Number(/port (\d+)/.exec(text)?.[1]), said: () => text.trimEnd().split("\n") };
}

/** Waits for an answer, for a second at most. */
function statusOf(port: number, options: RequestOptions = {}): Promise<number | "hangs"> {
  const late = new Promise<"hangs">((resolve) => setTimeout(resolve, 1000, "hangs").unref());
  const answered = ask(port, "/", options).then(
    ({ status }) => status,
    () => "hangs" as const,
  );
  return Promise.race([answered, late]);
}

const balanced = "Backhand removeSelf\nBackhand byRandom\n";

test("twelve servers that are tried for one request leave listeners behind in the package, and none with us", async () => {
  const dead = await Promise.all(Array.from({ length: 12 }, (_, index) => deadUpstream(`web${index}`)));
  const stock = await startStock(
    "tries",
    dead.map(({ port }) => port),
  );
  expect(await statusOf(stock.port)).toBe(502);
  await eventually(() => stock.said().some((line) => /MaxListenersExceeded/.test(line)), "it has warned");

  const tries = 'LogFormat "%{backhand-tries}n" tries\nCustomLog FOLDER/tries.log tries\n';
  const settings = "BackhandRetry attempts=11\nBackhandHealth off\n";
  const serve = await startServe(`${balanced}${settings}${tries}`);
  for (const { id, port } of dead) await serve.announce(id, port);
  // From the folder of this machine when nobody is left.
  expect((await ask(serve.port, "/none")).status).toBeGreaterThanOrEqual(400);
  await eventually(() => serve.lines("tries.log").includes("12"), "all twelve were tried");
  expect(serve.output()).not.toMatch(/MaxListeners/);
});

test("a POST whose first server is dead hangs at the second in the package, and arrives whole with us", async () => {
  const body = "x".repeat(5000);
  const counting = (): Promise<Backend> =>
    startBackend("counting", (request, response) => {
      let size = 0;
      request.on("data", (chunk: Buffer) => (size += chunk.length));
      request.on("end", () => response.end(String(size)));
    });
  const dead = await deadUpstream("dead");
  const live = await counting();
  const stock = await startStock("post", [dead.port, live.port]);
  expect(await statusOf(stock.port, { method: "POST", body })).toBe("hangs");
  const { port } = await startFront([dead, live]);
  expect(await ask(port, "/", { method: "POST", body })).toMatchObject({ status: 200, body: "5000" });
});

test("WebSocket clients that reset while the server thinks end the package's process, and do us no harm", async () => {
  const upgrade =
    "GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: eA==\r\n\r\n";
  const thinking = (): Promise<Backend> =>
    startRawBackend("thinking", (socket) => {
      socket.resume();
      socket.on("end", () => socket.end());
    });
  const reset = async (port: number, backend: Backend): Promise<void> => {
    const clients = Array.from({ length: 5 }, () => {
      const socket = connect(port, "127.0.0.1");
      socket.on("error", () => undefined);
      socket.write(upgrade);
      return socket;
    });
    await eventually(() => backend.sockets.size === 5, "all are with the server");
    for (const socket of clients) socket.resetAndDestroy();
    await new Promise((resolve) => setTimeout(resolve, 300));
  };
  const first = await thinking();
  const stock = await startStock("ws", [first.port]);
  await reset(stock.port, first);
  expect(stock.said().filter((line) => line === "uncaught ECONNRESET")).toHaveLength(5);
  expect(first.sockets.size).toBe(5);

  const second = await thinking();
  const serve = await startServe(`ProxyPass / http://127.0.0.1:${second.port}/ upgrade=websocket\n`);
  await reset(serve.port, second);
  await eventually(() => second.sockets.size === 0, "the server has no connections left");
  expect(serve.output()).not.toMatch(/ECONNRESET|uncaught/i);
  expect((await serve.status()).server.pid).toBe(serve.pid);
});

test("four requests for a server that takes one at a time break the package, and are answered one by one with us", async () => {
  let now = 0;
  let most = 0;
  const backend = await startBackend("slow", (request, response) => {
    now += 1;
    most = Math.max(most, now);
    setTimeout(() => {
      now -= 1;
      response.end(request.headers["x-added"] ?? "not added");
    }, 50);
  });
  const four = (port: number): Promise<(number | "hangs")[]> =>
    Promise.all(Array.from({ length: 4 }, () => statusOf(port)));
  const stock = await startStock("queue", [backend.port]);
  expect(await four(stock.port)).toContain("hangs");
  expect(stock.said()).toContain("uncaught ERR_HTTP_HEADERS_SENT");

  const limit = "BackhandMaxInflight 1 queue=10 wait=5000\n";
  const serve = await startServe(`${balanced}${limit}RequestHeader set X-Added 1\n`);
  await serve.announce("slow", backend.port);
  most = 0;
  expect(await four(serve.port)).toEqual([200, 200, 200, 200]);
  expect(most).toBe(1);
  expect((await ask(serve.port, "/")).body).toBe("1");
});

test("the package uses what Node deprecates (DEP0060), and we never let it", async () => {
  const backend = await startBackend("a");
  const stock = await startStock("web", [backend.port]);
  expect(await statusOf(stock.port)).toBe(200);
  await eventually(() => stock.said().includes("util._extend was used"), "it was seen");

  const text = `ProxyPass / http://127.0.0.1:${backend.port}/\n`;
  const serve = await startServe(text, { nodeArgs: ["--require", watchExtend] });
  expect((await ask(serve.port, "/")).body).toBe("a GET /");
  expect(serve.output()).not.toMatch(/_extend|DEP0060/);
});
