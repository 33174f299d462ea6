import type { Host, Place, RoutingTable, TableDirective, TableSection } from "../../src/compile/table.ts";
import { TABLE_VERSION } from "../../src/compile/table.ts";
import type { RouteRequest } from "../../src/routing/match.ts";
import { createRouter } from "../../src/routing/router.ts";
import type { BenchRow } from "./bench.ts";

export const title = "routing: requests a second, one thread, no file system";

const place: Place = { file: 0, line: 1 };

const line = (name: string, ...args: readonly string[]): TableDirective => ({ name, args, place });

const address = (text: string) => ({ address: text, text, port: 80, place });

function host(index: number): Host {
  const name = `www${index}.example`;
  const aliases = [{ pattern: `*.www${index}.example`, place }];
  const directives = [line("DocumentRoot", `/srv/${index}`)];
  return { name, namePlace: place, port: 80, aliases, path: null, addresses: [address("*")], place, directives };
}

function section(kind: TableSection["kind"], argument: string, ...directives: readonly TableDirective[]): TableSection {
  return { host: 0, kind, argument, place, directives, sections: [] };
}

function table(hosts: number, patterns: number): RoutingTable {
  const main: Host = { ...host(0), name: "main.example", addresses: [], aliases: [], place: null };
  return {
    format: "backhand-routing-table",
    version: TABLE_VERSION,
    apache: "2.4",
    files: ["httpd.conf"],
    serverRoot: "/etc/httpd",
    listen: [{ address: "*", port: 80, place }],
    nameVirtualHosts: [],
    hosts: [main, ...Array.from({ length: hosts }, (_, index) => host(index + 1))],
    sections: [
      section("Directory", "/", line("Require", "all", "denied")),
      section("Directory", "/srv/*", line("Require", "all", "granted"), line("Backhand", "byAge", "6")),
      section("Files", "*.ht*", line("Require", "all", "denied")),
      section("Location", "/status", line("SetHandler", "backhand-handler")),
      ...Array.from({ length: patterns }, (_, index) => section("LocationMatch", `^/app${index}/(.*)\\.php$`)),
    ],
    cluster: {
      announce: [],
      accept: [],
      unixSocketDir: null,
      selfRedirect: false,
      connectionPools: true,
      moderatorPidFile: null,
      local: null,
      intervalMs: 1000,
      secretFile: null,
      buses: [],
    },
    settings: [],
    unenforced: [],
  };
}

function measure(hosts: number, patterns: number): number {
  const router = createRouter(table(hosts, patterns));
  const requests = Array.from({ length: 1000 }, (_, index): RouteRequest => ({
    localAddress: "10.0.0.1",
    localPort: 80,
    host: `www${(index % hosts) + 1}.example`,
    target: `/app${index % 7}/page/${index}/index.php?id=${index}`,
    method: "GET",
  }));
  for (const request of requests) router.route(request);
  const rounds = 100;
  const start = performance.now();
  for (let round = 0; round < rounds; round++) for (const request of requests) router.route(request);
  return Math.round((rounds * requests.length) / ((performance.now() - start) / 1000));
}

export function run(): Promise<readonly BenchRow[]> {
  const cases = [
    { name: "1 host, no patterns", hosts: 1, patterns: 0 },
    { name: "1000 hosts, each with a wildcard alias, no patterns", hosts: 1000, patterns: 0 },
    { name: "1 host, 20 LocationMatch", hosts: 1, patterns: 20 },
  ];
  const rows = cases.map(({ name, hosts, patterns }): BenchRow => ({
    name,
    value: measure(hosts, patterns),
    unit: "requests/s",
  }));
  return Promise.resolve(rows);
}
