import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { nodeFileSystem } from "../../src/config/node-file-system.ts";
import { readConfiguration } from "../../src/config/read.ts";
import { describeIf } from "../support/shared.ts";
import { refusals } from "./oracle.ts";
import { preamble, single, snippet, snippetFiles, snippetModules } from "./snippets.ts";

const modules = "/usr/lib/apache2/modules";
const version = spawnSync("apache2", ["-v"], { encoding: "utf8" }).stdout;
const usable =
  /Apache\/2\.4/.test(version) && snippetModules.every((name) => existsSync(join(modules, `mod_${name}.so`)));

/** Locally a look, in CI the whole; DIFFERENTIAL_RUNS and DIFFERENTIAL_SEED for more and for other ones. */
const numRuns = Number(process.env["DIFFERENTIAL_RUNS"] ?? (process.env["CI"] ? 800 : 150));
const seed = Number(process.env["DIFFERENTIAL_SEED"] ?? 20_240_704);

/** Exit code and messages of `apache2 -t`. */
function ask(path: string): Promise<{ readonly accepted: boolean; readonly message: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn("apache2", ["-t", "-f", path], { stdio: ["ignore", "ignore", "pipe"], timeout: 20_000 });
    let text = "";
    child.stderr.on("data", (chunk: Buffer) => (text += chunk.toString("latin1")));
    child.on("error", reject);
    child.on("close", (code) => {
      resolve({ accepted: code === 0, message: text.replace(/^\[.*$/gm, "").trim() });
    });
  });
}

describeIf(usable, "apache2 2.4 with its modules is not installed")(
  "Generated snippets and the installed apache2",
  () => {
    const root = mkdtempSync(join(tmpdir(), "differential-"));
    const before = preamble(root, modules);
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
      const { accepted, message } = await ask(path);
      const config = readConfiguration({ path, fileSystem: nodeFileSystem, dialect: "2.4", environment: process.env });
      const found = refusals(config, nodeFileSystem);
      judged += 1;
      const ours = found.map((refusal) => `${(refusal.via.at(-1) ?? refusal.line) - offset}: ${refusal.message}`);
      const theirs = accepted ? "accepted" : message;
      if (accepted !== (found.length === 0))
        throw new Error(`Ours: ${ours.join("; ") || "accepted"}\nTheirs: ${theirs}`);
      const line = / of macro /.test(message) ? undefined : /line (\d+) of "?[^ "]*t\.conf/.exec(message)?.[1];
      if (line !== undefined && !found.some((refusal) => (refusal.via.at(-1) ?? refusal.line) === Number(line)))
        throw new Error(`Other lines: ${ours.join("; ")}\nTheirs, less ${offset}: ${theirs}`);
    }

    test.each([
      ["one directive", single],
      ["blocks of lines", snippet],
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
      expect(judged).toBeGreaterThanOrEqual(2 * numRuns);
    });
  },
);
