import type { ServerResponse } from "node:http";
import { connect } from "node:net";
import type { Socket } from "node:net";
import { eventually, onStop, startBackend, stopAll } from "../proxy/support.ts";
import { ask, reloadTestServer, startTestServer } from "./support.ts";
import type { TestServer } from "./support.ts";

afterEach(stopAll);

const balanced = (words: string): string => `AcceptStats 127.0.0.0/8
<Location />
Backhand byRandom
Backhand removeSelf
</Location>
<IfModule mod_backhand_ng.c>
BackhandMaxInflight ${words}
</IfModule>
`;

/** A server that answers when it is told to. */
async function slowBackend(id: string) {
  const open: ServerResponse[] = [];
  /** Of all requests, in the order in which they came. */
  const targets: string[] = [];
  let most = 0;
  const backend = await startBackend(id, (request, response) => {
    request.resume();
    targets.push(request.url ?? "");
    open.push(response);
    most = Math.max(most, open.length);
  });
  return { backend, open, targets, most: () => most, answer: () => open.shift()?.end(id) };
}

/** A connection that has sent so much, and what came back. */
function sent(port: number, bytes: string): { readonly socket: Socket; readonly text: () => string } {
  const socket = connect(port, "127.0.0.1");
  let text = "";
  socket.on("error", () => undefined);
  socket.on("data", (chunk: Buffer) => (text += chunk.toString("latin1")));
  socket.write(bytes);
  onStop(() => Promise.resolve(void socket.destroy()));
  return { socket, text: () => text };
}

const upload = "POST /upload HTTP/1.1\r\nHost: front\r\nContent-Length: 5\r\n\r\n";

/** Requests that come one after the other, each once the one before is there. */
async function inOrder({ port, server }: TestServer, paths: readonly string[]) {
  const answers: ReturnType<typeof ask>[] = [];
  for (const path of paths) {
    const before = server.busy();
    answers.push(ask(port, path));
    await eventually(() => server.busy() === before + 1, `${path} is there`);
  }
  return answers;
}

test("a server gets no more than it may have; the others wait for it, those beyond the queue get 503", async () => {
  const { backend, open, most, answer } = await slowBackend("web1");
  const { port, announce, server } = await startTestServer(balanced("2 queue=3 wait=20000"));
  announce(backend);
  const all = Array.from({ length: 5 }, () => ask(port, "/"));
  await eventually(() => open.length === 2, "two are with the server");
  // The queue is full once the others wait.
  await eventually(() => server.busy() === 5, "the others wait");
  await new Promise((resolve) => setTimeout(resolve, 50));
  const refused = await ask(port, "/");
  expect([refused.status, refused.headers["retry-after"]]).toEqual([503, "2"]);
  for (let count = 0; count < 5; count += 1) {
    await eventually(() => open.length > 0, "a request is with the server");
    answer();
  }
  expect((await Promise.all(all)).map(({ status, body }) => [status, body])).toEqual(
    Array.from({ length: 5 }, () => [200, "web1"]),
  );
  expect(most()).toBe(2);
});

test("who waited for too long gets 503", async () => {
  const { backend, open } = await slowBackend("web1");
  const { port, announce } = await startTestServer(balanced("1 wait=50"));
  announce(backend);
  const first = ask(port, "/");
  await eventually(() => open.length === 1, "the first is with the server");
  expect((await ask(port, "/")).status).toBe(503);
  open[0]?.end();
  expect((await first).status).toBe(200);
});

test("while one server is full another takes the request", async () => {
  const slow = await slowBackend("web1");
  const other = await slowBackend("web2");
  const { port, announce } = await startTestServer(balanced("1"));
  announce(slow.backend);
  announce(other.backend);
  const both = [ask(port, "/"), ask(port, "/")];
  await eventually(() => slow.open.length === 1 && other.open.length === 1, "each has one");
  slow.answer();
  other.answer();
  expect((await Promise.all(both)).map(({ body }) => body).toSorted()).toEqual(["web1", "web2"]);
});

