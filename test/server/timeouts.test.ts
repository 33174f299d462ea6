import { once } from "node:events";
import { connect } from "node:net";
import type { Socket } from "node:net";
import { eventually, startBackend, startRawBackend, stopAll } from "../proxy/support.ts";
import { startTestServer } from "./support.ts";

afterEach(stopAll);

const balanced = `AcceptStats 127.0.0.0/8
Timeout 1
KeepAliveTimeout 1
<Location />
Backhand byRandom
Backhand removeSelf
</Location>
`;

/** What came, once the other side has closed the connection; the test's own limit is the judge of how long that may take. */
async function untilClosed(socket: Socket): Promise<string> {
  const chunks: Buffer[] = [];
  socket.on("data", (chunk: Buffer) => chunks.push(chunk));
  socket.on("error", () => undefined);
  await once(socket, "close");
  return Buffer.concat(chunks).toString("latin1");
}

test.each([
  ["says nothing", "", /^$/],
  ["does not finish its request line", "GET /", /^(?:HTTP\/1\.1 408 [^]*)?$/],
  ["does not finish its head", "GET / HTTP/1.1\r\nHost: a\r\n", /^(?:HTTP\/1\.1 408 [^]*)?$/],
  ["does not finish its body", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nhalf", /^$/],
  ["asks nothing more", "GET / HTTP/1.1\r\nHost: a\r\n\r\n", /^HTTP\/1\.1 200 [^]*web1 GET \/$/],
])("a client that %s is not waited for", async (_what, bytes, answer) => {
  const backend = await startBackend("web1");
  const { port, announce, server } = await startTestServer(balanced);
  announce(backend);
  const socket = connect(port, "127.0.0.1");
  if (bytes !== "") socket.write(bytes);
  expect(await untilClosed(socket)).toMatch(answer);
  await eventually(() => server.busy() === 0, "nothing is being handled");
});

test("a client that sends its head byte by byte has only so long for all of it", async () => {
  const { port } = await startTestServer(balanced);
  const socket = connect(port, "127.0.0.1");
  const drip = setInterval(() => socket.write("x"), 100);
  socket.write("GET / HTTP/1.1\r\nX: ");
  expect(await untilClosed(socket)).toMatch(/^HTTP\/1\.1 408 /);
  clearInterval(drip);
});

test("a client that does not take its answer is not waited for, and its server is free again", async () => {
  const backend = await startRawBackend("web1", (socket) => {
    socket.once("data", () => {
      socket.write("HTTP/1.1 200 OK\r\nContent-Length: 100000000\r\n\r\n");
      const piece = Buffer.alloc(1_000_000);
      const more = (): void => {
        if (socket.destroyed) return;
        if (socket.write(piece)) setImmediate(more);
        else socket.once("drain", more);
      };
      more();
    });
  });
  const { port, announce, server } = await startTestServer(balanced);
  announce(backend);
  const socket = connect(port, "127.0.0.1");
  socket.on("error", () => undefined);
  socket.write("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
  socket.pause();
  while (backend.sockets.size === 0) await new Promise((resolve) => setTimeout(resolve, 10));
  while (backend.sockets.size > 0 || server.busy() > 0) await new Promise((resolve) => setTimeout(resolve, 50));
  socket.destroy();
});

test("a server that is slow is waited for, whatever Timeout says of clients", async () => {
  const backend = await startBackend("web1", (_request, response) => {
    setTimeout(() => response.end("late"), 2500);
  });
  const { port, announce } = await startTestServer(balanced);
  announce(backend);
  expect(await (await fetch(`http://127.0.0.1:${port}/`)).text()).toBe("late");
});
