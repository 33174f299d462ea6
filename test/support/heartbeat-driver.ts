// Run by apache-heartbeat.test.ts, bundled, in a network namespace of its own: a real Apache announces itself, and hears us.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Candidate } from "../../src/balance/candidacy.ts";
import { byAge } from "../../src/balance/candidacy/by-age.ts";
import { createInflight } from "../../src/balance/inflight.ts";
import { joinCluster } from "../../src/stats/join-cluster.ts";

/** What happened, for the test to judge. */
export interface HeartbeatReport {
  /** The member that the heartbeats made, with its figures. */
  readonly member: unknown;
  /** Milliseconds between two heartbeats. */
  readonly spacingMs: number;
  /** Whether `byAge 2` kept the server while it lived, and 2.5 s after its end. */
  readonly keptAlive: boolean;
  readonly keptDead: boolean;
  /** The line of mod_heartmonitor's file that our announcements made. */
  readonly monitored: string | null;
  readonly refused: unknown;
  readonly apacheLog: string;
}

const [directory = "", modules = ""] = process.argv.slice(2);
const HEARTBEAT = { address: "239.255.78.1", port: 27999 };
const MONITOR = { address: "239.255.78.2", port: 27998 };
const storage = join(directory, "heartbeats");
const log = join(directory, "error.log");

writeFileSync(
  join(directory, "httpd.conf"),
  `ServerRoot ${directory}
ServerName localhost
Listen 127.0.0.1:8080
PidFile ${directory}/httpd.pid
DefaultRuntimeDir ${directory}
ErrorLog ${log}
LogLevel info
LoadModule mpm_event_module ${modules}/mod_mpm_event.so
LoadModule heartbeat_module ${modules}/mod_heartbeat.so
LoadModule heartmonitor_module ${modules}/mod_heartmonitor.so
HeartbeatAddress ${HEARTBEAT.address}:${HEARTBEAT.port}
HeartbeatMaxServers 0
HeartbeatListen ${MONITOR.address}:${MONITOR.port}
HeartbeatStorage ${storage}
`,
);

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** Asks until there is an answer, at most so long; null: there was none. */
async function waitFor<Value>(ask: () => Value | null | undefined, limitMs: number): Promise<Value | null> {
  const endMs = Date.now() + limitMs;
  while (Date.now() < endMs) {
    const answer = ask();
    if (answer !== null && answer !== undefined) return answer;
    await pause(50);
  }
  return null;
}

function textOf(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}

const place = { file: 0, line: 1 };
const contact = { address: "127.0.0.1", port: 8099 };
const membership = await joinCluster({
  settings: {
    announce: [
      { ...HEARTBEAT, ttl: 1, contact, place },
      { ...MONITOR, ttl: 1, contact, place },
    ],
    accept: ["127.0.0.0/8"],
    unixSocketDir: null,
    selfRedirect: false,
    connectionPools: true,
    moderatorPidFile: null,
    local: null,
    intervalMs: 1000,
    secretFile: null,
    buses: [],
  },
  identity: { id: "front1", address: "127.0.0.1", port: 8099, startMs: Date.now() },
  workers: () => ({ ready: 41, busy: 1 }),
  backhanded: () => ({ count: 0, meanTimeMs: null }),
  listens: true,
  log: (line) => {
    console.error(line);
  },
});

const inflight = createInflight();
const keep = byAge.create("2");
const candidates = () => inflight.candidates(membership.cluster.members());
const apacheMember = () => candidates().find((server) => !server.isSelf);

function isKept(): boolean {
  const [self] = candidates();
  if (self === undefined || "error" in keep) throw new Error("no self");
  const request = { scheme: "http", host: null, target: "/", headers: {} } as const;
  const context = {
    nowMs: Date.now(),
    random: Math.random,
    self,
    request,
    warn: () => {},
    redirect: () => {},
    draining: [],
  };
  return keep(candidates(), context).some((server: Candidate) => !server.isSelf);
}

// As somebody without rights where we have all: Apache does not want to serve as root.
const nobody = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};
const apache = spawn("apache2", ["-DFOREGROUND", "-f", join(directory, "httpd.conf")], {
  stdio: ["ignore", "ignore", "inherit"],
  ...nobody,
});
const ended = once(apache, "exit");

const first = await waitFor(apacheMember, 8000);
const next = await waitFor(() => {
  const member = apacheMember();
  return member?.lastHeardMs === first?.lastHeardMs ? null : member;
}, 4000);
const keptAlive = isKept();
const monitored = await waitFor(() => /^127\.0\.0\.1 .*$/m.exec(textOf(storage))?.[0], 15_000);
// Its children would survive a SIGKILL of their parent.
apache.kill("SIGTERM");
await ended;
await pause(2500);
const report: HeartbeatReport = {
  member: next,
  spacingMs: (next?.lastHeardMs ?? 0) - (first?.lastHeardMs ?? 0),
  keptAlive,
  keptDead: isKept(),
  monitored,
  refused: membership.cluster.refused(),
  apacheLog: textOf(log),
};
await membership.stop();
console.log(JSON.stringify(report));
process.exit(0);
