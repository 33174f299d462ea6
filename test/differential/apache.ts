import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { connect, createServer, type AddressInfo } from "node:net";

import type { TemporaryFolder } from "../support/temporary-folder.ts";

/** Where Debian's package keeps the server and its modules. */
const binary = "/usr/sbin/apache2";
const modules = "/usr/lib/apache2/modules";

/** Whether the real server is there to be asked. */
export const hasApache = existsSync(binary) && existsSync(modules);

const loaded =
  "mpm_event authn_core authn_file auth_basic authz_core authz_host authz_user authz_groupfile access_compat headers alias " +
  "dir mime setenvif env userdir";

/** Lines with which every configuration of these tests starts. */
export function preamble(folder: TemporaryFolder): string {
  return [
    `ServerRoot ${folder.path}`,
    `PidFile ${folder.path}/pid`,
    `ErrorLog ${folder.path}/error.log`,
    "LogLevel error",
    ...loaded.split(" ").map((name) => `LoadModule ${name}_module ${modules}/mod_${name}.so`),
    "TypesConfig /dev/null",
    "StartServers 1",
    "MinSpareThreads 1",
    "MaxSpareThreads 8",
    "ThreadsPerChild 8",
    "MaxRequestWorkers 8",
    "ServerLimit 1",
    "KeepAliveTimeout 60",
    "MaxKeepAliveRequests 0",
    "",
  ].join("\n");
}

/** Ports that are free now; the tests use them a moment later. */
export async function freePorts(count: number): Promise<readonly number[]> {
  const servers = Array.from({ length: count }, () => createServer().listen(0, "0.0.0.0"));
  await Promise.all(servers.map((server) => once(server, "listening")));
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}

/** A running apache2. */
export interface Apache {
  stop(): Promise<void>;
}

/** Longest wait until the server listens. */
const START_MS = 10_000;

async function listens(port: number, child: ChildProcess): Promise<boolean> {
  const deadline = Date.now() + START_MS;
  while (Date.now() < deadline) {
    if (child.exitCode !== null) return false;
    const isUp = await new Promise<boolean>((resolve) => {
      const socket = connect({ host: "127.0.0.1", port });
      socket.once("connect", () => {
        socket.destroy();
        resolve(true);
      });
      socket.once("error", () => {
        resolve(false);
      });
    });
    if (isUp) return true;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return false;
}

/** Starts apache2 with a configuration; resolves with why it did not start when it is wrong. */
export async function startApache(file: string, port: number): Promise<Apache | { readonly refused: string }> {
  const child = spawn(binary, ["-f", file, "-DFOREGROUND"], { stdio: ["ignore", "ignore", "pipe"] });
  let messages = "";
  child.stderr.on("data", (chunk: Buffer) => (messages += chunk.toString()));
  const exited = once(child, "exit");
  if (!(await listens(port, child))) {
    // Not SIGKILL, which would leave its children listening.
    child.kill("SIGTERM");
    await exited;
    return { refused: messages.trim() };
  }
  return {
    async stop() {
      child.kill("SIGTERM");
      const timer = setTimeout(() => child.kill("SIGKILL"), 5000);
      await exited;
      clearTimeout(timer);
    },
  };
}
