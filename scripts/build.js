// Builds dist/: bundled JavaScript for the command and the library, declarations from the type checker.
// Bundling keeps the start of the command short: one file per lazily loaded part instead of hundreds.
import { spawnSync } from "node:child_process";
import { chmodSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { build } from "esbuild";

const pkg = JSON.parse(readFileSync("package.json", "utf8"));
rmSync("dist", { recursive: true, force: true });
await build({
  entryPoints: { cli: "src/cli/main.ts", index: "src/index.ts" },
  outdir: "dist",
  bundle: true,
  splitting: true,
  format: "esm",
  platform: "node",
  target: "node20.19",
  chunkNames: "chunks/[name]-[hash]",
  // Chevrotain is bundled (from its ES modules, so that unused parts fall away): loading it as a package costs 0.3 s.
  external: Object.keys(pkg.dependencies).filter((name) => name !== "chevrotain"),
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