test("a client that leaves while it waits takes no place", async () => {
  const { backend, open, answer } = await slowBackend("web1");
  const { port, announce, server } = await startTestServer(balanced("1 wait=20000"));
  announce(backend);
  const first = ask(port, "/");
  await eventually(() => open.length === 1, "the first is with the server");
  const leaving = new AbortController();
  const left = fetch(`http://127.0.0.1:${port}/`, { signal: leaving.signal }).catch(() => "left");
  await eventually(() => server.busy() === 2, "the second waits");
  leaving.abort();
  expect(await left).toBe("left");
  // Only its system's answers to two signs of life, one second apart, tell that it does not wait any more.
  await new Promise((resolve) => setTimeout(resolve, 3000));
  answer();
  expect((await first).status).toBe(200);
  await eventually(() => server.busy() === 0, "nobody waits any more");
  const next = ask(port, "/");
  await eventually(() => open.length === 1, "the next is with the server");
  answer();
  expect((await next).status).toBe(200);
});

test("a request whose body comes when its server has become full waits like others", async () => {
  const { backend, open, targets, answer } = await slowBackend("web1");
  const front = await startTestServer(balanced("1 wait=20000"));
  front.announce(backend);
  const slow = sent(front.port, upload);
  await eventually(() => front.server.busy() === 1, "the upload is there");
  const quick = ask(front.port, "/quick");
  await eventually(() => open.length === 1, "the other is with the server");
  slow.socket.write("hello");
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(slow.text()).toBe("");
  answer();
  expect((await quick).status).toBe(200);
  await eventually(() => open.length === 1, "the upload is with the server");
  answer();
  await eventually(() => slow.text().includes("web1"), "it is answered");
  expect(slow.text()).toMatch(/^HTTP\/1\.1 200 /);
  expect(targets).toEqual(["/quick", "/upload"]);
});

test("who does not send its body keeps nobody from a place", async () => {
  const { backend, open, targets, answer } = await slowBackend("web1");
  const front = await startTestServer(balanced("1 queue=5 wait=20000"));
  front.announce(backend);
  const first = ask(front.port, "/first");
  await eventually(() => open.length === 1, "the first is with the server");
  sent(front.port, upload);
  await eventually(() => front.server.busy() === 2, "the upload is there");
  const next = ask(front.port, "/next");
  await eventually(() => front.server.busy() === 3, "the next waits");
  answer();
  await eventually(() => open.length === 1, "the next is with the server");
  answer();
  expect((await Promise.all([first, next])).map(({ status }) => status)).toEqual([200, 200]);
  expect(targets).toEqual(["/first", "/next"]);
});

test("who leaves while it waits makes room in the queue", async () => {
  const { backend, open, targets, answer } = await slowBackend("web1");
  const front = await startTestServer(balanced("1 queue=1 wait=20000"));
  front.announce(backend);
  const first = ask(front.port, "/first");
  await eventually(() => open.length === 1, "the first is with the server");
  const leaving = sent(front.port, "GET /leaving HTTP/1.1\r\nHost: front\r\n\r\n");
  await eventually(() => front.server.busy() === 2, "the second waits");
  expect((await ask(front.port, "/refused")).status).toBe(503);
  leaving.socket.resetAndDestroy();
  await eventually(() => front.server.busy() === 1, "the second has left");
  const next = ask(front.port, "/next");
  await eventually(() => front.server.busy() === 2, "the next waits");
  answer();
  await eventually(() => open.length === 1, "the next is with the server");
  answer();
  expect((await Promise.all([first, next])).map(({ status }) => status)).toEqual([200, 200]);
  expect(targets).toEqual(["/first", "/next"]);
});

