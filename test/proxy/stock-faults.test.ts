import { once } from "node:events";
import { Agent, createServer } from "node:http";
import type { RequestListener } from "node:http";
import { connect } from "node:net";
import type { AddressInfo, Socket } from "node:net";
import httpProxy from "http-proxy";
import { readServerSettings } from "../../src/server/server-settings.ts";
import { folderWith, startTestServer, tableOf } from "../server/support.ts";
import { eventually, exchangeRaw, onStop, startBackend, startRawBackend, stopAll } from "./support.ts";
import type { Backend } from "./support.ts";

afterEach(stopAll);

/** http-proxy as it comes, with the agent without which it is slow. `failed`: what it says of a server that failed. */
async function startStock(
  backend: Backend,
  options: httpProxy.ServerOptions = {},
  failed: (error: Error) => void = () => undefined,
): Promise<number> {
  const agent = new Agent({ keepAlive: true });
  const proxy = httpProxy.createProxyServer({ target: `http://127.0.0.1:${backend.port}`, agent, ...options });
  proxy.on("error", (error, _request, response) => {
    failed(error);
    response.end();
  });
  const listener: RequestListener = (request, response) => {
    proxy.web(request, response);
  };
  const server = createServer(listener).listen(0, "127.0.0.1");
  const sockets = new Set<Socket>();
  server.on("connection", (socket) => sockets.add(socket));
  await once(server, "listening");
  onStop(async () => {
    agent.destroy();
    for (const socket of sockets) socket.destroy();
    server.close();
    await once(server, "close");
  });
  return (server.address() as AddressInfo).port;
}

/** The whole of `backhand serve` before a server that has announced itself. */
async function startOurs(backend: Backend, lines = ""): Promise<number> {
  const { port, announce } = await startTestServer(`AcceptStats 127.0.0.0/8
<Location />
Backhand removeSelf
Backhand byRandom
</Location>
${lines}`);
  announce(backend);
  return port;
}

/** Runs one probe on the package as it is and on our server. */
async function both<Result>(
  backend: () => Promise<Backend>,
  probe: (port: number, backend: Backend) => Promise<Result>,
): Promise<{ stock: Result; ours: Result }> {
  const first = await backend();
  const stock = await probe(await startStock(first), first);
  const second = await backend();
  return { stock, ours: await probe(await startOurs(second), second) };
}

/** Sends back the request's head as the answer's body. */
const mirror = (): Promise<Backend> =>
  startRawBackend("mirror", (socket) => {
    socket.once("data", (chunk: Buffer) => {
      socket.end(
        `HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: ${chunk.length}\r\n\r\n${chunk.toString("latin1")}`,
      );
    });
  });

const lines = (...head: string[]): string => `${head.join("\r\n")}\r\n\r\n`;

test("the request target is changed by the package, and not by us", async () => {
  const { stock, ours } = await both(mirror, (port) =>
    exchangeRaw(port, lines("GET //a//b?x=//y HTTP/1.1", "Host: a", "Connection: close")),
  );
  expect(stock).toContain("GET /a/b?x=//y HTTP");
  expect(ours).toContain("GET //a//b?x=//y HTTP");
});

test("fields of the connection are forwarded by the package, and not by us", async () => {
  const { stock, ours } = await both(mirror, (port) =>
    exchangeRaw(port, lines("GET / HTTP/1.1", "Host: a", "Connection: close, X-Hop", "X-Hop: 1", "TE: trailers")),
  );
  expect(stock).toMatch(/^x-hop: 1/im);
  expect(ours).not.toMatch(/^(x-hop|te):/im);
});

test("a DELETE in chunks becomes two requests in the package, and stays one with us", async () => {
  const smuggled = "GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n";
  const { stock, ours } = await both(
    () => startBackend("a"),
    async (port, backend) => {
      const seen: string[] = [];
      backend.server.on("request", (request: { readonly url?: string }) => seen.push(request.url ?? ""));
      const chunk = `${smuggled.length.toString(16)}\r\n${smuggled}\r\n0\r\n\r\n`;
      const socket = connect(port, "127.0.0.1");
      socket.write(`${lines("DELETE /d HTTP/1.1", "Host: a", "Transfer-Encoding: chunked")}${chunk}`);
      await once(socket, "data");
      await new Promise((resolve) => setTimeout(resolve, 50));
      socket.destroy();
      return seen;
    },
  );
  expect(stock).toEqual(["/d", "/smuggled"]);
  expect(ours).toEqual(["/d"]);
});

