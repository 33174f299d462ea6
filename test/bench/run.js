// npm run bench [-- name …]: bundles each <name>.bench.ts as the product is bundled, runs it in a process of its own, prints its rows.
import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { build } from "esbuild";

const here = import.meta.dirname;
const root = join(here, "..", "..");
const wanted = process.argv.slice(2);
const names = readdirSync(here)
  .filter((file) => file.endsWith(".bench.ts"))
  .map((file) => basename(file, ".bench.ts"))
  .filter((name) => wanted.length === 0 || wanted.includes(name));
if (names.length === 0) {
  console.error(`No bench of that name in ${here}`);
  process.exit(2);
}
// Inside the project, so that packages that are not bundled are found.
const out = join(root, "node_modules", ".cache", "backhand-bench");
rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
for (const name of names) {
  await build({
    entryPoints: [join(here, `${name}.bench.ts`)],
    outfile: join(out, `${name}.js`),
    bundle: true,
    format: "esm",
    platform: "node",
    target: "node20.19",
    packages: "external",
    logLevel: "warning",
  });
  const runner = join(out, `${name}.run.js`);
  writeFileSync(
    runner,
    `import * as bench from "./${name}.js";
const rows = await bench.run();
console.log("\\n" + bench.title);
for (const row of rows) {
  const base = rows.find((other) => other.name === row.ratioTo);
  const ratio = base ? "  " + (row.value / base.value).toFixed(2) + " x " + base.name : "";
  console.log("  " + row.name.padEnd(48) + String(Number(row.value.toPrecision(4))).padStart(12) + " " + row.unit + ratio);
}
process.exit(0);
`,
  );
  execFileSync(process.execPath, ["--expose-gc", runner], { stdio: "inherit", cwd: root });
}
