import { execFile, spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { HeartbeatReport } from "../support/heartbeat-driver.ts";
import { describeIf } from "../support/shared.ts";

const root = join(import.meta.dirname, "..", "..");
const modules = "/usr/lib/apache2/modules";

/**
 * A network namespace of our own, so that multicast has a route to the loopback without a change to the machine, and a process
 * namespace, so that no Apache outlives the test.
 */
const unshare = ["--net", "--pid", "--fork", "--kill-child", ...(process.getuid?.() === 0 ? [] : ["--map-root-user"])];

function succeeds(command: string, args: readonly string[]): boolean {
  return spawnSync(command, args, { stdio: "ignore", timeout: 5000 }).status === 0;
}

function missing(): string | null {
  if (!succeeds("apache2", ["-v"])) return "apache2 is not there";
  if (!["heartbeat", "heartmonitor", "mpm_event"].every((name) => existsSync(join(modules, `mod_${name}.so`)))) {
    return `${modules} lacks mod_heartbeat, mod_heartmonitor or mod_mpm_event`;
  }
  return succeeds("unshare", [...unshare, "ip", "link", "set", "lo", "up"]) ? null : "no network namespace can be made";
}

const reason = missing();

describeIf(reason === null, reason ?? "")("a real Apache 2.4", () => {
  let directory = "";
  let report: HeartbeatReport | null = null;

  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), "heartbeat-"));
    // Apache's children write there, without our rights.
    chmodSync(directory, 0o777);
    const driver = join(directory, "driver.mjs");
    await promisify(execFile)(join(root, "node_modules/.bin/esbuild"), [
      join(root, "test/support/heartbeat-driver.ts"),
      "--bundle",
      "--platform=node",
      "--format=esm",
      `--outfile=${driver}`,
      // A CommonJS package in the bundle may call require.
      `--banner:js=import { createRequire } from "node:module"; const require = createRequire(import.meta.url);`,
      "--log-level=error",
    ]);
    const script = 'ip link set lo up multicast on && ip route add 239.0.0.0/8 dev lo src 127.0.0.1 && exec "$0" "$@"';
    const { stdout } = await promisify(execFile)(
      "unshare",
      [...unshare, "sh", "-c", script, process.execPath, driver, directory, modules],
      { timeout: 50_000, env: { ...process.env, NODE_OPTIONS: "" } },
    );
    report = JSON.parse(stdout) as HeartbeatReport;
  }, 60_000);

  afterAll(() => {
    rmSync(directory, { recursive: true, force: true });
  });

  test("appears in the cluster by its heartbeats, one a second", () => {
    expect(report?.member).toMatchObject({
      id: "127.0.0.1",
      address: "127.0.0.1",
      port: 80,
      state: "up",
      isSelf: false,
      load: 0,
      cpuCount: 0,
    });
    const { ready, busy } = report?.member as { readonly ready: number; readonly busy: number };
    expect(ready).toBeGreaterThan(0);
    expect(busy).toBe(0);
    expect(report?.spacingMs).toBeGreaterThan(800);
    expect(report?.spacingMs).toBeLessThan(2500);
    expect(Object.values(report?.refused as Record<string, number>).every((count) => count === 0)).toBe(true);
  });

  test("is dropped by byAge soon after its end", () => {
    expect(report).toMatchObject({ keptAlive: true, keptDead: false });
  });

  test("takes our announcements for heartbeats", () => {
    expect(report?.monitored).toMatch(/^127\.0\.0\.1 &ready=41&busy=1&lastseen=\d+&port=8099$/);
    expect(report?.apacheLog).not.toContain("malformed");
  });
});
