import type { IncomingMessage, ServerResponse } from "node:http";

/** Where a request notes that its client waits to be told to send the body. */
const waiting = Symbol("expectation");

interface ExpectingRequest extends IncomingMessage {
  [waiting]?: { readonly keepsAlive: boolean } | undefined;
}

/**
 * Notes that a client waits for `100 Continue` and nobody has sent it: for servers that listen for `checkContinue`. An answer
 * without it closes the connection, because nobody can tell whether the body still comes. RFC 9110 10.1.1
 */
export function noteExpectation(request: IncomingMessage, response: ServerResponse): void {
  (request as ExpectingRequest)[waiting] = { keepsAlive: response.shouldKeepAlive };
  response.shouldKeepAlive = false;
}

/** Whether the client still waits. */
export function awaitsContinue(request: IncomingMessage): boolean {
  return (request as ExpectingRequest)[waiting] !== undefined;
}

/** Tells a client that waits to go on; does nothing otherwise. */
export function sendContinue(request: IncomingMessage, response: ServerResponse): void {
  const expectation = (request as ExpectingRequest)[waiting];
  if (expectation === undefined || response.headersSent || response.destroyed) return;
  (request as ExpectingRequest)[waiting] = undefined;
  response.shouldKeepAlive = expectation.keepsAlive;
  response.writeContinue();
}
