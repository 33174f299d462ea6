import { lint } from "../../src/lint/lint.ts";
import { defineRule, type Finding, type Rule } from "../../src/lint/rule.ts";
import { suppressionComment } from "../../src/lint/rules/suppression-comment.ts";
import { configOf, readingOf } from "./config-of.ts";

/** Reports every directive line whose name it is given. */
function named(id: string, name: string, extra: Partial<Rule> & { finding?: Partial<Finding> } = {}): Rule {
  const { finding, ...rule } = extra;
  return defineRule({
    id,
    summary: id,
    category: "syntax",
    severity: "warning",
    fixable: "no",
    dialects: ["2.4"],
    create: ({ report }) => ({
      line(line, _index, reading) {
        if (line.kind !== "directive" || line.name !== name) return;
        report({ reading, span: { start: line.nameStart, end: line.nameEnd }, message: `no ${name}`, ...finding });
      },
    }),
    ...rule,
  });
}

const none = new Map<string, never>();
const bad = named("no-bad", "Bad");

function shown(
  text: string,
  rules: readonly Rule[],
  severities: ReadonlyMap<string, "off" | "error"> = none,
): string[] {
  const { files } = lint(configOf(readingOf("a.conf", text)), { rules, severities });
  return files.flatMap(({ diagnostics }) =>
    diagnostics.map(({ line, column, severity, rule, message }) => `${line}:${column} ${severity} ${rule} ${message}`),
  );
}

describe("lint", () => {
  test("beyond twenty thousand findings of a rule one says where the rest begins, fatal when any of them is", () => {
    const text = "Bad\n".repeat(20_005);
    const late = defineRule({
      ...bad,
      create: ({ report, isFull }) => ({
        line(line, index, reading) {
          expect(isFull()).toBe(index > 20_000);
          report({ reading, span: line, message: `no ${index}`, fatal: index === 20_003 });
        },
      }),
    });
    const found = shown(text, [late]);
    expect(found).toHaveLength(20_001);
    expect(found.at(-2)).toBe("20000:1 warning no-bad no 19999");
    expect(found.at(-1)).toBe(
      "20001:1 error no-bad More than 20,000 findings of this rule; those from here on are left out",
    );
  });

  test("a finding becomes a diagnostic with its place, page and category", () => {
    const { files } = lint(configOf(readingOf("a.conf", "Good\n  Bad x\n")), { rules: [bad], severities: none });
    expect(files[0]?.diagnostics).toEqual([
      {
        rule: "no-bad",
        category: "syntax",
        severity: "warning",
        fatal: false,
        message: "no Bad",
        url: "docs/rules/no-bad.md",
        path: "a.conf",
        line: 2,
        column: 3,
        endLine: 2,
        endColumn: 6,
        related: [],
      },
    ]);
  });

  test("findings come out by line, column and rule, whatever the order of the rules", () => {
    const rules = [named("z", "Bad"), named("b", "Worse"), bad];
    expect(shown("Worse\nBad\n", rules)).toEqual([
      "1:1 warning b no Worse",
      "2:1 warning no-bad no Bad",
      "2:1 warning z no Bad",
    ]);
  });

  test("a file that is read twice has each finding once, and is listed once", () => {
    const reading = readingOf("inc.conf", "Bad\n");
    const { files, summary } = lint(configOf(readingOf("a.conf", "Good\n"), reading, { ...reading }), {
      rules: [bad],
      severities: none,
    });
    expect(files.map(({ source, diagnostics }) => [source.path, diagnostics.length])).toEqual([
      ["a.conf", 0],
      ["inc.conf", 1],
    ]);
    expect(summary).toEqual({
      errors: 0,
      warnings: 1,
      infos: 0,
      suppressed: 0,
      directives: 3,
      understood: 2,
      opaque: 1,
    });
  });

  test("a rule for other versions of httpd does not run", () => {
    expect(shown("Bad\n", [named("old", "Bad", { dialects: ["1.3"] })])).toEqual([]);
  });

  test("severities: the user's word comes first, then fatal, then the finding's own", () => {
    const fatal = named("no-bad", "Bad", { finding: { fatal: true } });
    const mild = named("no-bad", "Bad", { finding: { severity: "info" } });
    expect(shown("Bad\n", [fatal])).toEqual(["1:1 error no-bad no Bad"]);
    expect(shown("Bad\n", [mild])).toEqual(["1:1 info no-bad no Bad"]);
    expect(shown("Bad\n", [mild], new Map([["no-bad", "error"]]))).toEqual(["1:1 error no-bad no Bad"]);
    expect(shown("Bad\n", [fatal], new Map([["no-bad", "off"]]))).toEqual([]);
  });

  test("a finding hides those of the rules that its rule shadows, on its own line only", () => {
    const rules = [named("deep", "Bad", { shadows: ["no-bad"] }), named("no-bad", "Bad"), named("other", "Bad")];
    expect(shown("Bad\n", rules)).toEqual(["1:1 warning deep no Bad", "1:1 warning other no Bad"]);
    const elsewhere = [named("deep", "Worse", { shadows: ["no-bad"] }), bad];
    expect(shown("Worse\nBad\n", elsewhere)).toEqual(["1:1 warning deep no Worse", "2:1 warning no-bad no Bad"]);
  });

  test("when what is hidden was fatal, what hides it is", () => {
    const hidden = named("no-bad", "Bad", { finding: { fatal: true } });
    const rules = [named("deep", "Bad", { shadows: ["no-bad"] }), hidden];
    const { files } = lint(configOf(readingOf("a.conf", "Bad\n")), { rules, severities: none });
    expect(files[0]?.diagnostics).toMatchObject([{ rule: "deep", fatal: true, severity: "error" }]);
  });

  test("messages of hostile length are cut", () => {
    const long = named("no-bad", "Bad", { finding: { message: "x".repeat(100_000) } });
    expect(shown("Bad\n", [long])[0]?.length).toBeLessThan(1000);
  });
});

