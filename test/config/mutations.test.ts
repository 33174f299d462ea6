import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { hasMarker } from "../../src/config/templates.ts";
import { decode, encode } from "../../src/source/encoding.ts";
import { filesBelow } from "../support/files-below.ts";
import { randomFrom } from "../support/random.ts";
import { describeIf, describeIfShared, sharedPath } from "../support/shared.ts";
import { hasApache, judge, modulesFolder, type Judgement } from "./ask-apache.ts";
import { fileModules, mutated, settled } from "./mutations.ts";
import { preamble, snippetModules } from "./snippets.ts";

/** Locally a look, in CI the whole; MUTATION_RUNS and MUTATION_SEED for more and for other ones. */
const runs = Number(process.env["MUTATION_RUNS"] ?? (process.env["CI"] ? 600 : 60));
const seed = Number(process.env["MUTATION_SEED"] ?? 20_240_704);

/** A file whose first error is this far down has shown enough; those that remain are commented out one by one. */
const MOST_ERRORS = 40;

const all = [...snippetModules, ...fileModules];

describeIfShared("Real files for 2.x", () => {
  describeIf(hasApache(all), "apache2 2.4 with its modules is not installed")("and the installed apache2", () => {
    const root = mkdtempSync(join(tmpdir(), "mutations-"));
    const path = join(root, "t.conf");
    const loads = fileModules.map((name) => `LoadModule ${name}_module ${modulesFolder}/mod_${name}.so\n`);
    const before = preamble(root, modulesFolder) + loads.join("");
    const offset = before.split("\n").length - 1;
    const corpus = sharedPath("corpus");
    const differences: string[] = [];
    const accepted: { readonly name: string; readonly text: string }[] = [];
    afterAll(() => {
      rmSync(root, { recursive: true });
    });

    async function judged(name: string, text: string): Promise<Judgement> {
      writeFileSync(path, encode(before + text));
      const judgement = await judge(path, offset);
      if (judgement.difference !== null) differences.push(`${name}\n${judgement.difference}`);
      return judgement;
    }

    test("agree on each error of each file, one after the other", async () => {
      for (const file of filesBelow(join(corpus, "apache2"))) {
        let text = settled(decode(readFileSync(file)));
        // Templates are judged leniently on purpose.
        if (hasMarker(text) || text.length > 60_000) continue;
        const name = relative(corpus, file);
        for (let errors = 0; errors < MOST_ERRORS; errors += 1) {
          const { line, accepted: fine } = await judged(name, text);
          if (fine) accepted.push({ name, text });
          const lines = text.split("\n");
          const wrong = lines[(line ?? 0) - 1];
          if (fine || line === null || wrong === undefined || wrong.startsWith("#")) break;
          text = lines.with(line - 1, `#${wrong}`).join("\n");
        }
      }
      expect(differences).toEqual([]);
      expect(accepted.length).toBeGreaterThan(80);
    }, 240_000);

    test("agree on files that an accident has changed", async () => {
      differences.length = 0;
      const random = randomFrom(seed);
      for (let run = 0; run < runs; run += 1) {
        const one = accepted[random.below(accepted.length)];
        const other = accepted[random.below(accepted.length)];
        if (one === undefined || other === undefined) throw new Error("No file was accepted");
        const text = mutated(one.text, other.text, random);
        const last = random.below(4) === 0 ? mutated(text, other.text, random) : text;
        const { difference } = await judged(`${one.name}, run ${run}`, last);
        if (difference !== null) differences.push(last);
      }
      expect(differences).toEqual([]);
    }, 300_000);
  });
});
