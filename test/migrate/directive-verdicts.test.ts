import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { directivesOf, modulesOf } from "../../grammar/directives/lookup.ts";
import { configurationWith } from "./directive-lines.ts";
import { migrateText } from "./support.ts";

/** For each httpd its directives with what nginx and HAProxy make of them; BACKHAND_UPDATE=1 writes it anew. */
const FILE = join(import.meta.dirname, "directive-verdicts.json");
const standard = new Set(["core", "base", "extension", "mpm"]);

function verdictsOf(dialect: "1.3" | "2.2" | "2.4"): Readonly<Record<string, string>> {
  const status = new Map(modulesOf(dialect).map((one) => [one.name, one.status]));
  const found: Record<string, string> = {};
  for (const spec of directivesOf(dialect)) {
    if (spec.section || !standard.has(status.get(spec.module) ?? "")) continue;
    const { text, line } = configurationWith(spec);
    const verdicts = ["nginx", "haproxy"].map((to) => {
      const verdict = migrateText(text, { to, dialect }).migration.lines.find((one) => one.line === line)?.verdict;
      return verdict?.kind === "dropped" && verdict.decides ? "lost" : (verdict?.kind ?? "none");
    });
    found[text.split("\n")[line - 1] ?? ""] = verdicts.join(" ");
  }
  return found;
}

test("every directive of the standard modules has the verdict that it had, for nginx and HAProxy", () => {
  const found = { "1.3": verdictsOf("1.3"), "2.2": verdictsOf("2.2"), "2.4": verdictsOf("2.4") };
  if (process.env["BACKHAND_UPDATE"] === "1") writeFileSync(FILE, `${JSON.stringify(found, null, 2)}\n`);
  expect(Object.keys(found["2.4"]).length).toBeGreaterThan(500);
  expect(found).toEqual(JSON.parse(readFileSync(FILE, "utf8")));
});
