import { once } from "node:events";
import type { Cluster } from "../../src/stats/cluster.ts";
import { createCluster } from "../../src/stats/cluster.ts";
import { multicast } from "../../src/stats/transports/multicast.ts";
import { startSender } from "./announcement-sender.ts";
import type { BenchRow } from "./bench.ts";

export const title = "Hearing 10,000 announcements a second by multicast over the loopback, for 5 seconds";

const SERVERS = 10_000;
/** The first is not measured: what a server pays for long counts, not what it pays once. */
const SECONDS = 6;
const GROUP = "239.255.90.1";
const SECRET = "correct horse battery staple";

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
  const announcements = { servers: SERVERS, rounds: SECONDS, perSecond: SERVERS, secret };
  const { child: sender, remove } = startSender(announcements, GROUP, port);
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
    remove();
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
