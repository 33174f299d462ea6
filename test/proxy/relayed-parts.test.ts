import { createHash, randomBytes } from "node:crypto";
import { once } from "node:events";
import { get } from "node:http";
import type { IncomingMessage } from "node:http";
import { connect } from "node:net";
import type { Socket } from "node:net";
import { eventually, exchangeRaw, startBackend, startFront, startRawBackend, stopAll } from "./support.ts";
import { startTestServer } from "../server/support.ts";

afterEach(stopAll);

const lines = (...head: string[]): string => `${head.join("\r\n")}\r\n\r\n`;

/** A server that collects what it gets and says `answer` once `until` has come. */
async function recordingBackend(answer: string, until = "\r\n\r\n") {
  const state = { received: "", connections: 0 };
  const backend = await startRawBackend("a", (socket) => {
    state.connections += 1;
    let text = "";
    socket.on("data", (chunk: Buffer) => {
      state.received += chunk.toString("latin1");
      text += chunk.toString("latin1");
      if (!text.includes(until)) return;
      text = "";
      socket.write(answer, "latin1");
    });
    socket.on("end", () => socket.end());
  });
  return { backend, state };
}

const ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

test("the head goes out as it came: order, spelling, repeated fields, Host in its place", async () => {
  const { backend, state } = await recordingBackend(ok);
  const { port } = await startFront([backend]);
  await exchangeRaw(
    port,
    lines(
      "GET /a HTTP/1.1",
      "X-First: 1",
      "hOST: a.example",
      "Cookie: a",
      "Cookie: b",
      "X-last:2",
      "Connection: close",
    ),
  );
  expect(state.received).toMatch(
    /^GET \/a HTTP\/1\.1\r\nX-First: 1\r\nhOST: a\.example\r\nCookie: a\r\nCookie: b\r\nX-last: 2\r\nX-Forwarded-For: /,
  );
  expect(state.received).not.toMatch(/^connection:/im);
});

test("a client of HTTP/1.0 without a Host: the server is given its own", async () => {
  const { backend, state } = await recordingBackend(ok);
  const { port } = await startFront([backend]);
  await exchangeRaw(port, "GET /a HTTP/1.0\r\n\r\n");
  expect(state.received).toContain(`Host: 127.0.0.1:${backend.port}\r\n`);
});

describe("trailers", () => {
  test("of an answer in chunks are relayed, except those that would mean something else there", async () => {
    const { backend } = await recordingBackend(
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\nX-Sum: 1\r\nSet-Cookie: a=b\r\nx-more: 2\r\n\r\n",
    );
    const { port } = await startFront([backend]);
    const answer = await exchangeRaw(port, lines("GET / HTTP/1.1", "Host: a", "Connection: close"));
    expect(answer).toMatch(/\r\n0\r\nX-Sum: 1\r\nx-more: 2\r\n\r\n$/);
  });

  test("of a request in chunks are relayed", async () => {
    const { backend, state } = await recordingBackend(ok, "0\r\n");
    const { port } = await startFront([backend]);
    const chunked = lines("POST / HTTP/1.1", "Host: a", "Connection: close", "Transfer-Encoding: chunked");
    await exchangeRaw(port, `${chunked}2\r\nok\r\n0\r\nX-Sum: 1\r\nAuthorization: x\r\n\r\n`);
    expect(state.received).toMatch(/\r\n2\r\nok\r\n0\r\nX-Sum: 1\r\n\r\n$/);
  });

  test("are left out for a client of HTTP/1.0", async () => {
    const { backend } = await recordingBackend(
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\nX-Sum: 1\r\n\r\n",
    );
    const { port } = await startFront([backend]);
    const answer = await exchangeRaw(port, lines("GET / HTTP/1.0", "Host: a"));
    expect(answer).toMatch(/\r\n\r\nok$/);
  });
});

