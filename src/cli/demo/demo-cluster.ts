import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { cp, mkdir, mkdtemp, rm } from "node:fs/promises";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { RoutingTable } from "../../compile/table.ts";
import { createCachedFileFacts } from "../../server/cached-file-facts.ts";
import { ServerError } from "../../server/server-error.ts";
import { startServer, type RunningServer, type ServerOptions } from "../../server/start-server.ts";
import { compileConfiguration, problemText } from "../configuration.ts";
import { packageFile } from "../package-file.ts";
import type { Terminal } from "../terminal.ts";
import { UsageError } from "../terminal.ts";
import type { BackendReady } from "./backend.ts";

/** The stand-in backends and the load that each has of its own. */
export const backends = [
  { name: "web1", load: 0.2 },
  { name: "web2", load: 0.6 },
  { name: "web3", load: 1.2 },
] as const;

export type BackendName = (typeof backends)[number]["name"];

/** The cluster of the demo while it runs. */
export interface DemoCluster {
  /** The shipped configuration that the balancer runs from. */
  readonly configuration: string;
  /** `http://127.0.0.1:8080` */
  readonly url: string;
  /** `239.255.80.80:4445` */
  readonly group: string;
  readonly server: RunningServer;
  /** Ports of the backends that run. */
  readonly ports: ReadonlyMap<BackendName, number>;
  /** Starts a backend that does not run; resolves when it answers. */
  start(name: BackendName): Promise<void>;
  /** Ends a backend as a crash does: no last word to anybody. */
  kill(name: BackendName): Promise<void>;
  stop(): Promise<void>;
}

const globalOptions = { apache: "auto", define: [], before: [], after: [], module: [] } as const;

/** Starts balancer and backends. Ports that are taken are replaced by free ones. Throws what a start throws. */
export async function startDemo(terminal: Terminal): Promise<DemoCluster> {
  const shipped = packageFile("demo", "httpd.conf");
  const script = packageFile("dist", "cli.js");
  if (shipped === null || script === null)
    throw new UsageError("The demo's files are not installed: demo/, dist/cli.js");
  // The configuration's paths are relative: its logs, socket and pages belong to this run alone.
  const root = await mkdtemp(join(tmpdir(), "backhand-demo-"));
  await cp(join(shipped, ".."), root, { recursive: true });
  await mkdir(join(root, "run"));

  const running = new Map<BackendName, ChildProcess>();
  const ports = new Map<BackendName, number>();
  let server: RunningServer | null = null;
  const stop = async (): Promise<void> => {
    await Promise.all([...running.keys()].map(kill));
    await server?.close();
    await rm(root, { recursive: true, force: true });
  };
  const kill = async (name: BackendName): Promise<void> => {
    const child = running.get(name);
    if (child === undefined) return;
    running.delete(name);
    ports.delete(name);
    child.kill("SIGKILL");
    if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
  };

  try {
    const { table, problems } = compileConfiguration(shipped, { ...globalOptions, serverRoot: root }, terminal);
    for (const problem of problems) terminal.stderr(`${problemText(problem, table.files)}\n`);
    const options = { stderr: terminal.stderr, facts: createCachedFileFacts(), graceMs: 2000 };
    const { free, started } = await startOnFreePorts(table, options);
    server = started;
    const target = free.cluster.announce[0];
    if (target === undefined) throw new Error("the demo's configuration announces nothing");
    const group = `${target.address}:${target.port}`;
    const start = async (name: BackendName): Promise<void> => {
      const load = backends.find((backend) => backend.name === name)?.load ?? 0;
      const child = fork(script, ["demo-backend", name, String(load), group], {
        stdio: ["ignore", "ignore", "inherit", "ipc"],
      });
      running.set(name, child);
      const [message] = (await Promise.race([
        once(child, "message"),
        once(child, "exit").then(() => {
          throw new Error(`backend ${name} ended before it was ready`);
        }),
      ])) as [BackendReady];
      ports.set(name, message.port);
    };
    await Promise.all(backends.map(({ name }) => start(name)));
    const [address] = server.addresses;
    const url = `http://127.0.0.1:${address?.port ?? 0}`;
    return { configuration: shipped, url, group, server, ports, start, kill, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Another process may take a port between our look at it and our use of it, such as a demo that starts beside this one. */
const ATTEMPTS = 4;

/** Starts the balancer, on other ports when its own are taken. Throws what the last attempt throws. */
async function startOnFreePorts(
  table: RoutingTable,
  options: ServerOptions,
): Promise<{ readonly free: RoutingTable; readonly started: RunningServer }> {
  for (let attempt = 1; ; attempt += 1) {
    const free = await withFreePorts(table);
    try {
      return { free, started: await startServer(free, options) };
    } catch (error) {
      const isTaken = error instanceof ServerError && error.code === "BACKHAND_PORT_IN_USE";
      if (!isTaken || attempt === ATTEMPTS) throw error;
    }
  }
}

/** The table as it is when its ports are free, else with others: two demos may run on one machine. */
async function withFreePorts(table: RoutingTable): Promise<RoutingTable> {
  const listen = await Promise.all(
    table.listen.map(async (line) => ({ ...line, port: await freePort(line.address, line.port) })),
  );
  if (listen.every((line, index) => line.port === table.listen[index]?.port)) return table;
  // Groups on one port number hear each other on some systems; a number of its own keeps this run apart.
  const announce = table.cluster.announce.map((target) => ({ ...target, port: 20_000 + (process.pid % 20_000) }));
  return { ...table, listen, cluster: { ...table.cluster, announce } };
}

/** The port when it is free, else one that is. */
async function freePort(address: string, port: number): Promise<number> {
  for (const wanted of [port, 0]) {
    const probe = createServer().listen(wanted, address);
    const free = await once(probe, "listening").then(
      () => (probe.address() as AddressInfo).port,
      () => null,
    );
    probe.close();
    if (free !== null) return free;
  }
  throw new UsageError(`No port is free on ${address}`);
}
