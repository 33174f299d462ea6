import type { IncomingMessage, ServerResponse } from "node:http";
import httpProxy from "http-proxy";
import { closeWithConnection } from "./close-with-connection.ts";
import { Deadlines } from "./deadlines.ts";
import { ProxyError } from "./engine.ts";
import type { ProxyEngine, ProxyOptions, ProxyOutcome } from "./engine.ts";
import { sendErrorPage } from "./error-page.ts";
import { findAmbiguity } from "./refusal.ts";
import { Relay } from "./relay.ts";
import type { ProxyTimeouts, RetryOn } from "./relay-limits.ts";
import type { RelayJob, RelaySettings } from "./relay-job.ts";
import { createPooledClient } from "./pooled-client.ts";
import { RememberedFields } from "./remembered-fields.ts";
import { requestFields } from "./request-fields.ts";
import { sendable } from "./request-writer.ts";
import { splitTarget } from "./request-target.ts";
import { RetryBudget } from "./retry.ts";
import { protocolAskedFor } from "./upgrade-protocol.ts";
import { createUpgradeResponse, UpgradeSide } from "./upgrade-side.ts";
import type { UpstreamClient } from "./upstream-client.ts";

export interface ProxyEngineOptions {
  /** Name of this balancer, sent as X-Backhand-Via. */
  readonly via: string;
  readonly timeouts: ProxyTimeouts;
  /** Most servers that one request is sent to. */
  readonly maxTries: number;
  readonly retryOn: RetryOn;
  /** Share of the requests that may be sent twice, 0 to 1; see RetryBudget. */
  readonly retryBudget: number;
  /** Whether the peer with this address may say on whose behalf it asks. */
  readonly isTrustedProxy: (address: string) => boolean;
  /** False: a connection for each request. */
  readonly keepAlive: boolean;
  /** Carries the requests; a pool of connections to each server when absent. */
  readonly client?: UpstreamClient;
}

/**
 * What BackhandTimeout and BackhandRetry say when they are not there. Connecting on a LAN takes a millisecond, and 5 s lets one
 * SYN be lost twice; the others are those of httpd's own ProxyTimeout since 2.4.
 */
export const defaultProxySettings = {
  timeouts: { connectMs: 5000, firstByteMs: 60_000, idleMs: 60_000, totalMs: 0 },
  maxTries: 3,
  retryOn: { connect: true, reset: true },
  retryBudget: 0.2,
} as const;

/** An idle connection is kept for less than httpd's KeepAliveTimeout of 5 s, so that we and not the server close it. */
const idleConnectionMs = 4000;

/** A pass of http-proxy as it is called; the package's types leave them out. True ends the chain. */
type WebPass = (request: IncomingMessage, response: ServerResponse) => boolean;
interface Passes {
  webPasses: { readonly name: string }[];
  wsPasses: { readonly name: string }[];
  before(type: "web" | "ws", passName: string, pass: WebPass): void;
}

/**
 * The engine on http-proxy 1.18.1, through its passes: what is faulty in it is taken out (`deleteLength`, which turns a DELETE
 * with a chunked body into two requests; `stream` of both kinds, with its leaks, hangs and forwarded hop-by-hop fields) and our
 * passes come before the place of `stream`. Never are options given to a single call: the package would copy them with a
 * deprecated function, and would drop them when a callback is undefined; what belongs to one request travels with it.
 */
