import type { ServerResponse } from "node:http";
import type { ProxyError } from "../proxy/engine.ts";
import { createUpgradeResponse } from "../proxy/upgrade-side.ts";
import type { AnswerHeaders } from "./answer-headers.ts";
import { closed } from "./closed-response.ts";
import type { SendError } from "./error-pages.ts";
import { sendLocalAnswer } from "./local-answer.ts";
import type { LocalAnswer } from "./local-answer.ts";
import { noteTraffic } from "./request-record.ts";
import type { RequestRecord } from "./request-record.ts";

export interface OwnAnswersOptions {
  /** For the Server field. */
  readonly server: string;
  readonly headers: AnswerHeaders;
  readonly sendError: SendError;
  /** Whether all requests have their traffic noted already. */
  readonly countsTraffic: boolean;
}

/** Answers that are not a server's. */
export interface OwnAnswers {
  /** Makes the response ready for an answer of our own. */
  readonly prepare: (
    handled: RequestRecord,
    how: Pick<LocalAnswer, "close"> & { readonly status?: number },
    response?: ServerResponse,
  ) => ServerResponse;
  /** An answer without a page that the configuration may have for it. */
  readonly sendOwn: (handled: RequestRecord, own: LocalAnswer) => void;
  /** The page for a request that a server has not answered; without an error, for an answer that is not to be shown. */
  readonly sendFailure: (
    handled: RequestRecord,
    given: ServerResponse,
    status: number,
    error: ProxyError | null,
  ) => void;
  /** Resolves when the answer went out, or its client has left. */
  readonly refuse: (handled: RequestRecord, own: LocalAnswer) => Promise<undefined>;
}

/** How long a client is asked to wait when nothing here can answer it. */
export const retryAfterSeconds = 2;

/** The response of a request; one for an upgrade is made when it is needed. */
export function responseOf(handled: RequestRecord): ServerResponse {
  if (handled.response !== null) return handled.response;
  if (handled.upgrade === null) throw new Error("A request without a response");
  return (handled.response = createUpgradeResponse(handled.request, handled.upgrade.socket));
}

export function createOwnAnswers({ server, headers, sendError, countsTraffic }: OwnAnswersOptions): OwnAnswers {
  const prepare: OwnAnswers["prepare"] = (handled, { close, status = 200 }, response = responseOf(handled)) => {
    if (!countsTraffic) noteTraffic(handled);
    if (!response.headersSent) response.setHeader("Server", server);
    headers.own(handled, response, status >= 300);
    // Also for what comes behind it on the connection: it is not looked at.
    if (close === true) response.shouldKeepAlive = false;
    return response;
  };
  return {
    prepare,
    sendOwn(handled, own) {
      sendLocalAnswer(prepare(handled, own), own);
    },
    sendFailure(handled, given, status, error) {
      const wait = status === 503 ? { retryAfterSeconds } : {};
      const own: LocalAnswer = { status, ...(error === null ? {} : { reason: error.code }), ...wait };
      const response = prepare(handled, own, given);
      response.setHeader("Cache-Control", "no-store");
      sendError(handled, response, own).catch(() => response.destroy());
    },
    async refuse(handled, own) {
      const response = prepare(handled, own);
      await sendError(handled, response, own);
      return closed(response);
    },
  };
}
