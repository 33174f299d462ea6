import { spawn } from "node:child_process";
import { once } from "node:events";
import { connect, createServer, type AddressInfo } from "node:net";

/** Longest wait until a server listens. */
const START_MS = 15_000;
/** A check of a configuration takes milliseconds; a name server that does not answer makes it slow. */
const CHECK_MS = 60_000;

/** Ports of the loopback that are free now. */
export async function freePorts(count: number): Promise<readonly number[]> {
  const servers = Array.from({ length: count }, () => createServer().listen(0, "0.0.0.0"));
  await Promise.all(servers.map((server) => once(server, "listening")));
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}

/** Runs a program to its end; its exit code (null when it was stopped for taking too long) and all that it said. */
export async function runToEnd(
  program: string,
  args: readonly string[],
): Promise<{ readonly code: number | null; readonly text: string }> {
  const child = spawn(program, args, { stdio: ["ignore", "pipe", "pipe"] });
  let text = "";
  child.stdout.on("data", (chunk: Buffer) => (text += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (text += chunk.toString()));
  const timer = setTimeout(() => child.kill("SIGKILL"), CHECK_MS);
  const [code] = (await once(child, "close")) as [number | null];
  clearTimeout(timer);
  return { code, text: text.trim() };
}

/** A server that runs. */
export interface RunningServer {
  readonly stop: () => Promise<void>;
}

/** Starts a server in the foreground and waits until an address of the loopback answers; else why it did not start. */
export async function startServer(
  program: string,
  args: readonly string[],
  port: number,
  ip = "127.0.0.1",
): Promise<RunningServer | { readonly refused: string }> {
  // A group of its own, since apache2 ends by a signal to its whole group.
  const child = spawn(program, args, { stdio: ["ignore", "ignore", "pipe"], detached: true });
  const onExit = (): void => {
    child.kill("SIGTERM");
  };
  process.once("exit", onExit);
  child.once("exit", () => process.removeListener("exit", onExit));
  let messages = "";
  child.stderr.on("data", (chunk: Buffer) => {
    if (messages.length < 65_536) messages += chunk.toString();
  });
  const exited = once(child, "exit");
  const stop = async (): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    // Not SIGKILL at once, which would leave its children.
    child.kill("SIGTERM");
    const timer = setTimeout(() => child.kill("SIGKILL"), 10_000);
    await exited;
    clearTimeout(timer);
  };
  const deadline = Date.now() + START_MS;
  while (Date.now() < deadline && child.exitCode === null) {
    if (await answers(ip, port)) return { stop };
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  await stop();
  return { refused: messages.trim() || "it does not listen" };
}

async function answers(ip: string, port: number): Promise<boolean> {
  return await new Promise<boolean>((resolve) => {
    const socket = connect({ host: ip, port });
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => {
      resolve(false);
    });
  });
}
