// Run by test/e2e/cluster.test.ts, bundled, as the first process of network and process namespaces of its own: a bridge, and
// for each host of the cluster one more network namespace with an interface on it.
import type { ChildProcess } from "node:child_process";
import { execFileSync, spawn } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** What happened, for the test to judge. */
export interface ClusterReport {
  /** Names of the members that each balancer knew, the balancers themselves among them. */
  readonly known: Readonly<Record<string, readonly string[]>>;
  /** Who answered the requests to each balancer. */
  readonly answered: Readonly<Record<string, readonly string[]>>;
  readonly cut: {
    /** Statuses of the requests while a backend was cut off. */
    readonly statuses: readonly number[];
    /** Milliseconds after the cut, when the last request was given to it. */
    readonly lastGivenMs: number;
    /** Milliseconds from the end of the cut to its first answer. */
    readonly backMs: number | null;
  };
  /** Milliseconds from the first announcement of a new backend that the balancer heard to its first answer. */
  readonly newMs: number | null;
  /** What Apache's mod_lbmethod_heartbeat answered before and after it heard of our balancer. */
  readonly legacy: { readonly before: number; readonly after: string | null };
  /** Over IPv6: members with their contacts as both balancers knew them, and who answered the requests to the first. */
  readonly six: {
    readonly contacts: Readonly<Record<string, readonly string[]>>;
    readonly answered: readonly string[];
    /** Announcements that the first balancer refused. */
    readonly refused: number;
  };
  /** Statuses after the other balancer was killed. */
  readonly alone: readonly number[];
  readonly log: string;
}

const [directory = "", modules = "", cli = ""] = process.argv.slice(2);
const GROUP = "239.255.77.1:4445";
/** Of the site, and of the link, which is another group on each interface. */
const GROUP6 = "[ff15::77:1]:4446";
const LINK_GROUP6 = "ff02::77:1";
const LINK_PORT = 4447;
const BY_AGE_SECONDS = 3;
let log = "";

const ip = (...words: readonly string[]): string => execFileSync("ip", words, { encoding: "utf8" });
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Waits for its interface, which nobody else has under that name, configures it and becomes the program. */
const HOST_SCRIPT = `
until ip link show "$0" >/dev/null 2>&1; do sleep 0.05; done
ip link set lo up && ip addr add "$1/24" dev "$0" && ip addr add "fd77::\${1##*.}/64" dev "$0" nodad || exit 1
ip link set "$0" addrgenmode none && ip addr add "fe80::\${1##*.}/64" dev "$0" nodad && ip link set "$0" up && ip route add 224.0.0.0/4 dev "$0" || exit 1
echo 0 > /proc/sys/net/ipv4/ip_unprivileged_port_start
shift
exec setpriv --reuid=65534 --regid=65534 --clear-groups "$@"`;

async function startHost(name: string, address: string, command: readonly string[]): Promise<ChildProcess> {
  const child = spawn("unshare", ["--net", "sh", "-c", HOST_SCRIPT, `in-${name}`, address, ...command], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (part: Buffer) => (log += `${name}: ${part.toString()}`));
  }
  // unshare has to have left this namespace before the interface follows it.
  await pause(300);
  ip("link", "add", `br-${name}`, "type", "veth", "peer", "name", `in-${name}`);
  ip("link", "set", `in-${name}`, "netns", String(child.pid));
  ip("link", "set", `br-${name}`, "master", "bridge0", "up");
  return child;
}

function folderOf(name: string, files: Readonly<Record<string, string>>): string {
  const folder = join(directory, name);
  mkdirSync(join(folder, "htdocs/app"), { recursive: true });
  for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, file), text);
  execFileSync("chmod", ["-R", "a+rwX", folder]);
  return folder;
}

function startApache(name: string, address: string, lines: string): Promise<ChildProcess> {
  const folder = folderOf(name, { "htdocs/app/index.html": name, "htdocs/index.html": name });
  const needed = ["mpm_event", "authz_core", "dir", "heartbeat", "heartmonitor", "slotmem_shm"];
  const conf = `ServerRoot ${folder}
ServerName ${name}
Listen ${address}:80
PidFile ${folder}/httpd.pid
DefaultRuntimeDir ${folder}
ErrorLog ${folder}/error.log
${needed.map((module) => `LoadModule ${module}_module ${modules}/mod_${module}.so`).join("\n")}
DocumentRoot ${folder}/htdocs
DirectoryIndex index.html
${lines}`;
  writeFileSync(join(folder, "httpd.conf"), conf);
  return startHost(name, address, ["apache2", "-DFOREGROUND", "-f", join(folder, "httpd.conf")]);
}

