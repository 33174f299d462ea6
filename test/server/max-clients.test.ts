import { once } from "node:events";
import { request as httpRequest } from "node:http";
import type { ServerResponse } from "node:http";
import { connect as connectHttp2 } from "node:http2";
import { connect } from "node:net";
import type { Socket } from "node:net";
import { WebSocket, WebSocketServer } from "ws";
import type { Backend } from "../proxy/support.ts";
import { eventually, onStop, startBackend, startRawBackend, stopAll } from "../proxy/support.ts";
import { certificateFor } from "../support/certificates.ts";
import { ask, reloadTestServer, startTestServer } from "./support.ts";
import type { TestServer } from "./support.ts";

afterEach(stopAll);

const balanced = (limit: number, more = ""): string => `AcceptStats 127.0.0.0/8
MaxClients ${limit}
${more}
<Location /app>
Backhand byRandom
Backhand removeSelf
</Location>
<Location /status>
SetHandler backhand-handler
</Location>
`;

/** A server that answers when it is told to, the first first. */
async function slowBackend(id = "web1") {
  const open: { readonly response: ServerResponse; readonly url: string }[] = [];
  let most = 0;
  const seen: string[] = [];
  const backend = await startBackend(id, (request, response) => {
    const entry = { response, url: request.url ?? "" };
    open.push(entry);
    seen.push(entry.url);
    most = Math.max(most, open.length);
    response.once("close", () => {
      if (open.includes(entry)) open.splice(open.indexOf(entry), 1);
    });
  });
  return { backend, open, seen, most: () => most, answer: () => open.shift()?.response.end(id) };
}

const placesOf = ({ server }: TestServer) => server.status().places;

function openSocket(port: number, text: string): Socket {
  const socket = connect(port, "127.0.0.1");
  socket.on("error", () => undefined);
  socket.resume();
  socket.write(text);
  onStop(() => {
    socket.destroy();
    return Promise.resolve();
  });
  return socket;
}

test("of 50 requests at a time no more are served than the limit says, and all get their answer", async () => {
  const { backend, open, most, answer } = await slowBackend();
  const front = await startTestServer(balanced(7));
  front.announce(backend);
  const asked = Promise.all(Array.from({ length: 50 }, () => ask(front.port, "/app")));
  await eventually(() => placesOf(front)?.waiting === 43 && open.length === 7, "seven are served, the others wait");
  for (let turn = 0; turn < 50; turn += 1) {
    await eventually(() => open.length === Math.min(7, 50 - turn), "the next takes the place");
    answer();
  }
  const answers = await asked;
  expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 50 }, () => 200));
  expect(most()).toBe(7);
  expect(placesOf(front)).toMatchObject({ limit: 7, taken: 0, waiting: 0, refused: 0 });
});

test("those that wait are served in their order; pages about the server and refusals need no place", async () => {
  const { backend, open, seen, answer } = await slowBackend();
  const front = await startTestServer(balanced(1, "Redirect /old http://other.example/"));
  front.announce(backend);
  const all: Promise<unknown>[] = [];
  for (const [index, path] of ["/app/1", "/app/2", "/app/3"].entries()) {
    all.push(ask(front.port, path));
    await eventually(() => front.server.busy() === index + 1, "it is there");
  }
  await eventually(() => placesOf(front)?.waiting === 2, "two wait");
  const page = await ask(front.port, "/status?format=json");
  expect(JSON.parse(page.body)).toMatchObject({ places: { limit: 1, taken: 1, waiting: 2 } });
  expect((await ask(front.port, "/status/metrics")).body).toMatch(/^backhand_places_waiting 2$/m);
  expect((await ask(front.port, "/status")).body).toContain("MaxClients 1: 1 places taken, 2 requests wait");
  expect((await ask(front.port, "/old")).status).toBe(302);
  for (let turn = 0; turn < 3; turn += 1) {
    await eventually(() => open.length > 0, "the next is served");
    answer();
  }
  await Promise.all(all);
  expect(seen).toEqual(["/app/1", "/app/2", "/app/3"]);
});

