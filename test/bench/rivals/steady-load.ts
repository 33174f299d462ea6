import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { pinned } from "./processes.ts";

/** Requests at a rate that leaves time over. */
export interface SteadyLoad {
  readonly port: number;
  readonly path: string;
  readonly connections: number;
  /** Requests per second of all connections together. */
  readonly rate: number;
  readonly seconds: number;
  /** Header lines besides Host. */
  readonly fields: readonly string[];
}

/** Times from a request's sending to the end of its answer, in milliseconds. */
export interface SteadyTimes {
  readonly requests: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

/** Requests of the first moments are sent and not counted: V8 has thrown compiled code of a server away while the others had their turn. */
const settleSeconds = 5;

/**
 * h2load wakes each connection every ten milliseconds to send what is due; opened three apart, they wake spread over that
 * time, not all at once.
 */
const openEachMs = 3;

/**
 * Asks over kept connections with h2load, from the other core. What is due while a connection waits for an answer is sent, and
 * its time begins, after that. A client in Node.js with the arrivals of a Poisson process was tried: a third of the core that
 * it shares with the servers behind went to it, and its own pauses, in which requests gather, were most of what it measured.
 */
export async function askSteadily(load: SteadyLoad): Promise<SteadyTimes> {
  const { port, path, connections, rate, seconds, fields } = load;
  const folder = mkdtempSync(join(tmpdir(), "backhand-steady-"));
  const log = join(folder, "log");
  const words = [
    ...pinned(1),
    ...["h2load", "--h1", "-t1", "-m1", `-c${connections}`, `-n${Math.round(rate * (settleSeconds + seconds))}`],
    ...[`--rps=${(rate / connections).toFixed(2)}`, "-r1", `--rate-period=${openEachMs}ms`, `--log-file=${log}`],
    ...fields.flatMap((field) => ["-H", field]),
    `http://127.0.0.1:${port}${path}`,
  ];
  const [program = "", ...args]: readonly string[] = words;
  try {
    await promisify(execFile)(program, args);
    return timesOf(readFileSync(log, "latin1"));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Of a log with a line for each request: microseconds since 1970 at its start, status, microseconds it took. */
function timesOf(log: string): SteadyTimes {
  const rows = log
    .trim()
    .split("\n")
    .map((line) => line.split("\t").map(Number));
  const counted = (rows[0]?.[0] ?? NaN) + settleSeconds * 1e6;
  const times: number[] = [];
  for (const [startUs = NaN, status, tookUs = NaN] of rows) {
    if (status !== 200) throw new Error(`An answer of ${String(status)}`);
    if (startUs >= counted) times.push(tookUs / 1000);
  }
  times.sort((a, b) => a - b);
  const percentile = (share: number): number => times[Math.floor(times.length * share)] ?? NaN;
  return { requests: times.length, p50Ms: percentile(0.5), p99Ms: percentile(0.99) };
}
