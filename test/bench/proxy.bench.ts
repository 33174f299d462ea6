import { fork } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { Agent, createServer } from "node:http";
import type { RequestListener } from "node:http";
import { connect } from "node:net";
import type { AddressInfo } from "node:net";
import httpProxy from "http-proxy";
import { createProxyEngine, defaultProxySettings } from "../../src/proxy/http-proxy.ts";
import type { BenchRow } from "./bench.ts";

export const title = "proxy: CPU of the proxy process for each request (300-byte answers, 32 kept connections)";

/** In each of so many rounds; the cheapest round counts, as everything else on the machine only ever adds. */
const requests = 5000;
const rounds = 6;
const connections = 32;

/** The process under test answers "port" when it listens, and "cpu" with what it has used, in microseconds. */
function serve(listener: RequestListener): void {
  const server = createServer({ keepAliveTimeout: 60_000 }, listener);
  server.listen(0, "127.0.0.1", () => process.send?.((server.address() as AddressInfo).port));
  process.on("message", () => {
    const { user, system } = process.cpuUsage();
    process.send?.(user + system);
  });
}

const role = process.env["BENCH_ROLE"];
const backendPort = Number(process.env["BENCH_BACKEND"]);
if (role === "backend") {
  const body = "x".repeat(300);
  serve((_request, response) => {
    response.writeHead(200, { "Content-Length": 300, "Content-Type": "text/plain" });
    response.end(body);
  });
} else if (role === "engine") {
  const engine = createProxyEngine({ via: "b", ...defaultProxySettings, isTrustedProxy: () => false, keepAlive: true });
  const upstream = { id: "a", address: "127.0.0.1", port: backendPort };
  const options = { choose: () => upstream, onInflight: () => undefined };
  serve((request, response) => void engine.web(request, response, options));
} else if (role === "stock") {
  const proxy = httpProxy.createProxyServer({
    target: `http://127.0.0.1:${backendPort}`,
    agent: new Agent({ keepAlive: true }),
    xfwd: true,
  });
  proxy.on("error", () => undefined);
  serve((request, response) => {
    proxy.web(request, response);
  });
}

interface Child {
  readonly process: ChildProcess;
  readonly port: number;
}

async function start(childRole: string, backend: number): Promise<Child> {
  const file = new URL(import.meta.url).pathname;
  const child = fork(file, { env: { ...process.env, BENCH_ROLE: childRole, BENCH_BACKEND: String(backend) } });
  const [port] = (await once(child, "message")) as [number];
  return { process: child, port };
}

async function cpuOf(child: ChildProcess): Promise<number> {
  child.send("cpu");
  const [used] = (await once(child, "message")) as [number];
  return used;
}

/** Sends requests one after the other over each connection, with a browser's head. */
function load(port: number, count: number): Promise<void> {
  const head =
    "GET /some/path?query=1 HTTP/1.1\r\nHost: www.example.com\r\nUser-Agent: Mozilla/5.0 (X11; Linux x86_64)\r\nAccept: text/html\r\nAccept-Language: en\r\nAccept-Encoding: gzip\r\nCookie: session=0123456789abcdef\r\nConnection: keep-alive\r\n\r\n";
  let left = count;
  const one = (): Promise<void> =>
    new Promise((resolve, reject) => {
      const socket = connect({ port, host: "127.0.0.1", noDelay: true });
      let buffered = "";
      const next = (): void => {
        if (left <= 0) {
          socket.destroy();
          resolve();
          return;
        }
        left -= 1;
        socket.write(head);
      };
      socket.on("data", (chunk: Buffer) => {
        buffered += chunk.toString("latin1");
        const end = buffered.indexOf("\r\n\r\n");
        if (end < 0 || buffered.length < end + 4 + 300) return;
        buffered = "";
        next();
      });
      socket.on("error", reject);
      socket.on("connect", next);
    });
  return Promise.all(Array.from({ length: connections }, one)).then(() => undefined);
}

export async function run(): Promise<readonly BenchRow[]> {
  const backend = await start("backend", 0);
  const contestants = [
    { name: "http-proxy with a keep-alive agent", child: await start("stock", backend.port) },
    { name: "our engine", child: await start("engine", backend.port) },
    { name: "a server that only answers", child: backend },
  ];
  const best = new Map<string, number>();
  for (let round = 0; round <= rounds; round += 1) {
    for (const { name, child } of contestants) {
      const before = await cpuOf(child.process);
      await load(child.port, requests);
      const used = ((await cpuOf(child.process)) - before) / requests;
      // The first round only warms up.
      if (round > 0) best.set(name, Math.min(used, best.get(name) ?? Infinity));
    }
  }
  for (const { child } of contestants) child.process.kill();
  return contestants.map(({ name }, index) => ({
    name,
    value: best.get(name) ?? NaN,
    unit: "µs",
    ...(index === 0 ? {} : { ratioTo: contestants[0]?.name ?? "" }),
  }));
}