function startFront(name: string, address: string): Promise<ChildProcess> {
  const folder = folderOf(name, { "htdocs/index.html": `home of ${name}` });
  const conf = `ServerRoot ${folder}
ServerName ${name}
Listen ${address}:8080
DocumentRoot ${folder}/htdocs
MulticastStats ${address} ${GROUP},1
MulticastStats ${address} ${GROUP6},1
MulticastStats ${address} [${LINK_GROUP6}%in-${name}]:${LINK_PORT},1
AcceptStats 10.77.0.0/24
AcceptStats fd77::/64
AcceptStats fe80::/10
# A kept connection to a host that is cut off takes a request and never says so.
BackhandConnectionPools Off
<IfModule mod_backhand_ng.c>
BackhandTimeout connect=300ms
</IfModule>
<Location /app>
Backhand removeSelf
Backhand byAge ${BY_AGE_SECONDS}
BackhandFromSO byHostname.so byHostname ^(web3|10[.]77)
Backhand byRandom
</Location>
<Location /six>
Backhand byAge ${BY_AGE_SECONDS}
BackhandFromSO byHostname.so byHostname ^six
Backhand byRandom
</Location>
<Location /status>
SetHandler backhand-handler
Order allow,deny
Allow from 10.77.0.0/24
</Location>
`;
  writeFileSync(join(folder, "httpd.conf"), conf);
  return startHost(name, address, [process.execPath, cli, "serve", join(folder, "httpd.conf")]);
}

interface Answer {
  readonly status: number;
  readonly text: string;
}

async function get(url: string): Promise<Answer> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(3000) });
    return { status: response.status, text: (await response.text()).trim() };
  } catch {
    return { status: 0, text: "" };
  }
}

interface StatusMember {
  readonly id: string;
  readonly address: string;
  readonly port: number;
  readonly ageMs: number;
  readonly requests: number;
}

async function membersOf(front: string): Promise<readonly StatusMember[]> {
  const { status, text } = await get(`http://${front}:8080/status?format=json`);
  return status === 200 ? (JSON.parse(text) as { readonly members: readonly StatusMember[] }).members : [];
}

/** Asks until there is an answer; null: there was none in time. */
async function waitFor<Value>(ask: () => Promise<Value | null>, limitMs: number): Promise<Value | null> {
  const endMs = Date.now() + limitMs;
  while (Date.now() < endMs) {
    const value = await ask();
    if (value !== null) return value;
    await pause(50);
  }
  return null;
}

const FRONT1 = "10.77.0.1";
const FRONT2 = "10.77.0.2";
const app = (front: string): Promise<Answer> => get(`http://${front}:8080/app/`);
const isFrom =
  (wanted: string, front = FRONT1) =>
  async (): Promise<number | null> =>
    (await app(front)).text === wanted ? Date.now() : null;
const knows = (front: string, count: number) => async (): Promise<readonly string[] | null> => {
  const names = (await membersOf(front)).map(({ id }) => id).sort();
  return names.length >= count ? names : null;
};

async function answering(front: string, times: number, path = "/app/"): Promise<readonly string[]> {
  const names = new Set<string>();
  for (let time = 0; time < times; time += 1) {
    const { status, text } = await get(`http://${front}:8080${path}`);
    names.add(status === 200 ? text : String(status));
  }
  return [...names].sort();
}

ip("link", "set", "lo", "up");
ip("link", "add", "bridge0", "type", "bridge", "mcast_snooping", "0");
ip("addr", "add", "10.77.0.254/24", "dev", "bridge0");
ip("link", "set", "bridge0", "up");

