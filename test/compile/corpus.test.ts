import { readdirSync, statSync } from "node:fs";
import { join, relative } from "node:path";

import { compile } from "../../src/compile/compile.ts";
import { nodeFileSystem } from "../../src/config/node-file-system.ts";
import { readConfiguration } from "../../src/config/read.ts";
import { readTable } from "../../src/routing/read-table.ts";
import { createRouter, isRefusal } from "../../src/routing/router.ts";
import { describeIfShared, sharedPath } from "../support/shared.ts";

function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    const status = statSync(path, { throwIfNoEntry: false });
    if (status === undefined) return [];
    return status.isDirectory() ? filesBelow(path) : [path];
  });
}

describeIfShared("configurations from the wild", () => {
  const corpus = sharedPath("corpus");
  test.each([
    ["apache1.3", "1.3"],
    ["apache2", "auto"],
  ] as const)("%s: each compiles, and `/` is answered on each of its hosts", (era, dialect) => {
    let hosts = 0;
    for (const path of filesBelow(join(corpus, era))) {
      const { table } = compile(readConfiguration({ path, fileSystem: nodeFileSystem, dialect }));
      expect(readTable(JSON.stringify(table))).toEqual({ table: JSON.parse(JSON.stringify(table)) as unknown });
      const router = createRouter(table);
      for (const host of table.hosts) {
        const address = host.addresses.find(({ address: own }) => own !== "*" && own !== "_default_")?.address;
        const answer = router.route({
          localAddress: address ?? "10.0.0.1",
          localPort: host.addresses[0]?.port ?? table.listen[0]?.port ?? 80,
          host: /^[a-z0-9.-]+$/i.test(host.name) ? host.name : null,
          target: "/",
          method: "GET",
          client: { address: "10.9.9.9", protocol: "HTTP/1.0", headers: [] },
        });
        hosts++;
        // A Redirect of the whole host is an answer; a refusal is not.
        const status = isRefusal(answer) ? answer.status : 200;
        expect({ path: relative(corpus, path), host: host.name, ok: status < 400 || status === 410 }).toEqual({
          path: relative(corpus, path),
          host: host.name,
          ok: true,
        });
      }
    }
    expect(hosts).toBeGreaterThan(50);
  });
});
