import { Agent, createServer } from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";
import { createRequire } from "node:module";
import { connect, createServer as createTcpServer } from "node:net";
import type { Upstream } from "../../../src/proxy/engine.ts";
import { createProxyEngine, defaultProxySettings } from "../../../src/proxy/http-proxy.ts";

/** A proxy of the http-proxy family, as far as the bench calls it. */
interface ProxyPackage {
  createProxyServer(options: object): {
    web(request: IncomingMessage, response: ServerResponse): unknown;
    on(event: "error", listener: () => void): unknown;
  };
}

/**
 * Runs in a process of its own: RIVAL names the package, `engine` or `relay`, RIVAL_PORT where to listen, RIVAL_BACKENDS the ports behind,
 * RIVAL_ROOT where the package lies.
 */
export async function runNodeRival(): Promise<void> {
  const name = process.env["RIVAL"] ?? "";
  const port = Number(process.env["RIVAL_PORT"]);
  const backends = (process.env["RIVAL_BACKENDS"] ?? "").split(",").map(Number);
  let next = 0;
  const backend = (): number => backends[next++ % backends.length] ?? 0;
  if (name === "relay") {
    createTcpServer({ noDelay: true }, (client) => {
      const server = connect({ port: backend(), host: "127.0.0.1", noDelay: true });
      client.pipe(server).pipe(client);
      for (const socket of [client, server]) socket.on("error", () => socket.destroy());
    }).listen(port, "127.0.0.1");
    return;
  }
  if (name === "engine") {
    const isTrustedProxy = (): boolean => false;
    const engine = createProxyEngine({ via: "b", ...defaultProxySettings, isTrustedProxy, keepAlive: true });
    const servers = backends.map((each) => ({ id: `web${each}`, address: "127.0.0.1", port: each }));
    const choose = (): Upstream | null => servers[next++ % servers.length] ?? null;
    createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
      void engine.web(request, response, { choose, onInflight: () => undefined });
    }).listen(port, "127.0.0.1");
    return;
  }
  const require = createRequire(`${process.env["RIVAL_ROOT"] ?? ""}/`);
  const loaded = (await import(require.resolve(name))) as ProxyPackage & { readonly default: ProxyPackage | undefined };
  const proxyPackage = loaded.default ?? loaded;
  const agent = new Agent({ keepAlive: true });
  const proxies = backends.map((each) =>
    proxyPackage.createProxyServer({ target: `http://127.0.0.1:${each}`, agent, xfwd: true }),
  );
  for (const proxy of proxies) proxy.on("error", () => undefined);
  createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
    proxies[next++ % proxies.length]?.web(request, response);
  }).listen(port, "127.0.0.1");
}
