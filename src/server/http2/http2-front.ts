import { constants, performServerHandshake } from "node:http2";
import type { IncomingHttpHeaders, ServerHttp2Session, ServerHttp2Stream } from "node:http2";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { TLSSocket } from "node:tls";
import { noteExpectation } from "../../proxy/expectation.ts";
import type { ServerSettings } from "../server-settings.ts";
import { watchForDeath } from "./dead-sessions.ts";
import { readHttp2Head } from "./http2-head.ts";
import { Http2Request } from "./http2-request.ts";
import { Http2Response } from "./http2-response.ts";

/** The HTTP/2 connections of a server. */
export interface Http2Front {
  /** Speaks HTTP/2 over a connection whose client has chosen it. */
  readonly take: (socket: TLSSocket) => void;
  /** Asks all clients to take their next requests elsewhere, and lets what runs finish. */
  readonly retire: () => void;
  readonly destroyAll: () => void;
}

export interface Http2World {
  readonly settings: () => ServerSettings;
  readonly request: (request: IncomingMessage, response: ServerResponse) => void;
  /** For the log. */
  readonly failed: (socket: TLSSocket, why: string) => void;
}

/** Requests of one connection at a time. httpd H2MaxSessionStreams */
const mostStreams = 100;

/** Requests that a client may give up beyond those that it let us answer. */
const mostGivenUp = 100;

/** Bytes that a client may send of a body before it is told that they were taken. */
const windowBytes = 256 * 1024;

/** Time for a client to close what it was asked to. */
const lingerMs = 1000;

interface Exchange {
  readonly request: Http2Request;
  readonly response: Http2Response;
}

export function createHttp2Front({ settings, request: handle, failed }: Http2World): Http2Front {
  const sessions = new Set<ServerHttp2Session>();

  function open(session: ServerHttp2Session, socket: TLSSocket): void {
    const exchanges = new Set<Exchange>();
    let givenUp = 0;
    let answered = 0;
    // Resetting costs a client nothing and us a request each (CVE-2023-44487).
    const countReset = (): void => {
      givenUp += 1;
      if (givenUp > mostGivenUp + answered) session.destroy(undefined, constants.NGHTTP2_ENHANCE_YOUR_CALM);
    };
    const watch = (): void => {
      const { timeoutMs, keepAliveTimeoutMs } = settings();
      session.setTimeout(exchanges.size === 0 ? keepAliveTimeoutMs : timeoutMs);
    };
    session.on("stream", (stream: ServerHttp2Stream, _fields: IncomingHttpHeaders, _flags: number, raw: string[]) => {
      // Before anything else: without a listener it would end the process.
      stream.on("error", () => undefined);
      // Reset in the same breath: it will not be closed once more.
      if (stream.destroyed || stream.closed) {
        countReset();
        return;
      }
      stream.once("aborted", countReset);
      const head = readHttp2Head(raw, !stream.endAfterHeaders);
      if ("error" in head) {
        refuse(stream);
        failed(socket, `A request of HTTP/2 was refused: ${head.error}`);
        return;
      }
      const request = new Http2Request(socket, stream, head);
      const response = new Http2Response(request, stream);
      const exchange = { request, response };
      exchanges.add(exchange);
      watch();
      response.once("close", () => {
        exchanges.delete(exchange);
        if (response.writableFinished) answered += 1;
        if (!session.destroyed) watch();
      });
      if (request.headers.expect?.toLowerCase() === "100-continue") noteExpectation(request, response.asServerResponse);
      handle(request, response.asServerResponse);
    });
    session.on("error", (error: Error) => {
      failed(socket, `HTTP/2: ${error.message}`);
      // Nobody reads from it any more, so the client's leaving would not be seen.
      setTimeout(() => {
        socket.destroy();
      }, lingerMs).unref();
    });
    session.on("timeout", () => {
      const waitsForUs = Array.from(exchanges).some(
        ({ request, response }) => request.complete && response.writableLength === 0,
      );
      if (waitsForUs) return;
      if (exchanges.size > 0) session.destroy();
      else leave(session);
    });
    // Connections of this server may be half open, which means nothing to HTTP/2.
    socket.once("end", () => {
      session.destroy();
      socket.destroy();
    });
    session.once("close", () => sessions.delete(session));
    watchForDeath(session, socket, () => Array.from(exchanges).some(({ response }) => response.writableLength > 0));
    watch();
  }

  function leave(session: ServerHttp2Session): void {
    if (session.closed || session.destroyed) return;
    session.close();
    session.setTimeout(lingerMs, () => {
      session.destroy();
    });
  }

  return {
    take(socket) {
      const { limits } = settings();
      const session = performServerHandshake(socket, {
        settings: {
          enablePush: false,
          maxConcurrentStreams: mostStreams,
          initialWindowSize: windowBytes,
          maxHeaderListSize: limits.line + limits.fieldSize + 32 * 1024,
        },
        maxHeaderListPairs: limits.fields === 0 ? 1000 : limits.fields + 8,
        maxSessionMemory: 10,
        maxOutstandingPings: 10,
        maxSettings: 32,
      });
      sessions.add(session);
      // Each request listens for the end of the connection.
      socket.setMaxListeners(0);
      open(session, socket);
    },
    retire() {
      for (const session of sessions) if (!session.closed && !session.destroyed) session.close();
    },
    destroyAll() {
      for (const session of sessions) session.destroy();
    },
  };
}

/** Answers what is no request, and ends its stream alone. */
function refuse(stream: ServerHttp2Stream): void {
  if (stream.destroyed) return;
  stream.respond({ ":status": 400, "content-length": 0 }, { endStream: true });
  if (!stream.endAfterHeaders) stream.close(constants.NGHTTP2_NO_ERROR);
}
