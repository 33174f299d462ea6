import { spawn, spawnSync } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { chmodSync } from "node:fs";
import { join } from "node:path";
import type { ListeningView } from "../support/agent-world.ts";
import { listeningView } from "../support/agent-world.ts";
import { freeTcpPort, hasProgram } from "../support/bus-server.ts";
import type { RealServer } from "../support/real-server.ts";
import { startApache } from "../support/real-server.ts";
import { describeIf } from "../support/shared.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { until } from "../support/transport-contract.ts";

const folder = join(import.meta.dirname, "..", "..", "src", "agent", "portable");
const secret = "correct horse battery staple";

let front: ListeningView | null = null;
const children: ChildProcess[] = [];

afterEach(async () => {
  for (const child of children.splice(0)) {
    if (child.exitCode !== null) continue;
    child.kill("SIGKILL");
    await once(child, "exit");
  }
  await front?.stop();
  front = null;
});

async function listen(key: string | null = null): Promise<ListeningView> {
  front = await listeningView(key);
  return front;
}

function run(program: string, args: readonly string[], env: Record<string, string> = {}): ChildProcess {
  const child = spawn(program, [...args], { stdio: ["ignore", "ignore", "pipe"], env: { ...process.env, ...env } });
  children.push(child);
  return child;
}

const web1 = (view: ListeningView) => view.cluster.members().find(({ id }) => id === "web1");

/** Drains, takes back and ends a script; it must be heard of at once, and last as draining. */
async function steer(view: ListeningView, child: ChildProcess): Promise<void> {
  await until(() => web1(view)?.state === "up", "the host", 4000);
  child.kill("SIGUSR1");
  await until(() => web1(view)?.state === "drain", "its draining", 4000);
  child.kill("SIGUSR2");
  await until(() => web1(view)?.state === "up", "its return", 4000);
  const ended = once(child, "exit");
  child.kill("SIGTERM");
  expect(await ended).toEqual([0, null]);
  await until(() => web1(view)?.state === "drain", "its last words");
  expect(Object.values(view.cluster.refused()).every((count) => count === 0)).toBe(true);
}

describeIf(hasProgram("perl"), "perl is not there")("announce.pl", () => {
  const script = join(folder, "announce.pl");

  test("announces, drains, comes back and says when it ends", async () => {
    const view = await listen();
    const child = run("perl", [
      "-w",
      script,
      "--name",
      "web1",
      "--port",
      "8080",
      "--workers",
      "12",
      `127.0.0.1:${view.port}`,
    ]);
    await steer(view, child);
    const member = web1(view);
    expect(member).toMatchObject({ address: "127.0.0.1", port: 8080 });
    expect((member?.ready ?? 0) + (member?.busy ?? 0)).toBe(12);
    if (process.platform === "linux") {
      expect(member?.cpuCount).toBeGreaterThan(0);
      expect(member?.availableMemoryBytes).toBeGreaterThan(0);
    }
  }, 20_000);

  describeIf(spawnSync("perl", ["-MDigest::SHA", "-e1"]).status === 0, "Digest::SHA is not there")(
    "with a secret",
    () => {
      test("signs each announcement anew", async () => {
        const view = await listen(secret);
        const files = temporaryFolder();
        const file = files.write("secret", `${secret}\n`);
        run("perl", [script, "--name", "web1", "--secret", file, `127.0.0.1:${view.port}`, `localhost:${view.port}`]);
        await until(() => web1(view) !== undefined, "the host", 4000);
        const first = web1(view)?.lastHeardMs ?? 0;
        await until(() => (web1(view)?.lastHeardMs ?? 0) > first + 500, "the next", 4000);
        expect(view.cluster.refused()).toMatchObject({ signature: 0, replay: 0, stale: 0 });
        files.remove();
      }, 20_000);
    },
  );

  test("goes on when a destination cannot be reached, and tells it once", async () => {
    const view = await listen();
    const child = run("perl", [script, "--name", "web1", "255.255.255.255:9", `127.0.0.1:${view.port}`]);
    let said = "";
    child.stderr?.on("data", (chunk: Buffer) => (said += chunk.toString()));
    await until(() => web1(view) !== undefined, "the host", 4000);
    const first = web1(view)?.lastHeardMs ?? 0;
    await until(() => (web1(view)?.lastHeardMs ?? 0) > first + 500, "the next", 4000);
    expect(said.match(/255\.255\.255\.255:9/g)).toHaveLength(1);
  }, 20_000);

  test.each([[[]], [["--port", "x", "h:1"]], [["--name", "a b", "h:1"]], [["--what", "h:1"]], [["--port"]]])(
    "refuses %j",
    (args) => {
      const { status, stderr } = spawnSync("perl", [script, ...args], { encoding: "utf8", timeout: 5000 });
      expect(status).not.toBe(0);
      expect(stderr).toContain("usage: announce.pl");
    },
  );

  describeIf(hasProgram("apache2"), "apache2 is not there")("beside a real Apache", () => {
    let apache: RealServer | null = null;
    let port = 0;
    beforeAll(async () => {
      port = await freeTcpPort();
      apache = await startApache(port);
    }, 20_000);
    afterAll(() => apache?.stop());

    test("announces its workers, and drains when it is gone", async () => {
      const view = await listen();
      const status = `127.0.0.1:${port}/server-status?auto`;
      run("perl", [script, "--name", "web1", "--status", status, `127.0.0.1:${view.port}`]);
      await until(() => (web1(view)?.ready ?? 0) >= 7, "its workers", 4000);
      expect(web1(view)).toMatchObject({ busy: 0, state: "up" });
      await apache?.stop();
      apache = null;
      await until(() => web1(view)?.state === "drain", "its draining", 6000);
    }, 20_000);
  });
});