test("a server that dies in its answer leaves the client hanging in the package, and not with us", async () => {
  const dying = (): Promise<Backend> =>
    startRawBackend("dying", (socket) => {
      socket.once("data", () => {
        socket.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\npart");
        setTimeout(() => socket.destroy(), 10);
      });
    });
  const { stock, ours } = await both(dying, async (port) => {
    const ended = exchangeRaw(port, lines("GET / HTTP/1.1", "Host: a")).then(() => "closed");
    const late = new Promise<string>((resolve) => setTimeout(resolve, 400, "hangs"));
    return Promise.race([ended, late]);
  });
  expect({ stock, ours }).toEqual({ stock: "hangs", ours: "closed" });
});

test("a server that dies in the middle of its chunks leaves the client hanging in the package, and not with us", async () => {
  const dying = (): Promise<Backend> =>
    startRawBackend("dying", (socket) => {
      socket.once("data", () => {
        socket.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\npart\r\n");
        setTimeout(() => socket.destroy(), 10);
      });
    });
  const { stock, ours } = await both(dying, async (port) => {
    const ended = exchangeRaw(port, lines("GET / HTTP/1.1", "Host: a")).then(() => "closed");
    const late = new Promise<string>((resolve) => setTimeout(resolve, 400, "hangs"));
    return Promise.race([ended, late]);
  });
  expect({ stock, ours }).toEqual({ stock: "hangs", ours: "closed" });
});

/** Says something fixed to each request. */
const saying = (answer: string) => (): Promise<Backend> =>
  startRawBackend("saying", (socket) => {
    socket.on("data", () => socket.write(answer));
    socket.on("end", () => socket.end());
  });

test.each([
  [
    "trailers",
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\nX-Sum: 1\r\n\r\n",
    /\r\n0\r\nX-Sum: 1\r\n\r\n$/,
  ],
  [
    "early hints",
    "HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
    /^HTTP\/1\.1 103 /,
  ],
  ["repeated fields", "HTTP/1.1 200 OK\r\nX-A: 1\r\nX-A: 2\r\nContent-Length: 0\r\n\r\n", /\r\nX-A: 1\r\nX-A: 2\r\n/],
  [
    "fields that Connection names",
    "HTTP/1.1 200 OK\r\nConnection: X-Hop, close\r\nX-Hop: 1\r\nContent-Length: 0\r\n\r\n",
    /^(?![^]*x-hop: 1)/i,
  ],
])("%s of an answer are wrong in the package, and right with us", async (_what, answer, right) => {
  const { stock, ours } = await both(saying(answer), (port) =>
    exchangeRaw(port, lines("GET / HTTP/1.1", "Host: a", "Connection: close")),
  );
  expect(stock).not.toMatch(right);
  expect(ours).toMatch(right);
});

test("an absolute target is passed on as a path of odd form by the package, and as a path by us", async () => {
  const { stock, ours } = await both(mirror, (port) =>
    exchangeRaw(port, lines("GET http://other/abs?x HTTP/1.1", "Host: a", "Connection: close")),
  );
  expect(stock).toMatch(/host: a\r\n/i);
  expect(ours).toMatch(/GET \/abs\?x HTTP\/1\.1\r\nHost: other\r\n/);
});

test("OPTIONS for a whole server asks for a path of one behind in the package, and goes to none with us", async () => {
  const { stock, ours } = await both(mirror, (port) =>
    exchangeRaw(port, lines("OPTIONS * HTTP/1.1", "Host: a", "Connection: close")),
  );
  expect(stock).toContain("OPTIONS /* HTTP");
  expect(ours).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
  expect(ours).toMatch(/\r\nAllow: /);
  expect(ours).not.toContain("OPTIONS /");
});

