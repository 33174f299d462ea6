import type { Readable } from "node:stream";
import type { Duplex } from "node:stream";
import type { Upstream } from "./engine.ts";

/** A request as it goes to a server. */
export interface UpstreamRequest {
  readonly method: string;
  /** Sent byte for byte. */
  readonly target: string;
  /** `Name: value` lines, each with its CR LF, complete but for what the members below say; as `sendable` gives them. */
  readonly fields: string | null;
  /** True when `fields` has no Host, which HTTP/1.1 demands: the server's own address is named. */
  readonly needsHost: boolean;
  readonly body: Buffer | Readable | null;
  /** Whether a stream is sent in chunks; else a Content-Length is among the fields. */
  readonly isChunked: boolean;
  /** Whether the server is asked to say that it wants the body. */
  readonly isExpecting: boolean;
  /** The fields behind a body in chunks, asked for when the stream has ended; flat. */
  readonly trailers: (() => readonly string[]) | null;
  /** The protocol asked for in an Upgrade field, or null. */
  readonly upgrade: string | null;
}

/** Gives the bytes of a chunk for longer than the call that brought it: until `release`, which must be called once. */
export type KeepChunk = (chunk: Buffer) => { readonly bytes: Buffer; readonly release: () => void };

/**
 * What happens to a request that was handed to a server, in this order: `onConnected`, any number of `onInformation`, then
 * `onUpgrade`, or `onHead`, any number of `onData` and `onEnd`. `onError` may come at any time and is the last. Nothing is
 * called after `abort`.
 */
export interface UpstreamHandler {
  /** There is a connection and the request is being written. `reused`: it has carried a request before. */
  onConnected(reused: boolean): void;
  /** A part of the body was written. */
  onBodySent(): void;
  /** A 1xx answer. */
  onInformation(status: number, headers: readonly string[]): void;
  onHead(status: number, message: string, headers: readonly string[]): void;
  /** The chunk is only valid during the call; see `keep`. False pauses the server until `resume`. */
  onData(chunk: Buffer, keep: KeepChunk): boolean;
  /** All that has come in so far was told. */
  onPause(): void;
  /** `trailers` flat, null when there was no place for any. */
  onEnd(trailers: readonly string[] | null): void;
  onUpgrade(status: number, headers: readonly string[], socket: Duplex): void;
  /** An UnsendableRequest when no server could be sent such a request. */
  onError(error: Error): void;
}

/** A request that the client cannot put on the wire, whatever the server. */
export class UnsendableRequest extends Error {
  override readonly name = "UnsendableRequest";
}

/** A request on its way. */
export interface UpstreamExchange {
  resume(): void;
  /** Gives up: the connection is closed and the handler hears nothing more. */
  abort(): void;
}

/**
 * Keeps connections to servers and sends one request at a time over each. It sets no limits on their number: limits and queues
 * are the balancer's, who knows what else to do with a request than to let it wait.
 */
export interface UpstreamClient {
  /** Never throws and calls nothing of the handler but `onConnected` and `onError` before it returns. */
  send(upstream: Upstream, request: UpstreamRequest, handler: UpstreamHandler): UpstreamExchange;
  /** Connections that carry a request, and those that wait for one. */
  connections(): { readonly busy: number; readonly idle: number };
  /** Closes idle connections now and the others as their requests end; resolves when all are closed. */
  close(): Promise<void>;
  /** Closes everything now; running requests get `onError`. */
  destroy(): void;
}
