import type { TableDirective } from "../compile/table.ts";
import { defaultProxySettings } from "../proxy/http-proxy.ts";
import type { ProxyTimeouts, RetryOn } from "../proxy/relay-limits.ts";
import { readMilliseconds, readPairs } from "./setting-reader.ts";

/** What BackhandTimeout says; what it does not name is as without it. */
export function readProxyTimeouts(line: TableDirective | null): ProxyTimeouts {
  const pairs = readPairs(line);
  const { connectMs, firstByteMs, idleMs, totalMs } = defaultProxySettings.timeouts;
  const time = (name: string, otherwise: number): number => readMilliseconds(pairs.get(name) ?? "") ?? otherwise;
  return {
    connectMs: time("connect", connectMs),
    firstByteMs: time("first-byte", firstByteMs),
    idleMs: time("idle", idleMs),
    totalMs: time("total", totalMs),
  };
}

/** What BackhandRetry says; likewise. */
export function readRetry(line: TableDirective | null): {
  readonly maxTries: number;
  readonly retryOn: RetryOn;
  /** Share of the requests, 0 to 1. */
  readonly retryBudget: number;
} {
  const pairs = readPairs(line);
  const on = (pairs.get("on") ?? "connect,reset").toLowerCase().split(",");
  const budget = /^(\d{1,3})%$/.exec(pairs.get("budget") ?? "")?.[1];
  const attempts = /^\d{1,2}$/.exec(pairs.get("attempts") ?? "")?.[0];
  return {
    maxTries: attempts === undefined ? defaultProxySettings.maxTries : Number(attempts) + 1,
    retryOn: { connect: on.includes("connect"), reset: on.includes("reset"), sent: on.includes("sent") },
    retryBudget: budget === undefined ? defaultProxySettings.retryBudget : Number(budget) / 100,
  };
}
