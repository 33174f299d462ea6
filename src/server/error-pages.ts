import type { ServerResponse } from "node:http";
import type { Authenticate } from "../access/authenticator.ts";
import type { RoutingTable } from "../compile/table.ts";
import { fromBytes } from "../routing/bytes.ts";
import { isRefusal } from "../routing/is-refusal.ts";
import type { EffectiveDirective, Match } from "../routing/match.ts";
import type { Router } from "../routing/router.ts";
import { settleWithUsers } from "../routing/settle-with-users.ts";
import type { AnswerHeaders } from "./answer-headers.ts";
import type { ContentSettings } from "./content-settings.ts";
import { errorDocumentFor } from "../routing/error-document.ts";
import { isServable } from "./local-files.ts";
import type { LocalAnswer } from "./local-answer.ts";
import { sendLocalAnswer } from "./local-answer.ts";
import { mediaType } from "./media-type.ts";
import { readSmallFile } from "./small-file.ts";
import { protocolOf } from "./request-protocol.ts";
import type { RequestRecord } from "./request-record.ts";

export interface ErrorPagesOptions {
  readonly headers: AnswerHeaders;
  readonly table: RoutingTable;
  readonly router: Router;
  readonly authenticate: Authenticate;
  readonly contentSettings: (effective: readonly EffectiveDirective[]) => ContentSettings;
}

/** Sends an error's answer, with the ErrorDocument that is in effect where there is one. */
export type SendError = (record: RequestRecord, response: ServerResponse, own: LocalAnswer) => Promise<void>;

/** httpd sends texts as this. */
const textType = "text/html; charset=iso-8859-1";

/** A page for an error is short; what is larger is not sent in its place. */
const largestBytes = 1024 * 1024;

/** Makes the sender of errors: a document that cannot be sent itself gives way to the server's own page. */
export function createErrorPages(options: ErrorPagesOptions): SendError {
  const { table, router, authenticate, contentSettings, headers } = options;

  /** The file that a path leads to for this client; null when there is none that can be sent. */
  async function fileFor(path: string, record: RequestRecord): Promise<Match | null> {
    const { request, clientAddress, localAddress, localPort } = record;
    const routed = router.route({
      localAddress,
      localPort,
      host: request.headers.host ?? null,
      target: path,
      method: "GET",
      client: {
        address: clientAddress,
        protocol: protocolOf(request),
        headers: request.rawHeaders,
        isSecure: "encrypted" in request.socket,
      },
    });
    if (isRefusal(routed) || routed.host !== record.host) return null;
    const asker = { clientAddress, localAddress, method: "GET", authorization: request.headers.authorization ?? null };
    const { match, authorization, refusal } = await settleWithUsers(routed, asker, authenticate);
    if (authorization.kind !== "granted" || refusal !== null || match.redirect !== null) return null;
    return match;
  }

  return async (record, response, own) => {
    const effective = record.match?.effective ?? router.effectiveOf(record.host);
    const document = own.status < 400 ? null : errorDocumentFor(effective, own.status, table.apache);
    switch (document?.kind) {
      case undefined:
        break;
      case "text":
        sendLocalAnswer(response, { ...own, page: { type: textType, body: Buffer.from(document.text, "latin1") } });
        return;
      case "url":
        sendLocalAnswer(response, { status: 302, location: fromBytes(document.url), close: own.close ?? false });
        return;
      case "path": {
        const match = await fileFor(document.path, record);
        const settings = match === null ? null : contentSettings(match.effective);
        if (match === null || settings === null || !isServable(match, settings)) break;
        const body = await readSmallFile(match.filename, largestBytes);
        if (body === null) break;
        // The document is an answer of its own, which Header lines for success see.
        headers.own(record, response, false, match.effective);
        sendLocalAnswer(response, { ...own, page: { type: mediaType(match.filename, settings), body } });
        return;
      }
      default:
        document satisfies undefined;
    }
    sendLocalAnswer(response, own);
  };
}
