import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { request } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freeTcpPort } from "../support/bus-server.ts";
import { certificateFor } from "../support/certificates.ts";
import type { BenchRow } from "./bench.ts";
import { announceTo } from "./rivals/announce-to.ts";
import {
  apacheConfiguration,
  backendConfiguration,
  backhandConfiguration,
  haproxyConfiguration,
  nginxConfiguration,
} from "./rivals/configurations.ts";
import type { Place } from "./rivals/configurations.ts";
import { isInstalled, pinned, start } from "./rivals/processes.ts";
import type { Running } from "./rivals/processes.ts";
import { withTls } from "./rivals/tls-configurations.ts";
import type { TlsFiles } from "./rivals/tls-configurations.ts";

export const title =
  "tls: CPU of the proxy's processes for each request over TLS (300-byte answers, 64 requests at a time, 8 servers, access logs on)";

const backendCount = 8;
/** BENCH_SECONDS for each rival, way and round; the cheapest round counts, as the machine only ever adds. */
const seconds = Number(process.env["BENCH_SECONDS"] ?? 2);
const rounds = Number(process.env["BENCH_ROUNDS"] ?? 3);

/** Ways to ask, each with 64 requests under way; the words are h2load's. */
const ways = [
  { name: "HTTP/1.1, kept connections", words: ["--h1", "-c64", "-m1"] },
  { name: "HTTP/2, 8 connections of 8 streams", words: ["-c8", "-m8"] },
] as const;

interface Racer {
  readonly name: string;
  readonly port: number;
  readonly running: Running;
}

/** Asks for some seconds over TLS; gives the requests that were answered well, and how many each second. */
async function load(port: number, words: readonly string[]) {
  const url = `https://127.0.0.1:${port}/some/path?query=1`;
  const fields = [
    "user-agent: Mozilla/5.0 (X11; Linux x86_64)",
    "accept: text/html",
    "cookie: session=0123456789abcdef",
  ];
  const [program = "", ...args]: readonly string[] = [
    ...pinned(1),
    "h2load",
    "-t1",
    ...words,
    `-D${seconds}`,
    "--warm-up-time=0",
    // Left to themselves, some take a cipher of another price.
    "--tls13-ciphers=TLS_AES_128_GCM_SHA256",
    ...fields.flatMap((field) => ["-H", field]),
    url,
  ];
  const child = spawn(program, args, { stdio: ["ignore", "pipe", "inherit"] });
  let text = "";
  child.stdout.on("data", (chunk: Buffer) => (text += chunk.toString()));
  await once(child, "close");
  const [, succeeded, failed] = /(\d+) succeeded, (\d+) failed/.exec(text) ?? [];
  if (Number(failed) > 0 || Number(/(\d+) 2xx/.exec(text)?.[1]) < Number(succeeded)) console.error(text);
  const spoken = ["TLS Protocol", "Cipher", "Server Temp Key"]
    .map((what) => new RegExp(`^${what}: (.*)$`, "m").exec(text)?.[1] ?? "?")
    .join(", ");
  return { requests: Number(succeeded), perSecond: Number(/([\d.]+) req\/s/.exec(text)?.[1]), spoken };
}

async function answers(port: number): Promise<void> {
  const end = Date.now() + 15_000;
  while (Date.now() < end) {
    const status = await new Promise<number>((resolve) => {
      const outgoing = request({ port, host: "127.0.0.1", rejectUnauthorized: false, agent: false }, (answer) => {
        answer.resume();
        resolve(answer.statusCode ?? 0);
      });
      outgoing.on("error", () => {
        resolve(0);
      });
      outgoing.end();
    });
    if (status === 200) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`Nothing answers at ${port}`);
}

export async function run(): Promise<readonly BenchRow[]> {
  if (!isInstalled("h2load"))
    throw new Error("missing: h2load, which comes with nghttp2-client, is not installed here");
  const folder = mkdtempSync(join(tmpdir(), "backhand-bench-"));
  chmodSync(folder, 0o777);
  const write = (name: string, text: string): string => {
    const path = join(folder, name);
    writeFileSync(path, text);
    return path;
  };
  const { cert, key } = await certificateFor("bench.example");
  const files: TlsFiles = {
    certificate: write("cert.pem", cert),
    key: write("key.pem", key),
    both: write("both.pem", cert + key),
  };
  const backends: number[] = [];
  for (let count = 0; count < backendCount; count += 1) backends.push(await freeTcpPort());
  const statisticsPort = await freeTcpPort();
  const rivals: Readonly<Record<string, (place: Place) => readonly string[]>> = {
    backhand: (place) => [
      process.execPath,
      join(process.cwd(), "dist/cli.js"),
      "serve",
      write("backhand.conf", withTls.backhand(backhandConfiguration(place, statisticsPort), place.port, files)),
    ],
    apache2: (place) => {
      const text = withTls.apache2(apacheConfiguration(place), place.port, files);
      return ["apache2", "-DFOREGROUND", "-f", write("apache.conf", text)];
    },
    nginx: (place) => {
      const text = withTls.nginx(nginxConfiguration(place), place.port, files);
      return ["nginx", "-p", folder, "-c", write("nginx.conf", text)];
    },
    haproxy: (place) => {
      const text = withTls.haproxy(haproxyConfiguration(place), place.port, files);
      return ["haproxy", "-db", "-f", write("haproxy.cfg", text)];
    },
  };
  const backend = start(1, [
    "nginx",
    "-p",
    folder,
    "-c",
    write("backend.conf", backendConfiguration(folder, backends)),
  ]);
  const stops: (() => Promise<void> | void)[] = [backend.stop, announceTo(statisticsPort, backends)];
  const rows: BenchRow[] = [];
  try {
    const racers: Racer[] = [];
    for (const [name, words] of Object.entries(rivals)) {
      if (name !== "backhand" && !isInstalled(name)) {
        console.error(`missing: ${name} is not installed here`);
        continue;
      }
      const port = await freeTcpPort();
      const running = start(0, words({ folder, port, backends }));
      stops.push(running.stop);
      await answers(port);
      racers.push({ name, port, running });
    }
    for (const way of ways) {
      const best = new Map<string, { cpuUs: number; perSecond: number }>();
      const said = new Map<string, string>();
      // In turn, so that what else the machine does meets all alike; the first turn is for warming up.
      for (let round = -1; round < rounds; round += 1) {
        for (const { name, port, running } of racers) {
          const before = running.cpuNs();
          const { requests, perSecond, spoken } = await load(port, way.words);
          said.set(name, spoken);
          const cpuUs = (running.cpuNs() - before) / 1000 / requests;
          if (round >= 0 && cpuUs < (best.get(name)?.cpuUs ?? Infinity)) best.set(name, { cpuUs, perSecond });
        }
      }
      // Ciphers cost differently: a comparison holds when all speak the same.
      if (new Set(said.values()).size > 1) console.error(`${way.name}: not all speak the same`);
      for (const [name, spoken] of said) console.error(`${name}, ${way.name}: ${spoken}`);
      for (const [name, { cpuUs, perSecond }] of best) {
        const ratioTo = name === "apache2" || !best.has("apache2") ? {} : { ratioTo: `apache2, ${way.name}` };
        rows.push({ name: `${name}, ${way.name}`, value: cpuUs, unit: "µs", ...ratioTo });
        rows.push({ name: "  requests per second", value: perSecond, unit: "" });
      }
    }
  } finally {
    for (const stop of stops.reverse()) await stop();
    rmSync(folder, { recursive: true, force: true });
  }
  return rows;
}
