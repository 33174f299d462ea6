import { chmodSync, existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";

import { memoryFileSystem } from "../../src/config/memory-file-system.ts";
import { readConfiguration } from "../../src/config/read.ts";
import { textOf } from "../../src/migrate/verdict.ts";
import { haproxyServer } from "../../src/migrate/verify/haproxy-sandbox.ts";
import { nginxServer } from "../../src/migrate/verify/nginx-sandbox.ts";
import { probeAgent, sendProbe } from "../../src/migrate/verify/probe.ts";
import { freePorts, startServer, type RunningServer } from "../../src/migrate/verify/real-server.ts";
import { SandboxNetwork } from "../../src/migrate/verify/sandbox-network.ts";
import { seededRandom } from "../differential/random.ts";
import { describeIf } from "../support/shared.ts";
import { temporaryFolder, type TemporaryFolder } from "../support/temporary-folder.ts";
import { accessConfiguration, decisionOf, folders, oldDecisions, randomCase, users } from "./random-access.ts";
import { migrateConfig } from "./support.ts";

/** Configurations for each server and kind, and requests to each. */
const CONFIGURATIONS = 4;
const REQUESTS = 150;
const firstSeed = Number(process.env["BACKHAND_SEED"] ?? 21_000);

const servers = { nginx: nginxServer, haproxy: haproxyServer } as const;
const names = ["nginx", "haproxy"] as const;

describe.each(names)("%s", (name) => {
  const server = servers[name];
  describeIf(existsSync(server.program), `${name} is not there`)("lets nobody in who was kept out", () => {
    const counts = { alike: 0, narrower: 0 };
    const cases = [false, true].flatMap((withSatisfy) =>
      Array.from({ length: CONFIGURATIONS }, (_, index) => ({
        seed: firstSeed + index + (withSatisfy ? 1000 : 0),
        withSatisfy,
        withHosts: index % 2 === 1,
      })),
    );

    /** Another program may take a port between the look for a free one and the start. */
    async function start(
      output: string,
      folder: TemporaryFolder,
    ): Promise<{ readonly running: RunningServer; readonly network: SandboxNetwork }> {
      let said = "";
      for (let round = 0; round < 4; round += 1) {
        const network = new SandboxNetwork(await freePorts(3));
        const file = folder.write("conf", server.sandbox(output, folder.path, network));
        const running = await startServer(server.program, server.args(file, folder.path), network.port(80));
        if (!("refused" in running)) return { running, network };
        said = running.refused;
        if (!/in use|cannot bind/i.test(said)) break;
      }
      throw new Error(`${name} does not start: ${said}\n${output}`);
    }

    test.each(cases)(
      "seed $seed, with Satisfy: $withSatisfy, with hosts: $withHosts",
      async ({ seed, withSatisfy, withHosts }) => {
        const random = seededRandom(seed);
        const text = accessConfiguration(random, withSatisfy, withHosts);
        const config = readConfiguration({
          path: "/etc/httpd.conf",
          fileSystem: memoryFileSystem({ "/etc/httpd.conf": text }),
          dialect: "1.3",
        });
        const migration = migrateConfig(config, name);
        const [main] = migration.files;
        const output = main === undefined ? "" : textOf(main);
        const folder = temporaryFolder();
        // Workers have a user of their own.
        chmodSync(folder.path, 0o755);
        const sha = "{SHA}5en6G6MezRroT3XKqkdPOmY/BfQ=";
        folder.write("files/data/users", users.map((user) => `${user}:${sha}\n`).join(""));
        for (const path of folders) mkdirSync(join(folder.path, "files/srv/www", path), { recursive: true });
        const { running, network } = await start(output, folder);
        const agent = probeAgent();
        try {
          const old = oldDecisions(text);
          const isReported = migration.lines.some(({ verdict }) => verdict.kind === "dropped" && verdict.decides);
          for (let count = 0; count < REQUESTS; count += 1) {
            const one = randomCase(random);
            const credentials = Buffer.from(`${one.user ?? ""}:secret`).toString("base64");
            const { status } = await sendProbe(
              {
                ip: "127.0.0.1",
                port: network.port(80),
                host: one.host,
                path: one.path,
                method: one.method,
                client: one.client,
                headers: {
                  ...(one.flag ? { "X-Flag": "yes" } : {}),
                  ...(one.user === null ? {} : { Authorization: `Basic ${credentials}` }),
                },
              },
              agent,
            );
            const expected = old(one);
            const found = decisionOf(status);
            if (found === expected) counts.alike += 1;
            else if (isReported && found !== "granted") counts.narrower += 1;
            else {
              const said = migration.lines.flatMap(({ verdict }) => (verdict.kind === "dropped" ? [verdict.why] : []));
              throw new Error(
                `${JSON.stringify(one)}: ${expected} before, now ${found} (${status})\n${said.join("\n")}\n${text}\n${output}`,
              );
            }
          }
        } finally {
          agent.destroy();
          await running.stop();
          folder.remove();
        }
      },
    );

    test("most cases are decided in the very same way", () => {
      expect(counts.alike + counts.narrower).toBe(cases.length * REQUESTS);
      expect(counts.alike).toBeGreaterThan((cases.length * REQUESTS) / 2);
    });
  });
});
