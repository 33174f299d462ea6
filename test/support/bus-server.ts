import type { ChildProcess } from "node:child_process";
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { connect, createServer } from "node:net";
import { temporaryFolder } from "./temporary-folder.ts";

/** A real nats-server or redis-server on the loopback, which a test may kill and start again on its port. */
export interface BusServer {
  readonly port: number;
  start(): Promise<void>;
  /** Ends it at once, as a crash does. */
  kill(): Promise<void>;
  remove(): Promise<void>;
}

/** Whether the program is there. */
export function hasProgram(program: string): boolean {
  return spawnSync(program, ["--version"], { stdio: "ignore", timeout: 5000 }).error === undefined;
}

/** Not started yet. `password` is asked from clients, when it is given. */
export function busServer(program: "nats-server" | "redis-server", port: number, password?: string): BusServer {
  const folder = temporaryFolder();
  const login = password ?? "";
  const args =
    program === "nats-server"
      ? ["-a", "127.0.0.1", "-p", `${port}`, ...(password === undefined ? [] : ["--user", "me", "--pass", login])]
      : ["--bind", "127.0.0.1", "--port", `${port}`, "--save", "", "--dir", folder.path, "--requirepass", login];
  let child: ChildProcess | null = null;

  async function kill(): Promise<void> {
    const running = child;
    child = null;
    if (running === null || running.exitCode !== null) return;
    const ended = once(running, "exit");
    running.kill("SIGKILL");
    await ended;
  }

  return {
    port,
    async start() {
      child = spawn(program, args, { stdio: "ignore" });
      const endMs = Date.now() + 5000;
      while (!(await answers(port))) {
        if (Date.now() > endMs || child.exitCode !== null) throw new Error(`${program} does not start`);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    },
    kill,
    async remove() {
      await kill();
      folder.remove();
    },
  };
}

/** A TCP port that nobody has at the moment. */
export async function freeTcpPort(): Promise<number> {
  const server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  return typeof address === "object" ? (address?.port ?? 0) : 0;
}

/** Whether somebody listens on the port. */
export async function answers(port: number): Promise<boolean> {
  const socket = connect(port, "127.0.0.1");
  try {
    await once(socket, "connect");
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
