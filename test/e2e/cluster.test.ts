import { execFile, spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { ClusterReport } from "../support/cluster-driver.ts";
import { cliPath } from "../support/run-cli.ts";
import { describeIf } from "../support/shared.ts";

const root = join(import.meta.dirname, "..", "..");
const modules = "/usr/lib/apache2/modules";
/** The driver is the first process of these; all that it starts ends with it, and nothing of this machine is changed. */
const unshare = ["--net", "--pid", "--fork", "--kill-child", "--mount-proc"];

function missing(): string | null {
  if (process.getuid?.() !== 0) return "only root may make bridges";
  if (spawnSync("apache2", ["-v"], { stdio: "ignore" }).status !== 0) return "apache2 is not there";
  if (!existsSync(join(modules, "mod_lbmethod_heartbeat.so"))) return `${modules} lacks mod_lbmethod_heartbeat`;
  const bridge = ["ip", "link", "add", "bridge0", "type", "bridge"];
  const made = spawnSync("unshare", [...unshare, ...bridge], { stdio: "ignore", timeout: 5000 });
  return made.status === 0 ? null : "no bridge can be made";
}

const reason = missing();

describeIf(reason === null, reason ?? "")("a cluster of two balancers and three backends on a bridge", () => {
  let directory = "";
  let report: ClusterReport;

  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), "cluster-"));
    chmodSync(directory, 0o777);
    const driver = join(directory, "driver.mjs");
    const bundle = ["--bundle", "--platform=node", "--format=esm", `--outfile=${driver}`, "--log-level=error"];
    const source = join(root, "test/support/cluster-driver.ts");
    await promisify(execFile)(join(root, "node_modules/.bin/esbuild"), [source, ...bundle]);
    const command = [process.execPath, driver, directory, modules, cliPath];
    const { stdout } = await promisify(execFile)("unshare", [...unshare, ...command], {
      timeout: 100_000,
      env: { ...process.env, NODE_OPTIONS: "" },
    });
    report = JSON.parse(stdout) as ClusterReport;
  }, 120_000);

  afterAll(() => {
    rmSync(directory, { recursive: true, force: true });
  });

  test("both balancers know each other and the Apaches, which announce themselves by mod_heartbeat", () => {
    const names = ["10.77.0.11", "10.77.0.12", "front1", "front2"];
    expect(report.known).toEqual({ front1: names, front2: names });
    expect(report.answered).toEqual({ front1: ["web1", "web2"], front2: ["web1", "web2"] });
  });

  test("a new backend takes requests within two seconds of its first announcement", () => {
    expect(report.newMs).not.toBeNull();
    expect(report.newMs).toBeLessThan(2000);
  });

  test("a backend that is cut off costs no request, gets none after byAge's three seconds, and comes back", () => {
    expect(new Set(report.cut.statuses)).toEqual(new Set([200]));
    // A second between two announcements, and what it takes to look.
    expect(report.cut.lastGivenMs).toBeLessThan(4500);
    expect(report.cut.backMs).not.toBeNull();
    expect(report.cut.backMs).toBeLessThan(5000);
  });

  test("Apache's mod_lbmethod_heartbeat uses what our balancer announces", () => {
    expect(report.legacy).toEqual({ before: 503, after: "home of front1" });
  });

  test("servers announce themselves over IPv6, in groups of the site and of the link, and get requests there", () => {
    const contacts = (front: string) => ["six1 fd77::16 8080", `six2 fe80::17%in-${front} 8080`];
    expect(report.six.contacts).toEqual({ front1: contacts("front1"), front2: contacts("front2") });
    expect(report.six.answered).toEqual(["six1", "six2"]);
    expect(report.six.refused).toBe(0);
  });

  test("one balancer goes on when the other is killed", () => {
    expect(new Set(report.alone)).toEqual(new Set([200]));
  });
});
