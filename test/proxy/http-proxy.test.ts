import { subscribe, unsubscribe } from "node:diagnostics_channel";
import type { EventEmitter } from "node:events";
import { once } from "node:events";
import { Agent, request as httpRequest } from "node:http";
import type { IncomingMessage } from "node:http";
import { connect } from "node:net";
import type { Socket } from "node:net";
import type { Upstream } from "../../src/proxy/engine.ts";
import {
  deadUpstream,
  eventually,
  exchangeRaw,
  startBackend,
  startFront,
  startRawBackend,
  stopAll,
} from "./support.ts";

afterEach(stopAll);

const get = (port: number, path = "/", init: RequestInit = {}): Promise<Response> =>
  fetch(`http://127.0.0.1:${port}${path}`, init);

/** Reads the head of a raw request, then answers. */
function onHead(socket: Socket, answer: (head: string) => void): void {
  let text = "";
  socket.on("data", (chunk: Buffer) => {
    text += chunk.toString("latin1");
    const end = text.indexOf("\r\n\r\n");
    if (end < 0) return;
    const head = text.slice(0, end + 4);
    text = text.slice(end + 4);
    answer(head);
  });
}

const fullAnswer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

describe("what reaches the server", () => {
  async function headFor(requestBytes: string, options = {}): Promise<string> {
    let seen = "";
    const backend = await startRawBackend("a", (socket) => {
      onHead(socket, (head) => {
        seen = head;
        socket.write(fullAnswer);
      });
    });
    const front = await startFront([backend], options);
    await exchangeRaw(front.port, requestBytes);
    return seen;
  }

  const lines = (...head: string[]): string => `${head.join("\r\n")}\r\n\r\n`;

  test.each(["//a//b?x=//y", "/a/../b", "/%2e%2e/x", "/x\\y", "/a?", "/%zz%00"])(
    "the request target %s is sent byte for byte",
    async (target) => {
      const head = await headFor(lines(`GET ${target} HTTP/1.1`, "Host: a.example", "Connection: close"));
      expect(head.split("\r\n")[0]).toBe(`GET ${target} HTTP/1.1`);
    },
  );

  test("an absolute target becomes a path, and its host counts instead of the Host field", async () => {
    const head = await headFor(lines("GET http://B.example:81/x?y HTTP/1.1", "Host: a.example", "Connection: close"));
    expect(head).toMatch(/^GET \/x\?y HTTP\/1\.1\r\n/);
    expect(head).toMatch(/^host: B\.example:81\r$/im);
    expect(head).not.toContain("a.example");
  });

  test("fields of the connection, and those that it names, stay behind", async () => {
    const head = await headFor(
      lines(
        "GET / HTTP/1.1",
        "Host: a.example",
        "Connection: close, X-Secret, host",
        "Keep-Alive: timeout=5",
        "Proxy-Connection: keep-alive",
        "Proxy-Authorization: Basic eA==",
        "TE: trailers",
        "Trailer: X-T",
        "X-Secret: 1",
        "X-Plain: 2",
      ),
    );
    expect(head).not.toMatch(/^(keep-alive|proxy-connection|proxy-authorization|te|trailer|x-secret):/im);
    expect(head).toMatch(/^host: a\.example\r$/im);
    expect(head).toContain("X-Plain: 2\r\n");
  });

  test("names keep their case and repeated fields stay apart", async () => {
    const head = await headFor(
      lines("GET / HTTP/1.1", "Host: a.example", "Connection: close", "X-CamelCase: 1", "Cookie: a=1", "Cookie: b=2"),
    );
    expect(head).toContain("X-CamelCase: 1\r\nCookie: a=1\r\nCookie: b=2\r\n");
  });

  test("what a client says of forwarding is replaced, whatever its spelling", async () => {
    const head = await headFor(
      lines(
        "GET / HTTP/1.1",
        "Host: a.example",
        "Connection: close",
        "X-Forwarded-For: 6.6.6.6",
        "X_Forwarded_For: 6.6.6.6",
        "x-forwarded-proto: https",
        "X-Forwarded-Port: 443",
        "Forwarded: for=6.6.6.6",
        "X-Backhand-Via: evil",
      ),
    );
    expect(head).not.toMatch(/6\.6\.6\.6|evil|443|https/);
    expect(head).toContain("X-Forwarded-For: 127.0.0.1\r\n");
    expect(head).toContain("X-Forwarded-Proto: http\r\n");
    expect(head).toContain("X-Forwarded-Host: a.example\r\n");
    expect(head).toContain('Forwarded: for=127.0.0.1;host="a.example";proto=http\r\n');
    expect(head).toContain("X-Backhand-Via: front\r\n");
  });

  test("what a trusted proxy says of forwarding is kept and added to", async () => {
    const head = await headFor(
      lines(
        "GET / HTTP/1.1",
        "Host: a.example",
        "Connection: close",
        "X-Forwarded-For: 9.9.9.9",
        "X_Forwarded_For: 6.6.6.6",
        "X-Forwarded-Proto: https",
        "X-Forwarded-Host: www.example",
        "X-Backhand-Via: edge",
      ),
      { isTrustedProxy: (address: string) => address === "127.0.0.1" },
    );
    expect(head).toContain("X-Forwarded-For: 9.9.9.9, 127.0.0.1\r\n");
    expect(head).not.toContain("6.6.6.6");
    expect(head).toContain("X-Forwarded-Proto: https\r\n");
    expect(head).toContain("X-Forwarded-Host: www.example\r\n");
    expect(head).toContain("X-Backhand-Via: edge, front\r\n");
  });

  test("a DELETE with a chunked body arrives as one request with its body", async () => {
    const seen: string[] = [];
    const backend = await startBackend("a", (request, response) => {
      let body = "";
      request.on("data", (chunk: Buffer) => (body += chunk.toString()));
      request.on("end", () => {
        seen.push(`${request.method ?? ""} ${request.url ?? ""} ${body}`);
        response.end("ok");
      });
    });
    const front = await startFront([backend]);
    const smuggled = "GET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n";
    await exchangeRaw(
      front.port,
      `DELETE /d HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n${smuggled.length.toString(16)}\r\n${smuggled}\r\n0\r\n\r\n`,
    );
    expect(seen).toEqual([`DELETE /d ${smuggled}`]);
  });

  test("Expect is answered here and not sent on", async () => {
    let expectation: string | undefined = "never came";
    const backend = await startBackend("a", (request, response) => {
      expectation = request.headers.expect;
      request.pipe(response);
    });
    const front = await startFront([backend]);
    const socket = connect(front.port, "127.0.0.1");
    socket.write(
      "POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 5\r\nConnection: close\r\n\r\n",
    );
    const [first] = (await once(socket, "data")) as [Buffer];
    expect(first.toString()).toMatch(/^HTTP\/1\.1 100 /);
    socket.write("hello");
    const [answer] = (await once(socket, "data")) as [Buffer];
    expect(answer.toString()).toContain("hello");
    expect(expectation).toBeUndefined();
  });

  test("an HTTP/1.0 request without Host is relayed", async () => {
    const backend = await startBackend("a");
    const front = await startFront([backend]);
    expect(await exchangeRaw(front.port, "GET /old HTTP/1.0\r\n\r\n")).toMatch(/^HTTP\/1\.1 200 [^]*a GET \/old$/);
  });

  test.each([
    [0, "content-length"],
    [10, "content-length"],
    [64 * 1024, "content-length"],
    [64 * 1024 + 1, "content-length"],
    [3_000_000, "content-length"],
    [10, "chunked"],
    [3_000_000, "chunked"],
  ])("a body of %i bytes by %s arrives whole", async (size, framing) => {
    const backend = await startBackend("a", (request, response) => {
      let total = 0;
      request.on("data", (chunk: Buffer) => (total += chunk.length));
      request.on("end", () => response.end(String(total)));
    });
    const front = await startFront([backend]);
    const outgoing = httpRequest({
      port: front.port,
      method: "POST",
      headers: framing === "chunked" ? { "transfer-encoding": "chunked" } : { "content-length": size },
    });
    const answered = once(outgoing, "response") as Promise<[IncomingMessage]>;
    outgoing.end(Buffer.alloc(size));
    const [answer] = await answered;
    answer.setEncoding("utf8");
    const [text] = (await once(answer, "data")) as [string];
    expect(text).toBe(String(size));
  });
});

