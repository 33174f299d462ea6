import { execFile, spawnSync } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";

import { SandboxNetwork } from "../../src/migrate/verify/sandbox-network.ts";
import type { TemporaryFolder } from "../support/temporary-folder.ts";
import { hasApache } from "./support.ts";

/** Addresses of the three servers behind; the balancer has 10.77.0.1. */
export const backends = ["10.77.0.11", "10.77.0.12", "10.77.0.13"] as const;

const unshare = ["--net", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc"];

/** Every server has a network namespace of its own, so that each has its own address towards the group. */
export class OwnAddress extends SandboxNetwork {
  readonly #address: string;

  constructor(address: string) {
    super([]);
    this.#address = address;
  }

  override listen(): string {
    return `${this.#address}:80`;
  }
}

/** Builds the cluster and runs the driver in it; everything ends with the first process of the namespace. */
const script = `
set -e
folder=$1; shift
mount -t tmpfs tmpfs /run
ip link set lo up
ip link add br0 type bridge mcast_snooping 0
ip addr add 10.77.0.1/24 dev br0
ip link set br0 up multicast on
ip route add 239.0.0.0/8 dev br0
number=0
for address in "$@"; do
  number=$((number + 1))
  ip netns add member$number
  inside="ip netns exec member$number"
  ip link add veth$number type veth peer name inner netns member$number
  ip link set veth$number master br0 up
  $inside ip link set lo up
  $inside ip addr add $address/24 dev inner
  $inside ip link set inner up
  $inside ip route add 239.0.0.0/8 dev inner
  $inside setsid apache2 -f $folder/$address/conf/httpd.conf -DFOREGROUND 2>$folder/$address/stderr &
done
setsid apache2 -f $folder/balancer/conf/httpd.conf -DFOREGROUND 2>$folder/balancer/stderr &
exec node $folder/driver.mjs $folder
`;

/** What every driver starts with. */
const driverStart = `
import { get } from "node:http";
import { readFileSync } from "node:fs";
const folder = process.argv[2];
const ask = (path, headers = {}) => new Promise((resolve) => {
  const request = get({ host: "10.77.0.1", port: 80, path, headers: { Host: "balancer.example", ...headers }, agent: false, timeout: 5000 }, (response) => {
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
/** Until all three have announced themselves. */
const wait = async (path) => {
  const seen = new Set();
  while (seen.size < 3 && Date.now() < deadline) {
    const { status, text } = await ask(path);
    if (status === 200) seen.add(text);
    else await pause(100);
  }
  return [...seen].sort();
};
/** A request that is there in the moment of death is lost with the server: mod_proxy sends none twice. */
const kill = async (address) => {
  process.kill(-Number(readFileSync(folder + "/" + address + "/pid", "utf8")), "SIGKILL");
  await pause(100);
};
`;

/** Why no cluster can be run here, or null. */
export function whyNoCluster(): string | null {
  if (!hasApache) return "apache2 is not there";
  const { status } = spawnSync(
    "unshare",
    [...unshare, "sh", "-c", "mount -t tmpfs tmpfs /run && ip netns add a && ip link add br0 type bridge"],
    { timeout: 10_000 },
  );
  return status === 0 ? null : "no network namespaces with a bridge can be made";
}

/** Runs the servers whose sandboxes lie in the folder under their addresses and `balancer`; what the driver prints as JSON. */
export async function runCluster(folder: TemporaryFolder, driver: string): Promise<unknown> {
  folder.write("script.sh", script);
  folder.write("driver.mjs", driverStart + driver);
  const { stdout } = await promisify(execFile)(
    "unshare",
    [...unshare, "bash", join(folder.path, "script.sh"), folder.path, ...backends],
    { timeout: 90_000, env: { ...process.env, NODE_OPTIONS: "" } },
  );
  return JSON.parse(stdout);
}
