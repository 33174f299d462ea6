import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { BenchRow } from "./bench.ts";

export const title = "Start of the command (whole processes, median of 15, taken in turn)";

const runs = 15;
const cli = join("dist", "cli.js");

/** A configuration of about 1,000 lines as they are written: comments, sections, directives. */
function configuration(): string {
  const lines = ["ServerName www.example", "Listen 80", "NameVirtualHost *"];
  for (let host = 0; lines.length < 990; host += 1) {
    lines.push(
      "",
      `# Customer ${host}`,
      "<VirtualHost *>",
      `    ServerName host${host}.example`,
      `    ServerAlias www.host${host}.example`,
      `    DocumentRoot /srv/www/host${host}`,
      `    <Directory /srv/www/host${host}>`,
      "        Options None",
      "        AllowOverride None",
      "        Order allow,deny",
      "        Allow from all",
      "    </Directory>",
      `    Alias /icons/ /srv/icons/`,
      "</VirtualHost>",
    );
  }
  return `${lines.join("\n")}\n`;
}

/** Milliseconds that a process takes from its start to its end. */
function time(args: readonly string[]): number {
  const start = process.hrtime.bigint();
  spawnSync(process.execPath, args, { stdio: "ignore" });
  return Number(process.hrtime.bigint() - start) / 1e6;
}

export function run(): Promise<readonly BenchRow[]> {
  const folder = mkdtempSync(join(tmpdir(), "backhand-bench-"));
  const file = join(folder, "httpd.conf");
  writeFileSync(file, configuration());
  const commands: readonly (readonly [string, readonly string[]])[] = [
    ["node, doing nothing", ["-e", "0"]],
    ["backhand --help", [cli, "--help"]],
    ["backhand lint, 1,000 lines", [cli, "lint", "--apache", "1.3", file]],
  ];
  const times = commands.map(() => [] as number[]);
  for (let round = 0; round <= runs; round += 1) {
    commands.forEach(([, args], index) => {
      const ms = time(args);
      // The first round warms the file cache.
      if (round > 0) times[index]?.push(ms);
    });
  }
  rmSync(folder, { recursive: true });
  return Promise.resolve(
    commands.map(([name], index) => ({
      name,
      unit: "ms",
      value: (times[index] ?? []).sort((a, b) => a - b)[runs >> 1] ?? NaN,
      ...(index > 0 ? { ratioTo: "node, doing nothing" } : {}),
    })),
  );
}
