import { once } from "node:events";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { askControl } from "../../src/cli/control/control-client.ts";
import type { StatusReport } from "../../src/server/status-report.ts";
import type { WorkerFacts } from "../../src/server/steerable.ts";
import { startSender } from "./announcement-sender.ts";
import type { BenchRow } from "./bench.ts";
import { cpuOf, start } from "./rivals/processes.ts";

export const title =
  "backhand serve hearing 1,000 servers that announce themselves ten times a second, by multicast over the loopback, for 5 seconds";

const SERVERS = 1000;
const PER_SECOND = 10_000;
/** The first second is not measured: what a server pays once does not count. */
const SECONDS = 6;
const GROUP = "239.255.90.2";
const SECRET = "correct horse battery staple";

type Status = StatusReport & { readonly server: { readonly workers: readonly WorkerFacts[] } };

function configuration(folder: string, port: number, workers: number, signed: boolean): string {
  return `ServerRoot ${folder}
ServerName front
Listen 127.0.0.1:${port}
DocumentRoot ${folder}
UnixSocketDir ${folder}
ErrorLog ${folder}/error.log
MulticastStats 127.0.0.1 ${GROUP}:${port}
AcceptStats 127.0.0.0/8
<IfModule mod_backhand_ng.c>
BackhandWorkers ${workers}
${signed ? `BackhandStatsSecret ${folder}/secret` : ""}
</IfModule>
`;
}

/** Packets that the system threw away since the socket was opened, as its buffer was full. */
function dropped(port: number): number {
  const wanted = `:${port.toString(16).toUpperCase().padStart(4, "0")} `;
  const lines = readFileSync("/proc/net/udp", "latin1").split("\n").slice(1);
  return lines.reduce((sum, line) => (line.includes(wanted) ? sum + Number(line.trim().split(/\s+/).at(-1)) : sum), 0);
}

/** One run: shares of a core, of the first process and of each worker, and what was lost. */
async function hear(workers: number, signed: boolean, port: number) {
  const folder = mkdtempSync(join(tmpdir(), "backhand-bench-"));
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "secret"), SECRET, { mode: 0o600 });
  writeFileSync(join(folder, "httpd.conf"), configuration(folder, port, workers, signed));
  const server = start(null, [process.execPath, "dist/cli.js", "serve", join(folder, "httpd.conf")]);
  const socket = join(folder, "backhand.sock");
  const status = async (): Promise<Status> => (await askControl(socket, "GET", "/status")).body as Status;
  try {
    let first: Status | null = null;
    for (let turn = 0; turn < 200 && first === null; turn += 1) {
      first = await status().catch(() => null);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    if (first === null) throw new Error("The server did not start");
    const announcements = {
      servers: SERVERS,
      rounds: (SECONDS * PER_SECOND) / SERVERS,
      perSecond: PER_SECOND,
      secret: signed ? SECRET : null,
    };
    const { child, remove } = startSender(announcements, GROUP, port);
    try {
      while ((await status()).members.length <= SERVERS) await new Promise((resolve) => setTimeout(resolve, 20));
      await new Promise((resolve) => setTimeout(resolve, 700));
      const ids = [server.child.pid ?? 0, ...first.server.workers.map(({ pid }) => pid)];
      const before = ids.map(cpuOf);
      const startMs = performance.now();
      await once(child, "exit");
      // The sender's last wait, in which nothing comes, counts for nothing.
      const seconds = (performance.now() - startMs) / 1000 - 0.3;
      const shares = ids.map((id, index) => (cpuOf(id) - (before[index] ?? 0)) / 1e7 / seconds);
      const { members, refused } = await status();
      const sent = SERVERS * announcements.rounds;
      const lost = dropped(port) + Object.values(refused).reduce((sum, count) => sum + count, 0);
      return { shares, lost, sent, seconds, known: members.length - 1 };
    } finally {
      remove();
    }
  } finally {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

export async function run(): Promise<readonly BenchRow[]> {
  const rows: BenchRow[] = [];
  for (const [index, [workers, signed]] of (
    [
      [1, false],
      [2, false],
      [4, false],
      [2, true],
    ] as const
  ).entries()) {
    const { shares, lost, sent, seconds, known } = await hear(workers, signed, 20_100 + (process.pid % 10_000) + index);
    const name = `${workers === 1 ? "one process" : `${workers} workers`}${signed ? ", signed" : ""}`;
    const [primary = 0, ...others] = shares;
    rows.push({ name: `${name}: first process`, value: primary, unit: "% of a core" });
    if (others.length > 0) {
      const mean = others.reduce((sum, share) => sum + share, 0) / others.length;
      rows.push({ name: `${name}: each worker`, value: mean, unit: "% of a core" });
    }
    rows.push({
      name: `${name}: lost or refused`,
      value: lost,
      unit: `of ${sent}, in ${seconds.toFixed(1)} s; ${known} servers known`,
    });
  }
  return rows;
}
