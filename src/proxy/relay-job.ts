import type { IncomingMessage, ServerResponse } from "node:http";
import type { Deadlines } from "./deadlines.ts";
import type { ProxyOptions, ProxyOutcome } from "./engine.ts";
import type { RelayLimits } from "./relay-limits.ts";
import type { UpgradeSide } from "./upgrade-side.ts";
import type { UpstreamClient } from "./upstream-client.ts";

/** What all relays of an engine share. */
export interface RelaySettings extends RelayLimits {
  readonly client: UpstreamClient;
  readonly deadlines: Deadlines;
}

/** A client's request with what goes to the servers in its place. */
export interface RelayJob {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly target: string;
  /** As lines; see UpstreamRequest. */
  readonly fields: string | null;
  readonly needsHost: boolean;
  readonly upgrade: UpgradeSide | null;
  readonly options: ProxyOptions;
  /** Gets the outcome, once, when both sides are done with the request. */
  readonly finished: (outcome: ProxyOutcome) => void;
}
