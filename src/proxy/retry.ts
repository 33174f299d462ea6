/** How far an attempt came before it failed. */
export interface FailedAttempt {
  readonly method: string;
  /** False when no connection came about: the server cannot have seen the request. */
  readonly connected: boolean;
  /** Whether the connection had carried requests before. */
  readonly reused: boolean;
  /** True when it failed because time ran out. */
  readonly timedOut: boolean;
  /** Whether the whole body, or all that came in of it so far, is still at hand. */
  readonly replayable: boolean;
  /** Whether the configuration has requests sent twice that must not be. */
  readonly evenSent?: boolean;
}

/** Methods that may be sent twice. RFC 9110 9.2.2 */
const idempotent: ReadonlySet<string> = new Set(["GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE"]);

/**
 * Whether a request may go to another server after an attempt that failed before its answer began:
 * - never connected: any method, as long as its body is at hand;
 * - a connection that broke: idempotent methods, and others when the connection had been idle before, because a server that
 *   closes an idle connection at that moment is by far the likeliest reason; all others only when the configuration says so;
 * - the server took the request and does not answer in time: never, it may still be working on it.
 */
export function mayRetry(attempt: FailedAttempt): boolean {
  if (!attempt.replayable) return false;
  if (!attempt.connected) return true;
  if (attempt.timedOut) return false;
  return attempt.reused || attempt.evenSent === true || idempotent.has(attempt.method);
}

/**
 * Keeps repeated requests from making an overload worse: they may be a share of all requests, plus a few so that a quiet
 * balancer can repeat at all. Attempts that never connected are not charged: they cost the servers nothing.
 */
export class RetryBudget {
  readonly #share: number;
  #tokens: number;

  /** What may be repeated before any request came, and the most that a quiet time can save up for a busy one. */
  static readonly reserve = 10;
  static readonly most = 100;

  /** `share`: 0.2 lets one of five requests be repeated; 0 none. */
  constructor(share: number) {
    this.#share = share;
    this.#tokens = share > 0 ? RetryBudget.reserve : 0;
  }

  /** Counts a request of a client. */
  earn(): void {
    this.#tokens = Math.min(RetryBudget.most, this.#tokens + this.#share);
  }

  /** Takes one repetition out of the budget; false: it is used up. */
  spend(): boolean {
    if (this.#tokens < 1) return false;
    this.#tokens -= 1;
    return true;
  }
}
