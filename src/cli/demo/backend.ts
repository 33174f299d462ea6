import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { silentAnnouncement } from "../../stats/announcement.ts";
import { createAnnouncer } from "../../stats/announcer.ts";
import { createTransport } from "../../stats/transports/index.ts";
import { exitCodes, type ExitCode } from "../exit-codes.ts";
import type { Terminal } from "../terminal.ts";
import { UsageError } from "../terminal.ts";

/** How long an answer takes, so that requests are in flight at all. */
const serviceMs = 4;
const workers = 16;
const announceEveryMs = 1000;
/** What one request a second adds to the load average that is announced. */
const loadPerRequest = 0.02;

/** What a backend tells the process that started it. */
export interface BackendReady {
  readonly port: number;
}

/**
 * A stand-in for an application server: answers every request with its name, and announces itself by multicast on the
 * loopback interface with a load of its own plus what its requests make of it. Runs until its parent leaves.
 */
export async function runBackend(
  name: string,
  baseLoad: string,
  target: string,
  terminal: Terminal,
): Promise<ExitCode> {
  const [, address, port] = /^([\d.]+):(\d+)$/.exec(target) ?? [];
  if (address === undefined || !(Number(baseLoad) >= 0))
    throw new UsageError("demo-backend is started by `backhand demo`");
  let busy = 0;
  let served = 0;
  const server = createServer((request, response) => {
    busy += 1;
    served += 1;
    request.resume();
    void sleep(serviceMs).then(() => {
      busy -= 1;
      response.setHeader("X-Served-By", name);
      response.end(`${name} served ${request.method ?? ""} ${request.url ?? ""}\n`);
    });
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const own = (server.address() as AddressInfo).port;

  const transport = createTransport(
    { address, port: Number(port), ttl: 1 },
    {
      interfaceAddress: "127.0.0.1",
      listens: false,
      onError: (error) => {
        terminal.stderr(`${name}: ${error.message}\n`);
      },
    },
  );
  await transport.start(() => {});
  const startMs = Date.now();
  const announcer = createAnnouncer({
    outlets: [{ transport, contact: null }],
    secret: null,
    intervalMs: announceEveryMs,
    describe: () => {
      const load = Number(baseLoad) + served * loadPerRequest;
      served = 0;
      return {
        ...silentAnnouncement,
        ready: workers - busy,
        busy,
        port: own,
        id: name,
        startMs,
        load,
        cpuIdle: 1 / (1 + load),
        cpuCount: 1,
        arriba: 1000,
        totalMemoryBytes: 1 << 30,
        availableMemoryBytes: 1 << 29,
        backhanded: 0,
      };
    },
    onAnnounced: () => {},
    onError: (error) => {
      terminal.stderr(`${name}: ${String(error)}\n`);
    },
  });
  announcer.start();
  const ready: BackendReady = { port: own };
  process.send?.(ready);
  await Promise.race([terminal.stopped(), once(process, "disconnect")]);
  announcer.stop();
  await transport.stop();
  server.close();
  server.closeAllConnections();
  return exitCodes.fine;
}