test("a kept connection that the server has closed costs an answer in the package, and not with us", async () => {
  const stale = (): Promise<Backend> =>
    startRawBackend("stale", (socket) => {
      let count = 0;
      socket.on("data", () => {
        count += 1;
        // Closed at the moment of the second request, as a server does whose time for it has run out.
        if (count === 2) socket.destroy();
        else socket.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
      });
      socket.on("end", () => socket.end());
    });
  const { stock, ours } = await both(stale, async (port) => {
    const seen: string[] = [];
    for (let count = 0; count < 4; count += 1) {
      seen.push((await exchangeRaw(port, lines("GET / HTTP/1.1", "Host: a", "Connection: close"))).slice(-2));
    }
    return seen;
  });
  expect(stock.some((end) => end !== "ok")).toBe(true);
  expect(ours).toEqual(["ok", "ok", "ok", "ok"]);
});

/**
 * Connections to a server that are left behind. A client that has left looks like one that has only ended its side, until its
 * system has answered two signs of life, a second apart.
 */
async function leftOf({ sockets }: Backend): Promise<number> {
  for (const endMs = Date.now() + 4000; sockets.size > 0 && Date.now() < endMs;) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return sockets.size;
}

test("clients that leave in the middle of an answer leave connections behind in the package, and not with us", async () => {
  const { stock, ours } = await both(
    () =>
      startBackend("steady", (_request, response) => {
        const more = setInterval(() => response.write("more"), 100);
        response.write("half");
        response.once("close", () => {
          clearInterval(more);
        });
      }),
    async (port, backend) => {
      const clients = await Promise.all(
        Array.from({ length: 5 }, async () => {
          const socket = connect(port, "127.0.0.1");
          socket.write(lines("GET / HTTP/1.1", "Host: a"));
          await once(socket, "data");
          return socket;
        }),
      );
      for (const socket of clients) socket.destroy();
      return leftOf(backend);
    },
  );
  expect({ stock, ours }).toEqual({ stock: 5, ours: 0 });
});

test("clients that leave leave connections behind in the package, and not with us", async () => {
  const { stock, ours } = await both(
    () => startBackend("silent", () => undefined),
    async (port, backend) => {
      const clients = Array.from({ length: 5 }, () => {
        const socket = connect(port, "127.0.0.1");
        socket.write(lines("GET / HTTP/1.1", "Host: a"));
        return socket;
      });
      await eventually(() => backend.sockets.size === 5, "all are with the server");
      for (const socket of clients) socket.destroy();
      return leftOf(backend);
    },
  );
  expect({ stock, ours }).toEqual({ stock: 5, ours: 0 });
});

test("what a client says of its address is kept and added to by the package, and not by us", async () => {
  const asked = lines("GET / HTTP/1.1", "Host: a", "X-Forwarded-For: 6.6.6.6", "Connection: close");
  expect(await exchangeRaw(await startStock(await mirror()), asked)).toMatch(/x-forwarded-for: 6\.6\.6\.6/i);
  expect(await exchangeRaw(await startStock(await mirror(), { xfwd: true }), asked)).toMatch(
    /x-forwarded-for: 6\.6\.6\.6,/i,
  );
  // Without AcceptStats this machine is a stranger.
  const { port } = await startTestServer(`ProxyPass / http://127.0.0.1:${(await mirror()).port}/\n`);
  const ours = await exchangeRaw(port, asked);
  expect(ours).toMatch(/\r\nX-Forwarded-For: 127\.0\.0\.1\r\n/);
  expect(ours).not.toContain("6.6.6.6");
});

test("backslashes of a target become slashes in the package, and not with us", async () => {
  const { stock, ours } = await both(mirror, (port) =>
    exchangeRaw(port, lines("GET /x\\y HTTP/1.1", "Host: a", "Connection: close")),
  );
  expect(stock).toContain("GET /x/y HTTP");
  expect(ours).toContain("GET /x\\y HTTP");
});

