import { once } from "node:events";
import type { IncomingMessage } from "node:http";
import { connect } from "node:net";
import type { Socket } from "node:net";
import {
  deadUpstream,
  eventually,
  exchangeRaw,
  startBackend,
  startFront,
  startRawBackend,
  stopAll,
} from "./support.ts";
import type { Backend } from "./support.ts";

afterEach(stopAll);

const upgradeHead =
  "GET /chat?x HTTP/1.1\r\nHost: a.example\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: eA==\r\n\r\n";

/** A server that changes the protocol, then sends back what it gets. */
function echoBackend(id: string, heads: string[] = []): Promise<Backend> {
  return startRawBackend(id, (socket) => {
    let upgraded = false;
    socket.on("data", (chunk: Buffer) => {
      if (upgraded) {
        socket.write(chunk);
        return;
      }
      upgraded = true;
      const text = chunk.toString("latin1");
      const end = text.indexOf("\r\n\r\n") + 4;
      heads.push(text.slice(0, end));
      socket.write(
        `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: y\r\n\r\nhello ${text.slice(end)}`,
      );
    });
    socket.on("end", () => socket.end());
  });
}

async function readUntil(socket: Socket, text: string): Promise<string> {
  let all = "";
  while (!all.includes(text)) {
    const [chunk] = (await once(socket, "data")) as [Buffer];
    all += chunk.toString("latin1");
  }
  return all;
}

test("bytes go both ways after the server has agreed, those sent early included", async () => {
  const heads: string[] = [];
  const backend = await echoBackend("a", heads);
  const front = await startFront([backend]);
  const socket = connect(front.port, "127.0.0.1");
  socket.write(`${upgradeHead}early`);
  const answer = await readUntil(socket, "hello early");
  expect(answer).toMatch(/^HTTP\/1\.1 101 Switching Protocols\r\n/);
  expect(answer).toContain("Sec-WebSocket-Accept: y\r\n");
  expect(answer.match(/^upgrade: /gim)).toHaveLength(1);
  expect(heads[0]).toMatch(/^GET \/chat\?x HTTP\/1\.1\r\n/);
  expect(heads[0]).toMatch(/^connection: upgrade\r\nupgrade: websocket\r$/im);
  expect(heads[0]).toContain("X-Forwarded-For: 127.0.0.1\r\n");
  socket.write("ping");
  await readUntil(socket, "ping");
  expect(front.inflight.get("a")).toBe(1);
  socket.end();
  await front.settled(1);
  expect(front.outcomes[0]).toMatchObject({ upstream: { id: "a" }, tries: 1, status: 101, error: null });
  expect(front.inflight.get("a")).toBe(0);
  await eventually(() => backend.sockets.size === 0, "the server's connection is closed");
});

test("a megabyte each way arrives whole", async () => {
  const front = await startFront([await echoBackend("a")]);
  const socket = connect(front.port, "127.0.0.1");
  socket.write(upgradeHead);
  await readUntil(socket, "hello ");
  const sent = Buffer.alloc(1024 * 1024, "0123456789");
  const got: Buffer[] = [];
  socket.on("data", (chunk: Buffer) => got.push(chunk));
  socket.write(sent);
  await eventually(() => got.reduce((sum, { length }) => sum + length, 0) === sent.length, "all came back");
  expect(Buffer.concat(got).equals(sent)).toBe(true);
  socket.destroy();
});

test("the server ends: the client's connection is closed", async () => {
  const backend = await echoBackend("a");
  const front = await startFront([backend]);
  const socket = connect(front.port, "127.0.0.1");
  socket.write(upgradeHead);
  await readUntil(socket, "hello ");
  for (const open of backend.sockets) open.destroy();
  await once(socket, "close");
  await front.settled(1);
});

