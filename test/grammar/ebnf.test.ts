import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { ISerializedGast } from "chevrotain";
import { HttpdParser } from "../../grammar/parser.ts";
import { createTokens } from "../../grammar/tokens.ts";

const root = join(import.meta.dirname, "..", "..");
const ebnf = readFileSync(join(root, "grammar", "httpd.ebnf"), "utf8");
const parserSource = readFileSync(join(root, "grammar", "parser.ts"), "utf8");
interface Gast extends ISerializedGast {
  readonly name?: string;
  readonly label?: string;
  readonly definition?: Gast[];
}

const rules = new HttpdParser(createTokens("2.4")).getSerializedGastProductions() as Gast[];

/** A production as the W3C notation writes it, so that it can be compared with what people read. */
function production(node: Gast, outermost = false): string {
  const inside = (node.definition ?? []).map((child) => production(child));
  const group = inside.length > 1 ? `(${inside.join(" ")})` : inside.join("");
  switch (node.type) {
    case "Terminal":
      return node.label === node.name ? String(node.name) : `"${node.label ?? ""}"`;
    case "NonTerminal":
      return String(node.name);
    case "Option":
      return `${group}?`;
    case "Repetition":
      return `${group}*`;
    case "Alternation":
      return outermost ? inside.join(" | ") : `(${inside.join(" | ")})`;
    default:
      return inside.join(" ");
  }
}

const productions = rules.map((rule) => {
  const parts = (rule.definition ?? []).map((node, _, all) => production(node, all.length === 1));
  return `${rule.name ?? ""} ::= ${parts.join(" ")}`;
});

test.each(productions)("%s", (text) => {
  expect(ebnf.split("\n")).toContain(text);
  expect(parserSource).toContain(`/** \`${text}\` */`);
});

/** The file without comments and quoted text: rule names and operators are left. */
const bare = ebnf.replace(/\/\*[^]*?\*\//g, "").replace(/"[^"\n]*"|'[^'\n]*'|\[[^\]\n]*\]|#x[0-9A-F]+/g, "");
const defined = [...bare.matchAll(/^(\w+) ::=/gm)].map((match) => match[1]);

test("every rule of the parser has its production, in the order of the parser", () => {
  const camelCase = defined.filter((name) => /^[a-z]/.test(name ?? ""));
  expect(camelCase).toEqual(rules.map((rule) => rule.name));
});

test("every token of the parser is described", () => {
  const { all } = createTokens("2.4");
  const named = all.filter((token) => (token.LABEL ?? token.name) === token.name).map((token) => token.name);
  expect(named.length).toBeGreaterThan(5);
  for (const name of named) expect(defined).toContain(name);
});

test("every name that is used is defined, once", () => {
  const used = [...bare.matchAll(/[A-Za-z]\w*/g)].map((match) => match[0]);
  expect([...new Set(used)].filter((name) => !defined.includes(name))).toEqual([]);
  expect(defined).toEqual([...new Set(defined)]);
});

test("the railroad diagram is that of the grammar", () => {
  const script = join(root, "scripts", "generate-railroad.js");
  expect(() => execFileSync(process.execPath, [script, "--check"], { stdio: "pipe" })).not.toThrow();
});