/** Programs with which the script can send; the first is what it finds by itself. */
const senders: readonly (readonly [string, readonly string[]])[] = [
  ["what it finds", []],
  ["bash", ["bash"]],
  ["perl", ["perl"]],
  ["nc", ["nc"]],
  ["socat", ["socat"]],
];

describeIf(process.platform !== "win32", "there is no shell")("announce.sh", () => {
  const script = join(folder, "announce.sh");
  const shells = ["dash", "bash"].filter(hasProgram);

  test.each(shells)(
    "announces, drains, comes back and says when it ends, in %s",
    async (shell) => {
      const view = await listen();
      await steer(view, run(shell, [script, "web1", "8080", "12", `127.0.0.1:${view.port}`]));
      const member = web1(view);
      expect(member).toMatchObject({ address: "127.0.0.1", port: 8080 });
      expect((member?.ready ?? 0) + (member?.busy ?? 0)).toBe(12);
    },
    20_000,
  );

  for (const [name, programs] of senders) {
    const missing = programs.filter((program) => spawnSync(program, ["--version"]).error !== undefined);
    // Not every machine has every one of them, and needs none but one.
    (missing.length === 0 ? test : test.skip)(
      `sends with ${name}`,
      async () => {
        const view = await listen();
        const files = temporaryFolder();
        // A path on which no other way to send can be found.
        const needed = ["cat", "date", "sed", "sleep", "uptime", ...programs];
        for (const program of needed) {
          const found = spawnSync("sh", ["-c", `command -v ${program}`], { encoding: "utf8" }).stdout.trim();
          if (found !== "") chmodSync(files.write(program, `#!/bin/sh\nexec ${found} "$@"\n`), 0o755);
        }
        const path = programs.length === 0 ? (process.env["PATH"] ?? "") : files.path;
        const shell = spawnSync("sh", ["-c", "command -v sh"], { encoding: "utf8" }).stdout.trim();
        const child = run(shell, [script, "web1", "80", "8", `127.0.0.1:${view.port}`], {
          PATH: path,
          BACKHAND_ONCE: "1",
        });
        expect(await once(child, "exit")).toEqual([0, null]);
        await until(() => web1(view) !== undefined, "the host");
        files.remove();
      },
      20_000,
    );
  }

  test("sends with a command that it is given", async () => {
    const view = await listen();
    const files = temporaryFolder();
    const send = files.write(
      "send",
      `#!/usr/bin/env node
const socket = require("node:dgram").createSocket("udp4");
socket.send(require("node:fs").readFileSync(0), Number(process.argv[3]), process.argv[2], () => socket.close());
`,
    );
    chmodSync(send, 0o755);
    const child = run("sh", [script, "web1", "80", "8", `127.0.0.1:${view.port}`], {
      BACKHAND_SEND: send,
      BACKHAND_ONCE: "1",
      NODE_OPTIONS: "",
    });
    expect(await once(child, "exit")).toEqual([0, null]);
    await until(() => web1(view) !== undefined, "the host");
    files.remove();
  }, 20_000);

  test.each([[[]], [["web 1", "80", "8", "h:1"]], [["web1", "0", "8", "h:1"]], [["web1", "80", "x", "h:1"]]])(
    "refuses %j",
    (args) => {
      const { status, stderr } = spawnSync("sh", [script, ...args], { encoding: "utf8", timeout: 5000 });
      expect(status).toBe(2);
      expect(stderr).toContain("usage: announce.sh");
    },
  );
});
