import { isIP } from "node:net";
import { connect } from "node:tls";
import type { SecureContext, TLSSocket } from "node:tls";
import type { Upstream } from "./engine.ts";

/** How a server is spoken to over TLS. One object for each setting: connections are shared by its identity. */
export interface UpstreamTls {
  /** The authorities that count, the protocols, a certificate of our own. */
  readonly context: SecureContext;
  /** What the certificate must name, and the server is told; null: the upstream's own address or name. */
  readonly serverName: string | null;
  /** False: whoever answers is believed. */
  readonly verifies: boolean;
  /** False: any name will do in a certificate that is good. */
  readonly checksName: boolean;
}

/** There is a connection, but its other end is not whom it should be, or speaks no TLS that we do; nothing was sent. */
export class HandshakeFailed extends Error {
  override readonly name = "HandshakeFailed";
}

/** Begins to connect; `secureConnect` says that the other end is whom it should be. `session` of an earlier connection. */
export function connectOverTls({ address, port }: Upstream, tls: UpstreamTls, session: Buffer | null): TLSSocket {
  const name = tls.serverName ?? address;
  const socket = connect({
    host: address,
    port,
    secureContext: tls.context,
    // An address is no name for a handshake. RFC 6066 3
    ...(isIP(name) === 0 ? { servername: name } : { servername: "", host: address }),
    rejectUnauthorized: tls.verifies,
    ...(tls.checksName ? {} : { checkServerIdentity: () => undefined }),
    ...(session === null ? {} : { session }),
    ALPNProtocols: ["http/1.1"],
  });
  socket.setNoDelay(true);
  return socket;
}
