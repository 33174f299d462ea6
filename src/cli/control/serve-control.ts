import { isAbsolute, join } from "node:path";
import { printable } from "../../report/printable.ts";
import { controlPath, startControlSocket } from "../../server/control-socket.ts";
import type { ControlSocket } from "../../server/control-socket.ts";
import type { Steerable } from "../../server/steerable.ts";
import { version } from "../../version.ts";
import type { Terminal } from "../terminal.ts";

/** How a running `serve` is steered from outside. */
export interface ServeControl {
  /** Resolves when `ctl stop` asks for the end. */
  readonly stopped: Promise<string>;
  close(): Promise<void>;
}

/** Reads the configuration again and goes over to it; rejects with everything that speaks against it. Gives notes for people. */
export type Reload = () => Promise<readonly string[]>;

/** Everything about a server that `status` tells besides the status page. */
function statusOf(server: Steerable): unknown {
  const table = server.table();
  return {
    ...server.status(),
    server: {
      version,
      pid: process.pid,
      uptimeMs: Math.round(process.uptime() * 1000),
      busy: server.busy(),
      workers: server.workers(),
      addresses: server.addresses.map(({ address, port }) => ({ address, port })),
      transports: server.transports,
      notHonoured: [...table.unenforced, ...server.notHonoured.map(({ directive }) => directive)].map(
        ({ name, args, place }) => `${table.files[place.file] ?? ""}:${place.line}  ${[name, ...args].join(" ")}`,
      ),
    },
  };
}

/**
 * Listens for signals that ask to read the configuration again (SIGHUP, and SIGUSR1 as httpd), and on the control socket when
 * there is a UnixSocketDir. A socket that cannot be made is told, and no reason not to serve.
 */
export async function controlServe(server: Steerable, readAgain: Reload, terminal: Terminal): Promise<ServeControl> {
  const say = (message: string): void => {
    terminal.stderr(`backhand: ${printable(message)}\n`);
  };
  const reload = async (): Promise<readonly string[]> => {
    try {
      const notes = await readAgain();
      for (const note of notes) say(note);
      say("the configuration was read again");
      return notes;
    } catch (error) {
      const message = `The old configuration stays: ${error instanceof Error ? error.message : String(error)}`;
      say(message);
      throw new Error(message, { cause: error });
    }
  };
  const ignoreSignals = terminal.onReload?.(() => void reload().catch(() => undefined));
  let stop: (why: string) => void = () => undefined;
  const stopped = new Promise<string>((resolve) => {
    stop = resolve;
  });
  const { cluster, serverRoot } = server.table();
  let socket: ControlSocket | null = null;
  if (cluster.unixSocketDir !== null) {
    const folder = isAbsolute(cluster.unixSocketDir) ? cluster.unixSocketDir : join(serverRoot, cluster.unixSocketDir);
    try {
      socket = await startControlSocket(controlPath(folder), {
        status: () => statusOf(server),
        reload,
        drain: (id, sessionsMs) => server.drain(id, sessionsMs === null ? null : Date.now() + sessionsMs),
        stop: () => {
          stop("asked over the control socket");
        },
        trace: (request) => server.trace(request),
      });
    } catch (error) {
      say(error instanceof Error ? error.message : String(error));
    }
  }
  return {
    stopped,
    async close() {
      ignoreSignals?.();
      await socket?.close();
    },
  };
}
