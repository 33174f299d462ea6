import { execFile, spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";

import { nodeFileSystem } from "../../src/config/node-file-system.ts";
import { readWithAllDefines } from "../../src/migrate/read-all.ts";
import { SandboxNetwork } from "../../src/migrate/verify/sandbox-network.ts";
import { makeSandbox } from "../../src/migrate/verify/sandbox.ts";
import { describeIf } from "../support/shared.ts";
import type { TemporaryFolder } from "../support/temporary-folder.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { hasApache, migrateConfig } from "./support.ts";

const root = join(import.meta.dirname, "..", "..");
const backends = ["10.77.0.11", "10.77.0.12", "10.77.0.13"];
const unshare = ["--net", "--pid", "--fork", "--kill-child", "--mount-proc"];

/** Every server has a network namespace of its own, so that each has its own address towards the group. */
class OwnAddress extends SandboxNetwork {
  readonly #address: string;

  constructor(address: string) {
    super([]);
    this.#address = address;
  }

  override listen(): string {
    return `${this.#address}:80`;
  }
}

/** Builds the cluster, asks for a page again and again, kills a backend on the way, and prints what came of it. */
const script = `
set -e
folder=$1; shift
ip link set lo up
ip link add br0 type bridge mcast_snooping 0
ip addr add 10.77.0.1/24 dev br0
ip link set br0 up multicast on
ip route add 239.0.0.0/8 dev br0
number=0
for address in "$@"; do
  number=$((number + 1))
  unshare --net sleep 300 &
  pid=$!
  sleep 0.2
  ip link add veth$number type veth peer name eth0 netns $pid
  ip link set veth$number master br0 up
  nsenter -t $pid -n ip link set lo up
  nsenter -t $pid -n ip addr add $address/24 dev eth0
  nsenter -t $pid -n ip link set eth0 up
  nsenter -t $pid -n ip route add 239.0.0.0/8 dev eth0
  nsenter -t $pid -n setsid apache2 -f $folder/$address/conf/httpd.conf -DFOREGROUND 2>$folder/$address/stderr &
done
setsid apache2 -f $folder/balancer/conf/httpd.conf -DFOREGROUND 2>$folder/balancer/stderr &
exec node $folder/driver.mjs $folder
`;

const driver = `
import { get } from "node:http";
import { readFileSync } from "node:fs";
const folder = process.argv[2];
const ask = () => new Promise((resolve) => {
  const request = get({ host: "10.77.0.1", port: 80, path: "/app/index.html", headers: { Host: "balancer.example" }, agent: false, timeout: 5000 }, (response) => {
    let text = "";
    response.on("data", (chunk) => (text += chunk));
    response.on("end", () => resolve({ status: response.statusCode, text: text.trim() }));
    response.on("error", () => resolve({ status: 0, text: "" }));
  });
  request.on("error", () => resolve({ status: 0, text: "" }));
  request.on("timeout", () => request.destroy());
});
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const deadline = Date.now() + 40000;
let first = await ask();
while (first.status !== 200 && Date.now() < deadline) { await pause(200); first = await ask(); }
// All three have announced themselves.
const early = new Set();
while (early.size < 3 && Date.now() < deadline) early.add((await ask()).text);
const seen = {};
const failed = [];
const end = Date.now() + 8000;
let killed = false;
for (let count = 0; Date.now() < end; count += 1) {
  if (!killed && Date.now() > end - 6000) {
    const group = -Number(readFileSync(folder + "/10.77.0.12/pid", "utf8"));
    process.kill(group, "SIGKILL");
    // A request that is there in this moment is lost with it: mod_proxy sends none twice.
    await pause(500);
    killed = true;
  }
  const { status, text } = await ask();
  if (status !== 200) failed.push(status);
  else seen[text] = (seen[text] ?? 0) + 1;
  await pause(10);
}
const late = new Set();
for (let count = 0; count < 60; count += 1) late.add((await ask()).text);
console.log(JSON.stringify({ first: first.status, early: [...early].sort(), failed, seen, late: [...late].sort() }));
`;

function missing(): string | null {
  if (!hasApache) return "apache2 is not there";
  const { status } = spawnSync("unshare", [...unshare, "ip", "link", "add", "br0", "type", "bridge"], {
    timeout: 10_000,
  });
  return status === 0 ? null : "no network namespace with a bridge can be made";
}

const reason = missing();

describeIf(reason === null, reason ?? "")("a mod_backhand cluster as a cluster of Apache 2.4", () => {
  let folder: TemporaryFolder;

  beforeAll(() => {
    folder = temporaryFolder();
    folder.write("script.sh", script);
    folder.write("driver.mjs", driver);
    const read = (name: string) =>
      readWithAllDefines({
        path: join(root, "fixtures", name, "httpd.conf"),
        fileSystem: nodeFileSystem,
        dialect: "1.3",
      });
    for (const address of backends) {
      const { files } = migrateConfig(read("wlug-backend"), "apache2.4");
      makeSandbox(files, join(folder.path, address), "check", new OwnAddress(address));
      folder.write(`${address}/files/usr/local/www/htdocs/app/index.html`, `${address}\n`);
    }
    const members = backends.map((address) => ({ address, port: 80 }));
    const { files } = migrateConfig(read("wlug-balancer"), "apache2.4", { backends: members });
    const { files: paths } = makeSandbox(files, join(folder.path, "balancer"), "check", new OwnAddress("10.77.0.1"));
    mkdirSync(join(paths, "usr/local/www/htdocs"), { recursive: true });
  });

  afterAll(() => {
    folder.remove();
  });

  test("hears all members, and loses no request that comes when one has been killed", async () => {
    const { stdout } = await promisify(execFile)(
      "unshare",
      [...unshare, "bash", join(folder.path, "script.sh"), folder.path, ...backends],
      { timeout: 90_000, env: { ...process.env, NODE_OPTIONS: "" } },
    );
    const result = JSON.parse(stdout) as {
      readonly first: number;
      readonly early: readonly string[];
      readonly failed: readonly number[];
      readonly late: readonly string[];
    };
    expect(result.first).toBe(200);
    expect(result.early).toEqual(backends);
    expect(result.failed).toEqual([]);
    expect(result.late).toEqual(["10.77.0.11", "10.77.0.13"]);
  }, 120_000);
});
