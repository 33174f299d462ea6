import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { describeIf } from "../support/shared.ts";
import { hasApache, judge, modulesFolder } from "./ask-apache.ts";
import { expression } from "./expressions.ts";
import { preamble, single, snippet, snippetFiles, snippetModules } from "./snippets.ts";

/** Locally a look, in CI the whole; DIFFERENTIAL_RUNS and DIFFERENTIAL_SEED for more and for other ones. */
const numRuns = Number(process.env["DIFFERENTIAL_RUNS"] ?? (process.env["CI"] ? 800 : 150));
const seed = Number(process.env["DIFFERENTIAL_SEED"] ?? 20_240_704);

describeIf(hasApache(snippetModules), "apache2 2.4 with its modules is not installed")(
  "Generated snippets and the installed apache2",
  () => {
    const root = mkdtempSync(join(tmpdir(), "differential-"));
    const before = preamble(root, modulesFolder);
    const offset = before.split("\n").length - 1;
    const path = join(root, "t.conf");
    let judged = 0;
    beforeAll(() => {
      for (const [name, text] of Object.entries(snippetFiles)) writeFileSync(join(root, name), text);
    });
    afterAll(() => {
      rmSync(root, { recursive: true });
    });

    /** Both verdicts; where the server names a line of the snippet, ours must be among the lines of what we find. */
    async function compare(text: string): Promise<void> {
      writeFileSync(path, before + text);
      const { difference } = await judge(path, offset);
      judged += 1;
      if (difference !== null) throw new Error(difference);
    }

    test.each([
      ["one directive", single],
      ["blocks of lines", snippet],
      ["expressions", expression],
    ])(
      "agree on %s",
      async (_title, arbitrary) => {
        await fc.assert(fc.asyncProperty(arbitrary, compare), {
          numRuns,
          seed,
          interruptAfterTimeLimit: 240_000,
          markInterruptAsFailure: true,
        });
      },
      300_000,
    );

    test("all of them were judged", () => {
      expect(judged).toBeGreaterThanOrEqual(3 * numRuns);
    });
  },
);
