import type { Duplex } from "node:stream";
import { Answer } from "./answer.ts";
import type { AnswerReader } from "./answer.ts";
import { whenBodyBreaks } from "./broken-body.ts";
import type { BrokenBody } from "./broken-body.ts";
import type { Deadline } from "./deadlines.ts";
import { ProxyError } from "./engine.ts";
import type { ProxyErrorCode, Upstream } from "./engine.ts";
import { allFull, lateness, leftInAnswer, nobodyLeft } from "./relay-failures.ts";
import type { Phase } from "./relay-failures.ts";
import type { ErrorStatus } from "./error-page.ts";
import { awaitsContinue, sendContinue } from "./expectation.ts";
import { trailersToRelay } from "./hop-by-hop.ts";
import { RequestBody, replayLimitBytes } from "./request-body.ts";
import { mayRetry } from "./retry.ts";
import type { RelayJob, RelaySettings } from "./relay-job.ts";
import type { RelayLimits } from "./relay-limits.ts";
import { turnMs } from "./turn-clock.ts";
import { UnsendableRequest } from "./upstream-client.ts";
import { HandshakeFailed } from "./upstream-tls.ts";
import type { KeepChunk, UpstreamExchange, UpstreamHandler } from "./upstream-client.ts";

/** Tells a client that other servers were asked before the one that answered, and how many in all; one is not mentioned. */
const TRIES_FIELD = "X-Backhand-Tries";

/** How long a client that asks whether to send its body waits for a server's word. RFC 9110 10.1.1 leaves it open; curl waits as long. */
const continueMs = 1000;

/** Sends one request to one server after the other until one answers, and the answer to the client. */
export class Relay implements UpstreamHandler, AnswerReader, Deadline {
  deadlineMs = Infinity;
  slot = -1;
  readonly #settings: RelaySettings;
  readonly #limits: RelayLimits;
  readonly #job: RelayJob;
  readonly #method: string;
  readonly #answer: Answer;
  #lastMs = Infinity;
  #tried: readonly Upstream[] = [];
  #phase: Phase = "none";
  #upstream: Upstream | null = null;
  #exchange: UpstreamExchange | null = null;
  #reused = false;
  /** The server whose kept connection broke. */
  #stale: Upstream | null = null;
  #body: RequestBody | null = null;
  #bytes: Buffer | null = null;
  #answered: Upstream | null = null;
  #error: ProxyError | null = null;
  /** True when nothing more is expected from any server. */
  #serversDone = false;
  #over = false;
  #bodyBytes = 0;
  #isChunked = false;
  /** Ends the waiting for a server that takes one more request; null: it does not wait. */
  #leaveQueue: (() => void) | null = null;

  constructor(settings: RelaySettings, job: RelayJob) {
    this.#settings = settings;
    this.#job = job;
    this.#limits = job.options.limits ?? settings;
    this.#method = job.request.method ?? "GET";
    this.#answer = new Answer(job.response);
  }

