import fc from "fast-check";
import { dialects } from "../../grammar/dialect.ts";
import type { ActiveNode } from "../../src/config/active-config.ts";
import { argumentProblem } from "../../src/config/arguments.ts";
import { contextProblem } from "../../src/config/contexts.ts";
import { valueProblem } from "../../src/config/values.ts";
import { read } from "./reading.ts";

/** So many different words in a row. */
function many(word: (index: number) => string, count = 20_000): string {
  return [...new Set(Array.from({ length: count }, (_, index) => word(index)))].join(" ");
}

/** Half a megabyte and more of what is hard to read. */
const nasties: Readonly<Record<string, string>> = {
  "nested openers": "<Directory /x>\n".repeat(40_000),
  "nested conditionals": "<IfModule mod_alias.c>\n".repeat(30_000),
  "nested false conditionals": "<IfModule nope>\n".repeat(30_000),
  "broken false branches": "<IfModule nope>\n<Foo\n</Bar>\n</IfModule>\n".repeat(15_000),
  "stray closers": "</Directory>\n".repeat(40_000),
  crossings: "<Directory /x>\n<Files a>\n</Directory>\n</Files>\n".repeat(12_000),
  "nameless sections": "< Directory /x>\n</Directory>\n".repeat(20_000),
  "too many arguments": "<Directory /x /y>\n</Directory>\n".repeat(20_000),
  "open Limits": `<Directory /x>\n${"<Limit GET>\n".repeat(40_000)}</Directory>\n`,
  "macros that use each other": [
    "<Macro m0>\nServerAdmin a\n</Macro>\n",
    ...Array.from({ length: 40 }, (_, index) => `<Macro m${index + 1}>\nUse m${index}\nUse m${index}\n</Macro>\n`),
    "Use m40\n",
  ].join(""),
  "variables that double": [
    `Define a0 ${"x".repeat(1000)}\n`,
    ...Array.from({ length: 60 }, (_, index) => `Define a${index + 1} \${a${index}}\${a${index}}\n`),
    "ServerAdmin ${a60}\n",
  ].join(""),
  "a line of variables": `Define a ${"x".repeat(1000)}\nServerAdmin ${"${a}".repeat(200_000)}\n`,
  "a line of parameters": `<Macro m $a>\nServerAdmin ${"$a".repeat(100_000)}\n</Macro>\nUse m ${"x".repeat(10_000)}\n`,
  "a macro of many parameters": `<Macro m ${Array.from({ length: 20_000 }, (_, index) => `$p${index}`).join(" ")}>\n</Macro>\n`,
  "a macro of many parameters that are used": [
    `<Macro m ${many((index) => `$p${index}p`)}>\n`,
    `ServerAlias ${many((index) => `$p${index}p`)}\n</Macro>\nUse m ${many((index) => `v${index}`)}\n`,
  ].join(""),
  "parameters that begin alike": [
    `<Macro m ${many((index) => "a".repeat(index / 20 + 1), 10_000)} ${"a".repeat(100_000)}b>\n`,
    `ServerAlias ${"a".repeat(300_000)}\n</Macro>\nUse m ${"x ".repeat(501)}\n`,
  ].join(""),
  "one long line": `ServerAlias ${"a ".repeat(300_000)}\n`,
  "many definitions": "<Macro m $a>\n</Macro>\n".repeat(20_000),
  "long words": `LoadModule x_module ${"a".repeat(500_000)}\nServerRoot /${"/".repeat(500_000)}x\nInclude ${"*/".repeat(200_000)}\n`,
  "NUL bytes": "\0".repeat(500_000),
  "template markers": "@@LoadModule@@\nServerRoot @prefix@\n<Directory @x@>\n@VAR@ y\n</Directory>\n".repeat(5000),
};

