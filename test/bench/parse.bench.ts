import { parse } from "../../grammar/parse.ts";
import { argsWords } from "../../grammar/words.ts";
import type { BenchRow } from "./bench.ts";

export const title = "Reading httpd.conf";

const host = (number: number): string => `
# Host ${number}: what a hosting company's generator writes
<VirtualHost 10.0.${number & 255}.1:80>
    ServerName www${number}.example.com
    ServerAlias example${number}.com *.example${number}.com
    DocumentRoot "/var/www/vhosts/www${number}.example.com/htdocs"
    <Directory "/var/www/vhosts/www${number}.example.com/htdocs">
        Options Indexes FollowSymLinks
        AllowOverride None
        Order allow,deny
        Allow from all
    </Directory>
    ErrorLog logs/www${number}-error_log
    CustomLog logs/www${number}-access_log \\
        combined
    <Location /app>
        Backhand byAge 6
        Backhand byCPU
        Backhand byRandom
    </Location>
</VirtualHost>
`;

/** Best of several runs: what the machine can do when nothing else is going on. */
function secondsOf(task: () => void): number {
  let best = Infinity;
  for (let round = 0; round < 12; round += 1) {
    const start = performance.now();
    task();
    best = Math.min(best, (performance.now() - start) / 1000);
  }
  return best;
}

export function run(): Promise<readonly BenchRow[]> {
  const coldStart = performance.now();
  parse("Listen 80\n", "2.4");
  const cold = performance.now() - coldStart;
  const text = Array.from({ length: 5000 }, (_, number) => host(number)).join("");
  const megabytes = text.length / 1e6;
  const rows: BenchRow[] = [{ name: "first parse of one line (makes the parser)", value: cold, unit: "ms" }];
  for (const dialect of ["1.3", "2.4"] as const) {
    const seconds = secondsOf(() => parse(text, dialect));
    rows.push({ name: `parse, ${dialect}`, value: megabytes / seconds, unit: "MB/s" });
  }
  const tree = parse(text, "2.4");
  const named = tree.lines.filter((line) => line.kind === "directive" || line.kind === "open");
  const words = secondsOf(() => {
    for (const line of named) argsWords(tree, line);
  });
  rows.push({ name: "splitting all arguments into words", value: named.length / words / 1e6, unit: "million lines/s" });
  globalThis.gc?.();
  const before = process.memoryUsage().heapUsed;
  const kept = parse(text, "2.4");
  globalThis.gc?.();
  const heap = process.memoryUsage().heapUsed - before;
  rows.push({ name: `heap of a tree of ${kept.lines.length} lines`, value: heap / 1e6, unit: "MB" });
  rows.push({ name: "peak resident size of this process", value: process.resourceUsage().maxRSS / 1024, unit: "MB" });
  return Promise.resolve(rows);
}
