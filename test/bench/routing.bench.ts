import { compile } from "../../src/compile/compile.ts";
import type { RoutingTable, TableDirective, TableSection } from "../../src/compile/table.ts";
import { memoryFileSystem } from "../../src/config/memory-file-system.ts";
import { readConfiguration } from "../../src/config/read.ts";
import type { RouteRequest } from "../../src/routing/match.ts";
import { createRouter } from "../../src/routing/router.ts";
import type { BenchRow } from "./bench.ts";

export const title =
  "Routing, one thread, no file system; wanted: 5 µs with 100 hosts, 10 µs with 10,000, 1 KB a directive";

/** A virtual host as a hosting company writes it, with ten sections. */
const host = (index: number): string => `<VirtualHost *:80>
ServerName www${index}.example
ServerAlias www${index}.example.com *.www${index}.example
DocumentRoot /srv/${index}
<Directory /srv/${index}>
Options None
AllowOverride None
Require all granted
</Directory>
<Directory /srv/${index}/private>
Require ip 10.0.0.0/8
</Directory>
<Directory /srv/${index}/*/cache>
Require all denied
</Directory>
<Files .ht*>
Require all denied
</Files>
<FilesMatch "\\.(inc|bak)$">
Require all denied
</FilesMatch>
<Location /status>
SetHandler backhand-handler
</Location>
<Location /app>
Backhand byAge 6
Backhand byLoad
</Location>
<Location /app/admin>
Require ip 10.1.0.0/16
</Location>
<Location /api/*/internal>
Require all denied
</Location>
<LocationMatch "^/old/(.*)\\.php$">
Require all denied
</LocationMatch>
</VirtualHost>
`;

const bareHost = (index: number): string => host(index).replace(/<(Directory|Files|Location)[^]*<\/\w+>\n/, "");

function tableOf(hosts: number, write = host): RoutingTable {
  const text = `Listen 80\nServerName main.example\nDocumentRoot /srv\n<Directory />\nRequire all denied\n</Directory>\n${Array.from({ length: hosts }, (_, index) => write(index + 1)).join("")}`;
  return compile(readConfiguration({ path: "httpd.conf", text, fileSystem: memoryFileSystem({}), dialect: "2.4" }))
    .table;
}

/** Microseconds for a route, the best of several rounds. */
function measure(table: RoutingTable, hosts: number): number {
  const router = createRouter(table);
  const requests = Array.from({ length: 1000 }, (_, index): RouteRequest => ({
    localAddress: "10.0.0.1",
    localPort: 80,
    host: `${index % 3 === 0 ? "x." : ""}www${((index * 7919) % hosts) + 1}.example`,
    target: `/app${index % 2 === 0 ? "" : "x"}/page/${index}/index.php?id=${index}`,
    method: "GET",
  }));
  let best = Infinity;
  for (let round = 0; round < 100; round++) {
    const start = performance.now();
    for (const request of requests) router.route(request);
    best = Math.min(best, performance.now() - start);
  }
  return best;
}

function countLines(lines: readonly TableDirective[]): number {
  return lines.reduce((sum, { children = [] }) => sum + 1 + countLines(children), 0);
}

function directivesOf({ hosts, sections }: RoutingTable): number {
  const inSections = (all: readonly TableSection[]): number =>
    all.reduce((sum, section) => sum + 1 + countLines(section.directives) + inSections(section.sections), 0);
  return hosts.reduce((sum, { directives }) => sum + countLines(directives), inSections(sections));
}

/** Bytes of heap for each directive of a table that was read from JSON, with the router that was made of it. */
function bytesEach(table: RoutingTable): { readonly table: number; readonly router: number } {
  const json = JSON.stringify(table);
  const count = directivesOf(table);
  const used = (): number => {
    globalThis.gc?.();
    return process.memoryUsage().heapUsed;
  };
  const before = used();
  const read = JSON.parse(json) as RoutingTable;
  const between = used();
  const router = createRouter(read);
  const after = used();
  if (router.problems.length > 0) throw new Error("The table of the bench cannot be run");
  return { table: (between - before) / count, router: (after - between) / count };
}

export function run(): Promise<readonly BenchRow[]> {
  const small = tableOf(100);
  const large = tableOf(10_000);
  const rows: BenchRow[] = [
    { name: "a route, 1 host, 10 sections", value: measure(tableOf(1), 1), unit: "µs" },
    { name: "a route, 100 hosts, 1,000 sections", value: measure(small, 100), unit: "µs" },
    { name: "a route, 10,000 hosts, 1 section", value: measure(tableOf(10_000, bareHost), 10_000), unit: "µs" },
    { name: "a route, 10,000 hosts, 100,000 sections", value: measure(large, 10_000), unit: "µs" },
  ];
  const start = performance.now();
  createRouter(large);
  rows.push({ name: "making the router of the last", value: performance.now() - start, unit: "ms" });
  const bytes = bytesEach(large);
  rows.push({ name: "the table", value: bytes.table, unit: "bytes a directive" });
  rows.push({ name: "the router made of it", value: bytes.router, unit: "bytes a directive" });
  return Promise.resolve(rows);
}
