import { existsSync } from "node:fs";

import { searchAccessFiles } from "../../src/compile/access-file-search.ts";
import { compile } from "../../src/compile/compile.ts";
import { memoryFileSystem } from "../../src/config/memory-file-system.ts";
import { readConfiguration, type ReadOptions } from "../../src/config/read.ts";
import { overlayFileSystem } from "../../src/lint/overlay-file-system.ts";
import { readWithAllDefines } from "../../src/migrate/read-all.ts";
import { textOf } from "../../src/migrate/verdict.ts";
import { haproxyServer } from "../../src/migrate/verify/haproxy-sandbox.ts";
import { nginxServer } from "../../src/migrate/verify/nginx-sandbox.ts";
import { unexplained } from "../../src/migrate/verify/verification.ts";
import { verifyApache } from "../../src/migrate/verify/verify.ts";
import { verifyForeign } from "../../src/migrate/verify/verify-foreign.ts";
import { seededRandom } from "../differential/random.ts";
import { describeIf } from "../support/shared.ts";
import { ConfigurationGenerator, randomSample } from "./random-configuration.ts";
import { checkForeign, lineFault } from "./random-checks.ts";
import { hasApache, migrateConfig } from "./support.ts";

/** BACKHAND_SEED and BACKHAND_CONFIGURATIONS ask for others and more. */
const firstSeed = Number(process.env["BACKHAND_SEED"] ?? 1);
const times = Number(process.env["BACKHAND_CONFIGURATIONS"] ?? 1);
const BATCH = 20;
const REQUESTS = 40;

const foreignServers = { nginx: nginxServer, haproxy: haproxyServer } as const;

interface Kind {
  readonly to: "apache2.4" | keyof typeof foreignServers;
  readonly isLive: boolean;
  /** Many kinds of lines, spellings and addresses. */
  readonly isWide: boolean;
}

interface Compared {
  readonly requests: number;
  /** What is found that the report does not announce, with the configuration; null: nothing. */
  readonly fault: string | null;
}

/** Migrates the configuration of a seed and compares. */
async function compare(seed: number, { to, isLive, isWide }: Kind): Promise<Compared> {
  const random = seededRandom(seed);
  const wide = isWide ? { also: ["2.4"] as const } : null;
  const { dialect, files } = new ConfigurationGenerator(random, wide).configuration();
  const defines = random.chance(0.3) ? ["FIRST"] : [];
  const options = { path: "/etc/apache/httpd.conf", fileSystem: memoryFileSystem(files), dialect, defines };
  const read = (one: ReadOptions) => ({ config: readWithAllDefines(one), started: readConfiguration(one) });
  const { config, started } = read(options);
  const found = searchAccessFiles(compile(started).table, options.fileSystem);
  const texts = found.files.map(({ path, folder }) => ({ path, folder, text: files[path] ?? "" }));
  const accessFiles = { seen: found.seen, files: texts };
  const migration = migrateConfig(config, to, {
    started,
    defines,
    accessFiles,
    readAgain: (other) => read({ ...options, fileSystem: overlayFileSystem(options.fileSystem, other) }),
  });
  const requests = Array.from({ length: REQUESTS }, () => randomSample(random, isWide));
  const question = { config: started, migration, defines, requests, accessFiles };
  const result =
    to === "apache2.4"
      ? await verifyApache(question, isLive ? "/usr/sbin/apache2" : null)
      : await verifyForeign(question, foreignServers[to], isLive ? foreignServers[to].program : null);
  const different = unexplained(result);
  const [first] = different;
  const isRefused = isLive && result.kind !== "live";
  const [main] = migration.files;
  const said =
    lineFault(migration, started) ??
    (to === "apache2.4" || isLive || !existsSync(foreignServers[to].program) || main === undefined
      ? null
      : await checkForeign(foreignServers[to], textOf(main)));
  if (first === undefined && !isRefused && said === null) return { requests: result.requests, fault: null };
  const shown = (all: readonly (readonly [string, string])[]): string =>
    all.map(([path, text]) => `--- ${path}\n${text.replace(/^LoadModule.*\n/gm, "")}`).join("");
  const notes = migration.notes.map(({ message }) => message).join("\n");
  const output = shown(migration.files.map((file) => [file.path, textOf(file)]));
  const fault = `Seed ${seed} (${dialect}, -D ${defines.join()}), ${different.length} differences: ${JSON.stringify(first)} ${result.reason ?? ""} ${said ?? ""}\n${notes}\n${shown(Object.entries(files))}\n=====\n${output}`;
  return { requests: result.requests, fault };
}

/** Runs a batch to its end; throws with all seeds that failed, and what the first one found. */
async function compareBatch(from: number, kind: Kind): Promise<number> {
  let requests = 0;
  const faults = new Map<number, string>();
  for (let seed = from; seed < from + BATCH; seed += 1) {
    const one = await compare(seed, kind);
    requests += one.requests;
    if (one.fault !== null) faults.set(seed, one.fault);
  }
  const [first] = faults.values();
  if (first !== undefined) throw new Error(`Seeds ${[...faults.keys()].join(", ")} differ. ${first}`);
  return requests;
}

const batches = (count: number, from: number): readonly number[] =>
  Array.from({ length: Math.ceil((count * times) / BATCH) }, (_, index) => from + index * BATCH);

describe.each([
  { title: "a whole configuration of an older httpd", to: "apache2.4", isWide: false },
  { title: "one with many kinds of lines", to: "apache2.4", isWide: true },
  { title: "one for nginx", to: "nginx", isWide: true },
  { title: "one for haproxy", to: "haproxy", isWide: true },
] as const)("$title, by its text", ({ to, isWide }) => {
  test.each(batches(60, firstSeed))("has a report of every line and routes alike, seeds from %s on", async (first) => {
    expect(await compareBatch(first, { to, isLive: false, isWide })).toBeGreaterThan(BATCH * REQUESTS);
  });
});

const places = [
  { to: "apache2.4", isThere: hasApache },
  { to: "nginx", isThere: hasApache && existsSync(nginxServer.program) },
  { to: "haproxy", isThere: hasApache && existsSync(haproxyServer.program) },
] as const;

describe.each(places)("a whole configuration run by a real $to", ({ to, isThere }) => {
  describeIf(isThere, `${to} or apache2 is not there`)("", () => {
    test.each(batches(20, firstSeed + 1_000_000))(
      "answers alike in its new form, seeds from %s on",
      async (first) => {
        const kind = { to, isLive: true, isWide: true };
        expect(await compareBatch(first, kind)).toBeGreaterThan(BATCH * REQUESTS);
      },
      240_000,
    );
  });
});
