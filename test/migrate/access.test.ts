import { mkdirSync } from "node:fs";
import { dirname, join } from "node:path";

import { memoryFileSystem } from "../../src/config/memory-file-system.ts";
import { readConfiguration } from "../../src/config/read.ts";
import type { Probe } from "../../src/migrate/verify/probe.ts";
import { probeAgent, sendProbe } from "../../src/migrate/verify/probe.ts";
import { freePorts, startServer } from "../../src/migrate/verify/real-server.ts";
import { SandboxNetwork } from "../../src/migrate/verify/sandbox-network.ts";
import { makeSandbox } from "../../src/migrate/verify/sandbox.ts";
import { textOf } from "../../src/migrate/verdict.ts";
import { seededRandom } from "../differential/random.ts";
import { describeIf } from "../support/shared.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import {
  accessConfiguration,
  accessFilesOf,
  decisionOf,
  folders,
  oldDecisions,
  only,
  randomCase,
  users,
} from "./random-access.ts";
import { hasApache, migrateConfig } from "./support.ts";

/** Configurations of one kind, and requests to each. */
const CONFIGURATIONS = 20;
const REQUESTS = 150;
/** Of all 6,000; the others meet configurations with lines that are reported as closed. */
const LEAST_COMPARED = 2_000;
const firstSeed = Number(process.env["BACKHAND_SEED"] ?? 7_000);

/** Whether there are .htaccess files, and whether the migration can read them. */
const kinds = ["none", "none", "known", "known", "unseen"] as const;

describeIf(hasApache, "apache2 is not there")(
  "Order, Allow, Deny, Satisfy and Require decide alike as Require lines in a real apache2",
  () => {
    const cases = [false, true].flatMap((withSatisfy) =>
      Array.from({ length: CONFIGURATIONS }, (_, index) => ({
        seed: firstSeed + index + (withSatisfy ? 1000 : 0),
        withSatisfy,
        withHosts: index % 2 === 1,
        kind: kinds[index % kinds.length] ?? "none",
      })),
    );
    let compared = 0;

    test.each(cases)(
      "seed $seed, with Satisfy: $withSatisfy, with hosts: $withHosts, .htaccess: $kind",
      async ({ seed, withSatisfy, withHosts, kind }) => {
        const random = seededRandom(seed);
        const text = accessConfiguration(random, withSatisfy, withHosts);
        const folder = temporaryFolder();
        // Everybody's password is "secret".
        const sha = "{SHA}5en6G6MezRroT3XKqkdPOmY/BfQ=";
        folder.write("files/data/users", users.map((name) => `${name}:${sha}\n`).join(""));
        folder.write("files/data/groups", "staff: ann eve\n");
        for (const name of [...folders, ...only])
          mkdirSync(join(folder.path, "files/srv/www", name), { recursive: true });
        const config = readConfiguration({
          path: "/etc/httpd.conf",
          fileSystem: memoryFileSystem({ "/etc/httpd.conf": text }),
          dialect: "1.3",
        });
        // Of files that nobody has seen Satisfy stays what 2.4 makes of it, which the documents say.
        const files = kind === "none" ? {} : accessFilesOf(random, withSatisfy && kind === "known");
        const texts = Object.entries(files).map(([path, content]) => ({ path, folder: dirname(path), text: content }));
        const accessFiles = kind === "unseen" ? { files: [], seen: [] } : { files: texts, seen: ["/srv/www"] };
        const migration = migrateConfig(config, "apache2.4", { accessFiles });
        if (kind === "unseen")
          for (const [path, content] of Object.entries(files)) folder.write(`files${path}`, content);
        const network = new SandboxNetwork(await freePorts(3));
        const { file } = makeSandbox(migration.files, folder.path, "probe", network);
        const port = network.port(80);
        const server = await startServer("/usr/sbin/apache2", ["-f", file, "-DFOREGROUND"], port);
        if ("refused" in server) throw new Error(`apache2 does not start: ${server.refused}\n${text}`);
        const agent = probeAgent();
        try {
          const old = oldDecisions(text, files);
          const isNarrower =
            kind === "unseen" ||
            migration.notes.some(({ message }) => message.includes("narrower")) ||
            migration.lines.some(({ verdict }) => verdict.kind === "dropped" && verdict.decides);
          for (let count = 0; count < REQUESTS; count += 1) {
            const one = randomCase(random);
            const probe: Probe = {
              ip: "127.0.0.1",
              port,
              host: one.host,
              path: one.path,
              method: one.method,
              client: one.client,
              headers: {
                ...(one.flag ? { "X-Flag": "yes" } : {}),
                ...(one.user === null
                  ? {}
                  : { Authorization: `Basic ${Buffer.from(`${one.user}:secret`).toString("base64")}` }),
              },
            };
            const expected = old(one);
            const { status } = await sendProbe(probe, agent);
            const found = status === 500 ? "broken" : decisionOf(status);
            // What is reported as narrower may be closed, and nothing is ever wider.
            if (!isNarrower) compared += 1;
            if (isNarrower && found !== "granted" && expected !== found) continue;
            if (found !== expected) {
              const output = migration.files.map((each) => textOf(each).replace(/^LoadModule.*\n/gm, "")).join("\n");
              const notes = migration.notes.map(({ message }) => message).join("\n");
              throw new Error(
                `${JSON.stringify(one)}: ${expected} before, now ${found} (${status})\n${notes}\n${text}\n${JSON.stringify(files, null, 1)}\n${output}`,
              );
            }
          }
        } finally {
          agent.destroy();
          await server.stop();
          folder.remove();
        }
      },
    );

    test(`at least ${LEAST_COMPARED} cases were held to the very same decision`, () => {
      expect(compared).toBeGreaterThanOrEqual(LEAST_COMPARED);
    });
  },
);
