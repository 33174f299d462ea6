import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { BenchRow } from "./bench.ts";

export const title =
  "Start of the command, and backhand lint with all rules (whole processes, median of 9, taken in turn; their own CPU time and memory)";

const RUNS = 9;
const nothing = "node, doing nothing";
const cli = join("dist", "cli.js");

/** Virtual hosts as they are written, without a mistake. */
function configuration(lines: number): string {
  const text = ["ServerRoot /etc/httpd", "ServerName www.example", "Listen 80", 'LogFormat "%h %l %u %t" common'];
  for (let host = 0; text.length < lines - 13; host += 1) {
    text.push(
      "",
      `# Customer ${host}`,
      "<VirtualHost *:80>",
      `    ServerName host${host}.example`,
      `    ServerAlias www.host${host}.example`,
      `    DocumentRoot /srv/www/host${host}`,
      `    <Directory /srv/www/host${host}>`,
      "        Options None",
      "        AllowOverride None",
      "        Require all granted",
      "    </Directory>",
      `    CustomLog logs/host${host}.log common`,
      "</VirtualHost>",
    );
  }
  return `${text.join("\n")}\n`;
}

interface Usage {
  readonly wallMs: number;
  readonly cpuMs: number;
  readonly memoryMb: number;
}

/** Runs a process that leaves what it used in a file. */
function measure(args: readonly string[], hook: string, report: string): Usage {
  const start = process.hrtime.bigint();
  spawnSync(process.execPath, ["--require", hook, ...args], {
    stdio: "ignore",
    env: { ...process.env, USAGE: report },
  });
  const wallMs = Number(process.hrtime.bigint() - start) / 1e6;
  const used = JSON.parse(readFileSync(report, "utf8")) as NodeJS.ResourceUsage;
  return { wallMs, cpuMs: (used.userCPUTime + used.systemCPUTime) / 1000, memoryMb: used.maxRSS / 1024 };
}

export function run(): Promise<readonly BenchRow[]> {
  const folder = mkdtempSync(join(tmpdir(), "backhand-bench-"));
  const hook = join(folder, "usage.cjs");
  writeFileSync(
    hook,
    'process.on("exit", () => require("node:fs").writeFileSync(process.env.USAGE, JSON.stringify(process.resourceUsage())));',
  );
  const mistakes = join(folder, "mistakes.conf");
  writeFileSync(mistakes, "Listn 80\n".repeat(111_000));
  const commands: readonly (readonly [string, readonly string[]])[] = [
    [nothing, ["-e", "0"]],
    ["backhand --help", [cli, "--help"]],
    ...[1000, 10_000, 100_000].map((lines) => {
      const file = join(folder, `${lines}.conf`);
      writeFileSync(file, configuration(lines));
      return [`${lines.toLocaleString("en")} lines`, [cli, "lint", "--apache", "2.4", file]] as const;
    }),
    ["a megabyte of 111,000 mistakes", [cli, "lint", "--apache", "2.4", mistakes]],
  ];
  const usages = commands.map(() => [] as Usage[]);
  for (let round = 0; round <= RUNS; round += 1) {
    commands.forEach(([, args], index) => {
      const usage = measure(args, hook, join(folder, "usage.json"));
      // The first round warms the file cache.
      if (round > 0) usages[index]?.push(usage);
    });
  }
  rmSync(folder, { recursive: true });
  const median = (index: number, key: keyof Usage): number =>
    (usages[index] ?? []).map((usage) => usage[key]).sort((a, b) => a - b)[RUNS >> 1] ?? NaN;
  return Promise.resolve(
    commands.flatMap(([name], index) => [
      { name, unit: "ms", value: median(index, "wallMs"), ...(name === nothing ? {} : { ratioTo: nothing }) },
      { name: `${name}, CPU`, unit: "ms", value: median(index, "cpuMs") },
      { name: `${name}, memory`, unit: "MB", value: median(index, "memoryMb") },
    ]),
  );
}
