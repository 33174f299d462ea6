import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { compile } from "../../src/compile/compile.ts";
import { nodeFileSystem } from "../../src/config/node-file-system.ts";
import { readConfiguration } from "../../src/config/read.ts";
import { describeIf } from "../support/shared.ts";
import { refusals } from "./oracle.ts";

const modules = "/usr/lib/apache2/modules";
const apache = spawnSync("apache2", ["-v"], { encoding: "utf8" });
const usable =
  /Apache\/2\.4/.test(apache.stdout) && ["macro", "lua"].every((name) => existsSync(join(modules, `mod_${name}.so`)));

/** Beyond the recorded cases: what was found by asking the server. */
const snippets: readonly string[] = [
  "<IfModule mod_alias.c>\n</IfModule> # x\n",
  "<IfModule nope.c>\n</IfModule> # x\n",
  "<IfModule nope.c>\n<RequireAll> # x\n</RequireAll>\n</IfModule>\n",
  "<IfVersion >= 2.4> # x\n</IfVersion>\n",
  "<IfVersion < 2.2>\nBogus\n</IfVersion>\n",
  "<IfVersion x>\n</IfVersion>\n",
  "<IfModule>\n</IfModule>\n",
  "<Directory /x>\nServerRoot /tmp\n</Directory>\n",
  "<Directory /x>\nDefine a b\n</Directory>\n",
  "<RequireAll>\n</RequireAll>\n",
  "<Directory /x>\n<RequireAll>\n</RequireAll>\n</Directory>\n",
  "<Directory /x>\n<RequireAll x>\nRequire all granted\n</RequireAll>\n</Directory>\n",
  "<If>\n</If>\n",
  "<If true>\nDocumentRoot /tmp\n</If>\n",
  "<ElseIf true>\n</ElseIf>\n",
  "<If true>\n</If>\nServerAdmin a\n<Else>\n</Else>\n",
  "<Directory /x>\n<Limit GET>\n<Files x>\n</Files>\n</Limit>\n</Directory>\n",
  "<Limit GET>\n</Limit>\n",
  '<VirtualHost "">\n</VirtualHost>\n',
  '"" x\n',
  "<Macro M $a>\nServerAdmin $a\n</Macro>\nUse M\n",
  '<Macro M @a>\nServerAdmin @a\n</Macro>\nUse M "x y"\n',
  '<Macro M $a>\nServerAdmin $a\n</Macro>\nUse M "x y"\n',
  "<Macro M>\nUse M\n</Macro>\nUse M\n",
  "<Macro M>\n</Directory>\n</Macro>\n",
  "Error stop\n",
  "Options Indexes None\n",
  "Listen 127.0.0.1:2 https\n",
  "Listen 12x\n",
  "RewriteRule ^a /x [R=301, L]\n",
  "RewriteRule ^a\\ b /x [L]\n",
  'AliasMatch "a**" /x\n',
  'AliasMatch "(?i)[[:alpha:]]+" /x\n',
  'AliasMatch "[a" /x\n',
  "<VirtualHost 10.0.0.1:81>\nServerName a\nMutex default\n</VirtualHost>\n",
  "Include /dev/null\n",
  "Include nope/*.conf\n",
  "IncludeOptional nope.conf\n",
  "LogLevel info alias:trace9\n",
  "ServerName a \\\n",
  "<LuaHookFixups>\nreturn 1\n</LuaHookFixups>\n",
  "<LuaHookFixups f>\nif 1 <\n 2 then return 1 end\n</luahookFIXUPS>\nServerAdmin a\n",
  "<LuaHookFixups f early>\n</LuaHookFixups>\n",
  "<LuaHookFixups f nope>\n</LuaHookFixups>\n",
  "<LuaHookFixups f early x>\n</LuaHookFixups>\n",
  "<LuaHookFixups f\n</LuaHookFixups>\n",
  "<LuaHookFixups>\nreturn 1\n",
  "<LuaHookLog>\n</LuaHookLog>\n",
  "<Directory /x>\n<LuaHookTranslateName f>\n</LuaHookTranslateName>\n</Directory>\n",
  "<LuaQuickHandler f late>\nreturn 1\n</LuaQuickHandler>\n",
  "<LuaHookPreTranslateName f>\n</LuaHookPreTranslateName>\n",
  '<IfModule nope.c>\n<LuaHookAuthChecker f>\nx = "a"\n</LuaHookAuthChecker>\n</IfModule>\n',
  '<LuaHookFixups "f">\n--c\n</LuaHookFixups>\nBogus\n',
  "<LuaHookFixups f> x\n</LuaHookFixups> x\n",
  "<Macro M $f>\n<LuaHookAuthChecker $f>\nx = 1\n</LuaHookAuthChecker>\n</Macro>\nUse M g\n",
  "<LuaHookFixups\n</LuaHookFixups>\n",
];

describeIf(usable, "apache2 2.4 with its modules is not installed")("What the installed apache2 says", () => {
  const root = mkdtempSync(join(tmpdir(), "live-"));
  afterAll(() => {
    rmSync(root, { recursive: true });
  });
  const base = [
    `ServerRoot ${root}`,
    `DefaultRuntimeDir ${root}`,
    `PidFile ${root}/pid`,
    `ErrorLog ${root}/log`,
    "Listen 127.0.0.1:1",
    "ServerName localhost",
    ...["mpm_event", "authz_core", "alias", "rewrite", "macro", "lua"].map(
      (name) => `LoadModule ${name}_module ${modules}/mod_${name}.so`,
    ),
    "",
  ].join("\n");

  test.each(snippets)("%j", (snippet) => {
    const path = join(root, "t.conf");
    writeFileSync(path, base + snippet);
    const real = spawnSync("apache2", ["-t", "-f", path], { encoding: "utf8", timeout: 20_000 });
    const line = /line (\d+) of (?:"|)[^ "]*t\.conf/.exec(real.stderr.replace(/^\[.*$/gm, ""))?.[1];
    const config = readConfiguration({ path, fileSystem: nodeFileSystem, dialect: "2.4" });
    const errors = compile(config).problems.filter(({ severity }) => severity === "error");
    expect(errors.length > 0 || config.counts.understood < config.counts.directives).toBe(real.status !== 0);
    const lines = refusals(config, nodeFileSystem).map((refusal) => refusal.line);
    if (real.status === 0) expect(lines).toEqual([]);
    else if (snippet.includes("<Macro")) expect(lines).not.toEqual([]);
    else expect(lines).toContain(Number(line));
  });
});
