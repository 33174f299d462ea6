import { once } from "node:events";
import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { connect as connectSecurely } from "node:tls";
import type { Socket } from "node:net";
import { lookEveryMs, silentMs } from "../../src/server/silence.ts";
import { eventually, startBackend, startRawBackend, stopAll } from "../proxy/support.ts";
import { certificateFor } from "../support/certificates.ts";
import { startTestServer } from "./support.ts";

afterEach(stopAll);

const balanced = `AcceptStats 127.0.0.0/8
<Location />
Backhand byRandom
Backhand removeSelf
</Location>
`;
const ask = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** A connection with what came over it. */
function opened(port: number): { socket: Socket; got: () => string } {
  const socket = connect(port, "127.0.0.1");
  let got = "";
  socket.on("data", (chunk: Buffer) => (got += chunk.toString("latin1")));
  socket.on("error", () => undefined);
  return { socket, got: () => got };
}

describe("looking", () => {
  test.each([
    [[60_000, 5000], 1000],
    [[60_000, 500], 125],
    [[0, 2000], 500],
    [[1, 60_000], 20],
    [[0, 0], 1000],
  ])("for limits of %j ms happens every %i ms", (limits, every) => {
    expect(lookEveryMs(limits)).toBe(every);
  });

  test("takes bytes either way, and what the system takes of a long write, for a sign of life", () => {
    const quiet = { bytes: -1, sinceMs: 0 };
    const _handle = { writeQueueSize: 0 };
    const counts = { bytesRead: 0, bytesWritten: 0, _handle };
    const socket = counts as unknown as Socket;
    expect(silentMs(quiet, socket, 1000)).toBe(0);
    expect(silentMs(quiet, socket, 1400)).toBe(400);
    counts.bytesRead += 1;
    expect(silentMs(quiet, socket, 1500)).toBe(0);
    counts.bytesWritten += 900;
    _handle.writeQueueSize = 700;
    expect(silentMs(quiet, socket, 1600)).toBe(0);
    expect(silentMs(quiet, socket, 1700)).toBe(100);
    _handle.writeQueueSize = 100;
    expect(silentMs(quiet, socket, 1800)).toBe(0);
    expect(silentMs(quiet, socket, 1900)).toBe(100);
  });
});

describe("KeepAliveTimeout", () => {
  test.each([
    ["5", "Keep-Alive: timeout=5\r\n"],
    ["500ms", "Keep-Alive: timeout=0\r\n"],
  ])("%s is told to clients", async (time, field) => {
    const backend = await startBackend("web1");
    const { port, announce } = await startTestServer(`Timeout 30\nKeepAliveTimeout ${time}\n${balanced}`);
    announce(backend);
    const { socket, got } = opened(port);
    socket.write(ask);
    await eventually(() => got().endsWith("web1 GET /"), "an answer");
    expect(got()).toContain(`\r\nConnection: keep-alive\r\n${field}`);
    socket.destroy();
  });

  test("in milliseconds ends a connection between requests, and not one that goes on asking", async () => {
    const backend = await startBackend("web1");
    const { port, announce } = await startTestServer(`Timeout 30\nKeepAliveTimeout 400ms\n${balanced}`);
    announce(backend);
    const idle = opened(port);
    idle.socket.write(ask);
    const busy = opened(port);
    const asking = setInterval(() => busy.socket.write(ask), 100);
    await once(idle.socket, "close");
    await pause(300);
    expect(busy.socket.readyState).toBe("open");
    clearInterval(asking);
    await once(busy.socket, "close");
    expect(busy.got().split("web1 GET /").length).toBeGreaterThan(5);
  });

  test("is not for the first request", async () => {
    const { port } = await startTestServer(`Timeout 30\nKeepAliveTimeout 100ms\n${balanced}`);
    const { socket, got } = opened(port);
    await pause(800);
    socket.write("GET /none HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    await once(socket, "close");
    expect(got()).toMatch(/^HTTP\/1\.1 [45]/);
  });

  test("holds over TLS", async () => {
    const { cert, key } = await certificateFor("front");
    const { port } = await startTestServer(
      "Timeout 30\nKeepAliveTimeout 300ms\nSSLEngine on\nSSLCertificateFile FOLDER/a.crt\nSSLCertificateKeyFile FOLDER/a.key\n",
      { "a.crt": cert, "a.key": key },
    );
    const socket = connectSecurely({ port, host: "127.0.0.1", rejectUnauthorized: false });
    await once(socket, "secureConnect");
    socket.write(ask);
    expect(await text(socket)).toMatch(/^HTTP\/1\.1 200 [^]*home\n$/);
  });
});

describe("Timeout", () => {
  test("lets a body come slowly as long as it comes", async () => {
    const backend = await startBackend("web1", (request, response) => {
      void text(request).then((body) => response.end(`took ${body}`));
    });
    const { port, announce } = await startTestServer(`Timeout 1\nKeepAliveTimeout 400ms\n${balanced}`);
    announce(backend);
    const { socket, got } = opened(port);
    socket.write("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\n");
    for (let index = 0; index < 10; index += 1) {
      await pause(300);
      socket.write(String(index));
    }
    await once(socket, "close");
    expect(got()).toMatch(/^HTTP\/1\.1 200 [^]*took 0123456789$/);
  });

  test("lets an answer be taken slowly as long as it is taken", async () => {
    const size = 30_000_000;
    const backend = await startBackend("web1", (_request, response) => response.end(Buffer.alloc(size)));
    const { port, announce } = await startTestServer(`Timeout 1\nKeepAliveTimeout 400ms\n${balanced}`);
    announce(backend);
    const socket = connect(port, "127.0.0.1");
    let count = 0;
    let rested = 0;
    socket.on("data", (chunk: Buffer) => {
      count += chunk.length;
      if (count < (rested + 1) * 2_000_000) return;
      rested += 1;
      socket.pause();
      setTimeout(() => socket.resume(), 200);
    });
    socket.write(ask);
    await once(socket, "close");
    expect(count).toBeGreaterThan(size);
  });

  test("is not for other protocols", async () => {
    const backend = await startRawBackend("web1", (socket) => {
      socket.once("data", () => {
        socket.write("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n");
        socket.on("data", (chunk) => socket.write(chunk));
      });
    });
    const { port, announce } = await startTestServer(`Timeout 1\nKeepAliveTimeout 100ms\n${balanced}`);
    announce(backend);
    const { socket, got } = opened(port);
    socket.write("GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n");
    await eventually(() => got().endsWith("\r\n\r\n"), "the protocol has changed");
    await pause(1600);
    socket.write("still here");
    await eventually(() => got().endsWith("still here"), "an echo");
    socket.destroy();
    for (const each of backend.sockets) each.destroy();
  });
});
