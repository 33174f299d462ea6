import { memoryFileSystem } from "../../src/config/memory-file-system.ts";
import { readConfiguration } from "../../src/config/read.ts";
import { readWithAllDefines } from "../../src/migrate/read-all.ts";
import { textOf } from "../../src/migrate/verdict.ts";
import { unexplained, type Verification } from "../../src/migrate/verify/verification.ts";
import { verifyApache } from "../../src/migrate/verify/verify.ts";
import { seededRandom } from "../differential/random.ts";
import { describeIf } from "../support/shared.ts";
import { ConfigurationGenerator, randomSample } from "./random-configuration.ts";
import { hasApache, migrateConfig } from "./support.ts";

/** BACKHAND_SEED and BACKHAND_CONFIGURATIONS ask for others and more. */
const firstSeed = Number(process.env["BACKHAND_SEED"] ?? 1);
const times = Number(process.env["BACKHAND_CONFIGURATIONS"] ?? 1);
const BATCH = 20;
const REQUESTS = 40;

/** Migrates the configuration of a seed and compares; throws where a difference is found that the report does not announce. */
async function compare(seed: number, program: string | null): Promise<Verification> {
  const random = seededRandom(seed);
  const { dialect, files } = new ConfigurationGenerator(random).configuration();
  const defines = random.chance(0.3) ? ["FIRST"] : [];
  const options = { path: "/etc/apache/httpd.conf", fileSystem: memoryFileSystem(files), dialect, defines };
  const started = readConfiguration(options);
  const migration = migrateConfig(readWithAllDefines(options), "apache2.4", { started, defines });
  const requests = Array.from({ length: REQUESTS }, () => randomSample(random));
  const result = await verifyApache({ config: started, migration, defines, requests }, program);
  const found = unexplained(result);
  const [first] = found;
  const isRefused = program !== null && result.kind !== "live";
  if (first !== undefined || isRefused) {
    const texts = (all: readonly (readonly [string, string])[]): string =>
      all.map(([path, text]) => `--- ${path}\n${text.replace(/^LoadModule.*\n/gm, "")}`).join("");
    const notes = migration.notes.map(({ message }) => message).join("\n");
    throw new Error(
      `Seed ${seed} (${dialect}, -D ${defines.join()}), ${found.length} differences: ${JSON.stringify(first)} ${result.reason ?? ""}\n${notes}\n${texts(Object.entries(files))}\n=====\n${texts(migration.files.map((file) => [file.path, textOf(file)]))}`,
    );
  }
  return result;
}

const batches = (count: number, from: number): readonly number[] =>
  Array.from({ length: Math.ceil((count * times) / BATCH) }, (_, index) => from + index * BATCH);

describe("a whole configuration of an older httpd, by its text", () => {
  test.each(batches(60, firstSeed))("routes alike in its new form, seeds from %s on", async (first) => {
    let requests = 0;
    for (let seed = first; seed < first + BATCH; seed += 1) requests += (await compare(seed, null)).requests;
    expect(requests).toBeGreaterThan(BATCH * REQUESTS);
  });
});

describeIf(hasApache, "apache2 is not there")("a whole configuration of an older httpd, run by a real apache2", () => {
  test.each(batches(20, firstSeed + 1_000_000))(
    "answers alike in its new form, seeds from %s on",
    async (first) => {
      let requests = 0;
      for (let seed = first; seed < first + BATCH; seed += 1)
        requests += (await compare(seed, "/usr/sbin/apache2")).requests;
      expect(requests).toBeGreaterThan(BATCH * REQUESTS);
    },
    240_000,
  );
});
