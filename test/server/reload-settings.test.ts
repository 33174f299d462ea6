import { once } from "node:events";
import { connect } from "node:net";
import type { Socket } from "node:net";
import { connect as connectHttp2 } from "node:http2";
import { eventually, onStop, startBackend, stopAll } from "../proxy/support.ts";
import { certificateFor } from "../support/certificates.ts";
import { reloadTestServer, startTestServer } from "./support.ts";

afterEach(stopAll);

const page = "GET /index.html HTTP/1.1\r\nHost: front\r\n";

/** A client that keeps its connection; `ask` gives the next answer's text. */
async function keptClient(port: number): Promise<{ socket: Socket; ask: (text: string) => Promise<string> }> {
  const socket = connect(port, "127.0.0.1");
  socket.on("error", () => undefined);
  await once(socket, "connect");
  onStop(() => {
    socket.destroy();
    return Promise.resolve();
  });
  return {
    socket,
    async ask(text) {
      socket.write(text);
      const [chunk] = (await once(socket, "data")) as [Buffer];
      return chunk.toString("latin1");
    },
  };
}

test("KeepAliveTimeout: a connection that waits is closed by the new one", async () => {
  const front = await startTestServer("KeepAliveTimeout 300\n");
  const { socket, ask } = await keptClient(front.port);
  expect(await ask(`${page}\r\n`)).toContain("Keep-Alive: timeout=300");
  await reloadTestServer(front, "KeepAliveTimeout 200ms\n");
  // Looks are as rare as the old limit wanted them until the next one.
  await once(socket, "close");
});

test("Timeout: a client that stops in its request is waited for as long as the new one says", async () => {
  const silent = await startBackend("silent", () => undefined);
  const passed = `ProxyPass /app http://127.0.0.1:${silent.port}/\n`;
  const front = await startTestServer(`Timeout 300\n${passed}`);
  const { socket, ask } = await keptClient(front.port);
  expect(await ask(`${page}\r\n`)).toMatch(/^HTTP\/1\.1 200 /);
  socket.write("POST /app HTTP/1.1\r\nHost: front\r\nContent-Length: 100\r\n\r\nhalf");
  await reloadTestServer(front, `Timeout 200ms\nKeepAliveTimeout 300\n${passed}`);
  await once(socket, "close");
});

test("limits of requests, and whether connections are kept: the next request meets the new ones", async () => {
  const front = await startTestServer("LimitRequestFields 100\n");
  const first = await keptClient(front.port);
  const second = await keptClient(front.port);
  const third = await keptClient(front.port);
  const fields = Array.from({ length: 8 }, (_, index) => `X-${index}: 1\r\n`).join("");
  for (const { ask } of [first, second, third]) expect(await ask(`${page}${fields}\r\n`)).toMatch(/^HTTP\/1\.1 200 /);
  await reloadTestServer(front, "LimitRequestFields 5\nLimitRequestLine 60\nMaxKeepAliveRequests 2\n");
  expect(await first.ask(`${page}${fields}\r\n`)).toMatch(/^HTTP\/1\.1 400 /);
  expect(await second.ask(`GET /${"x".repeat(60)} HTTP/1.1\r\nHost: front\r\n\r\n`)).toMatch(/^HTTP\/1\.1 414 /);
  expect(await third.ask(`${page}\r\n`)).toMatch(/^HTTP\/1\.1 200 [^]*\r\nConnection: close\r\n/);
});

test("BackhandTimeout: requests that run keep the old one, the next have the new one", async () => {
  const silent = await startBackend("silent", () => undefined);
  const lines = (time: string): string =>
    `<IfModule mod_backhand_ng.c>\nBackhandTimeout first-byte=${time}\n</IfModule>\nProxyPass /app http://127.0.0.1:${silent.port}/\n`;
  const front = await startTestServer(lines("300"));
  const [running, next] = [await keptClient(front.port), await keptClient(front.port)];
  let answered = "";
  running.socket.on("data", (chunk: Buffer) => (answered += chunk.toString("latin1")));
  running.socket.write("GET /app HTTP/1.1\r\nHost: front\r\n\r\n");
  await eventually(() => silent.sockets.size === 1, "it is with the server");
  await reloadTestServer(front, lines("300ms"));
  expect(await next.ask("GET /app HTTP/1.1\r\nHost: front\r\n\r\n")).toMatch(/^HTTP\/1\.1 504 /);
  expect(answered).toBe("");
});

test("a connection of HTTP/2 meets them, too", async () => {
  const { cert, key } = await certificateFor("front");
  const secure = "Protocols h2 http/1.1\nSSLEngine on\nSSLCertificateFile FOLDER/front.pem\n";
  const front = await startTestServer(`${secure}KeepAliveTimeout 300\n`, { "front.pem": cert + key });
  const session = connectHttp2(`https://127.0.0.1:${front.port}`, { rejectUnauthorized: false, servername: "front" });
  session.on("error", () => undefined);
  onStop(() => {
    session.destroy();
    return Promise.resolve();
  });
  const ask = async (): Promise<unknown> => {
    const fields = Object.fromEntries(Array.from({ length: 8 }, (_, index) => [`x-${index}`, "1"]));
    const stream = session.request({ ":path": "/", ":authority": "front", ...fields });
    const [headers] = (await once(stream, "response")) as [Record<string, unknown>];
    stream.resume();
    await once(stream, "close");
    return headers[":status"];
  };
  expect(await ask()).toBe(200);
  await reloadTestServer(front, `${secure}LimitRequestFields 5\nKeepAliveTimeout 200ms\n`);
  expect(await ask()).toBe(400);
  await once(session, "close");
});
