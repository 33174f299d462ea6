import { spawn } from "node:child_process";
import { once } from "node:events";
import { connect } from "node:net";
import type { Socket } from "node:net";
import { onStop, startBackend, startRawBackend, stopAll } from "../proxy/support.ts";
import type { Backend } from "../proxy/support.ts";
import { ask, startTestServer } from "./support.ts";

afterEach(stopAll);

const balanced = (...lines: string[]): string => `AcceptStats 127.0.0.0/8
<Location />
Backhand removeSelf
Backhand byRandom
</Location>
<IfModule mod_backhand_ng.c>
BackhandHealth off
${lines.join("\n")}
</IfModule>
`;

/** Takes each request and closes the connection without an answer. */
async function startCloser(id: string): Promise<{ readonly backend: Backend; readonly asked: () => number }> {
  let asked = 0;
  const backend = await startRawBackend(id, (socket) => {
    socket.once("data", () => {
      asked += 1;
      socket.end();
    });
  });
  return { backend, asked: () => asked };
}

/** A port whose system takes no connection any more: its process is stopped and the row of those that wait is full. */
async function startDeaf(id: string): Promise<Pick<Backend, "id" | "port">> {
  const script =
    "const s=require('net').createServer().listen({port:0,host:'127.0.0.1',backlog:1},()=>console.log(s.address().port))";
  const child = spawn(process.execPath, ["-e", script], { stdio: ["ignore", "pipe", "inherit"] });
  const [text] = (await once(child.stdout, "data")) as [Buffer];
  const port = Number(text.toString());
  child.kill("SIGSTOP");
  const row: Socket[] = [];
  onStop(async () => {
    for (const socket of row) socket.destroy();
    const ended = once(child, "exit");
    child.kill("SIGKILL");
    await ended;
  });
  for (let isTaken = true; isTaken;) {
    const socket = connect(port, "127.0.0.1");
    row.push(socket);
    isTaken = await Promise.race([
      once(socket, "connect").then(() => true),
      new Promise<boolean>((resolve) => setTimeout(resolve, 300, false)),
    ]);
  }
  return { id, port };
}

test("each try goes to another server, and the answer says how many were tried", async () => {
  const closers = await Promise.all(["web1", "web2", "web3"].map(startCloser));
  const { port, announce } = await startTestServer(balanced("BackhandRetry attempts=3 budget=100%"));
  for (const { backend } of closers) announce(backend);
  expect((await ask(port, "/missing")).status).toBe(502);
  expect(closers.map(({ asked }) => asked())).toEqual([1, 1, 1]);

  announce(await startBackend("web4"));
  const answers = [];
  for (let count = 0; count < 5; count += 1) answers.push(await ask(port, "/"));
  expect(answers.every(({ status }) => status === 200)).toBe(true);
  const tries = answers.map(({ headers }) => Number(headers["x-backhand-tries"] ?? 1));
  const failures = closers.reduce((sum, { asked }) => sum + asked(), 0) - 3;
  expect(tries.reduce((sum, count) => sum + count - 1, 0)).toBe(failures);
});

test("who was answered by the first server hears nothing of tries", async () => {
  const { port, announce } = await startTestServer(balanced());
  announce(await startBackend("web1"));
  expect((await ask(port, "/")).headers).not.toHaveProperty("x-backhand-tries");
});

test("no more servers are tried than the line allows", async () => {
  const closers = await Promise.all(["web1", "web2", "web3"].map(startCloser));
  const { port, announce } = await startTestServer(balanced("BackhandRetry attempts=1"));
  for (const { backend } of closers) announce(backend);
  expect((await ask(port, "/")).status).toBe(502);
  expect(closers.reduce((sum, { asked }) => sum + asked(), 0)).toBe(2);
});

test("repetitions end with their budget: ten to begin with, then one for each four requests", async () => {
  const { backend, asked } = await startCloser("web1");
  const { port, announce } = await startTestServer(balanced("BackhandRetry attempts=1 budget=25%"));
  announce(backend);
  const other = await startCloser("web2");
  announce(other.backend);
  for (let count = 0; count < 40; count += 1) await ask(port, "/");
  expect(asked() + other.asked()).toBe(40 + 10 + 10);
});

test("a server that takes no connection in time is passed over, and alone it is 504", async () => {
  const deaf = await startDeaf("web1");
  const { port, announce, stderr } = await startTestServer(balanced("BackhandTimeout connect=100ms"));
  announce(deaf);
  expect((await ask(port, "/", { method: "POST", body: "x" })).status).toBe(504);
  expect(stderr()).toContain("BACKHAND_UPSTREAM_TIMEOUT: web1");
  expect(stderr()).toContain("took no connection within 100 ms");
  announce(await startBackend("web2"));
  for (let count = 0; count < 4; count += 1) {
    expect(await ask(port, "/", { method: "POST", body: "x" })).toMatchObject({ status: 200, body: "web2 POST /" });
  }
});
