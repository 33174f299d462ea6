import { readFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { eventually, startRawBackend, stopAll } from "../proxy/support.ts";
import { startTestServer } from "./support.ts";

afterEach(stopAll);

const configuration = `AcceptStats 127.0.0.0/8
LogFormat "%r %>s" c
CustomLog access.log c
ErrorLog error.log
LogLevel info
KeepAliveTimeout 2
<Location /p>
Backhand removeSelf
Backhand byRandom
</Location>
<Location /small>
Backhand removeSelf
Backhand byRandom
LimitRequestBody 1000
</Location>
<Location /heartbeat>
SetHandler heartbeat
LimitRequestBody 20
</Location>
`;

/** A server before one that answers `/early` at once, `/long` without an end, and others when they are whole. */
async function start() {
  const closed: string[] = [];
  const backend = await startRawBackend("web1", (socket) => {
    let bytes = "";
    let answered = 0;
    socket.on("data", (chunk: Buffer) => {
      bytes += chunk.toString("latin1");
      if (bytes.includes("/early") && answered === 0) {
        socket.write("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nearly");
        answered = 1;
      } else if (bytes.includes("/long") && answered === 0) {
        socket.write("HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\nlong");
        answered = 1;
      }
      const whole = bytes.match(/GET [^]*?\r\n\r\n|\r\n0\r\n\r\n/g)?.length ?? 0;
      for (; answered < whole; answered += 1) socket.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
    });
    socket.on("end", () => socket.end());
    socket.once("close", () => closed.push(bytes));
  });
  const { port, announce, server, folder } = await startTestServer(configuration);
  announce(backend);
  const log = (name: string): string => readFileSync(join(folder, name), "utf8");
  return { port, server, closed, log };
}

/** Sends the parts one after the other, each when the one before it is with the server, and reads until the connection ends. */
async function exchange(port: number, parts: readonly string[], closesItsSide = false) {
  const socket = connect({ port, host: "127.0.0.1", allowHalfOpen: true });
  let got = "";
  let how = "";
  socket.on("data", (chunk: Buffer) => (got += chunk.toString("latin1")));
  socket.on("error", (error: NodeJS.ErrnoException) => (how = error.code ?? "error"));
  socket.on("end", () => {
    how = "end";
    socket.end();
  });
  const closed = new Promise((resolve) => socket.once("close", resolve));
  for (const [index, part] of parts.entries()) {
    if (index > 0) await new Promise((resolve) => setTimeout(resolve, 150));
    socket.write(part, "latin1");
  }
  if (closesItsSide) socket.end();
  const late = setTimeout(() => {
    how = "open";
    socket.destroy();
  }, 8000);
  await closed;
  clearTimeout(late);
  return { got, how, statuses: Array.from(got.matchAll(/HTTP\/1\.1 (\d+) /g), ([, status]) => status).join() };
}

const post = (path: string): string => `POST ${path} HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n`;
const much = "x".repeat(3_000_000);

describe("a body that turns out to be none", () => {
  test.each<[string, string, string[]]>([
    ["a size that is none, at once", "400", [`${post("/p")}5\r\nhello\r\nzz\r\n`]],
    ["a size that is none, later", "400", [`${post("/p")}5\r\nhello\r\n`, "zz\r\nhello\r\n0\r\n\r\n"]],
    ["a chunk without its end", "400", [`${post("/p")}5\r\nhello`, "XX3\r\nabc\r\n0\r\n\r\n"]],
    ["an extension without an end", "400", [`${post("/p")}5\r\nhello\r\n`, `5;${"a".repeat(70_000)}`]],
    ["much behind what cannot be read", "400", [`${post("/p")}5\r\nhello\r\n`, `zz\r\n${much}`]],
    ["more than LimitRequestBody, at once", "413", [`${post("/small")}7d0\r\n${"x".repeat(2000)}\r\n0\r\n\r\n`]],
    ["more than LimitRequestBody, and much of it", "413", [`${post("/small")}5\r\nhello\r\n`, `2dc6c0\r\n${much}\r\n`]],
    ["trailers without an end", "431", [`${post("/p")}5\r\nhello\r\n0\r\n`, `A: ${"b".repeat(200_000)}`]],
  ])("%s: %s, and the connection ends", async (_what, status, parts) => {
    const { port, server, closed, log } = await start();
    const { statuses, how, got } = await exchange(port, parts);
    expect([statuses, how]).toEqual([status, "end"]);
    expect(got).toMatch(/\r\nConnection: close\r\n/i);
    await eventually(() => server.busy() === 0, "nothing is left");
    // What a server has got of it is a part, and the end of its connection.
    await eventually(() => parts.length === 1 || closed.length === 1, "the server's connection is closed");
    for (const bytes of closed) expect(bytes).not.toMatch(/\r\n0\r\n/);
    await eventually(() => log("access.log") !== "", "it is in the log");
    expect(log("access.log")).toMatch(new RegExp(`^POST /(?:p|small) HTTP/1\\.1 ${status}\n$`));
    expect(log("error.log")).not.toMatch(/\[(?:crit|error)\]/);
  });

  test("a client that ends in the middle is told so, with and without a length", async () => {
    const { port, server } = await start();
    const chunked = await exchange(port, [`${post("/p")}5\r\nhel`], true);
    const long = "POST /p HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\nhel";
    expect([chunked.statuses, chunked.how]).toEqual(["400", "end"]);
    const [small, large] = [long.replace("100000", "10"), long];
    for (const bytes of [small, large]) expect((await exchange(port, [bytes], true)).statuses).toBe("400");
    await eventually(() => server.busy() === 0, "nothing is left");
  });

  test("an answer that has begun is cut, one that is out stays whole, and none gets a second", async () => {
    const { port, server, closed } = await start();
    const begun = await exchange(port, [`${post("/p/long")}5\r\nhello\r\n`, "zz\r\n"]);
    expect(begun.got).toMatch(/^HTTP\/1\.1 200 OK\r\n[^]*\r\n\r\nlong$/);
    const whole = await exchange(port, [`${post("/p/early")}5\r\nhello\r\n`, "zz\r\n"]);
    expect(whole.got).toMatch(/^HTTP\/1\.1 200 OK\r\n[^]*\r\n\r\nearly$/);
    const local = await exchange(port, [`${post("/index.html")}5\r\nhello\r\n`, "zz\r\n"]);
    expect([local.statuses, local.how]).toEqual(["405", "end"]);
    await eventually(() => server.busy() === 0 && closed.length === 2, "nothing is left");
  });

  test("what comes behind whole requests waits for their answers", async () => {
    const { port, server, log } = await start();
    const get = "GET /p HTTP/1.1\r\nHost: a\r\n\r\n";
    const body = await exchange(port, [`${get}${get}${post("/p")}zz\r\n`]);
    expect([body.statuses, body.how]).toEqual(["200,200,400", "end"]);
    const garbage = await exchange(port, [`${get}\x01\x02 garbage\r\n\r\n${much}`]);
    expect([garbage.statuses, garbage.how]).toEqual(["200,400", "end"]);
    await eventually(() => server.busy() === 0, "nothing is left");
    await eventually(() => log("access.log").includes("\n- 400\n"), "what was no request is in the log");
  });

  test("an announcement that breaks off is refused, and one whose client leaves is no fault of the server's", async () => {
    const { port, server, log } = await start();
    const broken = await exchange(port, [`${post("/heartbeat")}5\r\nhello\r\n`, "zz\r\n"]);
    expect([broken.statuses, broken.how]).toEqual(["400", "end"]);
    const large = await exchange(port, [`${post("/heartbeat")}64\r\n${"x".repeat(100)}\r\n`]);
    expect([large.statuses, large.how]).toEqual(["413", "end"]);
    const socket = connect(port, "127.0.0.1");
    socket.write(`${post("/heartbeat")}5\r\nhello\r\n`);
    await eventually(() => server.busy() === 1, "it is being read");
    socket.resetAndDestroy();
    await eventually(() => server.busy() === 0, "nothing is left");
    await eventually(() => log("access.log").split("\n").length === 4, "it is in the log");
    expect(log("error.log")).not.toMatch(/\[(?:crit|error)\]/);
  });
});
