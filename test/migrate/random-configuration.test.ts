import { existsSync } from "node:fs";

import { memoryFileSystem } from "../../src/config/memory-file-system.ts";
import { readConfiguration } from "../../src/config/read.ts";
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
  const wide = isWide ? { also: to === "apache2.4" ? [] : (["2.4"] as const) } : null;
  const { dialect, files } = new ConfigurationGenerator(random, wide).configuration();
  const defines = random.chance(0.3) ? ["FIRST"] : [];
  const options = { path: "/etc/apache/httpd.conf", fileSystem: memoryFileSystem(files), dialect, defines };
  const started = readConfiguration(options);
  const migration = migrateConfig(readWithAllDefines(options), to, { started, defines });
  const requests = Array.from({ length: REQUESTS }, () => randomSample(random, isWide));
  const question = { config: started, migration, defines, requests };
  const result =
    to === "apache2.4"
      ? await verifyApache(question, isLive ? "/usr/sbin/apache2" : null)
      : await verifyForeign(question, foreignServers[to]);
  const found = unexplained(result);
  const [first] = found;
  const isRefused = isLive && result.kind !== "live";
  if (first === undefined && !isRefused) return { requests: result.requests, fault: null };
  const texts = (all: readonly (readonly [string, string])[]): string =>
    all.map(([path, text]) => `--- ${path}\n${text.replace(/^LoadModule.*\n/gm, "")}`).join("");
  const notes = migration.notes.map(({ message }) => message).join("\n");
  const output = texts(migration.files.map((file) => [file.path, textOf(file)]));
  const fault = `Seed ${seed} (${dialect}, -D ${defines.join()}), ${found.length} differences: ${JSON.stringify(first)} ${result.reason ?? ""}\n${notes}\n${texts(Object.entries(files))}\n=====\n${output}`;
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
  { title: "a whole configuration of an older httpd", isWide: false },
  { title: "one with many kinds of lines", isWide: true },
])("$title, by its text", ({ isWide }) => {
  test.each(batches(60, firstSeed))("routes alike in its new form, seeds from %s on", async (first) => {
    expect(await compareBatch(first, { to: "apache2.4", isLive: false, isWide })).toBeGreaterThan(BATCH * REQUESTS);
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
        const kind = { to, isLive: true, isWide: to !== "apache2.4" };
        expect(await compareBatch(first, kind)).toBeGreaterThan(BATCH * REQUESTS);
      },
      240_000,
    );
  });
});
