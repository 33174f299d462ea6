import type { Socket } from "node:net";
import type { TLSSocket } from "node:tls";
import { readProxyHeader } from "../proxy-protocol/proxy-header.ts";
import type { ProxiedClient } from "../proxy-protocol/proxy-header.ts";
import type { ProxyProtocol } from "../proxy-protocol/proxy-protocol.ts";
import { mostHelloBytes, readGreeting } from "./client-hello.ts";
import type { SecureFront } from "./secure-front.ts";

/** Where new connections of a server go in: it sees to the PROXY protocol and to TLS before anybody reads a request. */
export interface Entrance {
  /** Calls `ready` with the connection to read requests from, if its client comes that far. */
  readonly enter: (socket: Socket, ready: (socket: Socket | TLSSocket) => void) => void;
  /** Closes connections that have not come through. */
  readonly destroyAll: () => void;
}

export interface EntranceWorld {
  /** Of the configuration that is read last; null: nobody speaks TLS. */
  readonly front: () => SecureFront | null;
  /** Likewise; null: no connection begins with a header. */
  readonly proxyProtocol: () => ProxyProtocol | null;
  /** Most time for a header and a handshake, in milliseconds. */
  readonly handshakeMs: () => number;
  /** A connection that came to nothing: for the log. */
  readonly failed: (socket: Socket, why: string) => void;
  /** Somebody speaks HTTP without TLS where TLS is spoken; the connection is to be answered and closed. */
  readonly plainHttp: (socket: Socket) => void;
}

export function createEntrance(world: EntranceWorld): Entrance {
  const { front, proxyProtocol, handshakeMs, failed, plainHttp } = world;
  const waiting = new Set<Socket>();

  function begin(socket: Socket, done: Done): void {
    const secure = front();
    if (secure?.isSecure(socket.localAddress ?? "", socket.localPort ?? 0) !== true) {
      done.ready(socket);
      return;
    }
    peek(socket, mostHelloBytes, (bytes) => {
      const greeting = readGreeting(bytes);
      if (greeting.kind === "more") return false;
      socket.unshift(bytes);
      if (greeting.kind === "plain") done.plain();
      else secure.begin(socket, greeting.serverName, { opened: done.ready, failed: done.failed });
      return true;
    });
  }

  return {
    enter(socket, ready) {
      const { localAddress = "", localPort = 0, remoteAddress: peer = "" } = socket;
      const expected = proxyProtocol()?.expects({ localAddress, localPort, peer }) ?? "none";
      if (expected === "none" && front()?.isSecure(localAddress, localPort) !== true) {
        ready(socket);
        return;
      }
      let client: ProxiedClient | null = null;
      waiting.add(socket);
      const settled = (): void => {
        clearTimeout(late);
        waiting.delete(socket);
      };
      const done: Done = {
        ready(open) {
          settled();
          if (client !== null) standFor(open, client);
          ready(open);
        },
        plain() {
          settled();
          if (client !== null) standFor(socket, client);
          plainHttp(socket);
        },
        failed(why) {
          if (client !== null) standFor(socket, client);
          failed(socket, why);
        },
      };
      const late = setTimeout(() => {
        done.failed("The handshake took too long");
        socket.destroy();
      }, handshakeMs());
      socket.on("error", () => undefined);
      socket.once("close", settled);
      if (expected === "none") {
        begin(socket, done);
      } else if (expected === "refuse") {
        done.failed("Only proxies of BackhandTrustedProxy may connect here");
        socket.destroy();
      } else {
        takeHeader(socket, done, (named) => {
          client = named;
          begin(socket, done);
        });
      }
    },
    destroyAll() {
      for (const socket of waiting) socket.destroy();
    },
  };
}

/** What becomes of a connection. */
interface Done {
  readonly ready: (socket: Socket | TLSSocket) => void;
  /** HTTP where TLS is spoken. */
  readonly plain: () => void;
  readonly failed: (why: string) => void;
}

/** From now on the connection has the client's address for everybody: rules, logs, forwarded fields. */
function standFor(socket: Socket, { address, port }: ProxiedClient): void {
  const family = address.includes(":") ? "IPv6" : "IPv4";
  Object.defineProperties(socket, {
    remoteAddress: { value: address, configurable: true },
    remotePort: { value: port, configurable: true },
    remoteFamily: { value: family, configurable: true },
  });
}

/** Takes the header of the PROXY protocol off a connection; one that cannot be read closes it. */
function takeHeader(socket: Socket, done: Done, named: (client: ProxiedClient | null) => void): void {
  peek(socket, mostHelloBytes, (bytes) => {
    const header = readProxyHeader(bytes);
    switch (header.kind) {
      case "more":
        return false;
      case "bad":
        done.failed(header.reason);
        socket.destroy();
        return true;
      case "header":
        if (bytes.length > header.length) socket.unshift(bytes.subarray(header.length));
        named(header.client);
        return true;
      default:
        return header satisfies never;
    }
  });
}

/**
 * Reads the first bytes of a connection until `look`, which gets all of them each time, says that it has seen enough. It puts
 * back what it does not take.
 */
function peek(socket: Socket, mostBytes: number, look: (bytes: Buffer) => boolean): void {
  let gathered: Buffer = Buffer.alloc(0);
  const read = (): void => {
    for (let chunk = socket.read() as Buffer | null; chunk !== null; chunk = socket.read() as Buffer | null) {
      gathered = gathered.length === 0 ? chunk : Buffer.concat([gathered, chunk]);
      if (gathered.length > mostBytes) break;
    }
    if (gathered.length === 0) return;
    socket.off("readable", read);
    socket.off("end", leave);
    if (look(gathered)) return;
    socket.on("readable", read);
    socket.on("end", leave);
  };
  const leave = (): void => {
    socket.destroy();
  };
  socket.on("readable", read);
  socket.on("end", leave);
  // What a header left behind it is here already.
  if (socket.readableLength > 0) read();
}