describe("what is refused", () => {
  test.each([
    ["two different Host fields", "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400],
    ["Transfer-Encoding in HTTP/1.0", "POST / HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400],
    [
      "a coding besides chunked",
      "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
      501,
    ],
    ["the target *", "OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n", 400],
    ["a target of another scheme", "GET ftp://a/ HTTP/1.1\r\nHost: a\r\n\r\n", 400],
    ["a target with a user", "GET http://u@a/ HTTP/1.1\r\nHost: a\r\n\r\n", 400],
  ])("%s", async (_what, bytes, status) => {
    let asked = 0;
    const backend = await startBackend("a", (_request, response) => {
      asked += 1;
      response.end();
    });
    const front = await startFront([backend]);
    const answer = await exchangeRaw(front.port, bytes);
    expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    expect(answer).toContain("BACKHAND_BAD_REQUEST");
    expect(asked).toBe(0);
    expect(front.outcomes[0]?.error?.code).toBe("BACKHAND_BAD_REQUEST");
  });
});

describe("what reaches the client", () => {
  async function answerOf(
    bytes: string,
    requestBytes = "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
  ): Promise<string> {
    const backend = await startRawBackend("a", (socket) => {
      onHead(socket, () => {
        socket.write(bytes, "latin1");
        if (!/content-length|chunked/i.test(bytes)) socket.end();
      });
    });
    const front = await startFront([backend]);
    const answer = await exchangeRaw(front.port, requestBytes);
    await front.settled(1);
    expect(front.outcomes[0]?.error).toBeNull();
    return answer;
  }

  test("status text, names in their case, repeated fields and each Set-Cookie of its own", async () => {
    const answer = await answerOf(
      "HTTP/1.1 201 Made It\r\nX-One: 1\r\nX-One: 2\r\nSet-Cookie: a=1\r\nSet-Cookie: b=2, c\r\nContent-Length: 0\r\n\r\n",
    );
    expect(answer).toMatch(
      /^HTTP\/1\.1 201 Made It\r\nX-One: 1\r\nX-One: 2\r\nSet-Cookie: a=1\r\nSet-Cookie: b=2, c\r\n/,
    );
  });

  test("no field of the server's connection, nor one that it names", async () => {
    const answer = await answerOf(
      "HTTP/1.1 200 OK\r\nConnection: X-Hop\r\nX-Hop: 1\r\nKeep-Alive: timeout=99\r\nProxy-Authenticate: x\r\nTrailer: T\r\nX-Stay: 1\r\nContent-Length: 2\r\n\r\nok",
    );
    expect(answer).not.toMatch(/^(x-hop|trailer|proxy-authenticate|keep-alive: timeout=99)/im);
    expect(answer).toContain("X-Stay: 1\r\n");
    expect(answer.endsWith("\r\n\r\nok")).toBe(true);
  });

  test.each([
    ["204", "HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\n", "GET"],
    ["304", "HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\nETag: x\r\n\r\n", "GET"],
    ["HEAD", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n", "HEAD"],
  ])("%s has no body", async (_what, bytes, method) => {
    const answer = await answerOf(bytes, `${method} / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`);
    expect(answer.endsWith("\r\n\r\n")).toBe(true);
    if (method === "HEAD") expect(answer).toContain("Content-Length: 5\r\n");
    // A client that goes by it would wait for a body.
    if (bytes.includes(" 204 ")) expect(answer).not.toMatch(/^content-length:/im);
  });

  test.each([
    ["204", "HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\n", "GET"],
    ["304", "HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n", "GET"],
    ["HEAD", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n", "HEAD"],
    ["HEAD in chunks", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", "HEAD"],
  ])("a body where there is none is not taken for the next answer: %s", async (_what, head, method) => {
    const evil = "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil";
    let connections = 0;
    const backend = await startRawBackend("a", (socket) => {
      connections += 1;
      onHead(socket, () => socket.write(`${head}${evil}`));
    });
    const front = await startFront([backend]);
    for (let count = 0; count < 2; count += 1) {
      const answer = await exchangeRaw(front.port, `${method} / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`);
      expect(answer).toMatch(/^HTTP\/1\.1 (?:200|204|304) [^]*\r\n\r\n$/);
      expect(answer.match(/HTTP\/1\.1/g)).toHaveLength(1);
    }
    expect(connections).toBe(2);
  });

  test("a chunked answer is plain for an HTTP/1.0 client", async () => {
    const answer = await answerOf(
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n1\r\nc\r\n0\r\n\r\n",
      "GET / HTTP/1.0\r\nHost: a\r\n\r\n",
    );
    expect(answer).toMatch(/\r\n\r\nabc$/);
    expect(answer).not.toMatch(/transfer-encoding/i);
  });

  test("an answer that ends with the server's connection is whole", async () => {
    expect(await answerOf("HTTP/1.0 200 OK\r\n\r\nall of it")).toContain("all of it");
  });

  test("early hints come before the answer", async () => {
    const answer = await answerOf(`HTTP/1.1 103 Early Hints\r\nLink: </x.css>; rel=preload\r\n\r\n${fullAnswer}`);
    expect(answer).toMatch(/^HTTP\/1\.1 103 [^]*x\.css[^]*\r\n\r\nHTTP\/1\.1 200 OK/);
  });

  test("a slow answer's head comes before its body", async () => {
    const backend = await startBackend("a", (_request, response) => {
      response.writeHead(200, { "content-length": 4 });
      response.flushHeaders();
    });
    const front = await startFront([backend]);
    const outgoing = httpRequest({ port: front.port, agent: new Agent() });
    outgoing.end();
    const [answer] = (await once(outgoing, "response")) as [IncomingMessage];
    expect(answer.statusCode).toBe(200);
    answer.destroy();
  });

  test.each([
    ["with a length", "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\npart"],
    ["in chunks", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\npart\r\n"],
  ])("a server that dies in an answer %s: the client's connection is cut", async (_what, bytes) => {
    const backend = await startRawBackend("a", (socket) => {
      onHead(socket, () => {
        socket.write(bytes);
        setTimeout(() => socket.destroy(), 20);
      });
    });
    const front = await startFront([backend]);
    const answer = await exchangeRaw(front.port, "GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    expect(answer).toContain("part");
    expect(answer).not.toMatch(/\r\n0\r\n\r\n$/);
    await front.settled(1);
    expect(front.outcomes[0]).toMatchObject({ status: 200, error: { code: "BACKHAND_UPSTREAM_RESET" } });
    expect(front.inflight.get("a")).toBe(0);
  });

  test("a chunked answer that breaks off ends with a reset for an HTTP/1.0 client, which could not tell otherwise", async () => {
    const backend = await startRawBackend("a", (socket) => {
      onHead(socket, () => {
        socket.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\npart\r\n");
        setTimeout(() => socket.destroy(), 20);
      });
    });
    const front = await startFront([backend]);
    const socket = connect(front.port, "127.0.0.1");
    socket.write("GET / HTTP/1.0\r\nHost: a\r\n\r\n");
    socket.resume();
    const [error] = (await once(socket, "error")) as [NodeJS.ErrnoException];
    expect(error.code).toBe("ECONNRESET");
  });

  test("a slow client holds the server back", async () => {
    const total = 64 * 1024 * 1024;
    let written = 0;
    const backend = await startBackend("a", (_request, response) => {
      response.writeHead(200, { "content-length": total });
      const chunk = Buffer.alloc(256 * 1024);
      const more = (): void => {
        while (written < total) {
          written += chunk.length;
          if (!response.write(chunk)) {
            response.once("drain", more);
            return;
          }
        }
        response.end();
      };
      more();
    });
    const front = await startFront([backend]);
    const socket = connect(front.port, "127.0.0.1");
    socket.write("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    socket.pause();
    let before = -1;
    while (before !== written) {
      before = written;
      await new Promise((resolve) => setTimeout(resolve, 150));
    }
    expect(written).toBeLessThan(total / 2);
    let received = 0;
    socket.on("data", (chunk: Buffer) => (received += chunk.length));
    socket.resume();
    await once(socket, "end");
    expect(received).toBeGreaterThan(total);
    socket.end();
  });
});

test("a slow server holds an upload back", async () => {
  const backend = await startRawBackend("slow", (socket) => {
    socket.pause();
  });
  const front = await startFront([backend]);
  const socket = connect(front.port, "127.0.0.1");
  socket.on("error", () => undefined);
  socket.write("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n");
  const size = 256 * 1024;
  const chunk = Buffer.concat([Buffer.from(`${size.toString(16)}\r\n`), Buffer.alloc(size), Buffer.from("\r\n")]);
  // What the sockets' buffers take is a few megabytes; without a brake all of it would be taken.
  const most = 64 * 1024 * 1024;
  let sent = 0;
  let waiting = false;
  while (sent < most && !waiting) {
    sent += chunk.length;
    if (socket.write(chunk)) continue;
    const drained = once(socket, "drain").then(() => false);
    waiting = await Promise.race([drained, new Promise<boolean>((resolve) => setTimeout(resolve, 400, true))]);
  }
  expect(sent).toBeLessThan(most);
  socket.destroy();
});

describe("clients that leave", () => {
  test("pipelined requests are over as well", async () => {
    const backend = await startBackend("silent", () => undefined);
    const front = await startFront([backend]);
    const socket = connect(front.port, "127.0.0.1");
    socket.write("GET / HTTP/1.1\r\nHost: a\r\n\r\n".repeat(12));
    await eventually(() => backend.sockets.size === 12, "all are with the server");
    socket.destroy();
    await front.settled(12);
    expect(front.inflight.get("silent")).toBe(0);
  });

  test.each(["before the head", "during the answer"])("%s: no connection to the server stays", async (when) => {
    const backend = await startBackend("a", (_request, response) => {
      if (when !== "before the head") response.write("begin");
    });
    const front = await startFront([backend]);
    const clients = Array.from({ length: 20 }, () => {
      const socket = connect(front.port, "127.0.0.1");
      socket.on("error", () => undefined);
      socket.write("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
      return socket;
    });
    if (when === "before the head")
      await eventually(() => backend.sockets.size === 20, "all requests are with the server");
    else await Promise.all(clients.map((socket) => once(socket, "data")));
    for (const socket of clients) socket.destroy();
    await front.settled(20);
    await eventually(() => backend.sockets.size === 0, "the server has no connections left");
    expect(front.inflight.get("a")).toBe(0);
    expect(new Set(front.outcomes.map(({ error }) => error?.code))).toEqual(new Set(["BACKHAND_CLIENT_LEFT"]));
  });

  test("during an upload: the server's connection is closed", async () => {
    const backend = await startBackend("a", () => undefined);
    const front = await startFront([backend]);
    const socket = connect(front.port, "127.0.0.1");
    socket.write("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\npart");
    await eventually(() => backend.sockets.size === 1, "the request is with the server");
    socket.destroy();
    await eventually(() => backend.sockets.size === 0, "the server has no connections left");
  });
});

describe("servers that fail", () => {
  test("a server that takes no connection is passed over, for any method", async () => {
    const front = await startFront([await deadUpstream("dead"), await startBackend("alive")]);
    const answer = await get(front.port, "/p", { method: "POST", body: "x".repeat(5000) });
    expect(await answer.text()).toBe("alive POST /p");
    expect(front.outcomes[0]).toMatchObject({ upstream: { id: "alive" }, tries: 2, status: 200 });
    expect(front.inflight).toEqual(
      new Map([
        ["dead", 0],
        ["alive", 0],
      ]),
    );
  });

  test("a large body goes to another server as well when nothing of it was sent yet", async () => {
    const front = await startFront([await deadUpstream("dead"), await startBackend("alive")]);
    const answer = await get(front.port, "/p", { method: "POST", body: "x".repeat(1_000_000) });
    expect(await answer.text()).toBe("alive POST /p");
  });

  test("nobody is left: 503 with Retry-After and a reason, and nothing of the servers", async () => {
    const front = await startFront([await deadUpstream("d1"), await deadUpstream("d2")]);
    const answer = await get(front.port);
    expect(answer.status).toBe(503);
    expect(answer.headers.get("retry-after")).toMatch(/^\d+$/);
    expect(await answer.text()).toBe("503 Service Unavailable\nBACKHAND_NO_UPSTREAM\n");
    expect(front.outcomes[0]).toMatchObject({ upstream: null, tries: 2, status: 503 });
  });

  test("no more servers are tried than allowed: 502", async () => {
    const front = await startFront([await deadUpstream("d1"), await deadUpstream("d2"), await startBackend("a")], {
      maxTries: 2,
    });
    expect((await get(front.port)).status).toBe(502);
    expect(front.outcomes[0]).toMatchObject({ tries: 2, error: { code: "BACKHAND_UPSTREAM_REFUSED" } });
  });

  /** Closes each connection as soon as a request has come in. */
  const closer = (id: string): ReturnType<typeof startRawBackend> =>
    startRawBackend(id, (socket) => {
      onHead(socket, () => socket.end());
    });

  test.each([
    ["GET", 200, 2],
    ["PUT", 200, 2],
    ["POST", 502, 1],
    ["PATCH", 502, 1],
  ])("a fresh connection that closes before the head: %s gives %i after %i tries", async (method, status, tries) => {
    const front = await startFront([await closer("bad"), await startBackend("good")]);
    const answer = await get(front.port, "/", { method, ...(method === "GET" ? {} : { body: "x" }) });
    expect(answer.status).toBe(status);
    expect(front.outcomes[0]).toMatchObject({ tries, status });
  });

  test("a connection that was idle and closes on the next request: a POST with a small body goes elsewhere", async () => {
    let requests = 0;
    const bad = await startRawBackend("bad", (socket) => {
      onHead(socket, () => {
        requests += 1;
        if (requests === 1) socket.write(fullAnswer);
        else socket.end();
      });
    });
    const front = await startFront([bad, await startBackend("good")]);
    expect(await (await get(front.port)).text()).toBe("ok");
    expect(await (await get(front.port, "/p", { method: "POST", body: "x" })).text()).toBe("good POST /p");
    expect(requests).toBe(2);
  });

  test("a server that closes idle connections costs no request", async () => {
    const backend = await startRawBackend("a", (socket) => {
      onHead(socket, () => {
        socket.write(fullAnswer);
        setImmediate(() => socket.end());
      });
    });
    const front = await startFront([backend]);
    for (let index = 0; index < 20; index += 1) {
      const answer = await get(front.port, "/", { method: "POST", body: "x" });
      expect(answer.status).toBe(200);
      await answer.text();
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
  });

  test("repetitions stop when the budget is used up", async () => {
    const good = await startBackend("good");
    const bad = await closer("bad");
    const front = await startFront([bad, good], { retryBudget: 0 });
    expect((await get(front.port)).status).toBe(502);
  });

  test("an answer that is no HTTP: 502", async () => {
    const backend = await startRawBackend("a", (socket) => {
      onHead(socket, () => socket.write("SSH-2.0-OpenSSH\r\n"));
    });
    const front = await startFront([backend]);
    const answer = await get(front.port);
    expect(answer.status).toBe(502);
    expect(await answer.text()).toBe("502 Bad Gateway\nBACKHAND_UPSTREAM_RESET\n");
  });

  test("an answer with a length and chunks is not relayed", async () => {
    const backend = await startRawBackend("a", (socket) => {
      onHead(socket, () =>
        socket.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n"),
      );
    });
    const front = await startFront([backend]);
    expect((await get(front.port)).status).toBe(502);
  });

  test("a choice that throws is answered with 503", async () => {
    const front = await startFront(() => {
      throw new Error("no choice");
    });
    expect((await get(front.port)).status).toBe(503);
  });

  test("twelve attempts on one request leave no listeners behind", async () => {
    let emitters: readonly EventEmitter[] = [];
    let listeners: readonly string[] = [];
    const backend = await startBackend("a", (_request, response) => {
      listeners = emitters.flatMap((one) =>
        one.eventNames().map((name) => `${String(name)} ${one.listenerCount(name)}`),
      );
      response.end("ok");
    });
    const dead = await Promise.all(Array.from({ length: 12 }, (_, index) => deadUpstream(`d${index}`)));
    const listenersAfter = async (upstreams: readonly Upstream[]): Promise<readonly string[]> => {
      const front = await startFront([...upstreams, backend], { maxTries: 13 });
      const note = (started: unknown): void => {
        const { request, response, socket } = started as {
          readonly request: EventEmitter;
          readonly response: EventEmitter;
          readonly socket: EventEmitter & { readonly localPort?: number };
        };
        if (socket.localPort === front.port) emitters = [request, response, socket];
      };
      subscribe("http.server.request.start", note);
      listeners = [];
      const { status } = await get(front.port, "/", { method: "POST", body: "x".repeat(60_000) });
      unsubscribe("http.server.request.start", note);
      expect(status).toBe(200);
      expect(front.outcomes[0]?.tries).toBe(upstreams.length + 1);
      return listeners;
    };
    const afterOne = await listenersAfter([]);
    expect(afterOne.length).toBeGreaterThan(5);
    expect(await listenersAfter(dead)).toEqual(afterOne);
  });

  test("an early answer to an unfinished upload reaches the client", async () => {
    const backend = await startRawBackend("a", (socket) => {
      onHead(socket, () => socket.end("HTTP/1.1 413 Too Large\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"));
    });
    const front = await startFront([backend]);
    const socket = connect(front.port, "127.0.0.1");
    socket.write(`POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10000000\r\n\r\n${"x".repeat(1000)}`);
    const [answer] = (await once(socket, "data")) as [Buffer];
    expect(answer.toString()).toMatch(/^HTTP\/1\.1 413 /);
    socket.destroy();
  });
});

describe("time limits", () => {
  const timeouts = { connectMs: 5000, firstByteMs: 5000, idleMs: 5000, totalMs: 0 };

  test("no head in time: 504, and the server's connection is closed", async () => {
    const backend = await startBackend("slow", () => undefined);
    const other = await startBackend("other");
    const front = await startFront([backend, other], { timeouts: { ...timeouts, firstByteMs: 100 } });
    const answer = await get(front.port);
    expect(answer.status).toBe(504);
    expect(await answer.text()).toContain("BACKHAND_UPSTREAM_TIMEOUT");
    expect(front.outcomes[0]?.tries).toBe(1);
    await eventually(() => backend.sockets.size === 0, "the server has no connections left");
  });

  test("an answer that stops: the client's connection is cut", async () => {
    const backend = await startBackend("slow", (_request, response) => {
      response.writeHead(200, { "content-length": 10 });
      response.write("part");
    });
    const front = await startFront([backend], { timeouts: { ...timeouts, idleMs: 100 } });
    const answer = await exchangeRaw(front.port, "GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    expect(answer.endsWith("part")).toBe(true);
    expect(front.outcomes[0]).toMatchObject({ error: { code: "BACKHAND_UPSTREAM_TIMEOUT" }, status: 200 });
  });

  test("an answer of which nothing but the head comes: the client's connection is cut", async () => {
    const backend = await startBackend("slow", (_request, response) => {
      response.writeHead(200, { "content-length": 10 });
      response.flushHeaders();
    });
    const front = await startFront([backend], { timeouts: { ...timeouts, idleMs: 100 } });
    expect(await exchangeRaw(front.port, "GET / HTTP/1.1\r\nHost: a\r\n\r\n")).toMatch(/^HTTP\/1\.1 200 [^]*\r\n\r\n$/);
    expect(front.outcomes[0]?.error?.message).toContain("sent nothing for 100 ms");
  });

  test("an answer that goes on for longer than each limit is not touched", async () => {
    const backend = await startBackend("steady", (_request, response) => {
      response.write("0");
      let count = 0;
      const timer = setInterval(() => {
        count += 1;
        response.write(String(count));
        if (count === 6) {
          clearInterval(timer);
          response.end();
        }
      }, 60);
    });
    const front = await startFront([backend], { timeouts: { ...timeouts, firstByteMs: 250, idleMs: 250 } });
    expect(await (await get(front.port)).text()).toBe("0123456");
  });

  test("all attempts together have a limit as well", async () => {
    const backend = await startBackend("slow", () => undefined);
    const front = await startFront([backend], { timeouts: { ...timeouts, totalMs: 100 } });
    expect((await get(front.port)).status).toBe(504);
    expect(front.outcomes[0]?.error?.message).toContain("did not finish within 100 ms in all");
  });

  test("a client that pauses in its upload is not taken for a slow server", async () => {
    const backend = await startBackend("a", (request, response) => {
      request.resume();
      request.on("end", () => response.end("got it"));
    });
    const front = await startFront([backend], { timeouts: { ...timeouts, firstByteMs: 250 } });
    const socket = connect(front.port, "127.0.0.1");
    socket.write("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n1\r\nx\r\n");
    await new Promise((resolve) => setTimeout(resolve, 700));
    socket.write("0\r\n\r\n");
    const [answer] = (await once(socket, "data")) as [Buffer];
    expect(answer.toString()).toContain("200 OK");
    socket.destroy();
  });
});

describe("connections to servers", () => {
  test("are used again", async () => {
    const backend = await startBackend("a");
    const front = await startFront([backend]);
    for (let index = 0; index < 10; index += 1) await (await get(front.port)).text();
    expect(backend.sockets.size).toBe(1);
  });

  test("are closed after each request without pools", async () => {
    const backend = await startBackend("a");
    const front = await startFront([backend], { keepAlive: false });
    await (await get(front.port)).text();
    await eventually(() => backend.sockets.size === 0, "the connection is closed");
  });

  test("set no limit: a hundred slow requests run side by side", async () => {
    let held = 0;
    const release: (() => void)[] = [];
    const backend = await startBackend("a", (_request, response) => {
      held += 1;
      release.push(() => response.end("ok"));
      if (held === 100) for (const go of release) go();
    });
    const front = await startFront([backend]);
    const answers = await Promise.all(Array.from({ length: 100 }, async () => (await get(front.port)).text()));
    expect(answers.every((text) => text === "ok")).toBe(true);
  });

  test("close() waits for the running request and leaves nothing open", async () => {
    let answer: (() => void) | null = null;
    const backend = await startBackend("a", (_request, response) => {
      answer = () => response.end("late");
    });
    const front = await startFront([backend]);
    const running = get(front.port).then((response) => response.text());
    await eventually(() => answer !== null, "the request is with the server");
    const closed = front.engine.close();
    (answer as unknown as () => void)();
    expect(await running).toBe("late");
    await closed;
    await eventually(() => backend.sockets.size === 0, "the server has no connections left");
  });
});
