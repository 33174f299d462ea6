import { readFileSync } from "node:fs";
import { compile } from "../../src/compile/compile.ts";
import { nodeFileSystem } from "../../src/config/node-file-system.ts";
import { readConfiguration } from "../../src/config/read.ts";
import { formatText } from "../../src/format/format-text.ts";
import { overlayFileSystem } from "../../src/lint/overlay-file-system.ts";
import { decode } from "../../src/source/encoding.ts";
import { filesBelow } from "../support/files-below.ts";
import { describeIfShared, sharedPath } from "../support/shared.ts";

/** What httpd would make of a text in the place of a file: the routing table and what is wrong, by line. */
function meaning(
  path: string,
  text: string,
): { readonly dialect: "1.3" | "2.0" | "2.2" | "2.4"; readonly says: string } {
  const fileSystem = overlayFileSystem(nodeFileSystem, new Map([[path, text]]));
  const config = readConfiguration({ path, fileSystem, dialect: "auto" });
  const problems = config.problems.map(({ kind, fatal, origin, message }) => [
    kind,
    fatal,
    text.slice(0, origin.line.start).split("\n").length,
    message,
  ]);
  const { table, problems: ofCompiling } = compile(config);
  return { dialect: config.dialect, says: JSON.stringify([table, problems, ofCompiling]) };
}

describeIfShared("Formatting real configurations", () => {
  const files = filesBelow(sharedPath("corpus"));

  test("changes neither the routing table nor what is wrong, and once is enough", () => {
    expect(files.length).toBeGreaterThan(200);
    let changed = 0;
    for (const path of files) {
      const text = decode(readFileSync(path));
      const before = meaning(path, text);
      const formatted = formatText(text, before.dialect);
      expect([path, formatText(formatted, before.dialect) === formatted]).toEqual([path, true]);
      expect([path, meaning(path, formatted).says === before.says]).toEqual([path, true]);
      if (formatted !== text) changed += 1;
    }
    expect(changed).toBeGreaterThan(100);
  });
});
