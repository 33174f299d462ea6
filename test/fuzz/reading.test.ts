import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { dialects, type Dialect } from "../../grammar/dialect.ts";
import type { ActiveConfig } from "../../src/config/active-config.ts";
import { memoryFileSystem } from "../../src/config/memory-file-system.ts";
import { readConfiguration } from "../../src/config/read.ts";
import { lint } from "../../src/lint/lint.ts";
import { rules } from "../../src/lint/rules/index.ts";

/** FUZZ_SECONDS; two minutes in CI, a look elsewhere. FUZZ_SEED repeats a run. */
const seconds = Number(process.env["FUZZ_SECONDS"] ?? (process.env["CI"] ? 120 : 6));
const seed = Number(process.env["FUZZ_SEED"] ?? Date.now() % 2 ** 31);

/** The bound of the promise: a megabyte in two seconds, once for reading and once for the rules. Coverage costs more. */
const LIMIT_MS = 2000 * (process.argv.includes("--coverage") ? 3 : 1);

const piece = fc.constantFrom(
  ..."<IfModule alias_module>|</IfModule>|<IfDefine A>|</IfDefine>|<IfDefine !A>|<Directory /x>|</Directory>|< Files x>|</Files".split(
    "|",
  ),
  ...'<Limit GET>|</Limit>|<VirtualHost *>|</VirtualHost>|<If "true">|<Else>|</Else>|<Macro m $a @b>|</Macro>|Use m x y'.split(
    "|",
  ),
  ..."<Perl>|</Perl>|=pod|=cut|__END__|Include a.conf|IncludeOptional *.conf|Define A ${A}${A}|Define ${A} x|UnDefine A|${A}".split(
    "|",
  ),
  ..."\" ' \\ \\\n \\\r\n \n \n \n \r\n > < </ # ! \0 \ufeff é @X@ @@Y@@ $a @b ${ } [ ( %{ : / * -- =~ expr= \t".split(
    " ",
  ),
  ..."Options|+Indexes|ServerRoot /|LoadModule a b|AddModule mod_so.c|ClearModuleList|RewriteRule|RewriteCond|SetEnvIf".split(
    "|",
  ),
  ..."Require|Header set|LogFormat|Allow from|ProxyPass|AliasMatch|ErrorDocument 404|Listen|<IfVersion >= 2>|</IfVersion>|Port".split(
    "|",
  ),
  "x".repeat(9000),
  "(".repeat(600),
  "${A}".repeat(500),
);

/** A few pieces, some of them many times over: what is cheap once may not be cheap a hundred thousand times. */
const text = fc
  .array(
    fc.tuple(
      fc.array(piece, { minLength: 1, maxLength: 6 }),
      fc.constantFrom(1, 1, 1, 2, 50, 5000, 1_000_000),
      fc.constantFrom("", " ", "\n"),
    ),
    {
      minLength: 1,
      maxLength: 4,
    },
  )
  .map((blocks) => {
    const share = Math.floor(1_000_000 / blocks.length);
    return blocks
      .map(([pieces, count, between]) => {
        const block = pieces.join(between) + between;
        return block.repeat(Math.max(1, Math.min(count, Math.floor(share / Math.max(1, block.length)))));
      })
      .join("\n");
  })
  // Failing texts are saved and not printed.
  .map((input) => ({
    input,
    [fc.toStringMethod]: () => `${input.length} characters: ${JSON.stringify(input.slice(0, 200))}…`,
  }));

function readIt(input: string, dialect: Dialect): ActiveConfig {
  const files = memoryFileSystem({
    "/s/httpd.conf": input,
    "/s/a.conf": input.slice(0, 20_000),
    "/s/b.conf": "Include a.conf\n",
  });
  return readConfiguration({ path: "/s/httpd.conf", fileSystem: files, dialect, serverRoot: "/s" });
}

/** What the process has spent on a task; whichever is less of the clock and the processor, since others work here too. */
function spent(task: () => void): number {
  const start = performance.now();
  const before = process.cpuUsage();
  task();
  const { user, system } = process.cpuUsage(before);
  return Math.min(performance.now() - start, (user + system) / 1000);
}

/** Keeps an input that failed, so that it can be looked at. */
function save(input: string): string {
  const folder = join(import.meta.dirname, "..", "..", "node_modules", ".cache", "backhand-fuzz");
  mkdirSync(folder, { recursive: true });
  const path = join(folder, "failed.conf");
  writeFileSync(path, input);
  return path;
}

describe("Nasty texts of up to a megabyte", () => {
  test(
    `are read within ${LIMIT_MS / 1000} s and linted, all without an exception (seed ${seed})`,
    () => {
      let judged = 0;
      for (const dialect of ["1.3", "2.4"] as const) readIt("ServerName a\n", dialect);
      fc.assert(
        fc.property(text, fc.constantFrom(...dialects), ({ input }, dialect) => {
          let config: ActiveConfig | undefined;
          try {
            const ms = spent(() => {
              config = readIt(input, dialect);
            });
            if (ms > LIMIT_MS) throw new Error(`reading took ${Math.round(ms)} ms`);
            const linted = spent(() => {
              if (config !== undefined) lint(config, { rules, severities: new Map() });
            });
            if (linted > LIMIT_MS) throw new Error(`the rules took ${Math.round(linted)} ms`);
          } catch (error) {
            throw new Error(`${dialect}: ${String(error)}; input in ${save(input)}`, { cause: error });
          }
          judged += 1;
        }),
        { numRuns: 1_000_000, seed, interruptAfterTimeLimit: seconds * 1000 },
      );
      expect(judged).toBeGreaterThan(0);
    },
    (seconds + 120) * 1000,
  );
});
