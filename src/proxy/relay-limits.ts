import type { RetryBudget } from "./retry.ts";

/** How long each part of a request may take, in milliseconds; 0: no limit. */
export interface ProxyTimeouts {
  readonly connectMs: number;
  /** From the end of connecting to the head of the answer; each part of a body that is sent starts it again. */
  readonly firstByteMs: number;
  /** Between two parts of the answer. */
  readonly idleMs: number;
  /** The whole request, all attempts together. */
  readonly totalMs: number;
}

/** How long a request may take, and how often it may be sent. */
export interface RelayLimits {
  readonly timeouts: ProxyTimeouts;
  readonly budget: RetryBudget;
  /** Most servers that one request is sent to. */
  readonly maxTries: number;
  readonly retryOn: RetryOn;
}

/** After which failures another server may be tried at all. */
export interface RetryOn {
  /** No connection came about. */
  readonly connect: boolean;
  /** The connection broke before the head of the answer. */
  readonly reset: boolean;
  /** Also a request that must not be sent twice (POST) and may have reached the server, when the connection broke. */
  readonly sent?: boolean;
}
