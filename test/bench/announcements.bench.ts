import { spawn } from "node:child_process";
import { once } from "node:events";
import { rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { silentAnnouncement } from "../../src/stats/announcement.ts";
import type { Cluster } from "../../src/stats/cluster.ts";
import { createCluster } from "../../src/stats/cluster.ts";
import { encodeAnnouncement } from "../../src/stats/packet.ts";
import { multicast } from "../../src/stats/transports/multicast.ts";
import type { BenchRow } from "./bench.ts";

export const title = "Hearing 10,000 announcements a second by multicast over the loopback, for 5 seconds";

const SERVERS = 10_000;
/** The first is not measured: what a server pays for long counts, not what it pays once. */
const SECONDS = 6;
const GROUP = "239.255.90.1";
const SECRET = "correct horse battery staple";
/** Addresses that the packets come from, so that the limit for each source holds as it is. */
const SOURCES = 250;

/** Sends the lines of a file in even steps of a millisecond, as servers do that started at random times. */
const SENDER = `
const { createSocket } = require("node:dgram");
const { readFileSync } = require("node:fs");
const [file, group, port, perSecond, sources] = process.argv.slice(1);
const packets = readFileSync(file, "latin1").split("\\n").map((line) => Buffer.from(line, "latin1"));
const sockets = Array.from({ length: Number(sources) }, () => createSocket("udp4"));
let open = 0;
sockets.forEach((socket, index) => socket.bind(0, "127.0.0." + (index + 2), () => {
  socket.setMulticastInterface("127.0.0." + (index + 2));
  open += 1;
  if (open < sockets.length) return;
  const start = performance.now();
  let sent = 0;
  const step = () => {
    const due = Math.min(packets.length, Math.floor(((performance.now() - start) * perSecond) / 1000));
    for (; sent < due; sent += 1) sockets[sent % sockets.length].send(packets[sent], Number(port), group);
    if (sent < packets.length) setTimeout(step, 1);
    else setTimeout(() => process.exit(0), 300);
  };
  step();
}));`;

function packetsOf(secret: string | null): string {
  const nowMs = Date.now();
  const lines: string[] = [];
  for (let second = 0; second < SECONDS; second += 1) {
    for (let server = 0; server < SERVERS; server += 1) {
      const bytes = encodeAnnouncement(
        {
          ...silentAnnouncement,
          ready: 8,
          busy: server % 5,
          port: 80,
          id: `web${server}.example.com`,
          startMs: nowMs - 60_000,
          sequence: second + 1,
          timestampMs: nowMs,
          load: 1.25,
          cpuIdle: 0.753,
          cpuCount: 4,
          arriba: 1234,
          totalMemoryBytes: 8e9,
          availableMemoryBytes: 3e9,
          backhanded: 1234,
          meanTimeMs: 12.5,
        },
        secret,
      );
      lines.push(Buffer.from(bytes).toString("latin1"));
    }
  }
  return lines.join("\n");
}

/** One run: the share of a core that this process used, and the announcements that did not arrive or were refused. */
async function hear(secret: string | null, looksPerSecond: number, port: number) {
  const self = { id: "front", address: "10.0.0.1", port: 80, startMs: 0 };
  const cluster: Cluster = createCluster({
    self,
    accept: ["10.0.0.0/8", "127.0.0.0/8"],
    secret,
    log: () => {},
    maxMembers: SERVERS,
  });
  const transport = multicast.create(
    { address: GROUP, port, ttl: 0 },
    {
      interfaceAddress: "127.0.0.1",
      listens: true,
      onError(error) {
        throw error;
      },
    },
  );
  let accepted = 0;
  await transport.start((datagram) => {
    if (cluster.receive(datagram, Date.now(), transport.name) === "accepted") accepted += 1;
  });
  const file = join(tmpdir(), `backhand-announcements-${process.pid}`);
  writeFileSync(file, packetsOf(secret));
  const sender = spawn(process.execPath, ["-e", SENDER, file, GROUP, `${port}`, `${SERVERS}`, `${SOURCES}`], {
    stdio: "inherit",
  });
  let looked = 0;
  const looking =
    looksPerSecond === 0 ? null : setInterval(() => (looked += cluster.members().length), 1000 / looksPerSecond);
  try {
    // What making the packets left behind is not the price of hearing them.
    globalThis.gc?.();
    while (accepted < SERVERS) await new Promise((resolve) => setTimeout(resolve, 5));
    const before = process.cpuUsage();
    const startMs = performance.now();
    await once(sender, "exit");
    const { user, system } = process.cpuUsage(before);
    // The sender's last wait, in which nothing comes, counts for nothing.
    const seconds = (performance.now() - startMs) / 1000 - 0.3;
    return { share: (user + system) / 1e4 / seconds, lost: SERVERS * SECONDS - accepted, seconds, looked };
  } finally {
    if (looking !== null) clearInterval(looking);
    await transport.stop();
    rmSync(file, { force: true });
  }
}

export async function run(): Promise<readonly BenchRow[]> {
  const rows: BenchRow[] = [];
  const port = 20_000 + (process.pid % 10_000);
  for (const [name, secret, looks] of [
    ["unsigned", null, 0],
    ["signed", SECRET, 0],
    ["unsigned, with 100 looks at all members a second", null, 100],
  ] as const) {
    const { share, lost, seconds } = await hear(secret, looks, port);
    rows.push(
      { name, value: share, unit: "% of a core" },
      { name: `${name}: lost or refused`, value: lost, unit: `of ${SERVERS * SECONDS}, in ${seconds.toFixed(1)} s` },
    );
  }
  return rows;
}
