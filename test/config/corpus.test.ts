import { readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { nodeFileSystem } from "../../src/config/node-file-system.ts";
import { readConfiguration } from "../../src/config/read.ts";
import { lint } from "../../src/lint/lint.ts";
import { rules } from "../../src/lint/rules/index.ts";
import { filesBelow } from "../support/files-below.ts";
import { describeIfShared, sharedPath } from "../support/shared.ts";

/** Files in which something is fatal, with the rules that say it and why they are right. */
const golden = JSON.parse(
  readFileSync(join(import.meta.dirname, "..", "data", "corpus-fatal.json"), "utf8"),
) as Readonly<Record<string, Readonly<Record<string, string>>>>;

describeIfShared("Configurations from the wild", () => {
  const corpus = sharedPath("corpus");

  test.each([
    ["apache1.3", "1.3"],
    ["apache2", "auto"],
  ] as const)("%s: nothing is fatal but what is really wrong", (era, dialect) => {
    const files = filesBelow(join(corpus, era));
    expect(files.length).toBeGreaterThan(50);
    const found: Record<string, readonly string[]> = {};
    for (const path of files) {
      const config = readConfiguration({ path, fileSystem: nodeFileSystem, dialect });
      const diagnostics = lint(config, { rules, severities: new Map() }).files.flatMap((file) => file.diagnostics);
      const fatal = new Set(diagnostics.flatMap((diagnostic) => (diagnostic.fatal ? [diagnostic.rule] : [])));
      if (fatal.size > 0) found[relative(corpus, path)] = [...fatal].sort();
    }
    const expected = Object.entries(golden).filter(([path]) => path.startsWith(era));
    expect(found).toEqual(Object.fromEntries(expected.map(([path, reasons]) => [path, Object.keys(reasons).sort()])));
  });

  test("files of a tree are found below a given server root", () => {
    const root = join(corpus, "apache1.3", "opendarwin");
    const config = readConfiguration({
      path: join(root, "httpd.conf"),
      fileSystem: nodeFileSystem,
      dialect: "auto",
      serverRoot: root,
    });
    expect(config.dialect).toBe("1.3");
    expect(config.counts.directives).toBeGreaterThan(200);
  });
});
