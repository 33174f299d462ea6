import { readdirSync } from "node:fs";
import { join } from "node:path";

import { describeIf, describeIfShared, sharedPath } from "../support/shared.ts";
import { accepts, hasApache, migrateFile } from "./support.ts";

const root = join(import.meta.dirname, "..", "..");

function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

describeIf(hasApache, "apache2 is not there")("apache2 -t accepts what becomes of our own configurations", () => {
  test.each(["wlug-balancer", "wlug-backend"])("%s", async (name) => {
    expect(await accepts(join(root, "fixtures", name, "httpd.conf"))).toBe("accepted");
  });
});

describeIfShared("real configurations of httpd 1.3", () => {
  const files = filesBelow(sharedPath("corpus", "apache1.3"));

  test.each(files)("every line of %s has one verdict, in order", (path) => {
    const { config, migration } = migrateFile(path, "apache2.4");
    for (const { source } of config.readings) {
      const lines = migration.lines.filter((line) => line.path === source.path);
      let next = 1;
      for (const { line, endLine } of lines) {
        expect(line).toBe(next);
        next = endLine + 1;
      }
      const physical = source.text.split("\n").length - (source.text.endsWith("\n") ? 1 : 0);
      expect(next - 1).toBe(source.text === "" ? 0 : physical);
      expect(lines.map(({ text }) => text).join("\n")).toBe(source.text.replace(/\n$/, ""));
    }
  });

  test.each(files)("every line of the output of %s comes from a line or has a reason", (path) => {
    const { migration } = migrateFile(path, "apache2.4");
    const lines = migration.files.flatMap((file) => file.lines);
    expect(lines.filter(({ text, from, why }) => from === null && text.trim() !== "" && !why)).toEqual([]);
  });

  describeIf(hasApache, "apache2 is not there")("and apache2 -t", () => {
    test.each(files)("accepts what becomes of %s", async (path) => {
      expect(await accepts(path)).toBe("accepted");
    });
  });
});