describe("Hostile configurations", () => {
  test.each(Object.keys(nasties))("%s are read to the end", (name) => {
    for (const dialect of ["1.3", "2.4"] as const) {
      const config = read(nasties[name] ?? "", dialect);
      expect(config.readings[0]?.active).toHaveLength(config.readings[0]?.tree.lines.length ?? -1);
      expect(depthOf(config.server)).toBeLessThanOrEqual(300);
    }
  });

  test("files that include each other twice end with a problem", () => {
    const files = Object.fromEntries(
      Array.from({ length: 60 }, (_, index) => {
        const next = `Include conf/${index + 1}.conf\n`;
        return [`/server/conf/${index}.conf`, index === 59 ? "ServerAdmin a\n" : next + next];
      }),
    );
    for (const dialect of ["1.3", "2.4"] as const) {
      const config = read("Include conf/0.conf\n", dialect, { files });
      expect(config.problems.map((problem) => problem.kind)).toEqual(["bad-include"]);
    }
  });

  test("a deep chain of includes ends where httpd 2.4 ends it", () => {
    const files = Object.fromEntries(
      Array.from({ length: 200 }, (_, index) => [`/server/conf/${index}.conf`, `Include conf/${index + 1}.conf\n`]),
    );
    const config = read("Include conf/0.conf\n", "2.4", { files });
    expect(config.problems.map((problem) => problem.kind)).toEqual(["include-cycle"]);
  });
});

function depthOf(root: ActiveNode): number {
  let deepest = 0;
  const stack: { readonly node: ActiveNode; readonly depth: number }[] = [{ node: root, depth: 0 }];
  for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
    deepest = Math.max(deepest, top.depth);
    if (top.node.kind === "directive") continue;
    for (const node of top.node.children) stack.push({ node, depth: top.depth + 1 });
  }
  return deepest;
}

/** Pieces of lines that mean something to the reader. */
const piece = fc.constantFrom(
  ..."<IfModule|<IfDefine|</IfModule>|<Directory /x>|</Directory>|<Limit GET>|</Limit>|<VirtualHost *>|</VirtualHost>".split(
    "|",
  ),
  ..."<Macro m $a>|</Macro>|Use m x|Define A b|${A}|Include conf/a.conf|Options|+Indexes|ServerRoot|LoadModule a b".split(
    "|",
  ),
  ..."ClearModuleList|AddModule mod_so.c|ResourceConfig|<If true>|<Else>|</Else>|RewriteRule|<IfVersion > 2>|< Files x>".split(
    "|",
  ),
  ...[
    '"',
    "'",
    "\\",
    "\\\n",
    "\n",
    "\n",
    "\n",
    ">",
    "<",
    "</",
    " ",
    "#",
    "!",
    "\0",
    "\r\n",
    "\ufeff",
    "é",
    "@X@",
    "$a",
    "x",
  ],
);

describe("Laws of the reader", () => {
  const text = fc.array(piece, { maxLength: 60 }).map((pieces) => pieces.join(" "));

  test("it never throws, and every span lies in its line's file", () => {
    fc.assert(
      fc.property(text, fc.constantFrom(...dialects), (input, dialect) => {
        const config = read(input, dialect, { files: { "/server/conf/a.conf": input } });
        for (const problem of config.problems) {
          const { length } = problem.origin.reading.source.text;
          expect(problem.span.start).toBeGreaterThanOrEqual(0);
          expect(problem.span.end).toBeLessThanOrEqual(length);
          expect(problem.span.start).toBeLessThanOrEqual(problem.span.end);
          expect(problem.origin.reading.tree.lines).toContain(problem.origin.line);
          expect(config.readings).toContain(problem.origin.reading);
        }
        visit(config.server);
        expect(config.counts.understood + config.counts.opaque).toBe(config.counts.directives);
      }),
      { numRuns: 300 },
    );
  });

  test("reading twice gives the same", () => {
    fc.assert(
      fc.property(text, (input) => {
        const [a, b] = [read(input, "auto"), read(input, "auto")];
        expect(a.problems.map((problem) => problem.message)).toEqual(b.problems.map((problem) => problem.message));
        expect(a.counts).toEqual(b.counts);
      }),
      { numRuns: 100 },
    );
  });
});

function visit(node: ActiveNode): void {
  expect([contextProblem(node), valueProblem(node)]).toHaveLength(2);
  if (node.kind === "directive") {
    expect(argumentProblem(node)).not.toBe("");
    for (const word of node.words) expect(word.start).toBeLessThanOrEqual(word.end);
    expect(node.origin.reading.tree.lines).toContain(node.origin.line);
    return;
  }
  for (const child of node.children) {
    expect(child.parent).toBe(node);
    visit(child);
  }
}
