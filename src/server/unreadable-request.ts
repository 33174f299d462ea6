import { IncomingMessage, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { createRecord } from "./request-record.ts";
import type { RequestRecord } from "./request-record.ts";
import type { Trust } from "./trust.ts";

/** What stands in the log for a request that could not be read and was answered with this status. */
export function recordUnreadable(socket: Socket, status: number, trust: Pick<Trust, "isTrusted">): RequestRecord {
  const request = new IncomingMessage(socket);
  // Node begins with null for both; httpd says the latter of what it cannot read.
  request.method = undefined;
  request.httpVersion = "1.0";
  const response = new ServerResponse(request);
  response.statusCode = status;
  const record = createRecord(request, response, null, trust, false);
  record.bodyBytes = 0;
  return record;
}
