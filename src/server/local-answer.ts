import { STATUS_CODES } from "node:http";
import type { ServerResponse } from "node:http";
import { toBytes } from "../routing/bytes.ts";
import { version } from "../version.ts";

/** Answers that this server gives itself. */
export interface LocalAnswer {
  readonly status: number;
  /** For the body; nothing of a client's or a backend's text. */
  readonly reason?: string;
  /** As text: it is sent as its bytes. */
  readonly location?: string;
  /** For WWW-Authenticate, with 401; sent as its bytes. */
  readonly challenge?: string;
  /** For 405. */
  readonly allow?: string;
  /** In the place of the short text. */
  readonly page?: { readonly type: string; readonly body: Buffer };
  readonly retryAfterSeconds?: number;
  /** True when what comes next on the connection cannot be trusted to be a request. */
  readonly close?: boolean;
}

/** Sends a short plain text, or the page that is given. Does nothing when an answer has begun. */
export function sendLocalAnswer(response: ServerResponse, answer: LocalAnswer): void {
  if (response.headersSent || response.destroyed) return;
  const { status } = answer;
  const text = `${status} ${STATUS_CODES[status] ?? ""}\n${answer.reason === undefined ? "" : `${answer.reason}\n`}`;
  // Node would send the fields as UTF-8 with a body that is a text, and Location has bytes.
  const body = status < 300 || status === 304 ? null : (answer.page?.body ?? Buffer.from(text));
  response.statusCode = status;
  response.setHeader("Content-Type", answer.page?.type ?? "text/plain; charset=utf-8");
  response.setHeader("Content-Length", body?.length ?? 0);
  if (answer.location !== undefined) response.setHeader("Location", toBytes(answer.location));
  if (answer.challenge !== undefined) response.setHeader("WWW-Authenticate", toBytes(answer.challenge));
  if (answer.allow !== undefined) response.setHeader("Allow", answer.allow);
  if (answer.retryAfterSeconds !== undefined) response.setHeader("Retry-After", answer.retryAfterSeconds);
  if (answer.close === true) response.setHeader("Connection", "close");
  response.end(body);
}

/** Sends a value as JSON that nobody may keep. */
export function sendJson(response: ServerResponse, value: unknown, status = 200): void {
  response.statusCode = status;
  const text = `${JSON.stringify(value)}\n`;
  response.setHeader("Content-Type", "application/json");
  response.setHeader("Content-Length", Buffer.byteLength(text));
  response.setHeader("Cache-Control", "no-store");
  response.end(text);
}

/** The Server field by ServerTokens, in lower case; more words say no more of this server than `full` does. */
export function serverField(tokens: string): string {
  if (tokens === "prod" || tokens === "productonly") return "Backhand";
  const [major = "", minor = ""] = version.split(".");
  if (tokens === "major") return `Backhand/${major}`;
  if (tokens === "minor") return `Backhand/${major}.${minor}`;
  return `Backhand/${version}`;
}
