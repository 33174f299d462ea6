import { once } from "node:events";
import { connect } from "node:net";
import { eventually, startBackend, stopAll } from "../proxy/support.ts";
import { startTestServer } from "./support.ts";

afterEach(stopAll);

const chunk = Buffer.alloc(1 << 16, "a");

/** Sends a head and then a hundred megabytes, or as much as goes; reads nothing for a while, then all. */
async function sendMuch(port: number, head: string) {
  const socket = connect(port, "127.0.0.1");
  let got = "";
  let failed: string | null = null;
  socket.on("error", (error: NodeJS.ErrnoException) => (failed = error.code ?? error.message));
  socket.pause();
  socket.write(head);
  let sent = 0;
  const send = (): void => {
    while (sent < 100e6 && socket.writable) {
      sent += chunk.length;
      if (!socket.write(chunk)) return;
    }
  };
  socket.on("drain", send);
  send();
  await new Promise((resolve) => setTimeout(resolve, 500));
  socket.on("data", (bytes: Buffer) => (got += bytes.toString("latin1")));
  socket.resume();
  const ended = once(socket, "end").catch(() => undefined);
  await Promise.race([ended, once(socket, "close")]);
  return { got, sent, socket, failed: () => failed };
}

describe("an answer to a client that is still sending", () => {
  test.each([
    ["413", "LimitRequestBody 1000\n", "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100000000\r\n\r\n"],
    ["400", "", "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n"],
    ["400", "", "POST / HTTP/1.1\r\nHo st: x\r\n\r\n"],
    ["400", "", "\x01\x02\x03\r\n\r\n"],
    ["431", "", "POST / HTTP/1.1\r\nHost: x\r\nX: "],
  ])("%s reaches it, and the connection ends", async (status, lines, head) => {
    const { port, server } = await startTestServer(lines);
    const { got, socket, failed } = await sendMuch(port, head);
    expect(failed()).toBeNull();
    expect(got).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    expect(got).toMatch(/\r\nConnection: close\r\n/i);
    socket.destroy();
    await eventually(() => server.busy() === 0, "nothing is left");
  });

  test("a CONNECT is refused, and one behind a request that is not answered leaves nothing behind when its client leaves", async () => {
    const backend = await startBackend("web1", () => undefined);
    const { port, announce, server } = await startTestServer(
      "AcceptStats 127.0.0.0/8\n<Location />\nBackhand removeSelf\nBackhand byRandom\n</Location>\n",
    );
    announce(backend);
    const tunnel = "CONNECT a:1 HTTP/1.1\r\nHost: a\r\n\r\n";
    const { got, failed } = await sendMuch(port, tunnel);
    expect([got.slice(0, 12), failed()]).toEqual(["HTTP/1.1 405", null]);
    const socket = connect(port, "127.0.0.1");
    socket.on("error", () => undefined);
    socket.write("GET /a HTTP/1.1\r\nHost: x\r\n\r\n");
    await eventually(() => server.busy() === 1, "the request is with the server");
    socket.write(`${tunnel}${"x".repeat(100_000)}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
    socket.destroy();
    await eventually(() => server.busy() === 0, "nothing is left");
  });

  test("who neither sends more nor closes is closed after two seconds", async () => {
    const { port } = await startTestServer("LimitRequestBody 1000\nKeepAliveTimeout 60\nTimeout 60\n");
    const socket = connect({ port, host: "127.0.0.1", allowHalfOpen: true });
    socket.on("error", () => undefined);
    socket.write("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\nabc");
    socket.resume();
    await once(socket, "end");
    const sinceMs = performance.now();
    // Writing is how this end learns that the other one is closed.
    const poke = setInterval(() => socket.write("x"), 2200);
    await new Promise((resolve) => socket.once("close", resolve));
    clearInterval(poke);
    expect(performance.now() - sinceMs).toBeLessThan(15_000);
  });
});
