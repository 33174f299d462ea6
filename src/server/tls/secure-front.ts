import type { X509Certificate } from "node:crypto";
import type { Socket } from "node:net";
import type { Duplex } from "node:stream";
import { createServer } from "node:tls";
import type { Server, TLSSocket } from "node:tls";
import type { Place, RoutingTable } from "../../compile/table.ts";
import { hostFinder } from "../../routing/virtual-host.ts";
import type { LocalAnswer } from "../local-answer.ts";
import { clientRefusal } from "./client-certificate.ts";
import { offeredProtocols } from "./offered-protocols.ts";
import { noteTls, tlsOf } from "./tls-connection.ts";
import { readTlsIdentity } from "./tls-files.ts";
import { compatibilityOf, tlsSettings } from "./tls-settings.ts";
import type { TlsSettings } from "./tls-settings.ts";

/** What becomes of a handshake; one of them is called, once, unless the client leaves without a word. */
export interface HandshakeEnd {
  readonly opened: (socket: TLSSocket) => void;
  /** For the log. */
  readonly failed: (why: string) => void;
}

/** The TLS of one reading of the configuration. */
export interface SecureFront {
  /** Whether those who connect to this address of ours speak TLS. */
  readonly isSecure: (address: string, port: number) => boolean;
  /** Begins the handshake of a connection whose client means this host; its bytes are still unread. */
  readonly begin: (socket: Socket, serverName: string | null, end: HandshakeEnd) => void;
  /** The refusal of a request for a host (by index) over a connection that was opened for another; null: it may. */
  readonly refusal: (socket: Duplex, host: number) => LocalAnswer | null;
  /** About certificates that are not good, with their lines. */
  readonly warnings: readonly string[];
}

/** The connection by its ends: Node gives the TLS side of a socket without a way back to it. */
const endsOf = ({ remoteAddress, remotePort, localAddress, localPort }: Socket): string =>
  `${remoteAddress ?? ""} ${remotePort ?? 0} ${localAddress ?? ""} ${localPort ?? 0}`;

interface Handshake extends HandshakeEnd {
  readonly host: number;
  readonly hasServerName: boolean;
}

/**
 * Reads certificates and keys and prepares a TLS server for each distinct setting: a host of its own certificate, protocols
 * and rules for clients has session keys of its own, so no session begun with one host is taken up with another. Null when no
 * host speaks TLS. Throws a ServerError that names the line.
 */
export function createSecureFront(table: RoutingTable, where: (place: Place) => string): SecureFront | null {
  const settings = tlsSettings(table, where);
  if (settings.every((each) => each === null)) return null;
  const findHost = hostFinder(table);
  const keys = settings.map(compatibilityOf);
  const handshakes = new Map<string, Handshake>();
  const servers = new Map<string, Server>();
  const warnings = new Set<string>();
  const byHost = settings.map((each, host) => (each === null ? null : serverOf(each, host)));

  function serverOf(of: TlsSettings, host: number): Server {
    const protocols = offeredProtocols(table, host);
    const key = JSON.stringify([keys[host], protocols, of.prefersOwnOrder, of.tickets, of.ticketKeys?.path ?? null]);
    const known = servers.get(key);
    if (known !== undefined) return known;
    const identity = readTlsIdentity(of, { where, nowMs: Date.now() });
    for (const warning of identity.warnings) warnings.add(warning);
    const server = createServer({
      ...identity.options,
      ALPNProtocols: [...protocols],
      requestCert: of.clients.verify !== "none",
      // What came is looked at below, where the log can be told what is wrong with it.
      rejectUnauthorized: false,
    });
    server.on("secureConnection", (socket) => {
      opened(socket, of, identity.authorities);
    });
    server.on("tlsClientError", (error, socket) => {
      // The ends of a connection that is gone are no longer known.
      handshakes.get(endsOf(socket))?.failed(error.message);
      socket.destroy();
    });
    servers.set(key, server);
    return server;
  }

  function opened(socket: TLSSocket, { clients }: TlsSettings, authorities: readonly X509Certificate[]): void {
    const handshake = handshakes.get(endsOf(socket));
    if (handshake === undefined) {
      socket.destroy();
      return;
    }
    const why = clientRefusal(socket, clients, authorities);
    if (why !== null) {
      handshake.failed(why);
      socket.destroy();
      return;
    }
    const { host, hasServerName } = handshake;
    noteTls(socket, { host, compatibility: keys[host] ?? "", hasServerName, front });
    handshake.opened(socket);
  }

  const front: SecureFront = {
    warnings: [...warnings],
    isSecure: (address, port) => settings[findHost(address, port, null, "").host] !== null,
    begin(socket, serverName, end) {
      const { localAddress = "", localPort = 0 } = socket;
      const base = findHost(localAddress, localPort, null, "").host;
      const host = serverName === null ? base : findHost(localAddress, localPort, serverName, "").host;
      // A host without TLS on an address with it has the certificate of the first, as in httpd.
      const server = byHost[host] ?? byHost[base];
      if (server === null || server === undefined) {
        socket.destroy();
        return;
      }
      const ends = endsOf(socket);
      handshakes.set(ends, { ...end, host, hasServerName: serverName !== null });
      socket.once("close", () => handshakes.delete(ends));
      server.emit("connection", socket);
    },
    refusal(socket, host) {
      const wanted = settings[host] ?? null;
      const tls = tlsOf(socket);
      if (tls === null) {
        // Nobody was asked for a certificate there.
        const isOpen = wanted === null || wanted.clients.verify === "none";
        return isOpen ? null : { status: 403, reason: "This host needs TLS" };
      }
      if (wanted?.wantsServerName === true && !tls.hasServerName) {
        return { status: 403, reason: "This host needs a TLS client that names it" };
      }
      if (tls.front === front && tls.host === host) return null;
      return tls.compatibility === keys[host] ? null : { status: 421 };
    },
  };
  return front;
}
