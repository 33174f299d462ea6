import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { BenchRow } from "./bench.ts";
import { announceTo } from "./rivals/announce-to.ts";
import {
  apacheConfiguration,
  backendConfiguration,
  backhandConfiguration,
  haproxyConfiguration,
  nginxConfiguration,
} from "./rivals/configurations.ts";
import { runNodeRival } from "./rivals/node-rivals.ts";
import { isInstalled, pinned, start } from "./rivals/processes.ts";
import type { Running } from "./rivals/processes.ts";
import { askSteadily } from "./rivals/steady-load.ts";
import type { SteadyTimes } from "./rivals/steady-load.ts";

export const title =
  "rivals: CPU of the proxy process for each request (300-byte answers, 64 kept connections, 8 servers, access logs on)";

const connections = 64;
const backendCount = 8;
/** BENCH_SECONDS for each rival and round; the cheapest of the rounds counts, as the machine only ever adds. */
const seconds = Number(process.env["BENCH_SECONDS"] ?? 2);
const rounds = Number(process.env["BENCH_ROUNDS"] ?? 6);
/** Times as long for what is asked at a rate: one pause in a short while would be all that its 99th percentile says. */
const steadyTimes = 2;
/** BENCH_RIVALS: only these. */
const only = process.env["BENCH_RIVALS"]?.split(",") ?? null;
const root = process.cwd();
const page = "/some/path?query=1";

/** One rival's figures. */
interface Figures {
  readonly cpuUs: number;
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** At half of its own highest rate; median of the rounds. */
  readonly halfRateP99Ms: number;
  /** At half of Apache's highest rate; null without Apache. */
  readonly apacheRateP99Ms: number | null;
  readonly bigMegabytesPerCpuSecond: number;
  readonly memoryMegabytes: number;
}

interface Rival {
  readonly name: string;
  readonly start: (port: number) => Running;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

async function answers(port: number): Promise<void> {
  const end = Date.now() + 15_000;
  while (Date.now() < end) {
    const status = await fetch(`http://127.0.0.1:${port}/`).then(
      async (response) => (await response.text()).length === 300 && response.status === 200,
      () => false,
    );
    if (status) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`Nothing answers at ${port}`);
}

/** What a browser says, shortened. */
const fields = [
  "User-Agent: Mozilla/5.0 (X11; Linux x86_64)",
  "Accept: text/html",
  "Accept-Language: en",
  "Accept-Encoding: gzip",
  "Cookie: session=0123456789abcdef",
];

/** Asks for a page over all connections for some seconds, as fast as they are answered. */
async function load(port: number, path: string, forSeconds: number, count = connections) {
  const options = ["-t1", `-c${count}`, `-d${forSeconds}s`, "--latency", ...fields.flatMap((field) => ["-H", field])];
  const url = `http://127.0.0.1:${port}${path}`;
  const [program = "", ...args]: readonly string[] = [...pinned(1), "wrk", ...options, url];
  const child = spawn(program, args, { stdio: ["ignore", "pipe", "inherit"] });
  let text = "";
  child.stdout.on("data", (chunk: Buffer) => (text += chunk.toString()));
  await once(child, "close");
  const time = (label: string): number => {
    const [, value, unit] = new RegExp(`${label}\\s+([\\d.]+)(us|ms|s)`).exec(text) ?? [];
    return Number(value) * (unit === "us" ? 0.001 : unit === "s" ? 1000 : 1);
  };
  if (/Non-2xx|Socket errors/.test(text)) console.error(text);
  return {
    requests: Number(/(\d+) requests in/.exec(text)?.[1]),
    perSecond: Number(/Requests\/sec:\s+([\d.]+)/.exec(text)?.[1]),
    p50Ms: time("50%"),
    p99Ms: time("99%"),
  };
}

/** Packages that only this bench needs are installed beside its results. */
function installRivals(): string {
  const folder = join(root, "node_modules", ".cache", "backhand-rivals");
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "package.json"), '{ "private": true }\n');
  try {
    const packages = ["http-proxy-3@1.23.3", "httpxy@0.5.6"];
    execFileSync("npm", ["i", "--prefix", folder, "--ignore-scripts", "--no-audit", "--no-fund", ...packages], {
      stdio: "ignore",
    });
  } catch {
    // Named as missing below.
  }
  return folder;
}