export function createProxyEngine(options: ProxyEngineOptions): ProxyEngine {
  const client = options.client ?? createPooledClient({ keepAlive: options.keepAlive, idleMs: idleConnectionMs });
  const { connectMs, firstByteMs, idleMs, totalMs } = options.timeouts;
  const shortest = Math.min(...[connectMs, firstByteMs, idleMs, totalMs].filter((ms) => ms > 0), 10_000);
  const deadlines = new Deadlines(Math.min(250, Math.max(10, shortest / 10)));
  const budget = new RetryBudget(options.retryBudget);
  const { timeouts, maxTries, retryOn } = options;
  const remembered = new RememberedFields(options.via);
  const settings: RelaySettings = { client, deadlines, timeouts, budget, maxTries, retryOn };

  // The passes run before `web` and `ws` return, so the job on its way through them needs no place on the request, where it
  // would cost a new shape of the object.
  let pending: PendingJob | null = null;

  const refuse: WebPass = (request) => {
    const job = pending;
    if (job === null) return true;
    const ambiguity = job.options.isChecked === true ? null : findAmbiguity(request);
    const target = splitTarget(request.url ?? "");
    if (ambiguity === null && target !== null) {
      job.target = job.options.change?.target ?? target.target;
      job.authority = target.authority;
      return false;
    }
    const error = new ProxyError("BACKHAND_BAD_REQUEST", ambiguity?.reason ?? "The request target is no path");
    job.response.shouldKeepAlive = false;
    job.response.once("close", () => {
      job.finished({ upstream: null, tries: 0, status: job.response.statusCode, bodyBytes: 0, error });
    });
    sendErrorPage(job.response, ambiguity?.status ?? 400, error.code);
    return true;
  };

  const relay: WebPass = (request) => {
    const job = pending;
    if (job === null) return true;
    const address = plainAddress(request.socket.remoteAddress ?? "");
    const host = job.authority ?? request.headers.host ?? null;
    const { encrypted = false } = request.socket as { readonly encrypted?: boolean };
    const client = { address, encrypted, isTrusted: options.isTrustedProxy, host };
    const { change } = job.options;
    const raw = request.rawHeaders;
    job.fields =
      change?.fields === undefined && change?.host === undefined
        ? remembered.of(request.socket.remotePort ?? 0, raw, client)
        : sendable(requestFields(raw, client, options.via, change));
    job.needsHost = host === null && change?.host === undefined;
    new Relay(settings, job).start();
    return true;
  };

  const proxy = httpProxy.createProxyServer({ target: { host: "chosen-for-each-request", port: 0 } });
  const passes = proxy as unknown as Passes;
  passes.before("web", "stream", refuse);
  passes.before("web", "stream", relay);
  passes.before("ws", "stream", refuse);
  passes.before("ws", "stream", relay);
  passes.webPasses = passes.webPasses.filter(({ name }) => name !== "deleteLength" && name !== "stream");
  // Its check closes the connection without a word, and for all protocols but WebSocket.
  passes.wsPasses = passes.wsPasses.filter(({ name }) => name !== "stream" && name !== "checkMethodAndHeader");
  // Nothing emits it any more; without a listener it would be thrown.
  proxy.on("error", () => undefined);

  return {
    web(request, response, proxyOptions) {
      return new Promise((finished) => {
        if (response.closed || response.destroyed) {
          finished(leftEarly());
          return;
        }
        closeWithConnection(request, response);
        pending = createJob(request, response, null, proxyOptions, finished);
        proxy.web(request, response);
        pending = null;
      });
    },
    upgrade(request, socket, head, proxyOptions) {
      return new Promise((finished) => {
        if (socket.destroyed) {
          finished(leftEarly());
          return;
        }
        const response = createUpgradeResponse(request, socket);
        if (protocolAskedFor(request) === null) {
          const error = new ProxyError(
            "BACKHAND_BAD_REQUEST",
            "Only upgrades of a GET to a protocol without HTTP in it",
          );
          response.once("close", () => {
            finished({ upstream: null, tries: 0, status: response.statusCode, bodyBytes: 0, error });
          });
          sendErrorPage(response, 400, error.code);
          return;
        }
        const side = new UpgradeSide(socket, head, request.headers.upgrade ?? "");
        pending = createJob(request, response, side, proxyOptions, finished);
        proxy.ws(request, socket, head);
        pending = null;
      });
    },
    async close() {
      await client.close();
      deadlines.stop();
    },
  };
}

/** A job on its way through the passes, which fill in what goes to the servers. */
type PendingJob = { -readonly [Key in keyof RelayJob]: RelayJob[Key] } & { authority: string | null };

function createJob(
  request: IncomingMessage,
  response: ServerResponse,
  upgrade: UpgradeSide | null,
  options: ProxyOptions,
  finished: (outcome: ProxyOutcome) => void,
): PendingJob {
  return { request, response, upgrade, options, finished, target: "", authority: null, fields: null, needsHost: false };
}

function leftEarly(): ProxyOutcome {
  const error = new ProxyError("BACKHAND_CLIENT_LEFT", "The client left before its request was looked at");
  return { upstream: null, tries: 0, status: 0, bodyBytes: 0, error };
}

/** An IPv4 client of a socket that takes both kinds comes as `::ffff:10.0.0.1`. */
function plainAddress(address: string): string {
  return address.startsWith("::ffff:") && address.includes(".") ? address.slice(7) : address;
}
