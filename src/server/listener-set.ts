import { once } from "node:events";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { TLSSocket } from "node:tls";
import type { ListenAddress, Place } from "../compile/table.ts";
import { noteExpectation } from "../proxy/expectation.ts";
import { answerUnreadable, keepAnswering, whyUnreadable } from "./answer-unreadable.ts";
import type { Unreadable } from "./answer-unreadable.ts";
import { createConnections, isBehindEnd } from "./connections.ts";
import type { AnswerBefore } from "./connections.ts";
import { createListener, headMs, listen } from "./listeners.ts";
import { wantsUpgrade } from "./upgrades.ts";
import { createHttp2Front } from "./http2/http2-front.ts";
import { handleAsPlain } from "./plain-request.ts";
import { answerPlainHttp } from "./tls/plain-http.ts";
import { createEntrance } from "./tls/entrance.ts";
import type { ProxyProtocol } from "./proxy-protocol/proxy-protocol.ts";
import type { SecureFront } from "./tls/secure-front.ts";
import type { RequestHandler } from "./request-handler.ts";
import type { ServerSettings } from "./server-settings.ts";

/** The open ports of a server. What comes in before there is a handler waits for it. */
export interface ListenerSet {
  readonly addresses: () => readonly AddressInfo[];
  /** From now on requests go there; those that are being handled stay where they are. */
  readonly handleWith: (handler: RequestHandler) => void;
  /**
   * Opens the ports of the lines that are not open yet. Rejects with a ServerError that names the line, with nothing opened.
   * What it gives closes the other ports and takes over the settings, or closes what was opened after all.
   */
  readonly change: (next: ListenerPlan) => Promise<ListenerChange>;
  /** Takes no more connections, lets requests finish for the grace time, then cuts what is left. */
  readonly close: (graceMs: number) => Promise<void>;
  /** Closes everything now. */
  readonly destroy: () => void;
}

/** What is wanted of the ports. */
export interface ListenerPlan {
  readonly lines: readonly ListenAddress[];
  readonly settings: ServerSettings;
  /** Null: nobody speaks TLS. */
  readonly secure: SecureFront | null;
  /** Null: no connection begins with a header of the PROXY protocol. */
  readonly proxyProtocol: ProxyProtocol | null;
  readonly where: (place: Place) => string;
}

export interface ListenerChange {
  /** Of the ports that are open after it. */
  readonly addresses: readonly AddressInfo[];
  readonly keep: () => void;
  readonly undo: () => void;
}

const closeIdleEveryMs = 50;

interface Port {
  readonly server: Server;
  readonly address: AddressInfo;
}

const keyOf = ({ address, port }: ListenAddress): string => `${address} ${port}`;

