import { chmodSync, existsSync, lstatSync, writeFileSync } from "node:fs";
import { connect, createServer } from "node:net";
import type { Socket } from "node:net";
import { once } from "node:events";
import { join } from "node:path";
import { askControl } from "../../src/cli/control/control-client.ts";
import { controlPath, startControlSocket } from "../../src/server/control-socket.ts";
import type { ControlActions } from "../../src/server/control-socket.ts";
import { eventually, onStop, stopAll } from "../proxy/support.ts";
import { folderWith } from "./support.ts";

afterEach(stopAll);

async function started(actions: Partial<ControlActions> = {}, folder = folderWith({})) {
  const said: unknown[] = [];
  const socket = await startControlSocket(controlPath(folder), {
    status: () => ({ fine: true }),
    reload: () => Promise.resolve(["User takes effect after a restart"]),
    drain(id, sessionsMs) {
      said.push([id, sessionsMs]);
      return id === "web1";
    },
    stop: () => said.push("stop"),
    trace: (request) => Promise.resolve({ trace: request }),
    ...actions,
  });
  onStop(() => socket.close());
  return { path: socket.path, said };
}

/** Bytes to the socket, and what comes back until it closes. */
async function raw(path: string, bytes: string): Promise<string> {
  const socket = connect(path);
  let text = "";
  socket.on("data", (part: Buffer) => (text += part.toString("latin1")));
  socket.on("error", () => undefined);
  const closed = once(socket, "close");
  socket.write(bytes, "latin1");
  await closed;
  return text;
}

test("only the owner may open it", async () => {
  const { path } = await started();
  expect(lstatSync(path).mode & 0o777).toBe(0o600);
});

test("says of a folder that cannot hold it what is wrong with it", async () => {
  const folder = folderWith({ "a-file": "" });
  const failed = (dir: string) => startControlSocket(controlPath(join(folder, dir)), {} as ControlActions);
  await expect(failed("nowhere/run")).rejects.toThrow(
    /backhand\.sock: the folder \S+nowhere\/run is not there; make it/,
  );
  await expect(failed("a-file")).rejects.toThrow(/backhand\.sock: \S+a-file is no folder/);
  await expect(failed("a-file/run")).rejects.toThrow(/backhand\.sock: the folder \S+a-file\/run is not there/);
});

test("answers what can be asked, as JSON", async () => {
  const { path, said } = await started();
  expect(await askControl(path, "GET", "/status")).toEqual({ status: 200, body: { fine: true } });
  expect(await askControl(path, "POST", "/reload")).toEqual({
    status: 200,
    body: { ok: true, notes: ["User takes effect after a restart"] },
  });
  expect(await askControl(path, "POST", "/drain", { id: "web1", sessions: 60 })).toMatchObject({ status: 200 });
  expect(await askControl(path, "POST", "/undrain", { id: "web1" })).toMatchObject({ status: 200 });
  expect(await askControl(path, "POST", "/drain", { id: "web9" })).toMatchObject({
    status: 404,
    body: { ok: false, message: 'No server has the name "web9"' },
  });
  expect(await askControl(path, "POST", "/trace", { path: "/" })).toMatchObject({ body: { trace: { path: "/" } } });
  expect(await askControl(path, "POST", "/stop")).toMatchObject({ status: 200 });
  expect(said).toEqual([["web1", 60_000], ["web1", null], ["web9", 0], "stop"]);
});

test("says why a reload was refused", async () => {
  const { path } = await started({ reload: () => Promise.reject(new Error("The old configuration stays: line 3")) });
  expect(await askControl(path, "POST", "/reload")).toEqual({
    status: 409,
    body: { ok: false, message: "The old configuration stays: line 3" },
  });
});

test.each([
  ["another method", "GET /stop HTTP/1.1\r\nHost: x\r\n\r\n", "404"],
  ["an unknown word", "POST /reboot HTTP/1.1\r\nHost: x\r\n\r\n", "404"],
  ["no JSON", "POST /drain HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\n{x}", "400"],
  [
    "an endless body",
    `POST /drain HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999\r\n\r\n${"x".repeat(70_000)}`,
    "400",
  ],
  ["an endless head", `GET /status HTTP/1.1\r\nHost: x\r\nX: ${"y".repeat(20_000)}\r\n\r\n`, "431"],
  ["no HTTP", "\x00\x01\x02\r\n\r\n", "400"],
  ["a list for a name", 'POST /drain HTTP/1.1\r\nHost: x\r\nContent-Length: 11\r\n\r\n{"id":[12]}', "400"],
  [
    "a deadline of years",
    'POST /drain HTTP/1.1\r\nHost: x\r\nContent-Length: 30\r\n\r\n{"id":"web1","sessions":999999}',
    "400",
  ],
  ["null", "POST /drain HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\nnull", "400"],
])("refuses %s and goes on", async (_what, bytes, status) => {
  const { path, said } = await started();
  expect(await raw(path, bytes)).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
  expect(said).toEqual([]);
  expect(await askControl(path, "GET", "/status")).toMatchObject({ status: 200 });
});