export async function run(): Promise<readonly BenchRow[]> {
  for (const [program, from] of [
    ["wrk", "wrk"],
    ["h2load", "nghttp2-client"],
  ] as const) {
    if (!isInstalled(program)) throw new Error(`missing: ${program}, which comes with ${from}, is not installed here`);
  }
  const folder = mkdtempSync(join(tmpdir(), "backhand-bench-"));
  chmodSync(folder, 0o777);
  const backends: number[] = [];
  for (let count = 0; count < backendCount; count += 1) backends.push(await freePort());
  writeFileSync(join(folder, "big"), Buffer.alloc(10_000_000, "0123456789abcdef"));
  const write = (name: string, text: string): string => {
    const path = join(folder, name);
    writeFileSync(path, text);
    return path;
  };
  const stops: (() => Promise<void> | void)[] = [];
  const packages = installRivals();
  const statisticsPort = await freePort();
  const missing: string[] = [];
  const rivals: Rival[] = [];
  const add = (name: string, isThere: boolean, begin: Rival["start"]): void => {
    if (only !== null && !only.includes(name)) return;
    if (isThere) rivals.push({ name, start: begin });
    else missing.push(name);
  };
  const nodeRival = (rival: string) => (port: number) =>
    start(
      0,
      [
        process.execPath,
        "--input-type=module",
        "-e",
        `(await import(${JSON.stringify(import.meta.url)})).runNodeRival()`,
      ],
      {
        RIVAL: rival,
        RIVAL_PORT: String(port),
        RIVAL_BACKENDS: backends.join(","),
        RIVAL_ROOT: rival === "http-proxy" ? root : packages,
      },
    );
  const installed = (name: string): boolean => {
    try {
      execFileSync("node", ["-e", `require.resolve(${JSON.stringify(name)})`], { cwd: packages, stdio: "ignore" });
      return true;
    } catch {
      return false;
    }
  };
  add("http-proxy", true, nodeRival("http-proxy"));
  add("backhand", true, (port) =>
    start(0, [
      process.execPath,
      join(root, "dist/cli.js"),
      "serve",
      write("backhand.conf", backhandConfiguration({ folder, port, backends }, statisticsPort)),
    ]),
  );
  for (const name of ["http-proxy-3", "httpxy"]) add(name, installed(name), nodeRival(name));
  add("apache2", isInstalled("apache2"), (port) =>
    start(0, ["apache2", "-DFOREGROUND", "-f", write("apache.conf", apacheConfiguration({ folder, port, backends }))]),
  );
  add("nginx", isInstalled("nginx"), (port) =>
    start(0, ["nginx", "-p", folder, "-c", write("nginx.conf", nginxConfiguration({ folder, port, backends }))]),
  );
  add("haproxy", isInstalled("haproxy"), (port) =>
    start(0, ["haproxy", "-db", "-f", write("haproxy.cfg", haproxyConfiguration({ folder, port, backends }))]),
  );
  add("backhand's engine alone", true, nodeRival("engine"));
  add("a TCP relay that parses nothing", true, nodeRival("relay"));

  const backend = start(1, [
    "nginx",
    "-p",
    folder,
    "-c",
    write("backend.conf", backendConfiguration(folder, backends)),
  ]);
  stops.push(backend.stop, announceTo(statisticsPort, backends));
  const all = new Map<string, Figures>();
  try {
    await answers(backends[0] ?? 0);
    const racers: Racer[] = [];
    for (const { name, start: begin } of rivals) {
      const port = await freePort();
      const running = begin(port);
      stops.push(running.stop);
      await answers(port);
      await load(port, page, 2);
      racers.push({
        name,
        port,
        running,
        best: { cpuUs: Infinity, perSecond: 0, p50Ms: 0, p99Ms: 0 },
        most: 0,
        halfRate: [],
        apacheRate: [],
      });
    }
    // In turn, so that what else the machine does meets all alike.
    for (let round = 0; round < rounds; round += 1) for (const racer of racers) await race(racer);
    const apache = racers.find(({ name }) => name === "apache2");
    for (let round = 0; round < rounds; round += 1) {
      for (const { port, most, halfRate, apacheRate } of racers) {
        halfRate.push(await steadily(port, most / 2));
        if (apache !== undefined) apacheRate.push(await steadily(port, apache.most / 2));
      }
    }
    for (const racer of racers) all.set(racer.name, await finish(racer));
  } finally {
    for (const stop of stops.reverse()) await stop();
    rmSync(folder, { recursive: true, force: true });
  }
  for (const name of missing) console.error(`missing: ${name} is not installed here`);
  const result = {
    node: process.version,
    date: new Date().toISOString().slice(0, 10),
    missing: missing.join(" "),
    rivals: Object.fromEntries(all),
  };
  if (only === null) writeFileSync(join(root, "docs/performance-rivals.json"), `${JSON.stringify(result, null, 2)}\n`);
  return Array.from(all).flatMap(([name, figures]): BenchRow[] => [
    { name, value: figures.cpuUs, unit: "µs", ...(name === "http-proxy" ? {} : { ratioTo: "http-proxy" }) },
    { name: "  requests per second", value: figures.perSecond, unit: "" },
    { name: "  p50", value: figures.p50Ms, unit: "ms" },
    { name: "  p99", value: figures.p99Ms, unit: "ms" },
    { name: "  p99 at half of its rate", value: figures.halfRateP99Ms, unit: "ms" },
    ...(figures.apacheRateP99Ms === null
      ? []
      : [{ name: "  p99 at half of Apache's rate", value: figures.apacheRateP99Ms, unit: "ms" }]),
    { name: "  10 MB bodies, MB per CPU second", value: figures.bigMegabytesPerCpuSecond, unit: "" },
    { name: "  memory with 1000 busy connections, MB", value: figures.memoryMegabytes, unit: "" },
  ]);
}