describe("suppression comments", () => {
  const rules = [bad, named("no-worse", "Worse"), suppressionComment];

  test.each([
    ["the next line", "# backhand-disable-next-line no-bad\nBad\nBad\n", ["3:1 warning no-bad no Bad"]],
    ["the next line behind blank lines and comments", "# backhand-disable-next-line no-bad\n\n# why\nBad\n", []],
    ["with a reason", "# backhand-disable-next-line no-bad -- no-worse: not here\nBad\n", []],
    ["several rules", "# backhand-disable no-bad, no-worse\nBad\nWorse\n", []],
    ["every rule", "#backhand-disable\nBad\nWorse\n", []],
    ["until enabled", "# backhand-disable no-bad\nBad\n# backhand-enable no-bad\nBad\n", ["4:1 warning no-bad no Bad"]],
    [
      "until all are enabled",
      "# backhand-disable no-bad\nBad\n# backhand-enable\nBad\n",
      ["4:1 warning no-bad no Bad"],
    ],
    ["only the rule that is named", "# backhand-disable no-bad\nBad\nWorse\n", ["3:1 warning no-worse no Worse"]],
    [
      "twice the same",
      "# backhand-disable no-bad\n# backhand-disable no-bad\nBad\n",
      ["2:20 info suppression-comment Unused suppression of no-bad"],
    ],
    [
      "nothing",
      "# backhand-disable-next-line no-bad\nGood\n",
      ["1:30 info suppression-comment Unused suppression of no-bad"],
    ],
    [
      "nothing, for all rules",
      "# backhand-disable\nGood\n",
      ["1:3 info suppression-comment Unused suppression comment"],
    ],
    [
      "a rule that is none",
      "# backhand-disable no-bat\nBad\n",
      ['1:20 info suppression-comment Unknown rule "no-bat" in a suppression comment', "2:1 warning no-bad no Bad"],
    ],
    ["what only looks like one", "# backhand-disabled no-bad\nBad\n", ["2:1 warning no-bad no Bad"]],
  ])("suppress %s", (_title, text, expected) => {
    expect(shown(text, rules)).toEqual(expected);
  });

  test("a suppressed finding is counted, and a finding that would shadow others does not when suppressed", () => {
    const shadowing = [named("deep", "Bad", { shadows: ["no-bad"] }), bad];
    const config = configOf(readingOf("a.conf", "# backhand-disable deep\nBad\n"));
    const { files, summary } = lint(config, { rules: shadowing, severities: none });
    expect(files[0]?.diagnostics.map(({ rule }) => rule)).toEqual(["no-bad"]);
    expect(summary.suppressed).toBe(1);
  });

  test("comments of rules that are switched off are not called unused", () => {
    const off = new Map([["no-bad", "off" as const]]);
    expect(shown("# backhand-disable no-bad\nBad\n", rules, off)).toEqual([]);
  });

  test("a comment in text that no httpd reads is not called unused", () => {
    const reading = readingOf("a.conf", "# backhand-disable no-bad\nGood\n");
    const config = configOf({ ...reading, active: reading.active.map(() => false) });
    expect(lint(config, { rules, severities: none }).summary.infos).toBe(0);
  });

  test("a hundred thousand comments are read in one go", () => {
    const text = "# backhand-disable no-bad\n# backhand-enable no-bad\nBad\n".repeat(50_000);
    const { summary } = lint(configOf(readingOf("a.conf", text)), { rules, severities: none });
    // 20,000 of a rule are kept, and one says that there are more.
    expect(summary.warnings).toBe(20_001);
  });
});
