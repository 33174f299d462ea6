import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { askControl } from "../../src/cli/control/control-client.ts";
import type { StatusReport } from "../../src/server/status-report.ts";
import type { WorkerFacts } from "../../src/server/steerable.ts";
import { eventually, onStop, startBackend } from "../proxy/support.ts";
import { announcement } from "./announcement.ts";
import { encodeAnnouncement } from "../../src/stats/packet.ts";
import { ask, clusterLines, folderWith } from "../server/support.ts";
import { cliPath } from "./run-cli.ts";

/** What `backhand status --format json` gives. */
export interface ProcessStatus extends StatusReport {
  readonly server: { readonly pid: number; readonly busy: number; readonly workers: readonly WorkerFacts[] };
}

/** A running `backhand serve`, a process of its own, with a control socket and announcements by POST. */
export interface ServeProcess {
  readonly pid: number;
  readonly port: number;
  readonly folder: string;
  readonly conf: string;
  /** What it says on standard error. */
  readonly output: () => string;
  /** What Node itself says on standard output. */
  readonly traces: () => string;
  readonly status: () => Promise<ProcessStatus>;
  /** Asks the control socket; gives the status and the JSON. */
  readonly control: (command: string, value?: unknown) => ReturnType<typeof askControl>;
  /** Tells the cluster of a backend, as its announcement would; of this machine unless another address is given. */
  readonly announce: (id: string, port: number, address?: string) => Promise<void>;
  /** Lines of a file in its folder, without the last, empty one. */
  readonly lines: (name: string) => readonly string[];
  /** Resolves with the exit code, null for a signal. */
  readonly ended: Promise<number | null>;
}

/** Text of a configuration before what a test adds. FOLDER and PORT are replaced. */
const head = `ServerRoot FOLDER
Listen 127.0.0.1:PORT
ServerName front
DocumentRoot FOLDER/htdocs
UnixSocketDir FOLDER/run
BackhandStatsBus http
${clusterLines}`;

/** Starts it and waits until it listens; it is killed when the test is over. */
export async function startServe(
  text: string,
  options: {
    readonly args?: readonly string[];
    /** Options of Node itself. */
    readonly nodeArgs?: readonly string[];
    readonly files?: Readonly<Record<string, string>>;
    readonly prepare?: (folder: string) => void;
  } = {},
): Promise<ServeProcess & { readonly write: (text: string) => void }> {
  const folder = folderWith({ "htdocs/index.html": "home\n", "run/x": "", ...options.files });
  options.prepare?.(folder);
  const taken = await startBackend("only for its port");
  taken.server.close();
  const { port } = taken;
  const conf = join(folder, "httpd.conf");
  const write = (body: string): void => {
    writeFileSync(conf, `${head}${body}`.replaceAll("FOLDER", folder).replaceAll("PORT", String(port)));
  };
  write(text);
  const child = spawn(
    process.execPath,
    [...(options.nodeArgs ?? []), cliPath, "serve", ...(options.args ?? []), conf],
    {
      stdio: ["ignore", "pipe", "pipe"],
      env: { PATH: process.env["PATH"] },
    },
  );
  let output = "";
  let traces = "";
  child.stdout.on("data", (part: Buffer) => (traces += part.toString()));
  child.stderr.on("data", (part: Buffer) => (output += part.toString()));
  const ended = (once(child, "exit") as Promise<[number | null]>).then(([code]) => code);
  let isOver = false;
  void ended.then(() => (isOver = true));
  onStop(async () => {
    if (!isOver) child.kill("SIGKILL");
    await ended;
  });
  const path = join(folder, "run", "backhand.sock");
  await eventually(() => isOver || existsSync(path), "it can be asked, or has ended");
  return {
    pid: child.pid ?? 0,
    port,
    folder,
    conf,
    write,
    output: () => output,
    traces: () => traces,
    ended,
    lines: (name) => readFileSync(join(folder, name), "latin1").split("\n").slice(0, -1),
    async status() {
      return (await askControl(path, "GET", "/status")).body as ProcessStatus;
    },
    control: (command, value) => askControl(path, "POST", command, value),
    async announce(id, backendPort, address) {
      const figures = { id, port: backendPort, ...(address === undefined ? {} : { address }) };
      const body = Buffer.from(encodeAnnouncement(announcement(figures))).toString("latin1");
      const answer = await ask(port, "/heartbeat", { method: "POST", body });
      if (answer.status !== 200) throw new Error(answer.body);
      // Workers hear of it every 50 ms.
      await new Promise((resolve) => setTimeout(resolve, 200));
    },
  };
}