export function createListenerSet(first: ServerSettings): ListenerSet {
  let settings = first;
  let secure: SecureFront | null = null;
  let proxyProtocol: ProxyProtocol | null = null;
  let handler: RequestHandler | null = null;
  let isReady: (ready: RequestHandler) => void = () => undefined;
  const whenReady = new Promise<RequestHandler>((resolve) => {
    isReady = resolve;
  });
  /** At once, or as soon as there is one. */
  const withHandler = (act: (ready: RequestHandler) => void): void => {
    if (handler === null) void whenReady.then(act);
    else act(handler);
  };
  const connections = createConnections(() => settings);
  const entrance = createEntrance({
    front: () => secure,
    proxyProtocol: () => proxyProtocol,
    handshakeMs: () => headMs(settings),
    failed: (socket, why) => handler?.failedHandshake(socket, why),
    plainHttp(socket) {
      answerPlainHttp(socket);
      handler?.unreadable(socket, 400, "HTTP without TLS on a port for TLS");
    },
  });
  const http2 = createHttp2Front({
    settings: () => settings,
    request(request, response) {
      withHandler((ready) => {
        ready.request(request, response);
      });
    },
    failed: (socket, why) => handler?.failedHandshake(socket, why),
  });
  let ports: ReadonlyMap<string, Port> = new Map();
  /** Those of lines that are gone, until their last connection is closed. */
  const leaving = new Set<Server>();

  function createPort(wanted: ServerSettings): Server {
    const server = createListener(wanted);
    // What Node does with a connection, now to be done with those that are ready for requests.
    const [read] = server.listeners("connection") as ((this: Server, socket: Socket) => void)[];
    server.removeAllListeners("connection");
    const serve = (socket: Socket): void => {
      if (socket instanceof TLSSocket && socket.alpnProtocol === "h2") {
        http2.take(socket);
        return;
      }
      connections.opened(socket);
      read?.call(server, socket);
    };
    server.on("connection", (socket: Socket) => {
      entrance.enter(socket, serve);
    });
    const begin = (before: AnswerBefore | null, request: IncomingMessage, response: ServerResponse): void => {
      if (isBehindEnd(before, response)) return;
      withHandler((ready) => {
        ready.request(request, response);
      });
    };
    const take = (request: IncomingMessage, response: ServerResponse): void => {
      const before = connections.request(request, response);
      const isPutOff =
        before !== null &&
        connections.putOff(request.socket, () => {
          begin(before, request, response);
        });
      if (!isPutOff) begin(before, request, response);
    };
    server.on("request", take);
    // Node would answer these itself: one before anybody was asked, the other without closing the connection.
    server.on("checkContinue", (request: IncomingMessage, response: ServerResponse) => {
      noteExpectation(request, response);
      take(request, response);
    });
    server.on("checkExpectation", take);
    server.on("upgrade", (request: IncomingMessage, socket: Socket, head: Buffer) => {
      if (connections.isAnswering(socket)) {
        // The answers to earlier requests would meet the other protocol's bytes. Nobody does that.
        keepAnswering(socket);
        endWith(socket, { status: 400, reason: "An upgrade behind requests that are not answered yet" });
      } else if (wantsUpgrade(request, settings.upgrades)) {
        connections.upgraded(socket);
        withHandler((ready) => {
          ready.upgrade(request, socket, head);
        });
      } else {
        handleAsPlain(serve, request, socket, head);
      }
    });
    server.on("clientError", (error: Error, socket: Socket) => {
      const why = whyUnreadable(error);
      if (why === null) {
        socket.destroy();
        return;
      }
      endWith(socket, why);
    });
    server.on("connect", (_request, socket: Socket) => {
      keepAnswering(socket);
      endWith(socket, { status: 405, reason: "CONNECT: this is no proxy for tunnels" });
    });
    return server;
  }

  /** Nothing behind what came is a request any more: the answers to those before it go out, then this one. */
  function endWith(socket: Socket, why: Unreadable): void {
    connections.spoilt(socket, why, () => {
      if (answerUnreadable(socket, why)) handler?.unreadable(socket, why.status, why.reason);
    });
  }

  /** Ends a port: connections that become idle after it are not closed by Node. */
  async function end(server: Server): Promise<void> {
    const ended = once(server, "close");
    server.close();
    const idle = setInterval(() => {
      server.closeIdleConnections();
    }, closeIdleEveryMs);
    await ended;
    clearInterval(idle);
  }

  return {
    addresses: () => Array.from(ports.values(), ({ address }) => address),
    handleWith(wanted) {
      handler = wanted;
      isReady(wanted);
    },
    async change({ lines, settings: wanted, secure: nextSecure, proxyProtocol: nextProtocol, where }) {
      const next = new Map<string, Port>();
      const opened: Server[] = [];
      const undo = (): void => {
        for (const server of opened) server.close();
      };
      try {
        for (const line of lines) {
          const key = keyOf(line);
          const before = ports.get(key);
          if (before !== undefined) {
            next.set(key, before);
            continue;
          }
          const server = createPort(wanted);
          opened.push(server);
          next.set(key, { server, address: await listen(server, line, where) });
        }
      } catch (error) {
        undo();
        throw error;
      }
      return {
        addresses: Array.from(next.values(), ({ address }) => address),
        undo,
        keep() {
          settings = wanted;
          secure = nextSecure;
          proxyProtocol = nextProtocol;
          for (const [key, { server }] of ports) {
            if (next.has(key)) continue;
            leaving.add(server);
            void end(server).then(() => leaving.delete(server));
          }
          ports = next;
        },
      };
    },
    async close(graceMs) {
      const cut = setTimeout(() => {
        connections.destroyAll();
        http2.destroyAll();
      }, graceMs);
      entrance.destroyAll();
      http2.retire();
      const left = Array.from(leaving, (server) => once(server, "close"));
      await Promise.all([...Array.from(ports.values(), ({ server }) => end(server)), ...left]);
      clearTimeout(cut);
    },
    destroy() {
      for (const { server } of ports.values()) server.close();
      entrance.destroyAll();
      connections.destroyAll();
      http2.destroyAll();
    },
  };
}
