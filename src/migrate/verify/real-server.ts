import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { connect, createServer, type AddressInfo, type Server } from "node:net";

import { isListener } from "./listens.ts";

/** Longest wait until a server listens. */
const START_MS = 15_000;
/** A check of a configuration takes milliseconds; a name server that does not answer makes it slow. */
const CHECK_MS = 60_000;

/** Ports of the loopback that are free now. Rejects when there are not so many; `open` starts to listen at one. */
export async function freePorts(
  count: number,
  open = (): Server => createServer().listen(0, "0.0.0.0"),
): Promise<readonly number[]> {
  const servers = Array.from({ length: count }, open);
  // All of them: a server that is about to listen cannot be closed, and keeps the process from its end.
  const started = await Promise.allSettled(servers.map((server) => once(server, "listening")));
  const ports = servers.map((server) => (server.address() as AddressInfo | null)?.port ?? 0);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  const failed = started.find((one) => one.status === "rejected");
  if (failed !== undefined) throw failed.reason;
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
  const end = (): void => void child.kill("SIGKILL");
  process.once("exit", end);
  const timer = setTimeout(end, CHECK_MS);
  const [code] = (await once(child, "close")) as [number | null];
  clearTimeout(timer);
  process.off("exit", end);
  return { code, text: text.trim() };
}

/** A server that runs. */
export interface RunningServer {
  readonly stop: () => Promise<void>;
  /** Why it ended by itself, as a server does that has one of its addresses and cannot have another; null while it runs. */
  readonly ended: () => string | null;
}

/** How often other ports are tried when somebody else has taken one between looking for it and starting. */
const ATTEMPTS = 4;

/** Whether a server did not start since a port is taken. */
const isTaken = (refused: string): boolean =>
  /address already in use|cannot bind|could not bind|taken by/i.test(refused);

/**
 * Does something with free ports; again with others while that says, or fails since, one was taken meanwhile. `refuse` makes a
 * result of the reason when there are none.
 */
export async function withFreePorts<Result>(
  count: number,
  attempt: (ports: readonly number[]) => Promise<Result>,
  refusalOf: (result: Result) => string | null,
  refuse: (why: string) => Result,
): Promise<Result> {
  for (let round = 1; ; round += 1) {
    try {
      const result = await attempt(await freePorts(count));
      if (round === ATTEMPTS || !isTaken(refusalOf(result) ?? "")) return result;
    } catch (error) {
      if (!(error instanceof Error) || !("code" in error) || error.code !== "EADDRINUSE") throw error;
      if (round === ATTEMPTS) return refuse(`${count} ports of the loopback have to be free, and are not`);
    }
  }
}

/**
 * Starts a server in the foreground and waits until it answers at an address of the loopback; else why it did not start.
 * Another process that answers there is not taken for it.
 */
export async function startServer(
  program: string,
  args: readonly string[],
  port: number,
  ip = "127.0.0.1",
  startMs = START_MS,
): Promise<RunningServer | { readonly refused: string }> {
  // A group of its own, since apache2 ends by a signal to its whole group.
  const child = spawn(program, args, { stdio: ["ignore", "ignore", "pipe"], detached: true });
  const onExit = (): void => {
    // With its children, and at once: nobody is left to look after them.
    if (child.pid !== undefined) killGroup(child.pid);
  };
  // Before the folder goes that it writes to.
  process.prependOnceListener("exit", onExit);
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
  const deadline = Date.now() + startMs;
  let isForeign = false;
  while (Date.now() < deadline && isAlive(child)) {
    if (await answers(ip, port)) {
      const isOurs = child.pid === undefined ? null : isListener(child.pid, ip, port);
      // Where the machine does not tell, a server that cannot listen has ended by then.
      if (isOurs === null) await new Promise((resolve) => setTimeout(resolve, 500));
      if (isOurs ?? isAlive(child))
        return { stop, ended: () => (isAlive(child) ? null : messages.trim() || "it ended") };
      isForeign = true;
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  await stop();
  const why = isForeign ? `port ${port} is taken by another process` : "it does not listen";
  return { refused: isForeign ? `${why} ${messages}`.trim() : messages.trim() || why };
}

function killGroup(id: number): void {
  try {
    process.kill(-id, "SIGKILL");
  } catch {
    // It has ended.
  }
}

const isAlive = ({ exitCode, signalCode }: ChildProcess): boolean => exitCode === null && signalCode === null;

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