test("early hints keep all their fields, and processing is passed on", async () => {
  const hints =
    "HTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a.css>; rel=preload\r\nX-Hint: 1\r\n\r\n";
  const { backend } = await recordingBackend(`${hints}${ok}`);
  const { port } = await startFront([backend]);
  const answer = await exchangeRaw(port, lines("GET / HTTP/1.1", "Host: a", "Connection: close"));
  expect(answer).toMatch(
    /^HTTP\/1\.1 102 Processing\r\n\r\nHTTP\/1\.1 103 Early Hints\r\nLink: <\/a\.css>; rel=preload\r\nX-Hint: 1\r\n\r\nHTTP\/1\.1 200 OK\r\n/,
  );
});

test.each(["__proto__", "constructor", "toString"])("a hint may be called %s", async (name) => {
  const hints = `HTTP/1.1 103 Early Hints\r\nLink: </a.css>; rel=preload\r\n${name}: 1\r\n${name}: 2\r\n\r\n`;
  const { backend } = await recordingBackend(`${hints}${ok}`);
  const { port } = await startFront([backend]);
  const answer = await exchangeRaw(port, lines("GET / HTTP/1.1", "Host: a", "Connection: close"));
  expect(answer).toContain(
    `103 Early Hints\r\nLink: </a.css>; rel=preload\r\n${name}: 1\r\n${name}: 2\r\n\r\nHTTP/1.1 200 OK\r\n`,
  );
});

test("a hint keeps the spelling and order of its fields, each Set-Cookie of its own, with and without a Link", async () => {
  const cookies = "set-Cookie: a=1; Expires=Wed, 21 Oct 2026 07:28:00 GMT\r\nX: \xe4\r\nSet-Cookie: b=2\r\n";
  const first = `HTTP/1.1 103 Early Hints\r\n${cookies}\r\n`;
  const second = `HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n${cookies}LINK: not a link at all\r\n\r\n`;
  const { backend } = await recordingBackend(`${first}${second}${ok}`);
  const { port } = await startFront([backend]);
  const answer = await exchangeRaw(port, lines("GET / HTTP/1.1", "Host: a", "Connection: close"));
  expect(answer.startsWith(`${first}${second}HTTP/1.1 200 OK\r\n`)).toBe(true);
});

test("chunk sizes that Apache 1.3 pads with spaces are understood", async () => {
  const { backend } = await recordingBackend(
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2   \r\nok\r\n0\r\n\r\n",
  );
  const { port } = await startFront([backend]);
  const answer = await exchangeRaw(port, lines("GET / HTTP/1.1", "Host: a", "Connection: close"));
  expect(answer).toMatch(/\r\n\r\n2\r\nok\r\n0\r\n\r\n$/);
});

test("a body that cannot be read from its first byte: the client gets the head and sees that no more comes", async () => {
  const { backend } = await recordingBackend("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n");
  const { port, settled, outcomes } = await startFront([backend]);
  const answer = await exchangeRaw(port, lines("GET / HTTP/1.1", "Host: a"));
  expect(answer).toMatch(/^HTTP\/1\.1 200 OK\r\n(?:[A-Z].*\r\n)*Transfer-Encoding: chunked\r\n(?:[A-Z].*\r\n)*\r\n$/);
  await settled(1);
  expect(outcomes[0]?.error?.code).toBe("BACKHAND_UPSTREAM_RESET");
});

test("large heads arrive whole both ways, each field in its place", async () => {
  const cookies = Array.from({ length: 100 }, (_, index) => `Set-Cookie: c${index}=${"v".repeat(400)}`);
  const { backend, state } = await recordingBackend(lines("HTTP/1.1 200 OK", ...cookies, "Content-Length: 0"));
  const { port, announce } = await startTestServer(
    "AcceptStats 127.0.0.0/8\n<Location />\nBackhand removeSelf\nBackhand byRandom\n</Location>\n",
  );
  announce(backend);
  const fields = Array.from({ length: 90 }, (_, index) => `X-F${index}: ${String(index).repeat(200)}`);
  const longest = `X-Long: ${"y".repeat(8100)}`;
  const answer = await exchangeRaw(port, lines("GET / HTTP/1.1", "Host: a", "Connection: close", ...fields, longest));
  expect(answer.split("\r\n").filter((line) => line.startsWith("Set-Cookie"))).toEqual(cookies);
  const told = state.received.split("\r\n").filter((line) => /^X-(?:F\d|Long)/.test(line));
  expect(told).toEqual([...fields, longest]);
});