/** A rival that runs, with its cheapest round so far. */
interface Racer {
  readonly name: string;
  readonly port: number;
  readonly running: Running;
  best: Pick<Figures, "cpuUs" | "perSecond" | "p50Ms" | "p99Ms">;
  /** Requests per second in its quickest round. */
  most: number;
  readonly halfRate: SteadyTimes[];
  readonly apacheRate: SteadyTimes[];
}

async function race(racer: Racer): Promise<void> {
  // While the others had their turn, V8 has thrown compiled code away.
  await load(racer.port, page, 1);
  const before = racer.running.cpuNs();
  const { requests, ...rest } = await load(racer.port, page, seconds);
  const cpuUs = (racer.running.cpuNs() - before) / 1000 / requests;
  if (cpuUs < racer.best.cpuUs) racer.best = { cpuUs, ...rest };
  racer.most = Math.max(racer.most, rest.perSecond);
}

/** Asks at a rate that leaves time over. */
async function steadily(port: number, rate: number): Promise<SteadyTimes> {
  // As before a race: at half of its rate a process would take longer to have its code compiled again.
  await load(port, page, 2);
  return askSteadily({ port, path: page, connections, rate, seconds: seconds * steadyTimes, fields });
}

async function finish({ port, running, best, halfRate, apacheRate }: Racer): Promise<Figures> {
  let bigMegabytesPerCpuSecond = 0;
  for (let round = 0; round < Math.min(rounds, 3); round += 1) {
    const before = running.cpuNs();
    const { requests } = await load(port, "/big", seconds, 8);
    const each = (requests * 10) / ((running.cpuNs() - before) / 1e9);
    bigMegabytesPerCpuSecond = Math.max(bigMegabytesPerCpuSecond, each);
  }
  await load(port, page, 2, 1000);
  const round = (value: number): number => Number(value.toPrecision(4));
  const median = (values: readonly number[]): number | null => {
    const middle = values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
    return middle === undefined ? null : round(middle);
  };
  return {
    cpuUs: round(best.cpuUs),
    perSecond: round(best.perSecond),
    p50Ms: round(best.p50Ms),
    p99Ms: round(best.p99Ms),
    halfRateP99Ms: median(halfRate.map(({ p99Ms }) => p99Ms)) ?? NaN,
    apacheRateP99Ms: median(apacheRate.map(({ p99Ms }) => p99Ms)),
    bigMegabytesPerCpuSecond: round(bigMegabytesPerCpuSecond),
    memoryMegabytes: round(running.memoryBytes() / 1e6),
  };
}

export { runNodeRival };
