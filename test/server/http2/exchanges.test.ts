import { spawnSync, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { connect } from "node:http2";
import type { ClientHttp2Session, ClientHttp2Stream, IncomingHttpHeaders, OutgoingHttpHeaders } from "node:http2";
import type { IncomingMessage, ServerResponse } from "node:http";
import { eventually, onStop, startBackend, startRawBackend, stopAll } from "../../proxy/support.ts";
import { hasProgram } from "../../support/bus-server.ts";
import { certificateFor } from "../../support/certificates.ts";
import { describeIf } from "../../support/shared.ts";
import { startTestServer } from "../support.ts";
import { askSecure } from "../tls/support.ts";
import { block, frame, openRaw, streamBytes } from "./raw-client.ts";

afterEach(stopAll);

const secure = `Protocols h2 http/1.1
SSLEngine on
SSLCertificateFile FOLDER/front.pem
`;
const balanced = `${secure}AcceptStats 127.0.0.0/8
Backhand byRandom
Backhand removeSelf
`;

async function start(text: string, listener?: (request: IncomingMessage, response: ServerResponse) => void) {
  const { cert, key } = await certificateFor("front");
  const server = await startTestServer(text, { "front.pem": cert + key });
  const backend = listener === undefined ? null : await startBackend("web1", listener);
  if (backend !== null) server.announce(backend);
  return { ...server, backend };
}

function client(port: number): ClientHttp2Session {
  const session = connect(`https://127.0.0.1:${port}`, { rejectUnauthorized: false, servername: "front" });
  session.on("error", () => undefined);
  onStop(() => {
    session.destroy();
    return Promise.resolve();
  });
  return session;
}

interface Answer {
  readonly headers: IncomingHttpHeaders;
  readonly hints: readonly IncomingHttpHeaders[];
  readonly trailers: IncomingHttpHeaders;
  readonly body: string;
}

async function finish(stream: ClientHttp2Stream): Promise<Answer> {
  const hints: IncomingHttpHeaders[] = [];
  let headers: IncomingHttpHeaders = {};
  let trailers: IncomingHttpHeaders = {};
  let body = "";
  stream.on("headers", (fields) => hints.push(fields));
  stream.on("response", (fields) => (headers = fields));
  stream.on("trailers", (fields: IncomingHttpHeaders) => {
    trailers = fields;
  });
  stream.on("data", (chunk: Buffer) => (body += chunk.toString("latin1")));
  await once(stream, "close");
  return { headers, hints, trailers, body };
}

function ask(session: ClientHttp2Session, fields: OutgoingHttpHeaders = {}, body?: string): Promise<Answer> {
  const stream = session.request({ ":path": "/", ":authority": "front", ...fields }, { endStream: body === undefined });
  if (body !== undefined) stream.end(body);
  return finish(stream);
}

test("HTTP/2 is spoken where Protocols has it, and nowhere else", async () => {
  const { port } = await start(secure);
  const { port: other } = await start(secure.replace("h2 ", ""));
  const { port: without } = await start(secure.replace(/Protocols.*\n/, ""));
  const alpn = async (to: number, ALPNProtocols?: string[]): Promise<unknown> =>
    (await askSecure(to, { servername: "front", ...(ALPNProtocols === undefined ? {} : { ALPNProtocols }) })).alpn;
  const two = client(port);
  expect((await ask(two)).headers[":status"]).toBe(200);
  expect(await alpn(port, ["http/1.1"])).toBe("http/1.1");
  expect(await alpn(port)).toBe(false);
  expect(await alpn(other, ["h2", "http/1.1"])).toBe("http/1.1");
  expect(await alpn(without, ["h2", "http/1.1"])).toBe("http/1.1");
});

test("files, folders, errors and redirects are what they are over HTTP/1.1", async () => {
  const log = 'LogFormat "%r %>s %H" x\nCustomLog FOLDER/log x\nRedirect /old /new\n';
  const { port, folder, server } = await start(secure + log);
  const session = client(port);
  const page = await ask(session);
  expect([page.headers[":status"], page.body, page.headers["content-length"]]).toEqual([200, "home\n", "5"]);
  const head = await ask(session, { ":method": "HEAD" });
  expect([head.headers[":status"], head.body, head.headers["content-length"]]).toEqual([200, "", "5"]);
  const part = await ask(session, { range: "bytes=1-2" });
  expect([part.headers[":status"], part.body]).toEqual([206, "om"]);
  expect((await ask(session, { ":path": "/none" })).headers[":status"]).toBe(404);
  expect((await ask(session, { ":path": "/old" })).headers["location"]).toBe("https://front/new");
  expect((await ask(session, { ":method": "TRACE" })).headers[":status"]).toBe(405);
  const etag = page.headers.etag ?? "";
  expect((await ask(session, { "if-none-match": etag })).headers[":status"]).toBe(304);
  await server.close();
  const { readFileSync } = await import("node:fs");
  expect(readFileSync(`${folder}/log`, "utf8")).toMatch(/^GET \/ HTTP\/2\.0 200 HTTP\/2\.0\n/);
});

test("no cookie is joined with another: in hints, in heads; and none stands behind a body", async () => {
  const cookies = "Set-Cookie: a=1; Expires=Wed, 21 Oct 2026 07:28:00 GMT\r\nset-cookie: b=2\r\n";
  const backend = await startRawBackend("web1", (socket) => {
    socket.once("data", () => {
      socket.write(`HTTP/1.1 103 Early Hints\r\n${cookies}\r\nHTTP/1.1 200 OK\r\n${cookies}`);
      socket.end(`Transfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n${cookies}X-End: 1\r\nx-end: 2\r\n\r\n`);
    });
  });
  const { port, announce } = await start(balanced);
  announce(backend);
  const { headers, hints, trailers } = await finish(client(port).request({ ":path": "/", ":authority": "front" }));
  const both = ["a=1; Expires=Wed, 21 Oct 2026 07:28:00 GMT", "b=2"];
  expect(hints.map((hint) => hint["set-cookie"])).toEqual([both]);
  expect(headers["set-cookie"]).toEqual(both);
  expect(Object.entries(trailers)).toEqual([["x-end", "1, 2"]]);
});

test("bodies, trailers and informational answers go both ways", async () => {
  const seen: Record<string, unknown>[] = [];
  const { port } = await start(balanced, (request, response) => {
    const parts: Buffer[] = [];
    request.on("data", (chunk: Buffer) => parts.push(chunk));
    request.on("end", () => {
      const { headers, trailers, rawHeaders } = request;
      seen.push({ te: headers["transfer-encoding"], cookie: headers.cookie, trailers, names: rawHeaders.length });
      response.writeEarlyHints({ link: "</a.css>; rel=preload" });
      response.setHeader("Set-Cookie", ["a=1", "b=2"]);
      response.setHeader("X-Content-Type-Options", ["nosniff", "nosniff"]);
      response.writeHead(201, { Trailer: "x-end" });
      response.write(Buffer.concat(parts));
      response.addTrailers({ "x-end": "yes" });
      response.end();
    });
  });
  const session = client(port);
  const stream = session.request(
    { ":path": "/", ":method": "POST", ":authority": "front", cookie: ["x=1", "y=2"] },
    { waitForTrailers: true },
  );
  stream.on("wantTrailers", () => {
    stream.sendTrailers({ "x-sum": "42" });
  });
  stream.end("hello");
  const { headers, hints, trailers, body } = await finish(stream);
  expect([headers[":status"], body, headers["set-cookie"]]).toEqual([201, "hello", ["a=1", "b=2"]]);
  expect(headers["x-content-type-options"]).toBe("nosniff");
  expect(hints.map((hint) => [hint[":status"], hint["link"]])).toEqual([[103, "</a.css>; rel=preload"]]);
  expect(trailers["x-end"]).toBe("yes");
  expect(seen).toMatchObject([{ te: "chunked", cookie: "x=1; y=2", trailers: { "x-sum": "42" } }]);
});

test("a client that asks whether to send its body is told by the server behind", async () => {
  const { port } = await start(balanced, (request, response) => {
    request.resume().on("end", () => response.end(String(request.headers.expect)));
  });
  const session = client(port);
  const stream = session.request({ ":path": "/", ":method": "POST", ":authority": "front", expect: "100-continue" });
  const done = finish(stream);
  await once(stream, "continue");
  stream.end("body");
  expect((await done).body).toBe("100-continue");
});

test("100 MB go through both ways, untouched, and little of it waits here when the reader stops", async () => {
  const piece = Buffer.alloc(1024 * 1024, "0123456789abcdef");
  const megabytes = 100;
  const hash = createHash("sha256");
  for (let count = 0; count < megabytes; count += 1) hash.update(piece);
  const expected = hash.digest("hex");
  const { port } = await start(balanced, (request, response) => {
    request.pipe(response);
  });
  const session = client(port);
  const stream = session.request({ ":path": "/", ":method": "POST", ":authority": "front" });
  const got = createHash("sha256");
  let sent = 0;
  let size = 0;
  void (async () => {
    for (let count = 0; count < megabytes; count += 1) {
      const goesOn = stream.write(piece);
      sent += piece.length;
      if (!goesOn) await once(stream, "drain");
    }
    stream.end();
  })();
  stream.on("data", (chunk: Buffer) => {
    got.update(chunk);
    size += chunk.length;
  });
  await eventually(() => size > 10 * piece.length, "some of it is here");
  stream.pause();
  // Until nothing moves any more: what is under way then waits in the three sockets or in the server, not in this client.
  for (let before = -1; before !== sent;) {
    before = sent;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  const waiting = sent - size;
  stream.resume();
  await once(stream, "close");
  expect([size, got.digest("hex")]).toEqual([megabytes * piece.length, expected]);
  expect(waiting).toBeGreaterThan(0);
  expect(waiting).toBeLessThan(50 * 1024 * 1024);
});

test("when a client gives a request up, the server behind is free, and the connection goes on", async () => {
  let closed = 0;
  let open = 0;
  const { port, server } = await start(balanced, (request, response) => {
    if (request.url === "/quick") {
      response.end("quick");
      return;
    }
    open += 1;
    response.on("close", () => (closed += 1));
    if (request.url === "/begun") response.write("begun");
  });
  const session = client(port);
  for (const path of ["/silent", "/begun"]) {
    const stream = session.request({ ":path": path, ":authority": "front" });
    stream.on("error", () => undefined);
    if (path === "/begun") await once(stream, "data");
    else await eventually(() => open === 1, "the server has it");
    stream.close(8);
  }
  await eventually(() => closed === 2 && server.busy() === 0, "both are over");
  expect((await ask(session, { ":path": "/quick" })).body).toBe("quick");
});

test("a server that dies in the middle resets its stream and no other", async () => {
  const { cert, key } = await certificateFor("front");
  const { port, announce } = await startTestServer(balanced, { "front.pem": cert + key });
  announce(
    await startRawBackend("web1", (socket) => {
      socket.once("data", () => {
        socket.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\npart");
        setTimeout(() => socket.destroy(), 20);
      });
    }),
  );
  const session = client(port);
  const stream = session.request({ ":path": "/", ":authority": "front" });
  const failed = once(stream, "error") as Promise<[Error]>;
  stream.resume();
  await expect(failed.then(([error]) => Promise.reject(error))).rejects.toThrow(/INTERNAL_ERROR/);
  expect(session.destroyed).toBe(false);
});

test("a body beyond LimitRequestBody ends its own stream with 413", async () => {
  const { port } = await start(`${balanced}LimitRequestBody 1000\n`, (request, response) => {
    request.resume().on("end", () => response.end("ok"));
  });
  const session = client(port);
  const told = await ask(session, { ":method": "POST", "content-length": "5000" }, "x".repeat(5000));
  expect(told.headers[":status"]).toBe(413);
  const untold = session.request({ ":path": "/", ":method": "POST", ":authority": "front" });
  untold.on("error", () => undefined);
  const answer = finish(untold);
  untold.write("x".repeat(600));
  setTimeout(() => untold.end("x".repeat(600)), 20);
  expect([413, undefined]).toContain((await answer).headers[":status"]);
  expect((await ask(session, { ":method": "POST" }, "small")).body).toBe("ok");
});

test("a server that stops lets requests finish and sends the next elsewhere", async () => {
  const waiting: ServerResponse[] = [];
  const { port, server } = await start(balanced, (_request, response) => {
    waiting.push(response);
  });
  const session = client(port);
  const running = ask(session);
  await eventually(() => waiting.length === 1, "the server has it");
  const goaway = once(session, "goaway");
  const closed = server.close();
  await goaway;
  waiting[0]?.end("done");
  expect((await running).body).toBe("done");
  await closed;
});

describe("floods", () => {
  const ordinary = [
    [":method", "GET"],
    [":scheme", "https"],
    [":authority", "front"],
    [":path", "/"],
  ] as const;

  test.each<[string, (write: (bytes: Buffer) => void) => void]>([
    [
      "requests that are reset at once",
      (write) => {
        for (let id = 1; id < 8000; id += 2) write(streamBytes(id, { fields: ordinary, resets: 8 }));
      },
    ],
    [
      "a head that never ends",
      (write) => {
        write(frame("headers", 0, 1, block(ordinary)));
        const more = block(Array.from({ length: 50 }, (_, index) => [`x-${index}`, "y".repeat(100)] as const));
        for (let count = 0; count < 2000; count += 1) write(frame("continuation", 0, 1, more));
      },
    ],
    [
      "empty continuations",
      (write) => {
        write(frame("headers", 0, 1, block(ordinary)));
        for (let count = 0; count < 100_000; count += 1) write(frame("continuation", 0, 1));
      },
    ],
    [
      "settings",
      (write) => {
        const one = Buffer.from([0, 3, 0, 0, 0, 100]);
        for (let count = 0; count < 20_000; count += 1) write(frame("settings", 0, 0, one));
      },
    ],
    [
      "pings",
      (write) => {
        for (let count = 0; count < 50_000; count += 1) write(frame("ping", 0, 0, Buffer.alloc(8)));
      },
    ],
  ])("%s: the server stays small and answers others", async (_name, flood) => {
    const { port, server } = await start(secure);
    const before = process.memoryUsage().rss;
    const attacker = await openRaw(port);
    const parts: Buffer[] = [];
    flood((bytes) => parts.push(bytes));
    attacker.write(Buffer.concat(parts));
    await Promise.race([attacker.closed, new Promise((resolve) => setTimeout(resolve, 1500))]);
    expect((await ask(client(port))).body).toBe("home\n");
    attacker.destroy();
    await eventually(() => server.busy() === 0, "all requests are over");
    expect(process.memoryUsage().rss - before).toBeLessThan(150 * 1024 * 1024);
  });

  test("streams that are reset as fast as they come end the connection", async () => {
    const { port } = await start(`KeepAliveTimeout 15\n${secure}`);
    const attacker = await openRaw(port);
    const beganMs = Date.now();
    const parts: Buffer[] = [];
    for (let id = 1; id < 8000; id += 2) parts.push(streamBytes(id, { fields: ordinary, resets: 8 }));
    attacker.write(Buffer.concat(parts));
    await attacker.closed;
    // An idle connection would be closed after 15 seconds.
    expect(Date.now() - beganMs).toBeLessThan(10_000);
  });

  test("what no session survives ends it, and the server behind is free, whether the client stays or leaves", async () => {
    const fatal = [
      frame("headers", 5, 3, Buffer.from([255, 255, 255, 255, 15])),
      // Behind the end of its request, beyond all limits, of a stream that is not open.
      frame("data", 0, 1, Buffer.from("x")),
      frame("data", 0, 1, Buffer.alloc(100_000)),
      frame("data", 1, 9, Buffer.from("x")),
    ];
    let atWork = 0;
    const { port, server } = await start(`Timeout 60\n${balanced}`, (_request, response) => {
      atWork += 1;
      response.once("close", () => (atWork -= 1));
    });
    const attackers = await Promise.all([...fatal, ...fatal].map(() => openRaw(port)));
    for (const attacker of attackers) attacker.write(streamBytes(1, { fields: ordinary }));
    await eventually(() => atWork === attackers.length, "all requests are with the server");
    const beganMs = Date.now();
    for (const [index, attacker] of attackers.entries()) {
      attacker.write(fatal[index % fatal.length] ?? Buffer.alloc(0));
      if (index >= fatal.length) attacker.destroy();
    }
    for (const attacker of attackers) await attacker.closed;
    await eventually(() => atWork === 0 && server.busy() === 0, "nothing is left of any");
    expect(Date.now() - beganMs).toBeLessThan(20_000);
  }, 30_000);

  test("who sends nothing while the server behind is at work is asked once, and gets the answer", async () => {
    const { port } = await start(balanced, (_request, response) => setTimeout(() => response.end("slow"), 4500));
    const session = client(port);
    let pings = 0;
    session.on("ping", () => (pings += 1));
    expect((await ask(session)).body).toBe("slow");
    expect(pings).toBe(1);
  }, 20_000);

  test("no more than 100 requests of a connection run at a time", async () => {
    let open = 0;
    let most = 0;
    const waiting: ServerResponse[] = [];
    const { port } = await start(balanced, (_request, response) => {
      open += 1;
      most = Math.max(most, open);
      waiting.push(response);
    });
    const connection = await openRaw(port);
    const ids = Array.from({ length: 300 }, (_, index) => index * 2 + 1);
    connection.write(Buffer.concat(ids.map((id) => streamBytes(id, { fields: ordinary }))));
    const refused = connection.over(ids.slice(100));
    await eventually(() => waiting.length === 100, "a hundred are with the server");
    expect(new Set((await refused).values())).toEqual(new Set(["reset"]));
    expect(most).toBe(100);
    for (const response of waiting) response.end();
    connection.destroy();
  });
});

describeIf(hasProgram("curl"), "curl is not there")("with curl", () => {
  test("pages and uploads over HTTP/2", async () => {
    const { port } = await start(balanced, (request, response) => {
      let size = 0;
      request.on("data", (chunk: Buffer) => (size += chunk.length));
      request.on("end", () => response.end(`${request.method ?? ""} ${size}`));
    });
    const curl = async (...args: readonly string[]): Promise<string> => {
      const child = spawn("curl", ["-sk", "--http2", "--max-time", "20", "-w", " %{http_version}", ...args]);
      let text = "";
      child.stdout.on("data", (chunk: Buffer) => (text += chunk.toString()));
      await once(child, "close");
      return text;
    };
    const url = `https://127.0.0.1:${port}/`;
    expect(await curl(url)).toBe("GET 0 2");
    expect(await curl("-d", "x".repeat(1000), url)).toBe("POST 1000 2");
    expect(await curl("-T", process.execPath, url)).toMatch(/^PUT \d{8,} 2$/);
  }, 30_000);
});

describeIf(spawnSync("h2load", ["--version"]).error === undefined, "h2load is not there")("with h2load", () => {
  test("2000 requests over 10 connections, 20 at a time, all succeed", async () => {
    const { port } = await start(balanced, (_request, response) => {
      response.end("x".repeat(300));
    });
    const child = spawn("h2load", ["-n", "2000", "-c", "10", "-m", "20", `https://127.0.0.1:${port}/`]);
    let text = "";
    child.stdout.on("data", (chunk: Buffer) => (text += chunk.toString()));
    await once(child, "close");
    expect(text).toMatch(/2000 succeeded, 0 failed, 0 errored/);
    expect(text).toMatch(/status codes: 2000 2xx/);
  }, 60_000);
});