test("who waits for as long as Timeout says gets 503 with Retry-After, and the log says why", async () => {
  const { backend, open, answer } = await slowBackend();
  const front = await startTestServer(balanced(1, "Timeout 1\nListenBacklog 1"));
  front.announce(backend);
  const first = ask(front.port, "/app");
  await eventually(() => open.length === 1, "the first is served");
  const second = ask(front.port, "/app");
  await eventually(() => placesOf(front)?.waiting === 1, "the second waits");
  const third = await ask(front.port, "/app");
  const late = await second;
  for (const refused of [third, late]) {
    expect([refused.status, refused.headers["retry-after"]]).toEqual([503, "2"]);
  }
  answer();
  expect((await first).status).toBe(200);
  expect(front.stderr()).toMatch(/MaxClients \(MaxRequestWorkers\) 1: all places are taken/);
  expect(front.stderr()).toMatch(/as many requests wait as ListenBacklog says/);
  expect(front.stderr()).toMatch(/for as long as Timeout says, and get 503/);
});

test("files of this server take places, too, and idle connections none", async () => {
  const { backend, open, answer } = await slowBackend();
  const front = await startTestServer(balanced(1));
  front.announce(backend);
  // Answered, and kept open.
  const idle = [1, 2, 3].map(() => openSocket(front.port, "GET /index.html HTTP/1.1\r\nHost: front\r\n\r\n"));
  for (const socket of idle) await eventually(() => socket.bytesRead > 0, "it is answered");
  await eventually(() => placesOf(front)?.taken === 0, "all places are free");
  const first = ask(front.port, "/app");
  await eventually(() => open.length === 1, "the first is served");
  const file = ask(front.port, "/index.html");
  await eventually(() => placesOf(front)?.waiting === 1, "the file waits");
  answer();
  expect((await file).body).toBe("home\n");
  await first;
});

test("clients that leave while they wait give up their place in the row, WebSockets included", async () => {
  const { backend, open, seen, answer } = await slowBackend();
  const front = await startTestServer(balanced(1));
  front.announce(backend);
  const first = ask(front.port, "/app/first");
  await eventually(() => open.length === 1, "the first is served");
  const upgrade =
    "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: eA==\r\nSec-WebSocket-Version: 13\r\n";
  const waiting = [
    openSocket(front.port, "GET /app/gone HTTP/1.1\r\nHost: front\r\n\r\n"),
    // Two in a row: the second waits for the answer to the first, and for no place until then.
    openSocket(front.port, "GET /app/gone HTTP/1.1\r\nHost: front\r\n\r\n".repeat(2)),
    openSocket(front.port, `GET /app/gone HTTP/1.1\r\nHost: front\r\n${upgrade}\r\n`),
    openSocket(front.port, `GET /app/gone HTTP/1.1\r\nHost: front\r\n${upgrade}\r\n`),
  ];
  await eventually(() => placesOf(front)?.waiting === 4, "all wait");
  waiting[0]?.destroy();
  waiting[1]?.resetAndDestroy();
  waiting[2]?.resetAndDestroy();
  waiting[3]?.end();
  await eventually(() => placesOf(front)?.waiting === 0, "nobody waits any more");
  answer();
  expect((await first).status).toBe(200);
  await eventually(() => front.server.busy() === 0, "nothing is being handled");
  expect(placesOf(front)).toMatchObject({ taken: 0, refused: 0 });
  expect(seen).toEqual(["/app/first"]);
});

test("a WebSocket has a place until it is closed, as with httpd; one that had to wait works", async () => {
  const echo = new WebSocketServer({ port: 0, host: "127.0.0.1" });
  echo.on("connection", (socket) => {
    socket.on("message", (data) => {
      socket.send(data);
    });
  });
  await once(echo, "listening");
  onStop(
    () =>
      new Promise((resolve) => {
        echo.close(() => {
          resolve();
        });
      }),
  );
  const backend = { id: "web1", port: (echo.address() as { port: number }).port };
  const front = await startTestServer(balanced(1));
  front.announce(backend);
  const open = (): WebSocket => new WebSocket(`ws://127.0.0.1:${front.port}/app`);
  const first = open();
  await once(first, "open");
  const second = open();
  await eventually(() => placesOf(front)?.waiting === 1, "the second waits");
  first.close();
  await once(second, "open");
  second.send("hello");
  const [data] = (await once(second, "message")) as [Buffer];
  expect(data.toString()).toBe("hello");
  second.terminate();
  await eventually(() => placesOf(front)?.taken === 0, "all places are free");
});