test("clients that reset their connections do no harm and leave nothing behind", async () => {
  const silent = await startBackend("silent", () => undefined);
  silent.server.on("upgrade", (_request: IncomingMessage, socket: Socket) => {
    socket.on("end", () => socket.destroy());
    socket.resume();
  });
  const echo = await echoBackend("echo");
  for (const backend of [silent, echo]) {
    const front = await startFront([backend]);
    const sockets = Array.from({ length: 10 }, () => {
      const socket = connect(front.port, "127.0.0.1");
      socket.on("error", () => undefined);
      socket.write(upgradeHead);
      return socket;
    });
    await eventually(() => backend.sockets.size === 10, "all are with the server");
    for (const socket of sockets) socket.resetAndDestroy();
    await front.settled(10);
    await eventually(() => backend.sockets.size === 0, "the server has no connections left");
    expect(front.inflight.get(backend.id)).toBe(0);
  }
});

test("a client that ends its side before the server has agreed is gone, and the server is free", async () => {
  const backend = await startRawBackend("thinking", (socket) => {
    socket.resume();
    socket.on("end", () => socket.end());
  });
  const front = await startFront([backend]);
  const socket = connect(front.port, "127.0.0.1");
  socket.write(upgradeHead);
  await eventually(() => backend.sockets.size === 1, "it is with the server");
  socket.end();
  await front.settled(1);
  expect(front.outcomes[0]?.error?.code).toBe("BACKHAND_CLIENT_LEFT");
  await eventually(() => backend.sockets.size === 0, "the server has no connections left");
});

test.each([
  ["in chunks", "HTTP/1.1 403 Forbidden\r\nX-Why: no\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nnope\r\n0\r\n\r\n"],
  ["with a length", "HTTP/1.1 403 Forbidden\r\nX-Why: no\r\nContent-Length: 4\r\n\r\nnope"],
])("a refusal %s is relayed with its fields, well formed", async (_what, bytes) => {
  const backend = await startRawBackend("a", (socket) => {
    socket.once("data", () => socket.write(bytes));
  });
  const front = await startFront([backend]);
  const answer = await exchangeRaw(front.port, upgradeHead);
  expect(answer).toMatch(/^HTTP\/1\.1 403 Forbidden\r\nX-Why: no\r\n/);
  expect(answer).toMatch(/connection: close\r\n/i);
  expect(answer).toMatch(/\r\n\r\n(4\r\nnope\r\n0\r\n\r\n|nope)$/);
  expect(answer.includes("4\r\nnope")).toBe(/transfer-encoding: chunked/i.test(answer));
  expect(front.outcomes[0]).toMatchObject({ status: 403, error: null });
});

test("a server that takes no connection is passed over", async () => {
  const front = await startFront([await deadUpstream("dead"), await echoBackend("a")]);
  const socket = connect(front.port, "127.0.0.1");
  socket.write(upgradeHead);
  await readUntil(socket, "hello ");
  socket.destroy();
  await front.settled(1);
  expect(front.outcomes[0]).toMatchObject({ upstream: { id: "a" }, tries: 2 });
});

test("nobody is left: 503", async () => {
  const front = await startFront([]);
  expect(await exchangeRaw(front.port, upgradeHead)).toMatch(/^HTTP\/1\.1 503 [^]*BACKHAND_NO_UPSTREAM/);
});

test("a server that does not answer: 504", async () => {
  const backend = await startRawBackend("a", () => undefined);
  const front = await startFront([backend], {
    timeouts: { connectMs: 1000, firstByteMs: 80, idleMs: 1000, totalMs: 0 },
  });
  expect(await exchangeRaw(front.port, upgradeHead)).toMatch(/^HTTP\/1\.1 504 /);
});

test("a server that changes the protocol of an ordinary request is not believed", async () => {
  const backend = await echoBackend("a");
  const front = await startFront([backend]);
  const answer = await exchangeRaw(front.port, "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
  expect(answer).toMatch(/^HTTP\/1\.1 502 /);
});

test("other protocols, HTTP/2 above all, are not tunnelled past the access rules", async () => {
  const backend = await echoBackend("a");
  const front = await startFront([backend]);
  const answer = await exchangeRaw(front.port, upgradeHead.replace("websocket", "h2c"));
  expect(answer).toMatch(/^HTTP\/1\.1 400 /);
  expect(backend.sockets.size).toBe(0);
});
