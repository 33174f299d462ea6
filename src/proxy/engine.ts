import type { IncomingMessage, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import type { RelayLimits } from "./relay-limits.ts";
import type { UpstreamTls } from "./upstream-tls.ts";

/** A server to hand a request to. */
export interface Upstream {
  readonly id: string;
  /** IP text, or a name to look up. */
  readonly address: string;
  readonly port: number;
  /** How it is spoken to over https; absent: in plain HTTP. */
  readonly tls?: UpstreamTls;
}

/** Picks the next server; `tried` are those that failed for this request. Null: nobody is left. */
export type ChooseUpstream = (tried: readonly Upstream[]) => Upstream | null;

/** What became of a request, for the log and the counters. */
export interface ProxyOutcome {
  /** The server that answered; null when none did. */
  readonly upstream: Upstream | null;
  readonly tries: number;
  /** Status sent to the client; 0 when the client left before one was sent. */
  readonly status: number;
  /** Bytes of the server's body that were given to the client; 0 for our own error pages. */
  readonly bodyBytes: number;
  readonly error: ProxyError | null;
}

export type ProxyErrorCode =
  /** Refused before any server was asked: two readers could understand the request in two ways. */
  | "BACKHAND_BAD_REQUEST"
  | "BACKHAND_NO_UPSTREAM"
  /** There are servers, and each has as many requests as it takes. */
  | "BACKHAND_UPSTREAM_FULL"
  | "BACKHAND_UPSTREAM_REFUSED"
  | "BACKHAND_UPSTREAM_RESET"
  | "BACKHAND_UPSTREAM_TIMEOUT"
  /** The other end of a TLS connection is not whom it should be. */
  | "BACKHAND_UPSTREAM_TLS"
  | "BACKHAND_CLIENT_LEFT";

/** A request that could not be relayed; `cause` is what Node said. */
export class ProxyError extends Error {
  readonly code: ProxyErrorCode;
  constructor(code: ProxyErrorCode, message: string, cause?: unknown) {
    super(message, { cause });
    this.code = code;
    this.name = "ProxyError";
  }
}

/** For one request; its members are called as methods. */
export interface ProxyOptions {
  readonly choose: ChooseUpstream;
  /**
   * Asked once, when a request could be sent, before the first choice. Null: it may be sent at once. Otherwise it waits until
   * `enter` is called, where a choice with true has to find a server, and false means 503; what is returned ends the waiting.
   */
  readonly waitForRoom?: ((enter: (hasRoom: boolean) => void) => (() => void) | null) | undefined;
  /** True when `findAmbiguity` has found nothing in the request. */
  readonly isChecked?: boolean | undefined;
  /** Called when a request is sent to a server and again, with false, when it is over: for in-flight counters. */
  readonly onInflight: (upstream: Upstream, started: boolean) => void;
  /** Called for each server that failed a request, also when another one answered it in the end. */
  readonly onFailure?: ((upstream: Upstream, error: ProxyError) => void) | undefined;
  /** Called when a server's answer begins, with its status (101 for an upgrade) and its fields: name, value, name, value. */
  readonly onHead?: ((upstream: Upstream, status: number, headers: readonly string[]) => void) | undefined;
  /** In the place of the engine's own. */
  readonly limits?: RelayLimits | undefined;
  /** What goes to the servers in the place of what the client sent. */
  readonly change?: RequestChange | undefined;
  /** The fields that the client gets for those of a server, both flat; the connection's own are gone already. */
  readonly answerFields?: ((status: number, headers: readonly string[]) => readonly string[]) | undefined;
  /** Sends the page for a request that no server has answered; the engine's own when absent. */
  readonly sendError?: ((response: ServerResponse, status: number, error: ProxyError | null) => void) | undefined;
  /** Whether a server's answer of this status gives way to the page of `sendError`. */
  readonly replaces?: ((status: number) => boolean) | undefined;
}

/** Absent members: as it came. */
export interface RequestChange {
  /** Path and query. */
  readonly target?: string;
  /** For the Host field. */
  readonly host?: string;
  /** Makes other fields of the client's, flat; those about who stands behind a request are taken from untrusted clients before. */
  readonly fields?: (headers: readonly string[]) => readonly string[];
}

/** Relays requests to chosen servers over kept-alive connections. */
export interface ProxyEngine {
  /** Answers the request in every case (502, 503, 504 when it must) and resolves when it is over. Never rejects. */
  web(request: IncomingMessage, response: ServerResponse, options: ProxyOptions): Promise<ProxyOutcome>;
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer, options: ProxyOptions): Promise<ProxyOutcome>;
  /** Closes idle connections to the servers, waits for the busy ones. */
  close(): Promise<void>;
}
