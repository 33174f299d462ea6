import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { request as httpRequest } from "node:http";
import type { IncomingHttpHeaders, IncomingMessage } from "node:http";
import { once } from "node:events";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { compileConfiguration } from "../../src/cli/configuration.ts";
import type { GlobalOptions, Terminal } from "../../src/cli/terminal.ts";
import type { RoutingTable } from "../../src/compile/table.ts";
import { createCachedFileFacts } from "../../src/server/cached-file-facts.ts";
import { startServer } from "../../src/server/start-server.ts";
import type { RunningServer, ServerOptions } from "../../src/server/start-server.ts";
import type { Backend } from "../proxy/support.ts";
import { onStop } from "../proxy/support.ts";
import type { Announcement } from "../../src/stats/announcement.ts";
import { announcement } from "../support/announcement.ts";
import { encodeAnnouncement } from "../../src/stats/packet.ts";

export const globalOptions: GlobalOptions = { apache: "auto", define: [], before: [], after: [], module: [] };

/** Lines for a cluster of this machine, whose port no other test process has. */
export const clusterLines = `AcceptStats 127.0.0.0/8\nMulticastStats 127.0.0.1:${10_000 + (process.pid % 20_000)}\n`;

/** A terminal that keeps what is written; `stop` asks the command to end. */
export function fakeTerminal(cwd = "/"): { terminal: Terminal; output: () => string; stop: () => void } {
  let text = "";
  let stop: () => void = () => undefined;
  const stopped = new Promise<string>((resolve) => {
    stop = () => {
      resolve("SIGTERM");
    };
  });
  const terminal: Terminal = {
    stdout: (part) => (text += part),
    stderr: (part) => (text += part),
    color: false,
    columns: 80,
    cwd,
    env: {},
    stdin: () => Promise.resolve(new Uint8Array()),
    stopped: () => stopped,
  };
  return { terminal, output: () => text, stop };
}

/** A folder for one test, with files; it goes when the test is over. */
export function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), "backhand-server-"));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  onStop(() => {
    rmSync(folder, { recursive: true, force: true });
    return Promise.resolve();
  });
  return folder;
}

/** Compiles a configuration as `serve` does. */
export function tableOf(text: string, folder: string): RoutingTable {
  const path = join(folder, "httpd.conf");
  writeFileSync(path, text);
  const { terminal } = fakeTerminal(folder);
  const { table, problems } = compileConfiguration(path, globalOptions, terminal);
  const errors = problems.filter(({ severity }) => severity === "error");
  if (errors.length > 0) throw new Error(errors.map(({ message }) => message).join("\n"));
  return table;
}

export interface TestServer {
  readonly server: RunningServer;
  readonly port: number;
  readonly folder: string;
  readonly stderr: () => string;
  /** Tells the cluster of a backend, as its announcement would. */
  readonly announce: (backend: Pick<Backend, "id" | "port">, more?: Partial<Announcement>) => void;
}

/** Starts a server on a port of the system's choice; `FOLDER` in the text is a folder that holds `files`. */
export async function startTestServer(
  text: string,
  files: Readonly<Record<string, string>> = {},
  options: Partial<ServerOptions> = {},
): Promise<TestServer> {
  const folder = folderWith({ "htdocs/index.html": "home\n", ...files });
  const head = `ServerRoot ${folder}\nListen 127.0.0.1:1\nServerName front\nDocumentRoot ${folder}/htdocs\n`;
  const compiled = tableOf(head + text.replaceAll("FOLDER", folder), folder);
  const table: RoutingTable = { ...compiled, listen: [{ address: "127.0.0.1", port: 0, place: null }] };
  let stderr = "";
  const server = await startServer(table, {
    stderr: (part) => (stderr += part),
    facts: createCachedFileFacts(),
    measureSpeed: () => Promise.resolve(100),
    graceMs: 300,
    ...options,
  });
  onStop(() => server.close());
  return {
    server,
    folder,
    port: server.addresses[0]?.port ?? 0,
    stderr: () => stderr,
    announce({ id, port }, more = {}) {
      const figures = { load: 0.1, cpuIdle: 0.9, cpuCount: 1, arriba: 100, totalMemoryBytes: 1e9 };
      const bytes = encodeAnnouncement(announcement({ ...figures, id, port, ...more }));
      const result = server.cluster.receive({ bytes, sourceAddress: "127.0.0.1", sourcePort: 1 }, Date.now());
      if (result !== "accepted") throw new Error(`The announcement was refused: ${result}`);
    },
  };
}

/** Goes over to another configuration on the same port; its head is that of `startTestServer`. */
export async function reloadTestServer({ server, folder }: TestServer, text: string): Promise<void> {
  const head = `ServerRoot ${folder}\nListen 127.0.0.1:1\nServerName front\nDocumentRoot ${folder}/htdocs\n`;
  const table = tableOf(head + text.replaceAll("FOLDER", folder), folder);
  await server.reload({
    table: { ...table, listen: [{ address: "127.0.0.1", port: 0, place: null }] },
    accessFiles: null,
  });
}

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface RequestOptions {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** One request over a connection of its own; the path is sent as it is. */
export async function ask(port: number, path: string, options: RequestOptions = {}): Promise<Answer> {
  const { method = "GET", headers = {}, body } = options;
  const outgoing = httpRequest({ port, host: "127.0.0.1", path, method, headers, agent: false });
  const answered = once(outgoing, "response") as Promise<[IncomingMessage]>;
  outgoing.end(body);
  const [answer] = await answered;
  let text = "";
  for await (const chunk of answer) text += (chunk as Buffer).toString("latin1");
  return { status: answer.statusCode ?? 0, headers: answer.headers, body: text };
}
