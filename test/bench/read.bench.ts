import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { memoryFileSystem } from "../../src/config/memory-file-system.ts";
import { nodeFileSystem } from "../../src/config/node-file-system.ts";
import { readConfiguration } from "../../src/config/read.ts";
import type { BenchRow } from "./bench.ts";

export const title = "Reading a configuration: warm in one process, and whole processes beside apache2 -t";

const host = (number: number): string => `
# Customer ${number}
<VirtualHost 10.0.${(number >> 8) & 255}.${number & 255}:80>
    ServerName www.customer${number}.example
    ServerAlias customer${number}.example *.customer${number}.example
    ServerAdmin webmaster@customer${number}.example
    DocumentRoot "/srv/www/customer${number}/htdocs"
    ErrorLog /dev/null
    CustomLog /dev/null common

    <Directory "/srv/www/customer${number}/htdocs">
        Options Indexes FollowSymLinks
        AllowOverride None
        Require all granted
    </Directory>
    <IfModule mod_alias.c>
        Alias /icons/ "/srv/www/icons/"
        ScriptAlias /cgi-bin/ "/srv/www/customer${number}/cgi-bin/"
    </IfModule>
</VirtualHost>
`;

const linesEach = host(0).split("\n").length - 1;

/** A configuration of about so many lines that the installed apache2 accepts. */
function configuration(root: string, lines: number): string {
  const modules = ["mpm_event", "authz_core", "alias"];
  return [
    `ServerRoot ${root}`,
    `DefaultRuntimeDir ${root}`,
    `PidFile ${root}/pid`,
    "ErrorLog /dev/null",
    "Listen 127.0.0.1:1",
    "ServerName localhost",
    'LogFormat "%h %u %t" common',
    ...modules.map((name) => `LoadModule ${name}_module /usr/lib/apache2/modules/mod_${name}.so`),
    ...Array.from({ length: Math.floor(lines / linesEach) }, (_, number) => host(number)),
    "",
  ].join("\n");
}

/** Best of several runs: what the machine can do when nothing else is going on. */
function best(rounds: number, task: () => void): number {
  let seconds = Infinity;
  for (let round = 0; round < rounds; round += 1) {
    const start = performance.now();
    task();
    seconds = Math.min(seconds, (performance.now() - start) / 1000);
  }
  return seconds;
}

function mean(rounds: number, task: () => void): number {
  const start = performance.now();
  for (let round = 0; round < rounds; round += 1) task();
  return (performance.now() - start) / 1000 / rounds;
}

/** Seconds and megabytes of the best of five processes. */
function processes(command: string, args: readonly string[]): { readonly seconds: number; readonly megabytes: number } {
  let megabytes = NaN;
  const seconds = best(5, () => {
    const { stdout } = spawnSync(command, args, { encoding: "utf8" });
    megabytes = Number(/rss (\d+)/.exec(stdout)?.[1] ?? NaN) / 1024;
  });
  return { seconds, megabytes };
}

