import type { IncomingMessage } from "node:http";

/** Why the rest of a request's body is for nobody, and what its client is to be told. */
export interface BrokenBody {
  /** Unreadable or cut off, too slow, beyond what is allowed, or with trailers beyond all limits. */
  readonly status: 400 | 408 | 413 | 431;
  readonly reason: string;
}

const broken = Symbol("brokenBody");
const listener = Symbol("brokenBodyListener");

interface BreakableRequest extends IncomingMessage {
  [broken]?: BrokenBody;
  [listener]?: (why: BrokenBody) => void;
}

/**
 * Notes that the body of a request will never be whole, and tells who reads it: Node says so only when the connection is closed,
 * and then nobody can be told why any more. Only the first reason counts.
 */
export function breakBody(request: IncomingMessage, why: BrokenBody): void {
  const breakable: BreakableRequest = request;
  if (breakable[broken] !== undefined) return;
  breakable[broken] = why;
  breakable[listener]?.(why);
}

/** Calls back when the body breaks, or at once when it has; the last who asks is told. */
export function whenBodyBreaks(request: IncomingMessage, told: (why: BrokenBody) => void): void {
  const breakable: BreakableRequest = request;
  breakable[listener] = told;
  const why = breakable[broken];
  if (why !== undefined) told(why);
}
