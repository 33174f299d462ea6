import type { Duplex } from "node:stream";

/** What a TLS connection was opened for. */
export interface TlsConnection {
  /** The host of the handshake: index into the hosts of the table that `front` was made of. */
  readonly host: number;
  /** See `compatibilityOf`. */
  readonly compatibility: string;
  readonly hasServerName: boolean;
  /** Which reading of the configuration it belongs to. */
  readonly front: object;
}

const connections = new WeakMap<Duplex, TlsConnection>();

/** Notes what a connection was opened for, before its first request. */
export function noteTls(socket: Duplex, connection: TlsConnection): void {
  connections.set(socket, connection);
}

/** Null for a connection without TLS. */
export function tlsOf(socket: Duplex): TlsConnection | null {
  return connections.get(socket) ?? null;
}
