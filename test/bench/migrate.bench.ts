import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { targets } from "../../src/migrate/targets/index.ts";
import type { BenchRow } from "./bench.ts";
import { migrateShapes, type MigrateShape } from "./migrate-shapes.ts";

export const title =
  "backhand migrate as a whole process (dist/cli.js), processor time of the cheapest of 3 runs; wanted: 3 s for 100,000 lines";

const ROUNDS = 3;
const SMALL = 25_000;
const LARGE = 100_000;

/** What one process took. */
interface Usage {
  /** Seconds of processor time, all threads together. */
  readonly seconds: number;
  readonly megabytes: number;
}

/** A module that leaves what its process took in the file that BENCH_USAGE names. */
const probe = `import { writeFileSync } from "node:fs";
process.on("exit", () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  writeFileSync(process.env.BENCH_USAGE, JSON.stringify({ seconds: (userCPUTime + systemCPUTime) / 1e6, megabytes: maxRSS / 1024 }));
});
`;

function migrated(root: string, target: string): Usage {
  const usage = join(root, "usage.json");
  const out = join(root, "out");
  const preload = join(root, "probe.mjs");
  writeFileSync(preload, probe);
  let best: Usage | null = null;
  for (let round = 0; round < ROUNDS; round += 1) {
    rmSync(out, { recursive: true, force: true });
    rmSync(usage, { force: true });
    const words = ["dist/cli.js", "migrate", join(root, "httpd.conf"), "--to", target, "-o", out, "--allow-partial"];
    const { status, stderr } = spawnSync(process.execPath, ["--import", pathToFileURL(preload).href, ...words], {
      stdio: ["ignore", "ignore", "pipe"],
      env: { ...process.env, BENCH_USAGE: usage },
      timeout: 120_000,
    });
    if (status !== 0) throw new Error(`migrate ended with ${String(status)}: ${stderr.toString().slice(0, 500)}`);
    const one = JSON.parse(readFileSync(usage, "utf8")) as Usage;
    if (best === null || one.seconds < best.seconds) best = one;
  }
  if (best === null) throw new Error("No round was run");
  return best;
}

function measured({ files }: MigrateShape, lines: number): ReadonlyMap<string, Usage> {
  const root = mkdtempSync(join(tmpdir(), "backhand-bench-migrate-"));
  try {
    for (const [path, text] of files(lines, root)) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
    return new Map([...targets.keys()].map((target) => [target, migrated(root, target)]));
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

/** Of every form at a quarter of the lines and at all: what takes much more than four times as long grows too fast. */
export function run(): Promise<readonly BenchRow[]> {
  const rows: BenchRow[] = [];
  let most = 0;
  for (const shape of migrateShapes) {
    const small = measured(shape, SMALL);
    for (const [target, { seconds, megabytes }] of measured(shape, LARGE)) {
      const name = `${shape.name}: ${target}`;
      const before = `${name}, ${SMALL} lines`;
      rows.push(
        { name: before, value: small.get(target)?.seconds ?? NaN, unit: "s" },
        { name, value: seconds, unit: `s, ${Math.round(megabytes)} MB`, ratioTo: before },
      );
      most = Math.max(most, megabytes);
    }
  }
  rows.push({ name: "most memory", value: most, unit: "MB" });
  return Promise.resolve(rows);
}
