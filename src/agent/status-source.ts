import { get as getHttp } from "node:http";
import { get as getHttps } from "node:https";
import { readApacheStatus } from "../stats/sources/apache-status.ts";
import { isStubStatus, readStubStatus } from "../stats/sources/stub-status.ts";
import type { WorkerFigures } from "../stats/sources/worker-figures.ts";

/** Apache's answer has a letter for each worker; twenty thousand of them fit. */
const MAX_BYTES = 65_536;
const LIMIT_MS = 2000;

/** A server that does not tell its figures; the message says why. */
export class StatusError extends Error {
  readonly code: "BACKHAND_STATUS" | "BACKHAND_STATUS_CAPACITY";
  constructor(message: string, cause?: unknown, code: StatusError["code"] = "BACKHAND_STATUS") {
    super(message, { cause });
    this.code = code;
    this.name = "StatusError";
  }
}

/**
 * Asks a status URL once: Apache's `server-status?auto` or nginx's stub_status, told apart by what they answer. `capacity` is
 * what nginx does not say; null: unknown. Rejects with a StatusError, after two seconds at the latest.
 */
export async function askStatus(url: URL, capacity: number | null): Promise<WorkerFigures> {
  let text: string;
  try {
    text = await fetchText(url);
  } catch (error) {
    if (error instanceof StatusError) throw error;
    throw new StatusError(`${url.href} does not answer: ${messageOf(error)}`, error);
  }
  const apache = readApacheStatus(text);
  if (apache !== null) return apache;
  if (!isStubStatus(text)) {
    throw new StatusError(`${url.href} answers neither as Apache's server-status?auto nor as nginx's stub_status`);
  }
  const nginx = capacity === null ? null : readStubStatus(text, capacity);
  if (nginx === null) {
    const message = "nginx does not say how many requests it can take: name the number with --capacity";
    throw new StatusError(message, null, "BACKHAND_STATUS_CAPACITY");
  }
  return nginx;
}

/** On a connection of its own: one that stays open would hold a worker of a preforking Apache for ever. */
function fetchText(url: URL): Promise<string> {
  return new Promise((resolve, reject) => {
    const signal = AbortSignal.timeout(LIMIT_MS);
    const get = url.protocol === "https:" ? getHttps : getHttp;
    const request = get(url, { agent: false, signal, headers: { connection: "close" } }, (response) => {
      if (response.statusCode !== 200) {
        response.destroy();
        reject(new StatusError(`${url.href} answers ${response.statusCode ?? 0} instead of 200`));
        return;
      }
      const chunks: Buffer[] = [];
      let length = 0;
      response.on("data", (chunk: Buffer) => {
        chunks.push(chunk);
        length += chunk.length;
        if (length > MAX_BYTES) {
          response.destroy();
          reject(new StatusError(`${url.href} answers more than ${MAX_BYTES} bytes`));
        }
      });
      response.on("end", () => {
        resolve(Buffer.concat(chunks).toString("latin1"));
      });
      response.on("error", reject);
    });
    request.on("error", (error) => {
      reject(signal.aborted ? new StatusError(`${url.href} does not answer within ${LIMIT_MS} ms`, error) : error);
    });
  });
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message || error.name : String(error);
}

/** What is known of a server that is asked again and again. */
export interface StatusSource {
  /** The last figures; null when there are none, or none newer than a few rounds. */
  current(): WorkerFigures | null;
  /** Asks now; rejects with a StatusError. */
  ask(): Promise<void>;
  /** Asks at once and then at intervals, one question at a time. */
  start(): void;
  stop(): void;
}

/** Rounds without an answer after which the server counts as down: one may get lost. */
const ROUNDS = 3;

/** Not started yet. `onError` hears each failure. */
export function createStatusSource(
  ask: () => Promise<WorkerFigures>,
  intervalMs: number,
  onError: (error: unknown) => void,
  now: () => number = () => performance.now(),
): StatusSource {
  let figures: WorkerFigures | null = null;
  let answeredMs = -Infinity;
  let timer: NodeJS.Timeout | null = null;

  async function askOnce(): Promise<void> {
    figures = await ask();
    answeredMs = now();
  }

  function schedule(delayMs: number): void {
    timer = setTimeout(() => {
      askOnce()
        .catch(onError)
        .finally(() => {
          if (timer !== null) schedule(intervalMs);
        });
    }, delayMs);
  }

  return {
    current: () => (now() - answeredMs > ROUNDS * intervalMs + LIMIT_MS ? null : figures),
    ask: askOnce,
    start() {
      if (timer === null) schedule(0);
    },
    stop() {
      if (timer !== null) clearTimeout(timer);
      timer = null;
    },
  };
}
