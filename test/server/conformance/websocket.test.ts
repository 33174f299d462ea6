import { once } from "node:events";
import { createServer } from "node:http";
import type { IncomingMessage, Server } from "node:http";
import type { AddressInfo } from "node:net";
import { WebSocket, WebSocketServer } from "ws";
import type { RawData } from "ws";
import { eventually, onStop, stopAll } from "../../proxy/support.ts";
import { hashOf, noise, serveBefore } from "./support.ts";

afterEach(stopAll);

interface Echo {
  readonly server: Server;
  readonly sockets: WebSocketServer;
  readonly port: number;
  readonly pings: string[];
  readonly closes: (readonly [number, string])[];
}

/** Sends back what it gets; refuses /401 and /404; /close ends with a code of its own. */
async function startEcho(): Promise<Echo> {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: 64_000_000, handleProtocols: () => "chat" });
  const server = createServer((_request, response) => response.writeHead(426).end());
  const pings: string[] = [];
  const closes: (readonly [number, string])[] = [];
  server.on("upgrade", (request: IncomingMessage, socket, head) => {
    if (request.url === "/401" || request.url === "/404") {
      const status = request.url.slice(1);
      socket.end(`HTTP/1.1 ${status} No\r\nX-Why: ${status}\r\nContent-Length: 4\r\nConnection: close\r\n\r\nnope`);
      return;
    }
    sockets.handleUpgrade(request, socket, head, (webSocket) => {
      webSocket.on("error", () => undefined);
      webSocket.on("ping", (data: Buffer) => pings.push(data.toString()));
      webSocket.on("message", (data: RawData, isBinary) => {
        webSocket.send(data as Buffer, { binary: isBinary });
      });
      webSocket.on("close", (code, reason) => closes.push([code, reason.toString()]));
      if (request.url === "/close") webSocket.close(4001, "enough");
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onStop(async () => {
    for (const client of sockets.clients) client.terminate();
    server.closeAllConnections();
    server.close();
    await once(server, "close");
  });
  return { server, sockets, port: (server.address() as AddressInfo).port, pings, closes };
}

async function open(url: string): Promise<WebSocket> {
  const socket = new WebSocket(url, ["chat"], { rejectUnauthorized: false, maxPayload: 64_000_000 });
  onStop(() => {
    socket.terminate();
    return Promise.resolve();
  });
  await once(socket, "open");
  return socket;
}

async function message(socket: WebSocket): Promise<{ readonly data: Buffer; readonly isBinary: boolean }> {
  const [data, isBinary] = (await once(socket, "message")) as [Buffer, boolean];
  return { data, isBinary };
}

async function closing(socket: WebSocket): Promise<readonly [number, string]> {
  const [code, reason] = (await once(socket, "close")) as [number, Buffer];
  return [code, reason.toString()];
}

describe.each([
  ["ws", false],
  ["wss", true],
])("a WebSocket over %s://", (scheme, isSecure) => {
  async function start(): Promise<{ echo: Echo; url: string }> {
    const echo = await startEcho();
    const { port } = await serveBefore(echo.port, { isSecure });
    return { echo, url: `${scheme}://127.0.0.1:${port}` };
  }

  test("carries text, bytes, large frames, empty ones and pings both ways", async () => {
    const { echo, url } = await start();
    const socket = await open(`${url}/chat`);
    expect(socket.protocol).toBe("chat");
    for (const sent of ["text, äöü €", "", noise(1000), noise(125), noise(65_536), noise(8_000_000)]) {
      const answered = message(socket);
      socket.send(sent);
      const { data, isBinary } = await answered;
      expect([hashOf(data), isBinary]).toEqual([hashOf(Buffer.from(sent as string)), typeof sent !== "string"]);
    }
    const pong = once(socket, "pong") as Promise<[Buffer]>;
    socket.ping("are you there");
    expect((await pong)[0].toString()).toBe("are you there");
    expect(echo.pings).toEqual(["are you there"]);
    const asked = once(socket, "ping") as Promise<[Buffer]>;
    for (const client of echo.sockets.clients) client.ping("and you");
    expect((await asked)[0].toString()).toBe("and you");
  });

  test("brings close codes and reasons from either side to the other", async () => {
    const { echo, url } = await start();
    expect(await closing(await open(`${url}/close`))).toEqual([4001, "enough"]);
    const socket = await open(`${url}/chat`);
    const closed = closing(socket);
    socket.close(4002, "bye");
    expect(await closed).toEqual([4002, "bye"]);
    await eventually(() => echo.closes.length === 2, "both are closed there");
    expect(echo.closes).toEqual([
      [4001, "enough"],
      [4002, "bye"],
    ]);
  });

  test("breaks for the client when the server dies, and for the server when the client does", async () => {
    const { echo, url } = await start();
    const first = await open(`${url}/chat`);
    const broken = closing(first);
    for (const client of echo.sockets.clients) client.terminate();
    expect(await broken).toEqual([1006, ""]);
    const second = await open(`${url}/chat`);
    second.terminate();
    await eventually(() => echo.closes.length === 2, "the server has seen it");
    expect(echo.closes[1]).toEqual([1006, ""]);
    expect(echo.sockets.clients.size).toBe(0);
  });

  test.each(["401", "404"])("that is refused with %s gives the client that answer", async (status) => {
    const { url } = await start();
    const socket = new WebSocket(`${url}/${status}`, { rejectUnauthorized: false });
    const refused = once(socket, "unexpected-response") as Promise<[unknown, IncomingMessage]>;
    socket.on("error", () => undefined);
    const [, answer] = await refused;
    let body = "";
    for await (const chunk of answer) body += (chunk as Buffer).toString();
    expect([answer.statusCode, answer.headers["x-why"], body]).toEqual([Number(status), status, "nope"]);
  });

  test("is one of two hundred at once, each with its own messages in their order", async () => {
    const { url } = await start();
    const sockets = await Promise.all(Array.from({ length: 200 }, () => open(`${url}/chat`)));
    const all = sockets.map(async (socket, number) => {
      const got: string[] = [];
      const done = new Promise<void>((resolve) => {
        socket.on("message", (data: Buffer) => {
          got.push(data.toString());
          if (got.length === 10) resolve();
        });
      });
      const sent = Array.from({ length: 10 }, (_, index) => `${number}:${index}`);
      for (const text of sent) socket.send(text);
      await done;
      return got.join() === sent.join();
    });
    expect(await Promise.all(all)).toEqual(Array.from({ length: 200 }, () => true));
  });
});
