// Draws the grammar that Chevrotain holds as a railroad diagram: docs/grammar/railroad.svg.
// With --check it writes nothing and fails when the file is not what it would write.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
// Its classes are called as functions: that is how they take a list of items.
import railroad from "railroad-diagrams";

const root = join(import.meta.dirname, "..");
const target = join(root, "docs", "grammar", "railroad.svg");
const style = `
svg { background: #fff }
path { stroke-width: 2; stroke: #333; fill: none }
text { font: 14px ui-monospace, monospace; text-anchor: middle; fill: #111 }
text.rule { font-weight: bold; text-anchor: start }
rect { stroke-width: 2; stroke: #333; fill: #f3f3f3 }
rect[rx] { fill: #dcefdc }
`;

/** The rules of the parser. It is TypeScript, so it is bundled first, inside the project to find its packages. */
async function productions() {
  const folder = mkdtempSync(join(root, "node_modules", ".railroad-"));
  try {
    const file = join(folder, "grammar.mjs");
    await build({
      stdin: {
        contents: `export { HttpdParser } from "./grammar/parser.ts"; export { createTokens } from "./grammar/tokens.ts";`,
        resolveDir: root,
      },
      outfile: file,
      bundle: true,
      format: "esm",
      platform: "node",
      packages: "external",
    });
    const { HttpdParser, createTokens } = await import(pathToFileURL(file).href);
    return new HttpdParser(createTokens("2.4")).getSerializedGastProductions();
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function sequence(definition) {
  return definition.length === 1 ? draw(definition[0]) : railroad.Sequence(...definition.map(draw));
}

function draw(production) {
  switch (production.type) {
    case "Terminal":
      return railroad.Terminal(production.label);
    case "NonTerminal":
      return railroad.NonTerminal(production.name);
    case "Option":
      return railroad.Optional(sequence(production.definition));
    case "Repetition":
      return railroad.ZeroOrMore(sequence(production.definition));
    case "Alternation":
      return railroad.Choice(0, ...production.definition.map(draw));
    case "Alternative":
      return sequence(production.definition);
    default:
      throw new Error(`The grammar has a ${production.type}; say here how to draw it`);
  }
}

/** One drawing of all rules below each other. */
function render(rules) {
  let height = 10;
  let width = 0;
  const parts = [];
  for (const rule of rules) {
    const diagram = railroad.Diagram(sequence(rule.definition)).format(10, 20, 20, 20);
    parts.push(`<text class="rule" x="20" y="${height + 14}">${rule.name}</text>`);
    parts.push(diagram.toString().replace("<svg ", `<svg x="0" y="${height + 20}" `));
    height += 20 + Number(diagram.attrs.height);
    width = Math.max(width, Number(diagram.attrs.width));
  }
  const box = `width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"`;
  return `<svg xmlns="http://www.w3.org/2000/svg" ${box}>\n<style>${style}</style>\n${parts.join("\n")}\n</svg>\n`;
}

const drawing = render(await productions());
if (process.argv.includes("--check")) {
  if (readFileSync(target, "utf8") !== drawing) {
    console.error("docs/grammar/railroad.svg is not what the grammar gives: run node scripts/generate-railroad.js");
    process.exit(1);
  }
} else {
  writeFileSync(target, drawing);
}
