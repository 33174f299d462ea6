import { readdirSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import { nodeFileSystem } from "../../src/config/node-file-system.ts";
import { readConfiguration } from "../../src/config/read.ts";
import { describeIfShared, sharedPath } from "../support/shared.ts";

/** Regular files below a folder, links that lead nowhere left out. */
function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    const status = statSync(path, { throwIfNoEntry: false });
    if (status === undefined) return [];
    return status.isDirectory() ? filesBelow(path) : [path];
  });
}

/**
 * What the reader takes for fatal in files that a server has run, beside includes of other machines; each is one: the parser
 * tests of others hold text that no httpd takes, and an included file may need the macros of the one that includes it.
 */
const explained: Readonly<Record<string, readonly string[]>> = {
  "apache1.3/Apache-ConfigParser/httpd02.conf": ["malformed-tag", "malformed-tag"],
  "apache2/httpd-mod_macro-tests/inc63_2.conf": ["bad-macro", "bad-macro"],
  "apache2/httpd-mod_macro-tests/test63.conf": ["bad-macro"],
};

describeIfShared("Configurations from the wild", () => {
  const corpus = sharedPath("corpus");

  test.each(["apache1.3", "apache2"])("%s: nothing is fatal but what is explained", (era) => {
    const files = filesBelow(join(corpus, era));
    expect(files.length).toBeGreaterThan(50);
    const found: Record<string, readonly string[]> = {};
    for (const path of files) {
      const dialect = era === "apache1.3" ? "1.3" : "auto";
      const config = readConfiguration({ path, fileSystem: nodeFileSystem, dialect });
      const kinds = config.problems.flatMap(({ fatal, kind }) => (fatal && kind !== "missing-include" ? [kind] : []));
      if (kinds.length > 0) found[relative(corpus, path)] = kinds;
    }
    const ofEra = Object.entries(explained).filter(([path]) => path.startsWith(era));
    expect(found).toEqual(Object.fromEntries(ofEra));
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