export async function run(): Promise<readonly BenchRow[]> {
  const root = mkdtempSync(join(tmpdir(), "backhand-read-"));
  const rows: BenchRow[] = [];
  const text = configuration(root, 100_000);
  const tenth = configuration(root, 10_000);
  const megabytes = text.length / 1e6;
  const read = (input: string, dialect: "1.3" | "2.4" | "auto"): void => {
    readConfiguration({ path: "/httpd.conf", text: input, fileSystem: memoryFileSystem({}), dialect });
  };
  for (const dialect of ["1.3", "2.4", "auto"] as const) {
    const seconds = best(8, () => {
      read(text, dialect);
    });
    rows.push({ name: `100,000 lines, ${dialect}, warm`, value: megabytes / seconds, unit: "MB/s" });
  }
  // Means, so that both pay for the garbage that they make, and on a heap that both have warmed.
  const small = mean(50, () => {
    read(tenth, "2.4");
  });
  const large = mean(8, () => {
    read(text, "2.4");
  });
  rows.push({ name: "100,000 lines against 10,000", value: large / small, unit: "times the time" });

  const folder = join(root, "many");
  mkdirSync(folder);
  for (let index = 0; index < 1000; index += 1) writeFileSync(join(folder, `${index}.conf`), host(index));
  const included = best(5, () => {
    readConfiguration({
      path: join(root, "main.conf"),
      text: `Include ${folder}/*.conf\n`,
      fileSystem: nodeFileSystem,
      dialect: "2.4",
    });
  });
  rows.push({ name: "1,000 included files", value: included * 1000, unit: "ms" });

  const file = join(root, "httpd.conf");
  writeFileSync(file, text);
  const entry = join(root, "read.mjs");
  const source = (path: string): string => JSON.stringify(join(process.cwd(), "src", path));
  // As the commands that only read do it.
  await build({
    stdin: {
      contents: `import { compileForShortRun } from ${source("cli/short-run.ts")};
import { readConfiguration } from ${source("config/read.ts")};
import { nodeFileSystem } from ${source("config/node-file-system.ts")};
compileForShortRun();
readConfiguration({ path: process.argv[2], fileSystem: nodeFileSystem, dialect: "2.4" });
console.log("rss " + process.resourceUsage().maxRSS);`,
      resolveDir: process.cwd(),
      loader: "ts",
    },
    outfile: entry,
    bundle: true,
    format: "esm",
    platform: "node",
    minify: true,
    logLevel: "error",
  });
  const apache = processes("apache2", ["-t", "-f", file]);
  const ours = processes(process.execPath, [entry, file]);
  const lines = text.split("\n").length;
  rows.push(
    { name: "apache2 -t, whole process", value: lines / apache.seconds, unit: "lines/s" },
    {
      name: "reading, whole process",
      value: lines / ours.seconds,
      unit: "lines/s",
      ratioTo: "apache2 -t, whole process",
    },
    { name: "memory of that process", value: ours.megabytes, unit: "MB" },
  );
  rows.push(...others(root, file, text));
  rmSync(root, { recursive: true });
  return rows;
}

/**
 * Packages of npm that read such files, installed beside the bench; a row without a figure when the registry cannot be
 * reached. nginx-conf gets the same lines as a configuration of nginx.
 */
function others(root: string, file: string, text: string): readonly BenchRow[] {
  const folder = join(root, "npm");
  mkdirSync(folder);
  writeFileSync(join(folder, "package.json"), "{}");
  const names = ["apacheconf", "nginx-conf"];
  const install = spawnSync("npm", ["install", "--ignore-scripts", "--no-audit", "--no-fund", ...names], {
    cwd: folder,
    timeout: 120_000,
  });
  if (install.status !== 0) return names.map((name) => ({ name: `npm ${name}: not installed`, value: NaN, unit: "" }));
  const nginx = join(root, "nginx.conf");
  writeFileSync(nginx, asNginx(text));
  const after = "(error, tree) => { if (error || !tree) process.exit(1); console.log('done'); }";
  const scripts = [
    `require("apacheconf")(${JSON.stringify(file)}, ${after});`,
    `require("nginx-conf").parse(require("fs").readFileSync(${JSON.stringify(nginx)}, "utf8"), ${after});`,
  ];
  return names.map((name, index) => {
    const script = join(folder, `${name}.cjs`);
    writeFileSync(script, scripts[index] ?? "");
    // One that takes longer than a minute or fails has no figure.
    const start = performance.now();
    const { stdout, status } = spawnSync(process.execPath, [script], { encoding: "utf8", timeout: 60_000 });
    const seconds = status === 0 && stdout.includes("done") ? (performance.now() - start) / 1000 : NaN;
    const value = text.split("\n").length / seconds;
    return { name: `npm ${name}, whole process`, value, unit: "lines/s", ratioTo: "apache2 -t, whole process" };
  });
}

/** The lines in the other language: every directive ends in a semicolon, every section has braces. */
function asNginx(text: string): string {
  return text
    .split("\n")
    .map((line) => {
      const trimmed = line.trim();
      if (trimmed === "" || trimmed.startsWith("#")) return line;
      if (trimmed.startsWith("</")) return "}";
      return trimmed.startsWith("<") ? `${trimmed.slice(1, -1)} {` : `${trimmed};`;
    })
    .join("\n");
}