test.each([1, 2])("a reload with a limit of %i sends nobody away, keeps the order and the limit", async (limit) => {
  const { backend, open, targets, answer, most } = await slowBackend("web1");
  const front = await startTestServer(balanced("1 queue=5 wait=20000"));
  front.announce(backend);
  const paths = ["/a", "/b", "/c", "/d"];
  const all = await inOrder(front, paths);
  expect(targets).toEqual(["/a"]);
  await reloadTestServer(front, balanced(`${limit} queue=5 wait=20000`));
  await eventually(() => open.length === limit, "as many as may are with the server");
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(targets).toEqual(paths.slice(0, limit));
  for (let count = limit + 1; count <= paths.length; count += 1) {
    answer();
    await eventually(() => targets.length === count, "the next is with the server");
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(targets).toEqual(paths.slice(0, count));
  }
  while (open.length > 0) answer();
  expect((await Promise.all(all)).map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  expect(most()).toBe(limit);
});

test("a reload without the limit lets all in", async () => {
  const { backend, open, answer } = await slowBackend("web1");
  const front = await startTestServer(balanced("1 queue=5 wait=20000"));
  front.announce(backend);
  const all = await inOrder(front, ["/a", "/b", "/c"]);
  await reloadTestServer(front, balanced("1").replace(/^BackhandMaxInflight.*$/m, ""));
  await eventually(() => open.length === 3, "all are with the server");
  while (open.length > 0) answer();
  expect((await Promise.all(all)).map(({ status }) => status)).toEqual([200, 200, 200]);
});

test("while the servers before this one in the list are full it answers itself", async () => {
  const { backend, open, answer } = await slowBackend("web1");
  const text = balanced("1 queue=5 wait=20000").replace("Backhand removeSelf", "");
  const front = await startTestServer(text);
  front.announce(backend);
  const all = Array.from({ length: 20 }, () => ask(front.port, "/index.html"));
  let own = 0;
  for (const each of all) void each.then(({ body }) => (own += body === "home\n" ? 1 : 0));
  await eventually(() => own + open.length === 20, "each has its answer or is with the server");
  // One chance in a million that the server was never the first.
  expect(open.length).toBe(1);
  answer();
  expect((await Promise.all(all)).map(({ status }) => status)).toEqual(Array.from({ length: 20 }, () => 200));
});

test("a connection that is to change its protocol waits as well, and may leave", async () => {
  const { backend, open, targets, answer } = await slowBackend("web1");
  const front = await startTestServer(balanced("1 queue=1 wait=20000"));
  front.announce(backend);
  const first = ask(front.port, "/first");
  await eventually(() => open.length === 1, "the first is with the server");
  const upgrade =
    "GET /socket HTTP/1.1\r\nHost: front\r\nConnection: upgrade\r\nUpgrade: websocket\r\n" +
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n";
  const leaving = sent(front.port, upgrade);
  await eventually(() => front.server.busy() === 2, "it waits");
  leaving.socket.end();
  await eventually(() => front.server.busy() === 1, "it has left");
  const patient = sent(front.port, upgrade);
  await eventually(() => front.server.busy() === 2, "another waits");
  answer();
  await eventually(() => open.length === 1, "it is with the server");
  answer();
  await eventually(() => patient.text().includes("web1"), "it is answered");
  expect((await first).status).toBe(200);
  expect(targets).toEqual(["/first", "/socket"]);
});

test("requests whose bodies come all at once wait, also where this server is in the list behind the full one", async () => {
  const { backend, open, targets, answer, most } = await slowBackend("web1");
  const front = await startTestServer(balanced("1 queue=50 wait=20000").replace("Backhand removeSelf", ""));
  front.announce(backend);
  const all = Array.from({ length: 30 }, () => sent(front.port, upload));
  const own = (): number => all.filter(({ text }) => text() !== "").length;
  await eventually(() => own() + front.server.busy() === 30, "each has its answer or waits for its body");
  const remote = 30 - own();
  for (const { socket } of all) if (!socket.destroyed) socket.write("hello");
  for (let count = 1; count <= remote; count += 1) {
    await eventually(() => open.length === 1, "one is with the server");
    answer();
  }
  await eventually(() => own() === 30, "all are answered");
  const statuses = all.map(({ text }) => text().slice(9, 12));
  expect(statuses.filter((status) => status === "503")).toEqual([]);
  expect(targets.length).toBe(remote);
  expect(most()).toBe(1);
});