const heart = `HeartbeatAddress ${GROUP}\n`;
await startApache("web1", "10.77.0.11", heart);
await startApache("web2", "10.77.0.12", heart);
const balancer = ["proxy", "proxy_http", "proxy_balancer", "lbmethod_heartbeat"];
await startApache(
  "legacy",
  "10.77.0.20",
  `${balancer.map((module) => `LoadModule ${module}_module ${modules}/mod_${module}.so`).join("\n")}
HeartbeatListen ${GROUP}
ProxyPass / balancer://cluster/
<Proxy balancer://cluster>
BalancerMember http://${FRONT1}:8080
ProxySet lbmethod=heartbeat
</Proxy>
`,
);
const before = (await waitFor(async () => ((await get("http://10.77.0.20/")).status === 503 ? 503 : null), 8000)) ?? 0;
await startFront("front1", FRONT1);
const front2 = await startFront("front2", FRONT2);
const known = {
  front1: (await waitFor(knows(FRONT1, 4), 15_000)) ?? [],
  front2: (await waitFor(knows(FRONT2, 4), 15_000)) ?? [],
};
const answered = { front1: await answering(FRONT1, 40), front2: await answering(FRONT2, 40) };

// A new backend: a program that takes requests, with the agent beside it.
const server = 'require("http").createServer((q, r) => r.end("web3")).listen(8080, "10.77.0.13")';
const announce = `"$0" -e '${server}' & exec "$0" "$1" agent --announce "10.77.0.13 ${GROUP},1" --port 8080 --name web3`;
await startHost("web3", "10.77.0.13", ["sh", "-c", announce, process.execPath, cli]);
const heardMs = await waitFor(async () => {
  const member = (await membersOf(FRONT1)).find(({ id }) => id === "web3");
  return member === undefined ? null : Date.now() - member.ageMs;
}, 15_000);
const firstMs = await waitFor(isFrom("web3"), 5000);

// Two servers that announce themselves over IPv6, one by its address, the other by that of the link that its packets come from.
const server6 = (name: string): string =>
  `require("http").createServer((q, r) => r.end("${name}")).listen({ port: 8080, host: "::", ipv6Only: true })`;
const announced = { six1: `fd77::16 ${GROUP6},1`, six2: `[${LINK_GROUP6}]:${LINK_PORT},1` };
for (const [index, [name, target]] of Object.entries(announced).entries()) {
  const both = `"$0" -e '${server6(name)}' & exec "$0" "$1" agent --announce "${target}" --port 8080 --name ${name}`;
  await startHost(name, `10.77.0.${16 + index}`, ["sh", "-c", both, process.execPath, cli]);
}
const sixOf = (front: string) => async (): Promise<readonly string[] | null> => {
  const found = (await membersOf(front)).filter(({ id }) => id.startsWith("six"));
  return found.length < 2 ? null : found.map(({ id, address, port }) => `${id} ${address} ${port}`).sort();
};
const contacts = {
  front1: (await waitFor(sixOf(FRONT1), 15_000)) ?? [],
  front2: (await waitFor(sixOf(FRONT2), 15_000)) ?? [],
};
const sixAnswers = await answering(FRONT1, 30, "/six/");
const { refused } = JSON.parse((await get(`http://${FRONT1}:8080/status?format=json`)).text) as {
  readonly refused: Readonly<Record<string, number>>;
};

// The second backend is cut off: requests go on, and it gets none when it has been silent for long enough.
ip("link", "set", "br-web2", "down");
const cutMs = Date.now();
const statuses: number[] = [];
let given = -1;
let lastGivenMs = 0;
while (Date.now() - cutMs < 7000) {
  statuses.push((await app(FRONT1)).status);
  const requests = (await membersOf(FRONT1)).find(({ id }) => id === "10.77.0.12")?.requests ?? 0;
  if (given >= 0 && requests > given) lastGivenMs = Date.now() - cutMs;
  given = requests;
}
ip("link", "set", "br-web2", "up");
const upMs = Date.now();
const backMs = await waitFor(isFrom("web2"), 15_000);

const after = await waitFor(async () => {
  const { status, text } = await get("http://10.77.0.20/");
  return status === 200 ? text : null;
}, 15_000);

front2.kill("SIGKILL");
const alone: number[] = [];
for (let time = 0; time < 20; time += 1) alone.push((await app(FRONT1)).status);

const report: ClusterReport = {
  known,
  answered,
  cut: { statuses, lastGivenMs, backMs: backMs === null ? null : backMs - upMs },
  newMs: heardMs === null || firstMs === null ? null : firstMs - heardMs,
  legacy: { before, after },
  six: { contacts, answered: sixAnswers, refused: Object.values(refused).reduce((sum, count) => sum + count, 0) },
  alone,
  log,
};
process.stdout.write(JSON.stringify(report), () => process.exit(0));
