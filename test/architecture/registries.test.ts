import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { candidacyDefinitions } from "../../src/balance/candidacy/index.ts";
import { rules } from "../../src/lint/rules/index.ts";
import { targets } from "../../src/migrate/targets/index.ts";
import { formats } from "../../src/report/formats/index.ts";

const root = join(import.meta.dirname, "..", "..");

/** Names of the files of a folder with one ending, without it. */
function namesIn(folder: string, ending: string): readonly string[] {
  return readdirSync(join(root, folder))
    .filter((file) => file.endsWith(ending) && file !== `index${ending}`)
    .map((file) => file.slice(0, -ending.length))
    .sort();
}

/** `byLogWindow` → `by-log-window`, `HTTPRedirectToIP` → `http-redirect-to-ip`. */
function kebab(name: string): string {
  return name
    .replace(/([a-z])([A-Z])/g, "$1-$2")
    .replace(/([A-Z])([A-Z][a-z])/g, "$1-$2")
    .toLowerCase()
    .replaceAll("_", "-");
}

describe("a unit is one file, one page and one line in a registry", () => {
  test("lint rules", () => {
    const ids = rules.map((rule) => rule.id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(namesIn("src/lint/rules", ".ts")).toEqual([...ids].sort());
    expect(namesIn("docs/rules", ".md").filter((name) => name !== "README")).toEqual([...ids].sort());
  });

  test("candidacy functions", () => {
    const names = candidacyDefinitions.map((definition) => definition.name);
    for (const name of names) {
      expect(existsSync(join(root, "docs/candidacy", `${name}.md`)) ? name : `no page for ${name}`).toBe(name);
    }
    const files = namesIn("src/balance/candidacy", ".ts");
    for (const name of names.filter((each) => each !== "backhand_off")) expect(files).toContain(kebab(name));
  });

  test("migration targets", () => {
    const names = [...targets.keys()];
    expect(namesIn("docs/targets", ".md").filter((name) => name !== "README")).toEqual([...names].sort());
    expect(namesIn("src/migrate/targets", ".ts")).toEqual(names.map((name) => name.replaceAll(".", "")).sort());
  });

  test("output formats", () => {
    expect(namesIn("docs/formats", ".md")).toEqual([...formats.keys()].sort());
  });
});
