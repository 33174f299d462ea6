import { STATUS_CODES } from "node:http";
import type { ServerResponse } from "node:http";
import type { ProxyErrorCode } from "./engine.ts";

/** How long a client is asked to wait when no server is left: about as long as a new one takes to announce itself. */
const retryAfterSeconds = 2;

/** What the engine itself answers with. */
export type ErrorStatus = 400 | 408 | 413 | 417 | 431 | 501 | 502 | 503 | 504 | 505;

/**
 * Answers a request that could not be relayed: a short text with the reason's code, which is also in the log, and nothing of
 * what the servers said.
 */
export function sendErrorPage(response: ServerResponse, status: ErrorStatus, code: ProxyErrorCode): void {
  const text = `${status} ${STATUS_CODES[status] ?? ""}\n${code}\n`;
  const headers = ["Content-Type", "text/plain; charset=utf-8", "Content-Length", String(Buffer.byteLength(text))];
  headers.push("Cache-Control", "no-store");
  if (status === 503) headers.push("Retry-After", String(retryAfterSeconds));
  response.writeHead(status, headers);
  response.end(text);
}