test("a client that asks whether to send its body is told yes by the package without asking the server", async () => {
  const asked = lines("POST / HTTP/1.1", "Host: a", "Content-Length: 4", "Expect: 100-continue", "Connection: close");
  const refusing = (): Promise<Backend> =>
    startRawBackend("refusing", (socket) => {
      socket.once("data", () => socket.end("HTTP/1.1 403 No\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"));
    });
  expect(await exchangeRaw(await startStock(await refusing()), asked)).toMatch(/^HTTP\/1\.1 100 /);
  expect(await exchangeRaw(await startOurs(await refusing()), asked)).toMatch(/^HTTP\/1\.1 403 /);
});

const silent = (): Promise<Backend> => startRawBackend("silent", (socket) => void socket.resume());
const limited = "<IfModule mod_backhand_ng.c>\nBackhandTimeout first-byte=50ms\n</IfModule>\n";
const plain = lines("GET / HTTP/1.1", "Host: a", "Connection: close");

test("a server that never answers keeps the client waiting for ever in the package, and gives 504 with us", async () => {
  const stockPort = await startStock(await silent());
  const late = new Promise<string>((resolve) => setTimeout(resolve, 500, "waits"));
  expect(await Promise.race([exchangeRaw(stockPort, plain), late])).toBe("waits");
  expect(await exchangeRaw(await startOurs(await silent(), limited), plain)).toMatch(/^HTTP\/1\.1 504 /);
});

test("without a line every wait but that for the whole has its end", () => {
  const { connectMs, firstByteMs, idleMs, totalMs } = readServerSettings(tableOf("Listen 80\n", folderWith({}))).proxy
    .timeouts;
  expect([connectMs, firstByteMs, idleMs, totalMs]).toEqual([5000, 60_000, 60_000, 0]);
});

test("a time that runs out looks like a server that hung up in the package, and is 504 and told apart in the log by us", async () => {
  const errors: string[] = [];
  const stockPort = await startStock(await silent(), { proxyTimeout: 50 }, (error) => {
    errors.push(String((error as NodeJS.ErrnoException).code));
  });
  await exchangeRaw(stockPort, plain);
  expect(errors).toEqual(["ECONNRESET"]);

  const { port, announce, stderr } = await startTestServer(
    `AcceptStats 127.0.0.0/8\n<Location />\nBackhand removeSelf\nBackhand byRandom\n</Location>\n${limited}`,
  );
  announce(await silent());
  expect(await exchangeRaw(port, plain)).toMatch(/^HTTP\/1\.1 504 /);
  await eventually(() => /BACKHAND_UPSTREAM_TIMEOUT/.test(stderr()), "the log says so");
});

test("WebSocket requests that are refused in chunks come out broken from the package, and whole from us", async () => {
  const refusing = (): Promise<Backend> =>
    startRawBackend("refusing", (socket) => {
      socket.once("data", () =>
        socket.end(
          "HTTP/1.1 403 Forbidden\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n4\r\nnope\r\n0\r\n\r\n",
        ),
      );
    });
  const first = await refusing();
  const proxy = httpProxy.createProxyServer({ target: `http://127.0.0.1:${first.port}` });
  const server = createServer().listen(0, "127.0.0.1");
  server.on("upgrade", (request, socket, head) => {
    socket.on("error", () => undefined);
    proxy.ws(request, socket, head);
  });
  await once(server, "listening");
  onStop(async () => {
    server.closeAllConnections();
    server.close();
    await once(server, "close");
  });
  const asked = lines("GET / HTTP/1.1", "Host: a", "Connection: Upgrade", "Upgrade: websocket");
  const stock = await exchangeRaw((server.address() as AddressInfo).port, asked);
  const ours = await exchangeRaw(await startOurs(await refusing()), asked);
  // Chunks are announced, and the body comes without them.
  expect(stock).toMatch(/transfer-encoding: chunked[^]*\r\n\r\nnope$/i);
  expect(ours).toMatch(/^HTTP\/1\.1 403 [^]*\r\n\r\n(?:4\r\nnope\r\n0\r\n\r\n|nope)$/);
  expect(/transfer-encoding: chunked/i.test(ours)).toBe(ours.endsWith("0\r\n\r\n"));
});