test("takes the place of a server that was killed, and not that of one that lives", async () => {
  const folder = folderWith({});
  const path = controlPath(folder);
  // A socket file that nobody listens on: what a killed process leaves.
  const dead = createServer().listen(path);
  await once(dead, "listening");
  const unlinked = folderWith({});
  await started({}, unlinked);
  await expect(started({}, unlinked)).rejects.toMatchObject({ code: "BACKHAND_CONTROL" });
  await expect(started({}, folder)).rejects.toThrow(/Another server has the control socket/);
  dead.close();
  await once(dead, "close");
  await started({}, folder);
  expect(existsSync(path)).toBe(true);
});

test("never removes a file that is no socket, and says when the folder is missing", async () => {
  const folder = folderWith({ "backhand.sock": "precious" });
  await expect(started({}, folder)).rejects.toThrow(/there is a file of that name/);
  await expect(started({}, join(folder, "none"))).rejects.toMatchObject({ code: "BACKHAND_CONTROL" });
  chmodSync(folder, 0o700);
  writeFileSync(join(folder, "x"), "");
});

/** Connections that ask nothing, or not all of it. */
async function crowd(path: string, count: number, bytes: string): Promise<readonly Socket[]> {
  const sockets: Socket[] = [];
  onStop(() => {
    for (const socket of sockets) socket.destroy();
    return Promise.resolve();
  });
  // One after the other, since the system lets no more than its row holds wait for a process, which here is this one.
  for (let index = 0; index < count; index += 1) {
    const socket = connect(path);
    sockets.push(socket);
    await once(socket, "connect");
    socket.on("error", () => undefined);
    if (bytes !== "") socket.write(bytes);
  }
  return sockets;
}

test.each([
  ["ask nothing", ""],
  ["ask half", "GET /status HTTP/1.1\r\nX: "],
  ["send half a body", "POST /trace HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n{"],
])("a thousand connections that %s are in nobody's way, and do not stay", async (_what, bytes) => {
  const { path } = await started();
  const sockets = await crowd(path, 1000, bytes);
  expect(await askControl(path, "GET", "/status")).toMatchObject({ status: 200 });
  const open = (): number => sockets.filter((socket) => !socket.destroyed).length;
  await eventually(() => open() <= 20, "most are closed");
  expect(await askControl(path, "GET", "/status")).toMatchObject({ status: 200 });
});

test("who asks nothing for five seconds is closed, whoever else is there", async () => {
  const { path } = await started();
  const [socket] = await crowd(path, 1, "");
  if (socket === undefined) throw new Error("nobody connected");
  socket.resume();
  await once(socket, "close");
});

test("what takes long to answer is not closed for the sake of others", async () => {
  let finish: (notes: readonly string[]) => void = () => undefined;
  const { path } = await started({ reload: () => new Promise((resolve) => (finish = resolve)) });
  const reload = askControl(path, "POST", "/reload");
  await crowd(path, 100, "");
  await new Promise((resolve) => setTimeout(resolve, 500));
  finish(["done"]);
  expect(await reload).toMatchObject({ status: 200, body: { notes: ["done"] } });
});

test("a row that is full for a moment is waited for", async () => {
  const { path } = await started();
  const failures: (string | undefined)[] = [];
  const sockets = Array.from({ length: 700 }, () => {
    const socket = connect(path);
    socket.on("error", ({ code }: NodeJS.ErrnoException) => failures.push(code));
    return socket;
  });
  onStop(() => {
    for (const socket of sockets) socket.destroy();
    return Promise.resolve();
  });
  // At this moment nobody was let in yet.
  expect(await askControl(path, "GET", "/status")).toMatchObject({ status: 200 });
  expect(failures).toContain("EAGAIN");
});
