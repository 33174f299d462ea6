import type { IncomingMessage, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import type { Duplex } from "node:stream";
import { redirectLocation } from "../balance/redirect-location.ts";
import type { CandidacyRequest } from "../balance/candidacy.ts";
import { readBasicCredentials } from "../access/basic-credentials.ts";
import { breakBody } from "../proxy/broken-body.ts";
import type { ProxyOptions, ProxyOutcome } from "../proxy/engine.ts";
import { closeWithConnection } from "../proxy/close-with-connection.ts";
import { findAmbiguity } from "../proxy/refusal.ts";
import { protocolAskedFor } from "../proxy/upgrade-protocol.ts";
import type { Match, Refusal } from "../routing/match.ts";
import type { ProxyPassage } from "../routing/proxy-passage.ts";
import { mayUpgrade } from "../routing/proxy-passage.ts";
import { isOverTls } from "../routing/proxy-origin.ts";
import { isRefusal } from "../routing/router.ts";
import { settleWithUsers } from "../routing/settle-with-users.ts";
import type { SettledWithUsers } from "../routing/settle-with-users.ts";
import { accessAnswer } from "./access-answer.ts";
import { LOAD_FIELD, loadField } from "../stats/load-field.ts";
import type { ChoiceTrace } from "./balancer.ts";
import { createAnswerHeaders } from "./answer-headers.ts";
import { clientSchemeOf, plainAddress } from "./client-address.ts";
import { closed } from "./closed-response.ts";
import { createContentSettings } from "./content-settings.ts";
import { decisionTrace, mayTrace } from "./decision-trace.ts";
import { createErrorPages } from "./error-pages.ts";
import type { HandlerContext } from "./handler-context.ts";
import { joinFields } from "./header-fields.ts";
import { headBeyondLimits, isBodyBeyond, watchBody } from "./limits.ts";
import { sendJson, serverField } from "./local-answer.ts";
import type { LocalAnswer } from "./local-answer.ts";
import { sendLocalFile } from "./local-files.ts";
import { protocolOf } from "./request-protocol.ts";
import { createOutcomeLog } from "./outcome-log.ts";
import { createOwnAnswers, responseOf, retryAfterSeconds } from "./own-answers.ts";
import type { OwnPage } from "./own-pages.ts";
import { createOwnUrls } from "./own-urls.ts";
import { createRelayChanges } from "./relay-changes.ts";
import { createPlaceWait } from "./wait-for-place.ts";
import { createRecord, noteTraffic } from "./request-record.ts";
import type { RequestRecord, UpgradeRequest } from "./request-record.ts";
import { recordUnreadable } from "./unreadable-request.ts";

/** Handles the requests of a server; answers each, whatever happens. */
export interface RequestHandler {
  readonly request: (request: IncomingMessage, response: ServerResponse) => void;
  readonly upgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => void;
  /** Logs a request that could not be read and was answered with this status. */
  readonly unreadable: (socket: Socket, status: number, reason: string) => void;
  /** Notes a connection whose TLS handshake came to nothing. */
  readonly failedHandshake: (socket: Socket, why: string) => void;
  /** Requests that are being handled now. */
  readonly busy: () => number;
}

/**
 * Resolves when the request is over, with the outcome when it was handed to a server. Nearly every request is decided and sent
 * on at once and waits here only: each further promise or async function on the way would cost as much as the choice itself.
 */
type Over = Promise<ProxyOutcome | undefined>;

export function createRequestHandler(context: HandlerContext): RequestHandler {
  const { table, settings, router, authenticate, engine, balancer, trust, errorLog, countsTraffic } = context;
  const contentSettings = createContentSettings(table.apache);
  const fields = createAnswerHeaders({
    dialect: table.apache,
    effectiveOf: router.effectiveOf,
    busyPercent: () => Math.min(100, Math.round((busy * 100) / Math.max(1, settings.maxClients))),
  });
  const sendError = createErrorPages({ table, router, authenticate, contentSettings, headers: fields });
  const server = serverField(settings.serverTokens);
  const own = createOwnAnswers({ server, headers: fields, sendError, countsTraffic });
  const { prepare, sendOwn, refuse } = own;
  const { absolute, nameForVia } = createOwnUrls(table, router.effectiveOf);
  const logOutcome = createOutcomeLog(errorLog);
  const placeFor = createPlaceWait({ ...context, limit: settings.places.limit, retryAfterSeconds });
  let busy = 0;
  const changed = createRelayChanges({
    dialect: table.apache,
    headers: fields,
    absolute,
    nameForVia,
    product: server,
    sendError: own.sendFailure,
  });

  function handle(request: IncomingMessage, given: ServerResponse | null, upgrade: UpgradeRequest | null): void {
    busy += 1;
    if (given !== null) closeWithConnection(request, given);
    const handled = createRecord(request, given, upgrade, trust, countsTraffic);
    const fail = (error: unknown): void => {
      failed(handled, error);
    };
    try {
      if (given !== null && context.isStopping()) given.shouldKeepAlive = false;
      // Not awaited: an async function would cost a promise and a frame more for each request.
      answer(handled).then((outcome) => {
        if (outcome !== undefined) noteOutcome(handled, outcome);
        over(handled);
      }, fail);
    } catch (error) {
      fail(error);
    }
  }

  /** What went wrong here and not on the way to a server. */
  function failed(handled: RequestRecord, error: unknown): void {
    errorLog.log("crit", `Could not handle a request: ${stackOf(error)}`, handled.clientAddress);
    const response = responseOf(handled);
    handled.bodyBytes = 0;
    if (response.headersSent) response.destroy();
    else sendOwn(handled, { status: 500, close: true });
    void closed(response).then(() => {
      over(handled);
    });
  }

  function over(handled: RequestRecord): void {
    busy -= 1;
    if (handled.place !== null) context.places.leave(handled.place);
    logOutcome(handled);
    context.log(handled);
  }

  function noteOutcome(handled: RequestRecord, outcome: ProxyOutcome): void {
    handled.outcome = outcome;
    if (outcome.upstream === null) {
      if (handled.response?.writableFinished !== true) handled.bodyBytes = 0;
      return;
    }
    handled.bodyBytes = outcome.bodyBytes;
    if (handled.isBackhanded && handled.upgrade === null) {
      handled.endPreciseMs = performance.now();
      context.dealings.backhanded(handled.endPreciseMs - handled.startPreciseMs);
    }
  }

  function answer(handled: RequestRecord): Over {
    const { request } = handled;
    const early = headBeyondLimits(request, settings.limits) ?? findAmbiguity(request);
    if (early !== null) {
      sendOwn(handled, { ...early, close: true });
      return closed(responseOf(handled));
    }
    const method = request.method ?? "GET";
    const { headers } = request;
    if (request.url === "*" && method === "OPTIONS")
      return refuse(handled, { status: 200, allow: "GET, HEAD, OPTIONS" });
    if (method === "TRACE") return refuse(handled, { status: 405, allow: "GET, HEAD, OPTIONS" });
    const { clientAddress, localAddress, localPort } = handled;
    const routed = router.route({
      localAddress,
      localPort,
      host: headers.host ?? null,
      target: request.url ?? "",
      method,
      client: {
        address: clientAddress,
        protocol: protocolOf(request),
        headers: request.rawHeaders,
        isSecure: "encrypted" in request.socket,
      },
    });
    const misdirected = routed.host === null ? null : (context.secure?.refusal(request.socket, routed.host) ?? null);
    if (misdirected !== null) return refuse(handled, misdirected);
    if (isRefusal(routed)) return refuse(handled, refusalAnswer(routed, handled));
    handled.host = routed.host;
    // The one decision that explain makes too: an index file answers for its folder, by its own sections.
    const authorization = headers.authorization ?? null;
    const settled = settleWithUsers(routed, { clientAddress, localAddress, method, authorization }, authenticate);
    return settled instanceof Promise
      ? settled.then((each) => answerSettled(handled, each))
      : answerSettled(handled, settled);
  }

  function answerSettled(handled: RequestRecord, { match, authorization, refusal }: SettledWithUsers): Over {
    const { request } = handled;
    handled.match = match;
    if (authorization.kind !== "granted") {
      // As in httpd, the log names who was refused, too.
      if (authorization.kind === "unauthorized") {
        handled.user = readBasicCredentials(request.headers.authorization ?? null)?.user ?? null;
      }
      const { answer: refused, level, message } = accessAnswer(authorization, match, request.method ?? "");
      errorLog.log(level, message, handled.clientAddress);
      return refuse(handled, refused);
    }
    handled.user = authorization.user;
    if (refusal !== null) return refuse(handled, refusalAnswer(refusal, handled));
    if (match.redirect !== null) {
      const { status, location } = match.redirect;
      return refuse(handled, { status, ...(location === null ? {} : { location: absolute(location, handled) }) });
    }
    const content = contentSettings(match.effective);
    if (isBodyBeyond(request, content.bodyLimit)) return refuse(handled, { status: 413, close: true });
    if (request.headers["transfer-encoding"] !== undefined) breakBeyond(handled, content.bodyLimit);
    const page = context.pages.find(match, request);
    if (page !== null) return paged(handled, page);
    const isBalanced = trust.isAlreadyBalanced(request, handled.peerAddress);
    const place = placeFor(handled, isBalanced);
    return place === null ? served(handled, match, isBalanced) : servedLater(handled, match, isBalanced, place);
  }

  // What needs closures stands in functions of its own: a function that makes any pays for it with each call.

  function paged(handled: RequestRecord, page: OwnPage): Over {
    const response = prepare(handled, {});
    return page(handled, response).then(() => closed(response));
  }

  function servedLater(
    handled: RequestRecord,
    match: Match,
    isBalanced: boolean,
    place: Promise<LocalAnswer | null>,
  ): Over {
    return place.then((own) => (own === null ? served(handled, match, isBalanced) : refuse(handled, own)));
  }

  /** Answers a request that may be answered and has its place. */
  function served(handled: RequestRecord, match: Match, isBalanced: boolean): Over {
    if (match.proxy !== null) return sentOn(handled, match.proxy);
    if (isBalanced) {
      // The balancer that gave it to us learns how we are, fresher than by any announcement.
      if (handled.upgrade === null) responseOf(handled).setHeader(LOAD_FIELD, loadField(context.figures()));
    } else if (match.pipeline.length > 0) {
      return balanced(handled, match) ?? locally(handled, match);
    }
    return locally(handled, match);
  }

  /** Relays a request that a ProxyPass line sends to a server. */
  function sentOn(handled: RequestRecord, passage: ProxyPassage): Over {
    if (passage.kind === "refused") {
      errorLog.log("error", `${passage.status}: ${passage.reason}`, handled.clientAddress);
      return refuse(handled, { status: passage.status });
    }
    const { origin, directive } = passage;
    const tls = isOverTls(origin) ? (context.upstreamTls?.(handled.host) ?? null) : undefined;
    // Never in plain text where the line says otherwise.
    if (tls === null) return refuse(handled, { status: 502 });
    const upstream = {
      id: origin.hostField,
      address: origin.host,
      port: origin.port,
      ...(tls === undefined ? {} : { tls }),
    };
    const may = (protocol: string): boolean => mayUpgrade(origin, directive, protocol);
    return relay(handled, balancer.fixed(upstream), may);
  }

  /** Null: this server is to answer itself. */
  function balanced(handled: RequestRecord, match: Match): Over | null {
    const { request } = handled;
    const { headers } = request;
    const candidacyRequest: CandidacyRequest = {
      scheme: clientSchemeOf(request, handled.peerAddress, trust.isTrusted),
      host: headers.host ?? null,
      target: request.url ?? "",
      headers,
    };
    if (mayTrace(request, handled.clientAddress, trust)) return traced(handled, match, candidacyRequest);
    const choice = balancer.choose(match.pipeline, candidacyRequest);
    if (choice === null) return refuse(handled, { status: 500 });
    const { chosen, redirectHost } = choice;
    if (chosen === null) {
      // A page that is not here may well be on the servers that are gone: 404 would say that it does not exist.
      if (context.local !== null || (canServe(match) && match.fileKind !== "missing")) return null;
      return refuse(handled, { status: 503, reason: "No server is left for this request", retryAfterSeconds });
    }
    if (redirectHost !== null) {
      return refuse(handled, { status: 302, location: redirectLocation(candidacyRequest, redirectHost) });
    }
    // This server is never full, and need not wait for those that are before it.
    const first = balancer.firstWithRoom(choice.order) ?? chosen;
    if (first.isSelf) return selfRedirects(match) ? relay(handled, balancer.fixed(context.self())) : null;
    handled.isBackhanded = true;
    return relay(handled, balancer.proxyOptions(choice.order, match.pipeline, candidacyRequest));
  }

  /** Answers with how the choice comes about. */
  function traced(handled: RequestRecord, { pipeline }: Match, candidacyRequest: CandidacyRequest): Over {
    const runs: ChoiceTrace[] = [];
    const choice = balancer.choose(pipeline, candidacyRequest, (run) => runs.push(run));
    if (choice === null) return refuse(handled, { status: 500 });
    const response = responseOf(handled);
    if (!countsTraffic) noteTraffic(handled);
    sendJson(response, decisionTrace(table, choice, runs, Date.now()));
    return closed(response);
  }

  async function locally(handled: RequestRecord, match: Match): Over {
    if (context.local !== null) return relay(handled, balancer.fixed(context.local));
    if (match.pipeline.length > 0 && !canServe(match)) {
      const reason = "This server has nothing of its own for this request";
      return refuse(handled, { status: 503, reason, retryAfterSeconds });
    }
    const response = prepare(handled, {});
    const edit = fields.request(handled);
    if (edit !== null) handled.request.headers = joinFields(edit(handled.request.rawHeaders));
    await sendLocalFile(handled.request, response, match, contentSettings(match.effective), (own) => {
      const { location } = own;
      return refuse(handled, location === undefined ? own : { ...own, location: absolute(location, handled) });
    });
    return closed(response);
  }

  function relay(handled: RequestRecord, options: ProxyOptions, mayUpgradeTo = isWebSocket): Promise<ProxyOutcome> {
    const { request, match, upgrade } = handled;
    const all = match === null ? options : changed(handled, match, options);
    const protocol = upgrade === null ? null : protocolAskedFor(request);
    return upgrade === null || protocol === null || !mayUpgradeTo(protocol)
      ? engine.web(request, responseOf(handled), all)
      : engine.upgrade(request, upgrade.socket, upgrade.head, all);
  }

  /** Whether there is anything behind the name that routing gave: without its folder this machine has nothing of the site. */
  function canServe(match: Match): boolean {
    return context.local !== null || match.fileKind !== null;
  }

  function selfRedirects(match: Match): boolean {
    const line = match.effective.findLast(({ name }) => name.toLowerCase() === "backhandselfredirect");
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

  return {
    request(request, response) {
      handle(request, response, null);
    },
    upgrade(request, socket, head) {
      handle(request, null, { socket, head });
    },
    unreadable(socket, status, reason) {
      const record = recordUnreadable(socket, status, trust);
      errorLog.log("info", `${status}: ${reason}`, record.clientAddress);
      context.log(record);
    },
    failedHandshake(socket, why) {
      errorLog.log("info", why, plainAddress(socket.remoteAddress ?? ""));
    },
    busy: () => busy,
  };
}

function isWebSocket(protocol: string): boolean {
  return protocol === "websocket";
}

/** Breaks a body off that grows longer than it may be. */
function breakBeyond(handled: RequestRecord, limit: number): void {
  const { request } = handled;
  watchBody(request, limit, () => {
    responseOf(handled).shouldKeepAlive = false;
    breakBody(request, { status: 413, reason: "A body beyond LimitRequestBody" });
  });
}

function stackOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
