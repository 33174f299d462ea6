import cluster from "node:cluster";
import type { AddressInfo } from "node:net";
import { ServerError } from "../server-error.ts";
import type { ServerErrorCode } from "../server-error.ts";
import type { NotHonoured } from "../steerable.ts";
import type { DealingsPage } from "./dealings-page.ts";
import type { BeginMessage, OpenMessage, PrimaryQuestion, ToPrimary, ToWorker, WorkerQuestion } from "./messages.ts";
import { answerQuestion, createQuestions } from "./questions.ts";

/** How workers are started: a script and its arguments, for node. */
export interface WorkerProgram {
  readonly exec: string;
  readonly args: readonly string[];
}

/** What the primary does for its workers. */
export interface WorkerHandlers {
  readonly dealings: (worker: WorkerProcess, page: DealingsPage) => void;
  readonly reply: (question: PrimaryQuestion) => unknown;
}

/** One worker, seen from the primary. */
export interface WorkerProcess {
  readonly slot: number;
  readonly pid: number;
  /** Local clock, milliseconds. */
  readonly startedMs: number;
  /** Resolves with where it listens; rejects with a ServerError when it cannot start. */
  readonly opened: Promise<readonly AddressInfo[]>;
  /** Lets it answer requests. Resolves with the lines that it does not honour. */
  readonly begin: (message: BeginMessage) => Promise<readonly NotHonoured[]>;
  readonly send: (message: ToWorker) => void;
  readonly ask: (question: WorkerQuestion) => Promise<unknown>;
  /** Resolves with how it ended. Never rejects. */
  readonly ended: Promise<string>;
  readonly kill: () => void;
}

/** A worker that opens nothing within so long is stuck: reading a large configuration takes seconds. */
const openWithinMs = 60_000;

/** Starts a worker and tells it what to open. */
export function startWorker(program: WorkerProgram, open: OpenMessage, handlers: WorkerHandlers): WorkerProcess {
  // Structured clones: members hold Infinity, and posted announcements bytes.
  cluster.setupPrimary({ exec: program.exec, args: [...program.args], serialization: "advanced" });
  const child = cluster.fork();
  const pid = child.process.pid ?? 0;
  const send = (message: ToWorker): void => {
    // A worker that ends is heard of through `ended`.
    if (child.isConnected()) child.send(message, () => undefined);
  };
  const kill = (): void => {
    child.process.kill("SIGKILL");
  };
  const questions = createQuestions<WorkerQuestion>(send);
  const opened = deferred<readonly AddressInfo[]>();
  const begun = deferred<readonly NotHonoured[]>();
  const ended = deferred<string>();
  const limit = setTimeout(() => {
    opened.reject(new ServerError("BACKHAND_WORKER", `A worker opened nothing within ${openWithinMs / 1000} s`));
    kill();
  }, openWithinMs);
  const end = (how: string): void => {
    clearTimeout(limit);
    const why = `the worker ${pid} ended ${how}`;
    questions.fail(why);
    opened.reject(new ServerError("BACKHAND_WORKER", `Cannot start: ${why}`));
    begun.reject(new Error(why));
    ended.resolve(how);
  };
  // Whoever waits for them hears it; when nobody does, it is no fault.
  for (const { promise } of [opened, begun]) promise.catch(() => undefined);

  child.on("error", (error: Error) => {
    end(`because of ${error.message}`);
  });
  child.on("exit", (code: number | null, signal: string | null) => {
    end(signal === null ? `with ${code ?? 0}` : `by ${signal}`);
  });
  child.on("message", (message: ToPrimary) => {
    switch (message.kind) {
      case "hello":
        send(open);
        break;
      case "opened":
        clearTimeout(limit);
        opened.resolve(message.addresses);
        break;
      case "not-opened":
        opened.reject(new ServerError(codeOf(message.code), message.message));
        break;
      case "begun":
        begun.resolve(message.notHonoured);
        break;
      case "dealings":
        handlers.dealings(self, message.page);
        break;
      case "question":
        void answerQuestion(message, handlers.reply, send);
        break;
      case "answer":
        questions.answered(message);
        break;
      default:
        message satisfies never;
    }
  });
  const self: WorkerProcess = {
    slot: open.slot,
    pid,
    startedMs: Date.now(),
    opened: opened.promise,
    begin(message) {
      send(message);
      return begun.promise;
    },
    send,
    ask: questions.ask,
    ended: ended.promise,
    kill,
  };
  return self;
}

interface Deferred<T> {
  readonly promise: Promise<T>;
  readonly resolve: (value: T) => void;
  readonly reject: (error: Error) => void;
}

/** Promise.withResolvers, which Node 20 lacks. */
function deferred<T>(): Deferred<T> {
  let resolve: Deferred<T>["resolve"] = () => undefined;
  let reject: Deferred<T>["reject"] = () => undefined;
  const promise = new Promise<T>((onValue, onError) => {
    resolve = onValue;
    reject = onError;
  });
  return { promise, resolve, reject };
}

/** The worker's own code for what its user can change; anything else is a fault of ours. */
function codeOf(code: string): ServerErrorCode {
  return code.startsWith("BACKHAND_") ? (code as ServerErrorCode) : "BACKHAND_WORKER";
}
