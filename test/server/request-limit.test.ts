import { readServerSettings } from "../../src/server/server-settings.ts";
import type { RoutingTable } from "../../src/compile/table.ts";
import { stopAll } from "../proxy/support.ts";
import { folderWith, tableOf } from "./support.ts";

afterEach(stopAll);

function read(text: string, apache: RoutingTable["apache"]) {
  return readServerSettings({ ...tableOf(`Listen 8080\n${text}`, folderWith({})), apache });
}

test.each<[string, string, RoutingTable["apache"], number]>([
  ["as it is written", "MaxClients 150", "1.3", 150],
  ["beyond what 1.3 usually has compiled in", "MaxClients 512", "1.3", 512],
  ["by its name of 2.4", "MaxRequestWorkers 150", "2.4", 150],
  ["the last of both names", "MaxRequestWorkers 150\nMaxClients 80", "2.4", 80],
  ["no more than the processes", "ServerLimit 100\nMaxClients 400", "2.2", 100],
  ["no more than the threads of all processes", "ServerLimit 4\nThreadsPerChild 25\nMaxRequestWorkers 400", "2.4", 100],
  ["whole processes", "ThreadsPerChild 25\nMaxRequestWorkers 60", "2.4", 50],
  ["one process at least", "ThreadsPerChild 25\nMaxRequestWorkers 10", "2.4", 25],
  ["never none", "MaxClients 0", "1.3", 1],
  ["no limit without a line", "ServerLimit 4\nThreadsPerChild 25", "2.4", 0],
])("MaxClients is taken %s", (_what, text, apache, expected) => {
  expect(read(text, apache).places.limit).toBe(expected);
});

test("as many wait as ListenBacklog says, for as long as Timeout says", () => {
  expect(read("MaxClients 5\nListenBacklog 20\nTimeout 7", "2.4").places).toEqual({
    limit: 5,
    queue: 20,
    waitMs: 7000,
  });
  expect(read("MaxClients 5\nTimeout 0", "2.4").places).toEqual({ limit: 5, queue: 511, waitMs: 60_000 });
});

test("without a line nothing is limited, and 256 are announced", () => {
  expect(read("", "2.4")).toMatchObject({ places: { limit: 0 }, maxClients: 256 });
});
