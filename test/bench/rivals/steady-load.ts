import { once } from "node:events";
import { connect } from "node:net";
import type { Socket } from "node:net";
import { monotonicMs, undisturbed, watchForStalls } from "./machine-stalls.ts";

/** Requests that come when they come, whatever became of those before: independent users, not a loop. */
export interface SteadyLoad {
  readonly port: number;
  readonly path: string;
  readonly connections: number;
  /** Requests per second, on average. */
  readonly rate: number;
  readonly seconds: number;
  /** Header lines besides Host. */
  readonly fields: readonly string[];
}

/** Times from a request's sending to the end of its answer, in milliseconds; those that found no free connection from when they were due. */
export interface SteadyTimes {
  readonly requests: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Of the requests that met no stall of the machine itself; null when those are not known. */
  readonly calm: { readonly requests: number; readonly p99Ms: number } | null;
}

/**
 * Requests of the first moments are sent and not counted: V8 has thrown compiled code of a server away while the others had
 * their turn, and for some seconds compiles this client, which then sends too many at once.
 */
const settleMs = 5000;

/** Timers of whole milliseconds would send what is due within each of them at once, a burst that grows with the rate. */
const napMs = 0.2;

/**
 * Asks over kept connections at a rate, with pauses as random as those of a Poisson process, late by a fifth of a millisecond
 * at most while it is not kept from running. It takes a third of a core for 15,000 requests a second. wrk with pauses of its
 * own takes two thirds of one, and what it then measures, on the core that it shares with the servers, is mostly itself.
 */
export async function askSteadily({
  port,
  path,
  connections,
  rate,
  seconds,
  fields,
}: SteadyLoad): Promise<SteadyTimes> {
  const request = Buffer.from(
    [`GET ${path} HTTP/1.1`, `Host: 127.0.0.1:${port}`, ...fields, "", ""].join("\r\n"),
    "latin1",
  );
  const starts = new Float64Array(Math.ceil(rate * seconds * 2) + 1000);
  const ends = new Float64Array(starts.length);
  const free: Asker[] = [];
  const dueMs: number[] = [];
  let count = 0;
  let fromMs = Infinity;
  const finished = (asker: Asker, startMs: number): void => {
    if (startMs >= fromMs && count < starts.length) {
      starts[count] = startMs;
      ends[count++] = monotonicMs();
    }
    const due = dueMs.shift();
    if (due === undefined) free.push(asker);
    else asker.ask(due);
  };
  const all: Asker[] = [];
  for (let index = 0; index < connections; index += 1) {
    const asker = new Asker(port, request, finished);
    await asker.connected;
    all.push(asker);
    free.push(asker);
  }
  const stopWatching = watchForStalls();
  const beginMs = monotonicMs();
  fromMs = beginMs + settleMs;
  const endMs = fromMs + seconds * 1000;
  let nextMs = beginMs;
  const nap = new Int32Array(new SharedArrayBuffer(4));
  await new Promise<void>((resolve) => {
    const tick = (): void => {
      const nowMs = monotonicMs();
      while (nextMs <= nowMs) {
        const asker = free.shift();
        if (asker === undefined) dueMs.push(nextMs);
        else asker.ask(nowMs);
        nextMs += (-Math.log(1 - Math.random()) / rate) * 1000;
      }
      if (nowMs >= endMs) {
        resolve();
        return;
      }
      setImmediate(tick);
      Atomics.wait(nap, 0, 0, napMs);
    };
    tick();
  });
  for (const asker of all) asker.close();
  const isCalm = stopWatching === null ? null : undisturbed(await stopWatching());
  const times: number[] = [];
  const calmTimes: number[] = [];
  for (let index = 0; index < count; index += 1) {
    const startMs = starts[index] ?? NaN;
    const endMs = ends[index] ?? NaN;
    times.push(endMs - startMs);
    if (isCalm?.(startMs, endMs) === true) calmTimes.push(endMs - startMs);
  }
  return {
    requests: count,
    p50Ms: percentile(times, 0.5),
    p99Ms: percentile(times, 0.99),
    calm: isCalm === null ? null : { requests: calmTimes.length, p99Ms: percentile(calmTimes, 0.99) },
  };
}

function percentile(times: number[], share: number): number {
  return times.sort((a, b) => a - b)[Math.floor(times.length * share)] ?? NaN;
}

/**
 * A kept connection with one request on it at most. Opened anew where the server ends it, as mod_mpm_event does with kept
 * connections when it has much to do; a request that crosses that is asked again, as browsers do.
 */
class Asker {
  readonly connected: Promise<void>;
  readonly #port: number;
  readonly #request: Buffer;
  readonly #finished: (asker: Asker, startMs: number) => void;
  #socket: Socket;
  #startMs = 0;
  #isBusy = false;
  #isClosed = false;
  /** Bytes of the answer that are still to come; 0 before its head. */
  #left = 0;

  constructor(port: number, request: Buffer, finished: (asker: Asker, startMs: number) => void) {
    this.#port = port;
    this.#request = request;
    this.#finished = finished;
    this.#socket = this.#open();
    this.connected = once(this.#socket, "connect").then(() => undefined);
  }

  ask(startMs: number): void {
    this.#startMs = startMs;
    this.#isBusy = true;
    this.#socket.write(this.#request);
  }

  close(): void {
    this.#isClosed = true;
    this.#socket.destroy();
  }

  #open(): Socket {
    const onread = {
      buffer: Buffer.alloc(16_384),
      callback: (length: number, bytes: Uint8Array): boolean => {
        this.#read(Buffer.from(bytes.buffer, bytes.byteOffset, length));
        if (this.#left > 0) return true;
        this.#isBusy = false;
        this.#finished(this, this.#startMs);
        return true;
      },
    };
    const socket = connect({ port: this.#port, host: "127.0.0.1", noDelay: true, onread });
    socket.once("close", () => {
      if (this.#isClosed) return;
      if (this.#left > 0) throw new Error(`Port ${this.#port} closed a connection within an answer`);
      this.#socket = this.#open();
      // Its clock goes on.
      if (this.#isBusy) this.#socket.write(this.#request);
    });
    return socket;
  }

  #read(bytes: Buffer): void {
    if (this.#left === 0) {
      const end = bytes.indexOf("\r\n\r\n");
      const head = bytes.toString("latin1", 0, Math.max(end, 0));
      const length = /content-length: (\d+)/i.exec(head)?.[1];
      if (!head.startsWith("HTTP/1.1 200 ") || length === undefined) throw new Error(`Not the answer: ${head}`);
      this.#left = end + 4 + Number(length);
    }
    this.#left -= bytes.length;
  }
}

/** The same in a process of its own, which may stand on another core: the load from its environment, the times on its output. */
export async function runSteadyLoad(): Promise<void> {
  const load = JSON.parse(process.env["STEADY_LOAD"] ?? "{}") as SteadyLoad;
  process.stdout.write(JSON.stringify(await askSteadily(load)));
}
