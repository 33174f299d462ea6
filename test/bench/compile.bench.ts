import { compile } from "../../src/compile/compile.ts";
import { memoryFileSystem } from "../../src/config/memory-file-system.ts";
import { readConfiguration } from "../../src/config/read.ts";
import { createRouter } from "../../src/routing/router.ts";
import type { BenchRow } from "./bench.ts";

export const title = "Compiling a configuration of 100,000 lines; wanted: 1.5 s from text to table";

const host = (index: number): string => `<VirtualHost *:80>
ServerName www${index}.example
ServerAlias www${index}.example.com *.www${index}.example
DocumentRoot /srv/${index}
Redirect /old http://www${index}.example/new
<Directory /srv/${index}>
Options None
AllowOverride None
Require all granted
</Directory>
<Files .ht*>
Require all denied
</Files>
<FilesMatch "\\.(inc|bak)$">
Require all denied
</FilesMatch>
<Location /app>
Backhand byAge 6
</Location>
</VirtualHost>
`;

/** As many hosts as lines that are every host's. */
function crowd(count: number): string {
  const lines = Array.from({ length: count }, (_, index) => `Redirect /old${index} http://new.example/${index}\n`);
  return `Listen 80\nServerName m.example\n${lines.join("")}${Array.from({ length: count }, (_, index) => host(index)).join("")}`;
}

const LINES = 100_000;

function secondsOf(task: () => void): number {
  let best = Infinity;
  for (let round = 0; round < 4; round++) {
    const start = performance.now();
    task();
    best = Math.min(best, (performance.now() - start) / 1000);
  }
  return best;
}

export function run(): Promise<readonly BenchRow[]> {
  const lines = host(1).split("\n").length - 1;
  const hosts = Math.ceil(LINES / lines);
  const text = `Listen 80\nServerName m.example\n${Array.from({ length: hosts }, (_, index) => host(index)).join("")}`;
  const read = (of = text): ReturnType<typeof readConfiguration> =>
    readConfiguration({ path: "httpd.conf", text: of, fileSystem: memoryFileSystem({}), dialect: "2.4" });
  const config = read();
  const [few, many] = [1000, 5000].map((count) => {
    const { table } = compile(read(crowd(count)));
    return secondsOf(() => createRouter(table));
  });
  return Promise.resolve([
    { name: "reading", value: secondsOf(() => read()), unit: "s" },
    { name: "compiling what was read", value: secondsOf(() => compile(config)), unit: "s" },
    { name: "both", value: secondsOf(() => compile(read())), unit: "s" },
    { name: "a router, 1,000 hosts, 1,000 lines for all of them", value: few ?? NaN, unit: "s" },
    {
      name: "a router, 5,000 hosts, 5,000 lines for all of them",
      value: many ?? NaN,
      unit: "s",
      ratioTo: "a router, 1,000 hosts, 1,000 lines for all of them",
    },
  ]);
}