test("nine informational answers are relayed, as by httpd; a tenth is no answer any more", async () => {
  const hint = "HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n";
  for (const [count, end] of [
    [9, "200 OK"],
    [10, "502 Bad Gateway"],
  ] as const) {
    const { backend } = await recordingBackend(`${hint.repeat(count)}${ok}`);
    const { port } = await startFront([backend], { maxTries: 1 });
    const answer = await exchangeRaw(port, lines("GET / HTTP/1.1", "Host: a", "Connection: close"));
    expect(answer.match(/^HTTP\/1\.1 .*/gm)?.map((line) => line.slice(9).trim())).toEqual([
      ...Array.from({ length: 9 }, () => "103 Early Hints"),
      end,
    ]);
  }
});

test.each([
  ["both framings", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"],
  ["a length twice", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 2\r\n\r\nok"],
  ["two lengths in one field", "HTTP/1.1 200 OK\r\nContent-Length: 2, 2\r\n\r\nok"],
  ["a coding besides chunked", "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n"],
  ["a coding in HTTP/1.0", "HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"],
  ["a folded field", "HTTP/1.1 200 OK\r\nX: 1\r\n 2\r\nContent-Length: 2\r\n\r\nok"],
  ["bare line feeds", "HTTP/1.1 200 OK\nContent-Length: 2\n\nok\r\n\r\n"],
  ["a space before a colon", "HTTP/1.1 200 OK\r\nContent-Length : 2\r\n\r\nok"],
  ["a control in a value", "HTTP/1.1 200 OK\r\nX: a\0b\r\nContent-Length: 2\r\n\r\nok"],
  ["another version", "HTTP/1.2 200 OK\r\nContent-Length: 2\r\n\r\nok"],
  ["another protocol", "SSH-2.0-x\r\n"],
  ["a status that is none", "HTTP/1.1 2x0 OK\r\nContent-Length: 2\r\n\r\nok"],
  ["a head without end", `HTTP/1.1 200 OK\r\nX: ${"y".repeat(70_000)}`],
])("a server's answer with %s is not passed on: 502", async (_what, bytes) => {
  const { backend } = await recordingBackend(bytes);
  const { port } = await startFront([backend], { maxTries: 1 });
  const answer = await exchangeRaw(port, lines("GET / HTTP/1.1", "Host: a", "Connection: close"));
  expect(answer).toMatch(/^HTTP\/1\.1 502 [^]*BACKHAND_UPSTREAM_RESET/);
});

describe("kept connections", () => {
  test("one that brought more than its answer is not used again", async () => {
    const evil = "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil";
    const { backend, state } = await recordingBackend(`${ok}${evil}`);
    const { port } = await startFront([backend]);
    for (let count = 0; count < 3; count += 1) {
      expect(await (await fetch(`http://127.0.0.1:${port}/`)).text()).toBe("ok");
    }
    expect(state.connections).toBe(3);
  });

  test("bytes that nobody asked for close one that waits", async () => {
    let open: Socket | null = null;
    const backend = await startRawBackend("a", (socket) => {
      open = socket;
      socket.on("data", () => socket.write(ok));
      socket.on("end", () => socket.end());
    });
    const { port } = await startFront([backend]);
    expect(await (await fetch(`http://127.0.0.1:${port}/`)).text()).toBe("ok");
    (open as Socket | null)?.write("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil");
    await eventually(() => backend.sockets.size === 0, "the connection is closed");
    expect(await (await fetch(`http://127.0.0.1:${port}/`)).text()).toBe("ok");
  });

  test.each([
    ["says close", "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok", 2],
    ["speaks HTTP/1.0", "HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok", 2],
    ["speaks HTTP/1.0 and keeps it", "HTTP/1.0 200 OK\r\nConnection: Keep-Alive\r\nContent-Length: 2\r\n\r\nok", 1],
    ["keeps it for a second", "HTTP/1.1 200 OK\r\nKeep-Alive: timeout=1\r\nContent-Length: 2\r\n\r\nok", 2],
    ["keeps it for a while", "HTTP/1.1 200 OK\r\nKeep-Alive: timeout=15, max=9\r\nContent-Length: 2\r\n\r\nok", 1],
    ["has no body", "HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n", 1],
  ])("a server that %s: two requests over %# connections", async (_what, bytes, connections) => {
    const { backend, state } = await recordingBackend(bytes);
    const { port } = await startFront([backend]);
    for (let count = 0; count < 2; count += 1) await (await fetch(`http://127.0.0.1:${port}/`)).text();
    expect(state.connections).toBe(connections);
  });
});

describe("a client that asks whether to send its body", () => {
  const head = lines("POST /app/ HTTP/1.1", "Host: a", "Expect: 100-continue", "Content-Length: 5");
  const balanced = "AcceptStats 127.0.0.0/8\n<Location /app>\nBackhand byRandom\nBackhand removeSelf\n</Location>\n";

  async function ask(backend: Parameters<Awaited<ReturnType<typeof startTestServer>>["announce"]>[0]) {
    const { port, announce } = await startTestServer(balanced);
    announce(backend);
    const socket = connect(port, "127.0.0.1");
    socket.on("error", () => undefined);
    const state = { text: "", isClosed: false };
    socket.on("data", (chunk: Buffer) => (state.text += chunk.toString("latin1")));
    socket.once("close", () => (state.isClosed = true));
    socket.write(head);
    return { socket, state };
  }

  test("is answered by the server, which gets the body then", async () => {
    const backend = await startBackend("a");
    let asked = false;
    backend.server.on(
      "checkContinue",
      (request: Socket, response: { writeContinue: () => void; end: (text: string) => void }) => {
        asked = true;
        response.writeContinue();
        request.on("data", (chunk: Buffer) => {
          response.end(`got ${chunk.toString()}`);
        });
      },
    );
    const { socket, state } = await ask(backend);
    await eventually(() => state.text.includes("HTTP/1.1 100 Continue\r\n\r\n"), "the client is told to go on");
    expect(asked).toBe(true);
    socket.write("hello");
    await eventually(() => state.text.includes("got hello"), "the answer came");
    expect(state.isClosed).toBe(false);
    socket.destroy();
  });

  test("is refused by the server without sending it, and its connection closed", async () => {
    const backend = await startRawBackend("a", (socket) => {
      socket.on("data", () => socket.write("HTTP/1.1 403 Forbidden\r\nContent-Length: 2\r\n\r\nno"));
      socket.on("end", () => socket.end());
    });
    const { state } = await ask(backend);
    await eventually(() => state.isClosed, "the connection is closed");
    expect(state.text).toMatch(/^HTTP\/1\.1 403 [^]*\r\n\r\nno$/);
  });

  test("is told to go on after a second when the server says nothing", async () => {
    const backend = await startRawBackend("a", (socket) => {
      let text = "";
      socket.on("data", (chunk: Buffer) => {
        text += chunk.toString("latin1");
        if (text.endsWith("hello")) socket.write(ok);
      });
      socket.on("end", () => socket.end());
    });
    const { socket, state } = await ask(backend);
    await eventually(() => state.text.startsWith("HTTP/1.1 100 "), "the client is told to go on");
    socket.write("hello");
    await eventually(() => state.text.endsWith("ok"), "the answer came");
    socket.destroy();
  });

  test("and is refused here is not told to go on", async () => {
    const { port } = await startTestServer(`${balanced}LimitRequestBody 2\n`);
    expect(await exchangeRaw(port, head)).toMatch(/^HTTP\/1\.1 413 /);
  });
});

test("a body that is only half there when the answer comes: the server's connection is not used again", async () => {
  let connections = 0;
  const backend = await startRawBackend("a", (socket) => {
    connections += 1;
    socket.once("data", () => socket.write(ok));
    socket.on("end", () => socket.end());
  });
  const front = await startFront([backend]);
  const socket = connect(front.port, "127.0.0.1");
  socket.write(`${lines("POST / HTTP/1.1", "Host: a", "Content-Length: 100000")}half`);
  const [answer] = (await once(socket, "data")) as [Buffer];
  expect(answer.toString()).toMatch(/^HTTP\/1\.1 200 /);
  expect(await (await fetch(`http://127.0.0.1:${front.port}/`)).text()).toBe("ok");
  expect(connections).toBe(2);
  socket.destroy();
});

describe("bodies arrive as they were sent", () => {
  const digest = (bytes: Buffer): string => createHash("sha256").update(bytes).digest("hex");

  test("many at once, of all sizes, to slow and quick clients, with and without a length", async () => {
    const sizes = [1, 300, 16_384, 16_385, 65_536, 131_072, 131_073, 700_000, 3_000_000];
    const bodies = new Map(sizes.map((size) => [`/${size}`, randomBytes(size)]));
    const backend = await startBackend("a", (request, response) => {
      const body = bodies.get(request.url?.split("?")[0] ?? "") ?? Buffer.alloc(0);
      if (request.url?.endsWith("?length") === true) response.setHeader("Content-Length", body.length);
      response.end(body);
    });
    const front = await startFront([backend]);
    const download = async (path: string, isSlow: boolean): Promise<string> => {
      const outgoing = get({ port: front.port, path, agent: false });
      const [answer] = (await once(outgoing, "response")) as [IncomingMessage];
      const hash = createHash("sha256");
      for await (const chunk of answer) {
        hash.update(chunk as Buffer);
        if (isSlow) await new Promise((resolve) => setTimeout(resolve, 1));
      }
      return hash.digest("hex");
    };
    for (let round = 0; round < 3; round += 1) {
      const all = sizes.flatMap((size) =>
        ["?length", "?chunks"].flatMap((query) =>
          [true, false].map((isSlow) => ({ path: `/${size}${query}`, isSlow, size })),
        ),
      );
      const got = await Promise.all(all.map(({ path, isSlow }) => download(path, isSlow)));
      expect(got).toEqual(all.map(({ size }) => digest(bodies.get(`/${size}`) ?? Buffer.alloc(0))));
    }
    expect(front.outcomes.every(({ error }) => error === null)).toBe(true);
  });

  test("clients that leave in the middle spoil no other's", async () => {
    const body = randomBytes(2_000_000);
    const backend = await startBackend("a", (_request, response) => response.end(body));
    const front = await startFront([backend]);
    const leave = async (): Promise<void> => {
      const outgoing = get({ port: front.port, path: "/", agent: false });
      const [answer] = (await once(outgoing, "response")) as [IncomingMessage];
      await once(answer, "data");
      answer.on("error", () => undefined);
      outgoing.destroy();
    };
    const stay = async (): Promise<string> => {
      const answer = await fetch(`http://127.0.0.1:${front.port}/`);
      return digest(Buffer.from(await answer.arrayBuffer()));
    };
    for (let round = 0; round < 5; round += 1) {
      const [hashes] = await Promise.all([Promise.all([stay(), stay(), stay()]), leave(), leave(), leave()]);
      expect(hashes).toEqual(Array.from({ length: 3 }, () => digest(body)));
    }
  });
});
