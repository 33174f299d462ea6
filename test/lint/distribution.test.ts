import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { nodeFileSystem } from "../../src/config/node-file-system.ts";
import { readConfiguration } from "../../src/config/read.ts";
import { lint } from "../../src/lint/lint.ts";
import { rules } from "../../src/lint/rules/index.ts";
import { describeIfShared, sharedPath } from "../support/shared.ts";

/**
 * What is found in the files that httpd and distributions come with, at warning or above, as `line:column severity rule`;
 * each was looked at and is true. A file that is not in it has none.
 */
const golden = JSON.parse(
  readFileSync(join(import.meta.dirname, "..", "data", "distribution-findings.json"), "utf8"),
) as Readonly<Record<string, readonly string[]>>;

const DISTRIBUTED = /dist|\.in$|debian|openbsd|highperf/i;
/** Texts of symbolic links, and configurations that are broken on purpose. */
const LEFT_OUT = /-enabled\/|^invalid/;

function filesBelow(folder: string): readonly string[] {
  return readdirSync(sharedPath("corpus"), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .filter((path) => DISTRIBUTED.test(path) && !LEFT_OUT.test(path))
    .sort();
}

describeIfShared("the files that httpd comes with", () => {
  test("have the findings that were checked by hand, and no others", () => {
    const folder = sharedPath("corpus");
    const files = filesBelow(folder);
    expect(files.length).toBeGreaterThan(60);
    const found = files.flatMap((path) => {
      const config = readConfiguration({
        path: join(folder, path),
        fileSystem: nodeFileSystem,
        dialect: "auto",
        defines: [],
        before: [],
        after: [],
        modules: [],
        environment: {},
      });
      const [main] = lint(config, { rules, severities: new Map() }).files;
      const serious = (main?.diagnostics ?? [])
        .filter(({ severity }) => severity !== "info")
        .map(({ line, column, severity, rule }) => `${line}:${column} ${severity} ${rule}`);
      return serious.length === 0 ? [] : [[path, serious] as const];
    });
    expect(Object.fromEntries(found)).toEqual(golden);
  }, 60_000);
});