test("streams of one HTTP/2 connection take a place each", async () => {
  const { cert, key } = await certificateFor("front");
  const { backend, open, most, answer } = await slowBackend();
  const secure = "Protocols h2 http/1.1\nSSLEngine on\nSSLCertificateFile FOLDER/front.pem\n";
  const front = await startTestServer(secure + balanced(2), { "front.pem": cert + key });
  front.announce(backend);
  const session = connectHttp2(`https://127.0.0.1:${front.port}`, { rejectUnauthorized: false, servername: "front" });
  onStop(() => {
    session.destroy();
    return Promise.resolve();
  });
  const streams = Array.from({ length: 6 }, () => session.request({ ":path": "/app", ":authority": "front" }));
  const statuses: number[] = [];
  for (const stream of streams) {
    stream.on("response", (fields) => statuses.push(Number(fields[":status"])));
    stream.on("error", () => undefined);
    stream.resume();
  }
  await eventually(() => open.length === 2 && placesOf(front)?.waiting === 4, "two are served");
  streams[5]?.close();
  await eventually(() => placesOf(front)?.waiting === 3, "one has left");
  for (let turn = 0; turn < 5; turn += 1) {
    await eventually(() => open.length > 0, "the next is served");
    answer();
  }
  await eventually(() => statuses.length === 5, "all are answered");
  expect([statuses, most()]).toEqual([[200, 200, 200, 200, 200], 2]);
  await eventually(() => placesOf(front)?.taken === 0, "all places are free");
});

test("a reload changes the limit under those that wait, up and down", async () => {
  const { backend, open, answer } = await slowBackend();
  const front = await startTestServer(balanced(1));
  front.announce(backend);
  const reload = (limit: string): Promise<void> => reloadTestServer(front, balanced(9).replace("MaxClients 9", limit));
  const all = Array.from({ length: 5 }, () => ask(front.port, "/app"));
  await eventually(() => open.length === 1 && placesOf(front)?.waiting === 4, "one is served");
  await reload("MaxClients 3");
  await eventually(() => open.length === 3, "three are served");
  await reload("MaxClients 1");
  answer();
  answer();
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect([open.length, placesOf(front)]).toEqual([1, expect.objectContaining({ limit: 1, taken: 1, waiting: 2 })]);
  await reload("");
  await eventually(() => open.length === 3, "all are served");
  expect(placesOf(front)).toBe(null);
  for (let turn = 0; turn < 3; turn += 1) answer();
  expect((await Promise.all(all)).map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
});

test("two servers that give each other all requests do not wait for each other", async () => {
  const pipeline = "MaxClients 1\nTimeout 30\nBackhand removeSelf\nBackhand byRandom\n";
  const cluster = "AcceptStats 127.0.0.0/8\n";
  const [one, other] = await Promise.all([
    startTestServer(`${cluster}ServerName one\n${pipeline}`, { "htdocs/page": "one" }),
    startTestServer(`${cluster}ServerName other\n${pipeline}`, { "htdocs/page": "other" }),
  ]);
  one.announce({ id: "other", port: other.port });
  other.announce({ id: "one", port: one.port });
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, index) => ask((index % 2 === 0 ? one : other).port, "/page")),
  );
  expect(answers.map(({ status, body }) => [status, body])).toEqual(
    Array.from({ length: 20 }, (_, index) => [200, index % 2 === 0 ? "other" : "one"]),
  );
});

test("after traffic with clients that leave and servers that die all places are free", async () => {
  let turn = 0;
  const dying = await startRawBackend("web1", (socket) => {
    socket.on("data", () => {
      turn += 1;
      if (turn % 3 === 0) socket.destroy();
      else if (turn % 3 === 1) socket.end("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf");
      else socket.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
    });
  });
  const well = await startBackend("web2");
  const front = await startTestServer(balanced(3, "BackhandTimeout first-byte=2"));
  const announce = (backend: Pick<Backend, "id" | "port">): void => {
    front.announce(backend);
  };
  announce(dying);
  announce(well);
  let seed = 1;
  const random = (): number => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647;
  const one = (): Promise<void> =>
    new Promise((resolve) => {
      const outgoing = httpRequest({
        port: front.port,
        host: "127.0.0.1",
        path: random() < 0.7 ? "/app" : "/index.html",
        method: random() < 0.3 ? "POST" : "GET",
        agent: false,
      });
      outgoing.on("error", () => undefined);
      outgoing.on("close", resolve);
      outgoing.on("response", (answer) => {
        answer.on("error", () => undefined);
        answer.resume();
      });
      outgoing.end(random() < 0.5 ? "" : "x".repeat(1000));
      if (random() < 0.4) setTimeout(() => outgoing.destroy(), random() * 10);
    });
  for (let round = 0; round < 15; round += 1) await Promise.all(Array.from({ length: 20 }, one));
  await eventually(() => front.server.busy() === 0, "nothing is being handled");
  expect(placesOf(front)).toMatchObject({ taken: 0, waiting: 0, refused: 0 });
});
