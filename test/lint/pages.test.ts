import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Dialect } from "../../grammar/dialect.ts";
import { rules } from "../../src/lint/rules/index.ts";
import { lintText } from "./test-rule.ts";

const folder = join(import.meta.dirname, "..", "..", "docs", "rules");

interface Example {
  readonly dialect: Dialect;
  readonly config: string;
}

/** The example under a heading of a page: a fence that names the httpd it is for. */
function example(page: string, heading: string): Example | null {
  const fence = new RegExp(`## ${heading}\\n\\n\`\`\`apache ([\\d.]+)\\n([^]*?)\`\`\``).exec(page);
  return fence === null ? null : { dialect: fence[1] as Dialect, config: fence[2] ?? "" };
}

/** The right example includes files that are not here. */
const includes = new Set(["bad-include"]);
/** Pages whose examples need files beside them, or lines of eight kilobytes. */
const cannotBeRun = new Set(["missing-file", "missing-include", "overlong-line", "unreadable-file", "lost-line"]);

describe.each(rules.map((rule) => [rule.id, rule] as const))("the page of %s", (id, rule) => {
  const path = join(folder, `${id}.md`);
  const page = existsSync(path) ? readFileSync(path, "utf8") : "";

  test("says what the rule is", () => {
    expect(page.split("\n")[0]).toBe(`# ${id}`);
    expect(page).toContain(`${rule.summary}.`);
    expect(page).toContain(`Category ${rule.category} · severity ${rule.severity} · `);
    const repair = { no: "none", safe: "`--fix`", unsafe: "`--fix=unsafe`" }[rule.fixable];
    expect(page).toContain(`repaired by ${repair}\n`);
  });

  test("has a wrong example that the rule reports and a right one that no rule of its weight does", () => {
    const wrong = example(page, "Wrong");
    const right = example(page, "Right");
    if (wrong === null || right === null) throw new Error(`no examples in ${path}`);
    if (cannotBeRun.has(id)) return;
    const found = (one: Example): readonly string[] =>
      lintText(rules, one.config, one.dialect).result.files.flatMap(({ diagnostics }) =>
        diagnostics.map((each) => each.rule),
      );
    expect(found(wrong)).toContain(id);
    expect(found(right)).not.toContain(id);
    if (includes.has(id)) return;
    const serious = lintText(rules, right.config, right.dialect).result.summary;
    expect({ id, errors: serious.errors }).toEqual({ id, errors: 0 });
  });
});

test("the list of rules has them all", () => {
  const list = readFileSync(join(folder, "README.md"), "utf8");
  for (const { id, summary, severity } of rules) {
    const row = list.split("\n").find((line) => line.includes(`](${id}.md)`)) ?? `no row for ${id}`;
    expect(row).toContain(summary);
    expect(row).toContain(` ${severity} `);
  }
});
