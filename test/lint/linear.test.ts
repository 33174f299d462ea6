import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { dialects, type Dialect } from "../../grammar/dialect.ts";
import { parse } from "../../grammar/parse.ts";
import type { ActiveConfig } from "../../src/config/active-config.ts";
import { memoryFileSystem } from "../../src/config/memory-file-system.ts";
import { readConfiguration } from "../../src/config/read.ts";
import { lint } from "../../src/lint/lint.ts";
import type { Rule } from "../../src/lint/rule.ts";
import { firstWord } from "../../src/lint/sections.ts";
import { rules } from "../../src/lint/rules/index.ts";
import { countBlocks } from "../support/count-blocks.ts";

const pages = join(import.meta.dirname, "..", "..", "docs", "rules");

/** The wrong examples of the pages, by rule: what makes each rule work. */
const examples = new Map(
  readdirSync(pages).flatMap((name) => {
    const page = readFileSync(join(pages, name), "utf8");
    const [, dialect, config] = /## Wrong\n\n```apache ([\d.]+)\n([^]*?)```/.exec(page) ?? [];
    return dialect === undefined || config === undefined
      ? []
      : [[name.slice(0, -3), { dialect: dialect as Dialect, config }] as const];
  }),
);

/** All of a dialect together; without those that leave sections open, since the next would then stand in them. */
const everything = (dialect: Dialect): string =>
  [...examples.values()]
    .filter((one) => one.dialect === dialect && parse(one.config, dialect).problems.length === 0)
    .map(({ config }) => config)
    .join("\n");

const takeCount = countBlocks();

function read(text: string, dialect: Dialect): ActiveConfig {
  return readConfiguration({ path: "/a.conf", text, fileSystem: memoryFileSystem({}), dialect, environment: {} });
}

/** The blocks that one rule makes run, reading apart. */
function stepsOf(rule: Rule, config: ActiveConfig): number {
  takeCount();
  lint(config, { rules: [rule], severities: new Map([[rule.id, rule.severity]]) });
  return takeCount();
}

/** As long as the other, with other names: every number and most words get a number of their own. */
function repeated(text: string, times: number, isDistinct: boolean): string {
  return Array.from({ length: times }, (_, index) =>
    isDistinct ? text.replace(/\bexample\b|\/srv\b|\/www\b/g, (word) => `${word}${index}`) : text,
  ).join("\n");
}

/** Enough for the bounds that rules set themselves to show. */
const FEW = 40;
/** Ten times the text may take ten times the steps, and some more for what is sorted or looked up in a tree. */
const MOST = 16;

describe("ten times the text costs a rule ten times the steps", () => {
  for (const dialect of ["1.3", "2.2", "2.4"] as const) {
    const own = rules.filter((rule) => rule.dialects.includes(dialect));
    for (const isDistinct of [false, true]) {
      test(`httpd ${dialect}, ${isDistinct ? "other" : "the same"} names`, () => {
        const text = everything(dialect);
        const [small, large] = [FEW, FEW * 10].map((times) => read(repeated(text, times, isDistinct), dialect));
        if (small === undefined || large === undefined) throw new Error("no configurations");
        const slow = own.flatMap((rule) => {
          const ratio = stepsOf(rule, large) / stepsOf(rule, small);
          return ratio > MOST ? [`${rule.id}: ${ratio.toFixed(1)}`] : [];
        });
        expect(slow).toEqual([]);
      });
    }
  }

  test.each(rules.map((rule) => [rule.id, rule] as const))("%s, with what it is for", (id, rule) => {
    const example = examples.get(id);
    if (example === undefined) throw new Error(`no example of ${id}`);
    const [small, large] = [FEW, FEW * 10].map((times) =>
      read(repeated(example.config, times, false), example.dialect),
    );
    if (small === undefined || large === undefined) throw new Error("no configurations");
    expect(stepsOf(rule, large) / stepsOf(rule, small)).toBeLessThan(MOST);
  });

  test("the count notices what is worse than linear", () => {
    const [first] = rules;
    if (first === undefined) throw new Error("no rules");
    const quadratic: Rule = {
      ...first,
      dialects,
      create: ({ config }) => ({
        directive() {
          for (const child of config.server.children) firstWord(child);
        },
      }),
    };
    const [small, large] = [FEW, FEW * 10].map((times) => read("ServerName a\n".repeat(times), "2.4"));
    if (small === undefined || large === undefined) throw new Error("no configurations");
    expect(stepsOf(quadratic, large) / stepsOf(quadratic, small)).toBeGreaterThan(MOST);
  });
});
