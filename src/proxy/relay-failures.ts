import { ProxyError } from "./engine.ts";
import type { ErrorStatus } from "./error-page.ts";
import type { ProxyTimeouts } from "./relay-limits.ts";

/** What the attempt that runs is doing; a failure means something else in each. */
export type Phase = "none" | "connecting" | "waiting" | "answering";

/** What a server did not do in time, for people; `all`: the time for everything is over. */
export function lateness(phase: Phase | "all", { connectMs, firstByteMs, idleMs, totalMs }: ProxyTimeouts): string {
  switch (phase) {
    case "all":
      return `did not finish within ${totalMs} ms in all`;
    case "connecting":
      return `took no connection within ${connectMs} ms`;
    case "waiting":
      return `did not answer within ${firstByteMs} ms`;
    case "none":
    case "answering":
      return `sent nothing for ${idleMs} ms`;
    default:
      return phase satisfies never;
  }
}

/** The client is gone before its answer was complete. */
export function leftInAnswer(): ProxyError {
  return new ProxyError("BACKHAND_CLIENT_LEFT", "The client left before the answer was complete");
}

/** No server has taken the request in time, or too many wait for one already. */
export function allFull(): ProxyError {
  return new ProxyError("BACKHAND_UPSTREAM_FULL", "All servers have as many requests as they take");
}

/** What a client gets when no further server can be tried, by what became of the last one. */
export function nobodyLeft(last: ProxyError | null): { readonly status: ErrorStatus; readonly error: ProxyError } {
  if (last?.code === "BACKHAND_UPSTREAM_TIMEOUT") return { status: 504, error: last };
  if (last?.code === "BACKHAND_UPSTREAM_RESET" || last?.code === "BACKHAND_UPSTREAM_TLS") {
    return { status: 502, error: last };
  }
  const error = new ProxyError("BACKHAND_NO_UPSTREAM", "No server is left for this request", last);
  return { status: 503, error };
}
