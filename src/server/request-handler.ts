import { IncomingMessage, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import type { Duplex } from "node:stream";
import { redirectLocation } from "../balance/redirect-location.ts";
import type { CandidacyRequest } from "../balance/candidacy.ts";
import type { Authenticate } from "../access/authenticator.ts";
import { readBasicCredentials } from "../access/basic-credentials.ts";
import type { RoutingTable } from "../compile/table.ts";
import type { ProxyEngine, ProxyOptions, Upstream } from "../proxy/engine.ts";
import { closeWithConnection } from "../proxy/close-with-connection.ts";
import { findAmbiguity } from "../proxy/refusal.ts";
import { createUpgradeResponse } from "../proxy/upgrade-side.ts";
import type { EffectiveDirective, Match, Refusal } from "../routing/match.ts";
import { isRefusal } from "../routing/router.ts";
import type { Router } from "../routing/router.ts";
import { settleWithUsers } from "../routing/settle-with-users.ts";
import { createLogLimit } from "../stats/log-limit.ts";
import { accessAnswer } from "./access-answer.ts";
import { LOAD_FIELD, loadField } from "../stats/load-field.ts";
import type { LoadFigures } from "../stats/load-field.ts";
import type { Balancer, ChoiceTrace } from "./balancer.ts";
import { absoluteUrl } from "./canonical-url.ts";
import { clientAddressOf, peerAddressOf, plainAddress } from "./client-address.ts";
import { createContentSettings } from "./content-settings.ts";
import { decisionTrace, mayTrace } from "./decision-trace.ts";
import type { ErrorLog } from "./error-log.ts";
import { createErrorPages } from "./error-pages.ts";
import { bodyBeyondLimit, headBeyondLimits } from "./limits.ts";
import { sendJson, sendLocalAnswer, serverField } from "./local-answer.ts";
import type { LocalAnswer } from "./local-answer.ts";
import { sendLocalFile } from "./local-files.ts";
import type { MemberCounters } from "./member-counters.ts";
import type { OwnPages } from "./own-pages.ts";
import type { RequestRecord } from "./request-record.ts";
import type { ServerSettings } from "./server-settings.ts";
import type { SecureFront } from "./tls/secure-front.ts";
import type { Trust } from "./trust.ts";

/** What handling a request needs of the server. */
export interface HandlerContext {
  readonly table: RoutingTable;
  readonly settings: ServerSettings;
  readonly router: Router;
  readonly authenticate: Authenticate;
  readonly engine: ProxyEngine;
  readonly balancer: Balancer;
  readonly trust: Trust;
  readonly errorLog: ErrorLog;
  /** From BackhandLocal; null: files are served from here. */
  readonly local: Upstream | null;
  /** Null: no host speaks TLS. */
  readonly secure: Pick<SecureFront, "refusal"> | null;
  readonly self: () => Upstream;
  readonly pages: OwnPages;
  readonly counters: Pick<MemberCounters, "answered">;
  /** What this server announced of itself last. */
  readonly figures: () => LoadFigures;
  /** True once the server is stopping: connections are closed after their answer. */
  readonly isStopping: () => boolean;
  readonly log: (record: RequestRecord) => void;
}

/** Handles the requests of a server; both resolve when the request is over and never reject. */
export interface RequestHandler {
  readonly request: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
  readonly upgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => Promise<void>;
  /** Logs a request that could not be read and was answered with this status. */
  readonly unreadable: (socket: Socket, status: number, reason: string) => void;
  /** Notes a connection whose TLS handshake came to nothing. */
  readonly failedHandshake: (socket: Socket, why: string) => void;
  /** Requests that are being handled now. */
  readonly busy: () => number;
}

/** Where a request came in, when it wants the connection for another protocol. */
interface UpgradeRequest {
  readonly socket: Duplex;
  readonly head: Buffer;
}

/** How long a client is asked to wait when nothing here can answer it. */
const retryAfterSeconds = 2;

/** How often a server that fails while others answer for it is mentioned. */
const recoveryLogMs = 10_000;

export function createRequestHandler(context: HandlerContext): RequestHandler {
  const { table, settings, router, authenticate, engine, balancer, trust, errorLog } = context;
  const contentSettings = createContentSettings(table.apache);
  const sendError = createErrorPages({ table, router, authenticate, contentSettings });
  const server = serverField(settings.serverTokens);
  const mayLogRecovery = createLogLimit(recoveryLogMs);
  let busy = 0;

  async function handle(request: IncomingMessage, given: ServerResponse | null, upgrade: UpgradeRequest | null) {
    busy += 1;
    if (given !== null) closeWithConnection(request, given);
    const record = createRecord(request, given, trust);
    const respond = (): ServerResponse => {
      if (record.response !== null) return record.response;
      if (upgrade === null) throw new Error("A request without a response");
      return (record.response = createUpgradeResponse(request, upgrade.socket));
    };
    try {
      if (given !== null && context.isStopping()) given.shouldKeepAlive = false;
      await answer(record, respond, upgrade);
    } catch (error) {
      errorLog.log("crit", `Could not handle a request: ${stackOf(error)}`, record.clientAddress);
      const response = respond();
      if (response.headersSent) response.destroy();
      else sendOwn(response, { status: 500, close: true });
      await closed(response);
    } finally {
      busy -= 1;
    }
    logOutcome(record);
    context.log(record);
  }

  function prepare(response: ServerResponse, { close }: LocalAnswer): void {
    if (!response.headersSent) response.setHeader("Server", server);
    // Also for what comes behind it on the connection: it is not looked at.
    if (close === true) response.shouldKeepAlive = false;
  }

  function sendOwn(response: ServerResponse, own: LocalAnswer): void {
    prepare(response, own);
    sendLocalAnswer(response, own);
  }

  async function answer(record: RequestRecord, respond: () => ServerResponse, upgrade: UpgradeRequest | null) {
    const { request } = record;
    const refuse = async (own: LocalAnswer): Promise<void> => {
      const response = respond();
      prepare(response, own);
      await sendError(record, response, own);
      return closed(response);
    };
    const early = headBeyondLimits(request, settings.limits) ?? findAmbiguity(request);
    if (early !== null) {
      const response = respond();
      sendOwn(response, { ...early, close: true });
      return closed(response);
    }
    const method = request.method ?? "GET";
    if (request.url === "*" && method === "OPTIONS") return refuse({ status: 200, allow: "GET, HEAD, OPTIONS" });
    if (method === "TRACE") return refuse({ status: 405, allow: "GET, HEAD, OPTIONS" });
    const routed = router.route({
      localAddress: record.localAddress,
      localPort: record.localPort,
      host: request.headers.host ?? null,
      target: request.url ?? "",
      method,
      client: {
        address: record.clientAddress,
        protocol: `HTTP/${request.httpVersion}`,
        headers: request.rawHeaders,
        isSecure: "encrypted" in request.socket,
      },
    });
    const misdirected = routed.host === null ? null : (context.secure?.refusal(request.socket, routed.host) ?? null);
    if (misdirected !== null) return refuse(misdirected);
    if (isRefusal(routed)) return refuse(refusalAnswer(routed, record));
    record.host = routed.host;
    // The one decision that explain makes too: an index file answers for its folder, by its own sections.
    const authorizationField = request.headers.authorization ?? null;
    const { match, authorization, refusal } = await settleWithUsers(
      routed,
      {
        clientAddress: record.clientAddress,
        localAddress: record.localAddress,
        method,
        authorization: authorizationField,
      },
      authenticate,
    );
    record.match = match;
    if (authorization.kind !== "granted") {
      // As in httpd, the log names who was refused, too.
      if (authorization.kind === "unauthorized") record.user = readBasicCredentials(authorizationField)?.user ?? null;
      const { answer: refused, level, message } = accessAnswer(authorization, match, request.method ?? "");
      errorLog.log(level, message, record.clientAddress);
      return refuse(refused);
    }
    record.user = authorization.user;
    if (refusal !== null) return refuse(refusalAnswer(refusal, record));
    if (match.redirect !== null) {
      const { status, location } = match.redirect;
      return refuse({ status, ...(location === null ? {} : { location: absolute(location, record) }) });
    }
    const content = contentSettings(match.effective);
    const tooLarge = bodyBeyondLimit(request, content.bodyLimit, () => {
      // Whoever relays it sees the connection end.
      sendOwn(respond(), { status: 413, close: true });
      // The end of the body would make it a whole request for the server that gets it.
      request.removeAllListeners("end");
      request.socket.destroySoon();
    });
    if (tooLarge) return refuse({ status: 413, close: true });
    const page = context.pages.find(match, request);
    if (page !== null) {
      const response = respond();
      response.setHeader("Server", server);
      await page(record, response);
      return closed(response);
    }
    if (trust.isAlreadyBalanced(request, record.peerAddress)) {
      // The balancer that gave it to us learns how we are, fresher than by any announcement.
      if (upgrade === null) respond().setHeader(LOAD_FIELD, loadField(context.figures()));
    } else if (match.pipeline.length > 0) {
      if (await balanced(record, match, respond, refuse, upgrade)) return undefined;
    }
    return locally(record, match, respond, refuse, upgrade);
  }

  /** False: this server is to answer itself. */
  async function balanced(
    record: RequestRecord,
    match: Match,
    respond: () => ServerResponse,
    refuse: (own: LocalAnswer) => Promise<void>,
    upgrade: UpgradeRequest | null,
  ): Promise<boolean> {
    const { request } = record;
    const candidacyRequest: CandidacyRequest = {
      scheme: "encrypted" in request.socket ? "https" : "http",
      host: request.headers.host ?? null,
      target: request.url ?? "",
      headers: request.headers,
    };
    const runs: ChoiceTrace[] | null = mayTrace(request, record.clientAddress, trust) ? [] : null;
    const choice = balancer.choose(
      match.pipeline,
      candidacyRequest,
      runs === null ? undefined : (run) => runs.push(run),
    );
    if (choice === null) {
      await refuse({ status: 500 });
      return true;
    }
    if (runs !== null) {
      const response = respond();
      sendJson(response, decisionTrace(table, choice, runs, Date.now()));
      await closed(response);
      return true;
    }
    const { chosen, order, redirectHost } = choice;
    if (chosen === null) {
      // A page that is not here may well be on the servers that are gone: 404 would say that it does not exist.
      if (context.local !== null || (canServe(match) && match.fileKind !== "missing")) return false;
      await refuse({ status: 503, reason: "No server is left for this request", retryAfterSeconds });
      return true;
    }
    if (redirectHost !== null) {
      await refuse({ status: 302, location: redirectLocation(candidacyRequest, redirectHost) });
      return true;
    }
    const room = balancer.roomFor(choice, () => request.socket.destroyed);
    if (room !== null && !(await room)) {
      await refuse({ status: 503, reason: "All servers have as many requests as they take", retryAfterSeconds });
      return true;
    }
    if (chosen.isSelf) {
      if (!selfRedirects(match)) return false;
      await relay(record, respond, upgrade, balancer.fixed(context.self()));
      return true;
    }
    await relay(record, respond, upgrade, balancer.proxyOptions(order));
    const answered = (record.outcome?.upstream ?? null) !== null && upgrade === null;
    if (answered) context.counters.answered(performance.now() - record.startPreciseMs);
    return true;
  }

  async function locally(
    record: RequestRecord,
    match: Match,
    respond: () => ServerResponse,
    refuse: (own: LocalAnswer) => Promise<void>,
    upgrade: UpgradeRequest | null,
  ): Promise<void> {
    if (context.local !== null) {
      await relay(record, respond, upgrade, balancer.fixed(context.local));
      return;
    }
    if (match.pipeline.length > 0 && !canServe(match)) {
      await refuse({ status: 503, reason: "This server has nothing of its own for this request", retryAfterSeconds });
      return;
    }
    const response = respond();
    response.setHeader("Server", server);
    await sendLocalFile(record.request, response, match, contentSettings(match.effective), (own) => {
      const { location } = own;
      return refuse(location === undefined ? own : { ...own, location: absolute(location, record) });
    });
    await closed(response);
  }

  async function relay(
    record: RequestRecord,
    respond: () => ServerResponse,
    upgrade: UpgradeRequest | null,
    options: ProxyOptions,
  ): Promise<void> {
    const { request } = record;
    record.outcome =
      upgrade === null
        ? await engine.web(request, respond(), options)
        : await engine.upgrade(request, upgrade.socket, upgrade.head, options);
    record.bodyBytes = record.outcome.upstream === null ? null : record.outcome.bodyBytes;
  }

  /** Whether there is anything behind the name that routing gave: without its folder this machine has nothing of the site. */
  function canServe(match: Match): boolean {
    return context.local !== null || match.fileKind !== null;
  }

  function selfRedirects(match: Match): boolean {
    const line = lastOf(match.effective, "backhandselfredirect");
    return line === undefined ? table.cluster.selfRedirect : line.args[0]?.toLowerCase() === "on";
  }

  function refusalAnswer(refusal: Refusal, record: RequestRecord): LocalAnswer {
    record.host = refusal.host ?? 0;
    const { status, location } = refusal;
    if (status >= 500) errorLog.log("error", refusal.reason, record.clientAddress);
    else if (status >= 400) errorLog.log("info", `${status}: ${refusal.reason}`, record.clientAddress);
    return {
      status,
      close: status === 400 || status === 414,
      ...(location === null ? {} : { location: absolute(location, record) }),
    };
  }

  function absolute(location: string, record: RequestRecord): string {
    const line = lastOf(record.match?.effective ?? router.effectiveOf(record.host), "usecanonicalname");
    // Until 2.0 it is on where no line says otherwise.
    const isCanonical =
      line === undefined ? table.apache === "1.3" || table.apache === "2.0" : line.args[0]?.toLowerCase() !== "off";
    const { host, localPort, request } = record;
    return absoluteUrl(location, request, { dialect: table.apache, host: table.hosts[host], localPort, isCanonical });
  }

  function logOutcome({ outcome, clientAddress, request }: RequestRecord): void {
    const error = outcome?.error ?? null;
    if (outcome === null || error === null) return;
    // Another server answered: the client saw nothing of it, and a dead server would fill the log until it ages out.
    const recovered = outcome.upstream !== null && outcome.tries > 1;
    if (recovered && !mayLogRecovery(error.message, Date.now())) return;
    const level = error.code === "BACKHAND_CLIENT_LEFT" ? "info" : recovered ? "warn" : "error";
    const cause = error.cause instanceof Error ? ` (${error.cause.message})` : "";
    const tries = outcome.tries > 1 ? `, ${outcome.tries} tries` : "";
    errorLog.log(level, `${error.code}: ${error.message}${cause}: ${request.url ?? ""}${tries}`, clientAddress);
  }

  return {
    request: (request, response) => handle(request, response, null),
    upgrade: (request, socket, head) => handle(request, null, { socket, head }),
    unreadable(socket, status, reason) {
      const request = new IncomingMessage(socket);
      const response = new ServerResponse(request);
      response.statusCode = status;
      const record = createRecord(request, response, trust);
      record.bodyBytes = 0;
      errorLog.log("info", `${status}: ${reason}`, record.clientAddress);
      context.log(record);
    },
    failedHandshake(socket, why) {
      errorLog.log("info", why, plainAddress(socket.remoteAddress ?? ""));
    },
    busy: () => busy,
  };
}

function createRecord(request: IncomingMessage, response: ServerResponse | null, trust: Trust): RequestRecord {
  const { socket } = request;
  const peerAddress = peerAddressOf(request);
  return {
    request,
    response,
    startMs: Date.now(),
    startPreciseMs: performance.now(),
    peerAddress,
    clientAddress: clientAddressOf(request, peerAddress, trust.isTrusted),
    localAddress: plainAddress(socket.localAddress ?? ""),
    localPort: socket.localPort ?? 0,
    host: 0,
    match: null,
    user: null,
    outcome: null,
    bodyBytes: null,
    bytesReadBefore: socket.bytesRead,
    bytesWrittenBefore: socket.bytesWritten,
    endPreciseMs: 0,
  };
}

function lastOf(effective: readonly EffectiveDirective[], name: string): EffectiveDirective | undefined {
  return effective.findLast((directive) => directive.name.toLowerCase() === name);
}

function closed(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    if (response.closed || response.destroyed) resolve();
    else response.once("close", resolve);
  });
}

function stackOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
