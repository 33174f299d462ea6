import { memoryFileSystem } from "../../src/config/memory-file-system.ts";
import { readWithAllDefines } from "../../src/migrate/read-all.ts";
import { makeReport } from "../../src/migrate/report.ts";
import { targets } from "../../src/migrate/targets/index.ts";
import type { BenchRow } from "./bench.ts";

export const title = "Migrating 100,000 lines of 1.3 for each target; wanted: 3 s";

/** Twenty lines of a host of 1.3. */
const host = (number: number): string =>
  [
    `<VirtualHost 10.${number >> 8}.${number & 255}.1>`,
    `ServerName www${number}.example`,
    `DocumentRoot /srv/${number}`,
    'ErrorDocument 404 "gone',
    `<Directory /srv/${number}>`,
    "Options Indexes +FollowSymLinks",
    "Order allow,deny",
    "Allow from all",
    "</Directory>",
    `<Directory /srv/${number}/private>`,
    "AuthType Basic",
    'AuthName "x"',
    "AuthUserFile /etc/users",
    "Require valid-user",
    "</Directory>",
    "<Location /status>",
    "Order deny,allow",
    "Deny from all",
    "</Location>",
    "</VirtualHost>",
  ].join("\n");

const LINES = 100_000;

export function run(): Promise<readonly BenchRow[]> {
  const hosts = Math.ceil(LINES / host(1).split("\n").length);
  const text = `Listen 80\n${Array.from({ length: hosts }, (_, index) => host(index)).join("\n")}\n`;
  const rows = [...targets.values()].map((target): BenchRow => {
    let best = Infinity;
    for (let round = 0; round < 4; round++) {
      const start = performance.now();
      const fileSystem = memoryFileSystem({ "/etc/httpd.conf": text });
      const config = readWithAllDefines({ path: "/etc/httpd.conf", fileSystem, dialect: "1.3" });
      const migration = target.migrate({
        config,
        started: config,
        defines: [],
        modulesDirectory: "modules",
        moduleFiles: null,
        backends: [],
      });
      makeReport(migration, target.name, "1.3");
      best = Math.min(best, (performance.now() - start) / 1000);
    }
    return { name: `reading, migrating, report: ${target.name}`, value: best, unit: "s" };
  });
  return Promise.resolve(rows);
}
