import type { ServerResponse } from "node:http";
import { eventually, startBackend, stopAll } from "../proxy/support.ts";
import { ask, startTestServer } from "./support.ts";

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
  let most = 0;
  const backend = await startBackend(id, (_request, response) => {
    open.push(response);
    most = Math.max(most, open.length);
  });
  return { backend, open, most: () => most, answer: () => open.shift()?.end(id) };
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