  start(): void {
    const { request, response, upgrade } = this.#job;
    this.#limits.budget.earn();
    response.on("close", () => {
      this.#clientDone();
    });
    const length = request.headers["content-length"];
    const chunked = request.headers["transfer-encoding"] !== undefined;
    if (upgrade !== null || (!chunked && (length === undefined || Number(length) === 0))) {
      this.#enter();
      return;
    }
    this.#isChunked = chunked;
    const body = new RequestBody(request);
    this.#body = body;
    whenBodyBreaks(request, (why) => {
      this.#bodyBroke(why);
    });
    if (this.#serversDone) return;
    if (chunked || Number(length) > replayLimitBytes || awaitsContinue(request)) {
      this.#enter();
      return;
    }
    // A small body is read first: then any server can get it, and a slow client keeps none of them busy.
    body.gather((bytes) => {
      this.#bytes = bytes;
      if (!this.#over) this.#enter();
    });
  }

  onConnected(reused: boolean): void {
    this.#reused = reused;
    this.#phase = "waiting";
    this.#limit(this.#limits.timeouts.firstByteMs);
    const { request, response } = this.#job;
    if (!awaitsContinue(request)) return;
    // Many servers say nothing until they have the body.
    setTimeout(() => {
      if (!this.#over) sendContinue(request, response);
    }, continueMs).unref();
  }

  onBodySent(): void {
    if (this.#phase === "waiting") this.#limit(this.#limits.timeouts.firstByteMs);
  }

  onInformation(status: number, headers: readonly string[]): void {
    if (status === 100) sendContinue(this.#job.request, this.#job.response);
    this.#answer.hint(status, headers);
  }

  onHead(status: number, message: string, headers: readonly string[]): void {
    const { options } = this.#job;
    if (options.replaces?.(status) === true) {
      this.#replace(status, headers);
      return;
    }
    try {
      const tries = this.#tried.length;
      const all = tries === 1 ? headers : [...headers, TRIES_FIELD, String(tries)];
      this.#answer.head(status, message, all, options.answerFields);
    } catch (error) {
      // Bytes or a status that Node does not write.
      this.#exchange?.abort();
      this.#attemptFailed("BACKHAND_UPSTREAM_RESET", "sent a head that cannot be relayed", error);
      return;
    }
    this.#phase = "answering";
    this.#answered = this.#upstream;
    if (this.#upstream !== null) this.#job.options.onHead?.(this.#upstream, status, headers);
    this.#limit(this.#limits.timeouts.idleMs);
  }

  onData(chunk: Buffer, keep: KeepChunk): boolean {
    this.#bodyBytes += chunk.length;
    const taken = this.#answer.data(chunk, keep, this);
    // A client that is behind is no fault of the server's; how long it may be is not decided here.
    this.#limit(taken ? this.#limits.timeouts.idleMs : 0);
    return taken;
  }

  onDrained(): void {
    if (this.#phase !== "answering") return;
    this.#limit(this.#limits.timeouts.idleMs);
    this.#exchange?.resume();
  }

  onPause(): void {
    this.#answer.paused();
  }

  onEnd(trailers: readonly string[] | null): void {
    this.#endAttempt();
    this.#serversDone = true;
    this.#answer.end(trailers === null ? trailers : trailersToRelay(trailers));
    // A server may answer before it has read the whole request.
    this.#body?.discard();
    if (this.#answer.gone) this.#finish();
  }

  onUpgrade(status: number, headers: readonly string[], socket: Duplex): void {
    const { upgrade, response } = this.#job;
    if (upgrade === null || status !== 101) {
      socket.destroy();
      this.#attemptFailed("BACKHAND_UPSTREAM_RESET", "changed the protocol without being asked", undefined);
      return;
    }
    this.#answered = this.#upstream;
    this.#phase = "answering";
    if (this.#upstream !== null) this.#job.options.onHead?.(this.#upstream, status, headers);
    this.#serversDone = true;
    this.#settings.deadlines.forget(this);
    this.#exchange = null;
    response.statusCode = 101;
    upgrade.accept(headers, socket, () => {
      this.#endAttempt();
      this.#finish();
    });
  }

  onError(error: Error): void {
    if (error instanceof UnsendableRequest) {
      this.#endAttempt();
      this.#giveUp(400, new ProxyError("BACKHAND_BAD_REQUEST", "The request cannot be sent on", error));
    } else if (error instanceof HandshakeFailed) {
      this.#attemptFailed("BACKHAND_UPSTREAM_TLS", "is not whom it should be, or speaks no TLS that we do", error);
    } else if (this.#phase === "connecting") {
      this.#attemptFailed("BACKHAND_UPSTREAM_REFUSED", "could not be reached", error);
    } else {
      this.#attemptFailed("BACKHAND_UPSTREAM_RESET", "closed the connection", error);
    }
  }

  expire(): void {
    const { timeouts } = this.#limits;
    const late = performance.now() >= this.#lastMs;
    if (!late && this.#phase === "waiting" && this.#body?.awaitsClient === true) {
      this.#limit(timeouts.firstByteMs);
      this.#settings.deadlines.watch(this);
      return;
    }
    this.#exchange?.abort();
    this.#attemptFailed("BACKHAND_UPSTREAM_TIMEOUT", lateness(late ? "all" : this.#phase, timeouts), undefined);
  }

  /** The rest of the client's body is for nobody: no server may take what it has got for a whole request. */
  #bodyBroke({ status, reason }: BrokenBody): void {
    if (this.#over || this.#serversDone) return;
    const hasBegun = this.#phase === "answering" || this.#job.response.headersSent;
    this.#exchange?.abort();
    this.#endAttempt();
    const error = new ProxyError("BACKHAND_BAD_REQUEST", reason);
    if (!hasBegun) {
      this.#giveUp(status, error);
      return;
    }
    this.#error = error;
    this.#cut();
  }

  /** Everything is there that a server needs. */
  #enter(): void {
    const wait = this.#job.options.waitForRoom?.((hasRoom) => {
      if (hasRoom) this.#begin();
      else this.#giveUp(503, allFull());
    });
    if (wait === undefined || wait === null) this.#begin();
    else this.#leaveQueue = wait;
  }

  #begin(): void {
    const { totalMs } = this.#limits.timeouts;
    // What came before was no server's time.
    if (totalMs > 0) this.#lastMs = performance.now() + totalMs;
    this.#try();
  }

  #try(): void {
    const upstream = this.#choose() ?? this.#stale;
    this.#stale = null;
    if (upstream === null) {
      this.#nobodyLeft();
      return;
    }
    // One that is pushed to would take room for seventeen.
    this.#tried = this.#tried.concat(upstream);
    const attempt = this.#tried.length;
    this.#upstream = upstream;
    this.#reused = false;
    this.#phase = "connecting";
    this.#limit(this.#limits.timeouts.connectMs);
    this.#settings.deadlines.watch(this);
    this.#job.options.onInflight(upstream, true);
    const exchange = this.#settings.client.send(
      upstream,
      {
        method: this.#method,
        target: this.#job.target,
        fields: this.#job.fields,
        needsHost: this.#job.needsHost,
        body: this.#bytes ?? this.#body?.open() ?? null,
        isChunked: this.#isChunked,
        isExpecting: awaitsContinue(this.#job.request),
        trailers: this.#isChunked ? (): readonly string[] => trailersToRelay(this.#job.request.rawTrailers) : null,
        upgrade: this.#job.upgrade?.protocol ?? null,
      },
      this,
    );
    // It may have failed at once, and the next one may be on its way.
    if (this.#isAt(attempt)) this.#exchange = exchange;
  }

  #isAt(attempt: number): boolean {
    return this.#tried.length === attempt && this.#upstream !== null;
  }

  #choose(): Upstream | null {
    try {
      return this.#job.options.choose(this.#tried);
    } catch (error) {
      this.#error = new ProxyError("BACKHAND_NO_UPSTREAM", "No server could be chosen", error);
      return null;
    }
  }

  /** The server's answer gives way to a page of our own. */
  #replace(status: number, headers: readonly string[]): void {
    const { options, response } = this.#job;
    this.#answered = this.#upstream;
    if (this.#upstream !== null) options.onHead?.(this.#upstream, status, headers);
    this.#exchange?.abort();
    this.#endAttempt();
    this.#serversDone = true;
    // Without its challenge no client could answer a 401.
    const challenges = headers.filter((_, at) => at % 2 === 1 && /^www-authenticate$/i.test(headers[at - 1] ?? ""));
    if (challenges.length > 0) response.setHeader("WWW-Authenticate", challenges);
    options.sendError?.(response, status, null);
    this.#body?.discard();
  }

  #attemptFailed(code: ProxyErrorCode, what: string, cause: unknown): void {
    const upstream = this.#upstream;
    if (upstream === null) return;
    const phase = this.#phase;
    this.#endAttempt();
    const where = `${upstream.id} (${upstream.address}:${upstream.port})`;
    const error = new ProxyError(code, `${where} ${what}`, cause);
    this.#error = error;
    this.#job.options.onFailure?.(upstream, error);
    if (phase === "answering" || this.#job.response.headersSent) {
      this.#cut();
      return;
    }
    const connected = phase !== "connecting";
    const timedOut = code === "BACKHAND_UPSTREAM_TIMEOUT";
    const replayable = this.#body?.replayable ?? true;
    const again = mayRetry({
      method: this.#method,
      connected,
      reused: this.#reused,
      timedOut,
      replayable,
      evenSent: this.#limits.retryOn.sent === true,
    });
    const wanted = connected ? this.#limits.retryOn.reset : this.#limits.retryOn.connect;
    const room = wanted && this.#tried.length < this.#limits.maxTries && performance.now() < this.#lastMs;
    // A connection that the server closed while it waited says nothing of the server: with nobody else, it is asked again.
    if (this.#reused && !timedOut) this.#stale = upstream;
    if (again && room && (!connected || this.#limits.budget.spend())) this.#try();
    else this.#giveUp(timedOut ? 504 : 502, error);
  }

  /** The answer cannot become whole. */
  #cut(): void {
    this.#serversDone = true;
    this.#answer.cut();
    if (this.#answer.gone) this.#finish();
  }

  #nobodyLeft(): void {
    const { status, error } = nobodyLeft(this.#error);
    this.#giveUp(status, error);
  }

  #giveUp(status: ErrorStatus, error: ProxyError): void {
    this.#error = error;
    this.#serversDone = true;
    this.#leaveQueue?.();
    if (this.#answer.gone) {
      this.#finish();
      return;
    }
    this.#answer.error(status, error, this.#job.options);
    this.#body?.discard();
  }

  /** The response is closed: it went out whole, was cut, or the client left. */
  #clientDone(): void {
    if (this.#over) return;
    if (this.#phase === "answering" && this.#answered !== null && this.#job.response.statusCode === 101) return;
    if (!this.#serversDone) {
      this.#exchange?.abort();
      this.#endAttempt();
      this.#error = leftInAnswer();
    } else if (!this.#job.response.writableFinished) {
      this.#error ??= leftInAnswer();
    }
    this.#finish();
  }

  /** Sets the time, in milliseconds, within which the next step must come; 0: none. */
  #limit(ms: number): void {
    const next = ms > 0 ? turnMs() + ms : Infinity;
    this.deadlineMs = next < this.#lastMs ? next : this.#lastMs;
  }

  /** The chosen server is done with the request. */
  #endAttempt(): void {
    this.#settings.deadlines.forget(this);
    this.#exchange = null;
    this.#phase = "none";
    const upstream = this.#upstream;
    this.#upstream = null;
    if (upstream !== null) this.#job.options.onInflight(upstream, false);
  }

  #finish(): void {
    if (this.#over) return;
    this.#over = true;
    this.#leaveQueue?.();
    const { response, finished } = this.#job;
    const status = response.headersSent || this.#answered !== null ? response.statusCode : 0;
    finished({
      upstream: this.#answered,
      tries: this.#tried.length,
      status,
      bodyBytes: this.#bodyBytes,
      error: this.#error,
    });
  }
}
