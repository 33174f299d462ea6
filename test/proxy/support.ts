import { once } from "node:events";
import { createServer } from "node:http";
import type { IncomingMessage, RequestListener, Server, ServerResponse } from "node:http";
import { connect, createServer as createTcpServer } from "node:net";
import type { AddressInfo, Server as TcpServer, Socket } from "node:net";
import type { ProxyEngine, ProxyOptions, ProxyOutcome, Upstream } from "../../src/proxy/engine.ts";
import { noteExpectation } from "../../src/proxy/expectation.ts";
import { createProxyEngine, defaultProxySettings } from "../../src/proxy/http-proxy.ts";
import type { ProxyEngineOptions } from "../../src/proxy/http-proxy.ts";

/** What a test starts; everything is stopped by `stopAll`. */
const stops: (() => Promise<void>)[] = [];

export async function stopAll(): Promise<void> {
  for (const stop of stops.splice(0).reverse()) await stop();
}

export function onStop(stop: () => Promise<void>): void {
  stops.push(stop);
}

async function listen(server: Server | TcpServer, sockets: Set<Socket>): Promise<number> {
  server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.on("error", () => undefined);
    socket.once("close", () => sockets.delete(socket));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  stops.push(async () => {
    for (const socket of sockets) socket.destroy();
    if (server.listening) {
      server.close();
      await once(server, "close");
    }
  });
  return (server.address() as AddressInfo).port;
}

export interface Backend extends Upstream {
  readonly server: Server | TcpServer;
  /** Connections that are open now. */
  readonly sockets: Set<Socket>;
}

/** A stand-in HTTP server; answers with its name unless told otherwise. */
export async function startBackend(id: string, listener?: RequestListener): Promise<Backend> {
  const sockets = new Set<Socket>();
  const server = createServer(
    listener ??
      ((request, response) => {
        request.resume();
        request.on("end", () => {
          response.setHeader("X-Backend", id);
          response.end(`${id} ${request.method ?? ""} ${request.url ?? ""}`);
        });
      }),
  );
  const port = await listen(server, sockets);
  return { id, address: "127.0.0.1", port, server, sockets };
}

/** A stand-in that speaks bytes. */
export async function startRawBackend(id: string, talk: (socket: Socket) => void): Promise<Backend> {
  const sockets = new Set<Socket>();
  const server = createTcpServer({ allowHalfOpen: true }, talk);
  const port = await listen(server, sockets);
  return { id, address: "127.0.0.1", port, server, sockets };
}

/**
 * An address that nobody listens on, nor will while the test runs: the port belongs to the near end of a connection. One that
 * was free a moment ago is soon that of another test's server.
 */
export async function deadUpstream(id: string): Promise<Upstream> {
  const server = createTcpServer();
  const port = await listen(server, new Set());
  const owner = connect(port, "127.0.0.1");
  await once(owner, "connect");
  owner.on("error", () => undefined);
  stops.push(() => Promise.resolve(void owner.destroy()));
  return { id, address: "127.0.0.1", port: owner.localPort ?? 0 };
}

export interface Front {
  readonly port: number;
  readonly engine: ProxyEngine;
  readonly outcomes: ProxyOutcome[];
  /** Requests that are with each server now. */
  readonly inflight: Map<string, number>;
  readonly sockets: Set<Socket>;
  /** Resolves when so many requests are over. */
  readonly settled: (count: number) => Promise<void>;
}

/**
 * A server whose every request goes to the first of `upstreams` that was not tried. `asksServers`: whether a client may send its
 * body is theirs to say, as with `serve`; Node would answer before anybody was asked.
 */
export async function startFront(
  upstreams: readonly Upstream[] | ProxyOptions["choose"],
  options: Partial<ProxyEngineOptions> = {},
  asksServers = false,
): Promise<Front> {
  const engine = createProxyEngine({
    via: "front",
    ...defaultProxySettings,
    isTrustedProxy: () => false,
    keepAlive: true,
    ...options,
  });
  stops.push(() => engine.close());
  const outcomes: ProxyOutcome[] = [];
  const inflight = new Map<string, number>();
  const proxyOptions: ProxyOptions = {
    choose:
      typeof upstreams === "function"
        ? upstreams
        : (tried) => upstreams.find((upstream) => !tried.includes(upstream)) ?? null,
    onInflight: ({ id }, started) => inflight.set(id, (inflight.get(id) ?? 0) + (started ? 1 : -1)),
  };
  const waiting: (() => void)[] = [];
  const note = (outcome: ProxyOutcome): void => {
    outcomes.push(outcome);
    for (const wake of waiting.splice(0)) wake();
  };
  const take: RequestListener = (request, response) => {
    void engine.web(request, response, proxyOptions).then(note);
  };
  const server = createServer(take);
  if (asksServers) {
    server.on("checkContinue", (request: IncomingMessage, response: ServerResponse) => {
      noteExpectation(request, response);
      take(request, response);
    });
  }
  server.on("upgrade", (request: IncomingMessage, socket: Socket, head: Buffer) => {
    void engine.upgrade(request, socket, head, proxyOptions).then(note);
  });
  const sockets = new Set<Socket>();
  const port = await listen(server, sockets);
  return {
    port,
    engine,
    outcomes,
    inflight,
    sockets,
    async settled(count) {
      while (outcomes.length < count) await new Promise<void>((resolve) => waiting.push(resolve));
    },
  };
}

/** Sends bytes and collects what comes back until the other side closes. */
export async function exchangeRaw(port: number, bytes: string, close = true): Promise<string> {
  const socket = connect(port, "127.0.0.1");
  const chunks: Buffer[] = [];
  socket.on("data", (chunk: Buffer) => chunks.push(chunk));
  socket.on("error", () => undefined);
  const closed = once(socket, "close");
  socket.write(bytes, "latin1");
  if (close) socket.on("end", () => socket.end());
  await closed;
  return Buffer.concat(chunks).toString("latin1");
}

/** Waits until something holds; fails after twenty seconds, which even a machine under load does not need. */
export async function eventually(condition: () => boolean | Promise<boolean>, what: string): Promise<void> {
  const end = Date.now() + 20_000;
  while (!(await condition())) {
    if (Date.now() > end) throw new Error(`It never came about that ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
