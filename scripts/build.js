// Builds dist/: bundled JavaScript for the command and the library, declarations from the type checker.
// Bundling keeps the start of the command short: one file per lazily loaded part instead of hundreds.
import { spawnSync } from "node:child_process";
import { chmodSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { build } from "esbuild";

const pkg = JSON.parse(readFileSync("package.json", "utf8"));
rmSync("dist", { recursive: true, force: true });
const bundled = new Set([
  "chalk",
  "chevrotain",
  "commander",
  "diff",
  "fastest-levenshtein",
  "ipaddr.js",
  "re2js",
  "get-east-asian-width",
]);
await build({
  entryPoints: { cli: "src/cli/main.ts", index: "src/index.ts" },
  outdir: "dist",
  bundle: true,
  splitting: true,
  format: "esm",
  platform: "node",
  target: "node20.19",
  chunkNames: "chunks/[name]-[hash]",
  // What nearly every command loads is bundled, so that unused parts fall away and no package is searched for; the rest stays
  // packages: large, loaded late, or with files of its own.
  external: Object.keys(pkg.dependencies).filter((name) => !bundled.has(name)),
  // For bundled packages that are CommonJS.
  banner: {
    js: 'import{createRequire as backhandRequire}from"node:module";const require=backhandRequire(import.meta.url);',
  },
  define: { BACKHAND_VERSION: JSON.stringify(pkg.version) },
  // Half the bytes to compile at each start; stack traces point into the source map instead.
  minify: true,
  sourcemap: "external",
  logLevel: "warning",
});
chmodSync("dist/cli.js", 0o755);

const tsc = createRequire(import.meta.url).resolve("typescript/bin/tsc");
const types = spawnSync(process.execPath, [tsc, "-p", "tsconfig.json"], { stdio: "inherit" });
process.exit(types.status ?? 1);
