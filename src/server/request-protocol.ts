import type { IncomingMessage } from "node:http";
import { Http2Request } from "./http2/http2-request.ts";

/** The protocol of a request as httpd names it: `HTTP/1.1`, or `HTTP/2.0` for what the engine sees as HTTP/1.1. */
export function protocolOf(request: IncomingMessage): string {
  return request instanceof Http2Request ? "HTTP/2.0" : `HTTP/${request.httpVersion}`;
}
