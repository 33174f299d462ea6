import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { dialects, type Dialect } from "../../grammar/dialect.ts";
import { fixUntilStable } from "../../src/lint/fix.ts";
import type { LintResult } from "../../src/lint/lint.ts";
import type { Rule, RuleContext } from "../../src/lint/rule.ts";
import { rules } from "../../src/lint/rules/index.ts";
import { formats } from "../../src/report/formats/index.ts";
import { lintText, MAIN } from "./test-rule.ts";

/** Pieces of configurations, broken ones among them. */
const piece = fc.constantFrom(
  "<Directory ",
  "</Directory>",
  "<Location /a>",
  "</Location >",
  "< Files x>",
  "<IfModule mod_backhand.c>",
  "</IfModule>",
  "<!IfModule? x>",
  "LoadModule? a_module x/",
  "!AddModule? ",
  "ServerName",
  "ServrName a",
  "Backhand ",
  "BackhandbyAge 6",
  "byLogWindow",
  "byrandom",
  "off",
  "MulticastStats ",
  "BroadcastStats 10.0.0.255:4445",
  "239.1.1.1:4445",
  ",1",
  "AcceptStats 10.0.0.0/33",
  "SetHandler backhand-handler",
  "Options None Order allow,deny",
  "Allow from all",
  "Include /main.conf",
  "Define a b",
  "${a}",
  "${",
  "Use M",
  "<Macro M $x>",
  "</Macro>",
  "# backhand-disable",
  "# backhand-disable-next-line unknown-directive",
  "# c",
  " # c",
  "\\\n",
  "\\",
  '"',
  "'",
  "\n",
  "\n",
  "\n",
  "\r\n",
  " ",
  "\t",
  "\0",
  "\ufeff",
  "\udc80",
  "漢",
  ">",
  "<",
  "!",
  "?",
  "@@X@@",
  "AddModule mod_x.c",
  "ClearModuleList",
  "x".repeat(9000),
);
const text = fc.array(fc.oneof({ weight: 9, arbitrary: piece }, { weight: 1, arbitrary: fc.string() }), {
  maxLength: 40,
});

function places(result: LintResult): readonly [number, number, number, number][] {
  return result.files.flatMap(({ diagnostics }) =>
    diagnostics.map(
      ({ line, column, endLine, endColumn }) => [line, column, endLine, endColumn] as [number, number, number, number],
    ),
  );
}

describe("laws of every rule", () => {
  test.each(dialects)("no rule throws on any text, and every place lies in it (%s)", (dialect) => {
    fc.assert(
      fc.property(text, (pieces) => {
        const config = pieces.join("");
        const { result } = lintText(rules, config, dialect);
        const lines = config.split("\n");
        for (const [line, column, endLine, endColumn] of places(result)) {
          expect(line).toBeGreaterThanOrEqual(1);
          expect(endLine).toBeLessThanOrEqual(lines.length);
          expect(endLine > line || endColumn >= column).toBe(true);
          expect(column).toBeLessThanOrEqual((lines[line - 1] ?? "").length + 2);
        }
        for (const format of formats.values()) {
          expect(format(result, { color: false, columns: 80, fixed: false })).toMatch(/\n$/);
        }
      }),
      { numRuns: 200 },
    );
  });

  test.each(["1.3", "2.4"] as const)("--fix comes to an end, and a second one has nothing to do (%s)", (dialect) => {
    fc.assert(
      fc.property(text, (pieces) => {
        const config = pieces.join("");
        const { lintOnce, system } = lintText(rules, config, dialect);
        const once = fixUntilStable(system, lintOnce, false).files.find(({ path }) => path === MAIN)?.after ?? config;
        const again = lintText(rules, once, dialect);
        expect(fixUntilStable(again.system, again.lintOnce, false).files).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });

  test("a rule that names its directives says what it would say if it saw all", () => {
    const pages = join(import.meta.dirname, "..", "..", "docs", "rules");
    const seeingAll = rules.map((rule) => ({
      ...rule,
      create: (context: RuleContext) => {
        const { directives: _, ...visitor } = rule.create(context);
        return visitor;
      },
    }));
    for (const name of readdirSync(pages)) {
      const page = readFileSync(join(pages, name), "utf8");
      for (const [, dialect, config = ""] of page.matchAll(/```apache ([\d.]+)\n([^]*?)```/g)) {
        const found = (list: readonly Rule[]): unknown =>
          lintText(list, config, dialect as Dialect).result.files.map(({ diagnostics }) => diagnostics);
        expect([name, found(rules)]).toEqual([name, found(seeingAll)]);
      }
    }
  });
});
