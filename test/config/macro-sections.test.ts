import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { nodeFileSystem } from "../../src/config/node-file-system.ts";
import { readConfiguration } from "../../src/config/read.ts";
import type { ActiveConfig, ActiveNode } from "../../src/config/active-config.ts";
import { lint } from "../../src/lint/lint.ts";
import { rules } from "../../src/lint/rules/index.ts";
import { randomFrom } from "../support/random.ts";
import { describeIf } from "../support/shared.ts";
import { hasApache, judge, modulesFolder } from "./ask-apache.ts";

const modules = ["mpm_event", "authz_core", "alias", "macro", "info"];
const locations = "<Macro open $p>\n<Location $p>\n</Macro>\n<Macro shut>\n</Location>\n</Macro>\n";
const blocks = "<Macro if $n>\n<IfDefine $n>\n</Macro>\n<Macro fi>\n</IfDefine>\n</Macro>\n";
const host =
  "<Macro host $n>\n<VirtualHost 10.0.0.1:81>\nServerName $n\n</Macro>\n<Macro tsoh>\n</VirtualHost>\n</Macro>\n";

/** Macros of other tags than those of whole sections, and what is read around them. */
const snippets: readonly string[] = [
  `${locations}Use open /x\nRequire all granted\n</Location>\nServerAdmin a\n`,
  `${locations}<Location /y>\nRequire all denied\nUse shut\nServerAdmin a\n`,
  `${locations}Use open /x\nRequire all granted\nUse shut\nListen 127.0.0.1:2\n`,
  `${locations}Use open /x\nListen 127.0.0.1:2\nUse shut\n`,
  `${locations}Use open /x\nBogus\nUse shut\n`,
  `${locations}Use open /x\nRequire all granted\n`,
  `${locations}Use shut\n`,
  `${locations}Use open /x\nUse open /y\nUse shut\nUse shut\n`,
  `${locations}Use open /x\n</Directory>\nUse shut\n`,
  `${locations}<VirtualHost 10.0.0.1:81>\nUse open /x\nRequire all granted\nUse shut\nServerName a\n</VirtualHost>\nServerAdmin b\n`,
  `${locations}<VirtualHost 10.0.0.1:81>\nUse open /x\n</VirtualHost>\n`,
  `${locations}<IfDefine !x>\nUse open /x\n</IfDefine>\n</Location>\n`,
  `${locations}<IfDefine !x>\nUse open /x\nRequire all granted\nUse shut\n</IfDefine>\n`,
  `${locations}<IfDefine !x>\nUse open /x\n`,
  `${locations}<IfDefine x>\nUse open /x\n</IfDefine>\nServerAdmin a\n`,
  `${locations}<IfDefine x>\nUse open /x\n</Location>\n</IfDefine>\n`,
  `${locations}<Macro both $p>\nUse open $p\nRequire all granted\nUse shut\n</Macro>\nUse both /x\nUse both /y\nServerAdmin a\n`,
  `${locations}<Macro out>\n<Location /o>\nUse shut\nServerAdmin a\nUse open /p\n</Location>\n</Macro>\nUse out\nServerName b\n`,
  `${locations}<Macro next $p>\n</Location>\n<Location $p>\n</Macro>\n<Location /a>\nUse next /b\nRequire all granted\nUse next /c\nRequire all denied\n</Location>\n`,
  `${locations}<Macro self>\n</Location>\nUse self\n</Macro>\n<Location /a>\nUse self\n`,
  `${blocks}Use if x\nBogus\n</IfDefine>\nServerAdmin a\n`,
  `${blocks}Use if x\nBogus\n<Directory /x>\n</Directory>\nUse fi\nBogus\n</IfDefine>\nServerAdmin a\n`,
  `${blocks}Use if x\nBogus\n`,
  `${blocks}Use if x\n<Else> # x\n</Else>\n</IfDefine>\n`,
  `${blocks}Use if x\n</Directory>\n</IfDefine>\n`,
  `${blocks}Use if !x\nServerAdmin a\n`,
  `${blocks}Use if !x\nServerAdmin a\n</IfDefine>\n`,
  `${blocks}Use if !x\nServerAdmin a\n</IfDefine> # x\n`,
  `${blocks}<IfDefine !x>\nServerAdmin a\nUse fi\nServerName b\n`,
  `${blocks}<IfDefine x>\nUse fi\n</IfDefine>\nServerName b\n`,
  `${host}Use host a\nServerAdmin b\nUse tsoh\nUse host c\nServerAdmin d\nUse tsoh\nServerAdmin e\n`,
  `${host}Use host a\n<Directory /x>\nUse tsoh\n`,
  `${locations}<Directory /a>\n<Macro M>\n</Directory>\n</Macro>\nUse M\nServerAdmin a\n`,
  `${locations}<Directory /a>\n<Macro M>\n</Directory>\n</Macro>\n</Directory>\n`,
  `${locations}Use open /x\n<Macro N $a>\nRequire $a\n</Macro>\nUse N "all granted"\nUse shut\nUse N "all granted"\n`,
  `${locations}Use open /x\n<Macro N>\n</Directory>\n</Macro>\n</Location>\n`,
  `${locations}Use open /x\n</Location>\n<Macro N>\n`,
  "<Macro M $k>\n<$k /x>\n</Macro>\nUse M Location\nRequire all granted\n</Location>\n",
  "<Macro M $k>\n</$k>\n</Macro>\n<Location /x>\nRequire all granted\nUse M Location\nServerAdmin a\n",
  "<Macro M $a $b>\n<$a /x>\n</$b>\n</Macro>\nUse M Location location\nUse M Location Files\n",
  "<Macro M>\n<Location /x\n</Location>\n</Macro>\nUse M\n",
  "<Macro M>\n<Location /x>\n</Location\n</Macro>\nUse M\n",
  "<Macro M>\n< Location /x>\n</Macro>\nUse M\n</Location>\n",
  "<Macro M>\n<Directory /x>\n<Limit GET>\n</Macro>\nUse M\nRequire all granted\n</Limit>\nRequire all denied\n</Directory>\n",
  "<Macro M>\n<Macro N>\n<Location /x>\n</Macro>\nUse N\n</Macro>\nUse M\nRequire all granted\n</Location>\n",
  "<Macro M>\n</Location\n</Macro>\n<Location /x>\nUse M\n",
  "<Macro M>\n<If true>\n</Macro>\nUse M\nServerAdmin a\n</If>\n<Else>\n</Else>\n",
  `${locations}Include FILE1\nServerAdmin a\n`,
  `${locations}Include FILE2\n</Location>\n`,
  `${locations}Use open /x\nInclude FILE3\n</Location>\nServerAdmin a\n`,
  `${locations}Use open /x\nUndefMacro shut\nUse shut\n</Location>\n`,
  `${locations}Use open /x\nDefine p /y\nUse shut\nUse open \${p}\nRequire all granted\nUse shut\n`,
];

const included: readonly string[] = [
  "Use open /x\nRequire all granted\nUse shut\nServerAdmin b\n",
  "Use open /x\nRequire all granted\n",
  "Require all granted\n",
];

describeIf(hasApache(modules), "apache2 2.4 with its modules is not installed")("Macros of single tags", () => {
  const root = mkdtempSync(join(tmpdir(), "macro-sections-"));
  const path = join(root, "t.conf");
  const files = included.map((text, index) => {
    const file = join(root, `${index + 1}.inc`);
    writeFileSync(file, text);
    return file;
  });
  const before = [
    `ServerRoot ${root}`,
    `DefaultRuntimeDir ${root}`,
    `PidFile ${root}/pid`,
    `ErrorLog ${root}/log`,
    "Listen 127.0.0.1:1",
    ...modules.map((name) => `LoadModule ${name}_module ${modulesFolder}/mod_${name}.so`),
    "",
  ].join("\n");
  const offset = before.split("\n").length - 1;
  afterAll(() => {
    rmSync(root, { recursive: true });
  });

  function write(snippet: string): void {
    writeFileSync(path, before + snippet.replace(/FILE(\d)/g, (_, number: string) => files[Number(number) - 1] ?? ""));
  }

  /** The directives in effect as the server prints them, those of a section indented, closing tags left out. */
  function dumped(): readonly string[] {
    const { stdout } = spawnSync("apache2", ["-t", "-D", "DUMP_CONFIG", "-f", path], {
      encoding: "utf8",
      timeout: 20_000,
    });
    return stdout.split("\n").filter((line) => line.trim() !== "" && !/^\s*(?:#|<\/)/.test(line));
  }

  const readAgain = (): ActiveConfig => readConfiguration({ path, fileSystem: nodeFileSystem, dialect: "2.4" });

  /** What the linter says of tags, but for those that httpd forgives since the end of the file ends them. */
  function tagFindings(config: ActiveConfig): readonly string[] {
    const { files } = lint(config, { rules, severities: new Map() });
    return files.flatMap(({ diagnostics }) =>
      diagnostics.flatMap(({ rule, message, line }) =>
        /^(?:unclosed-section|unmatched-close|crossed-sections|malformed-tag)$/.test(rule) &&
        !/forgives|takes it only because/.test(message)
          ? [`${line} ${message}`]
          : [],
      ),
    );
  }

  function ours(config: ActiveConfig): readonly string[] {
    const found: string[] = [];
    const visit = (node: ActiveNode, indent: string): void => {
      if (/^(?:defaultruntimedir|use|macro|undefmacro|define|include|loadmodule|serverroot)$/.test(node.key)) return;
      if (node.kind === "directive") {
        found.push(`${node.limit === null ? "" : "  "}${indent}${node.name} ${node.rawArgs}`);
        return;
      }
      if (node.key === "limit") return;
      found.push(`${indent}<${node.name}${node.rawArgs === "" ? "" : ` ${node.rawArgs}`}>`);
      for (const child of node.children) visit(child, `${indent}  `);
    };
    for (const node of config.server.children) visit(node, "");
    return found;
  }

  test.each(snippets)("%j: the same verdict, and the same directives in the same sections", async (snippet) => {
    write(snippet);
    const { accepted, difference } = await judge(path, offset);
    expect(difference).toBeNull();
    if (accepted) {
      // A Limit holds nothing here: it stands before what it narrows.
      const limits = (line: string): boolean => !/^\s*<Limit\b/.test(line);
      const config = readAgain();
      expect(ours(config)).toEqual(dumped().filter(limits));
      expect(tagFindings(config)).toEqual([]);
    }
  });

  test("texts that are put together from them get the same verdict", async () => {
    const random = randomFrom(Number(process.env["MACRO_SEED"] ?? 20_241_103));
    const all = `${locations}${blocks}${host}<Macro next $p>\nUse shut\nUse open $p\n</Macro>\n<Macro whole>\n<Directory /w>\nUse if !x\n</Directory>\n</Macro>\n`;
    const openers = ["Use open /a", "<Location /b>", "Use if x", "Use if !x", "<IfDefine !x>", "Use host h"];
    const others = ["Options None", "LogLevel info", "UseCanonicalName Off", "# c", "Define y", "Include FILE1"];
    const accidents = [
      "Use shut",
      "Use fi",
      "Use tsoh",
      "</Location>",
      "</IfDefine>",
      "Use next /n",
      "Bogus",
      "Use whole",
    ];
    const differences: string[] = [];
    let good = 0;
    for (let run = 0; run < (process.env["CI"] ? 400 : 150); run += 1) {
      let text = all;
      // Most tags are closed as they should be, or nothing would ever be accepted.
      const open: string[] = [];
      for (let count = 1 + random.below(9); count > 0; count -= 1) {
        const usual = random.of(random.below(2) === 0 ? openers : others);
        const closing = random.below(3) === 0 ? open.pop() : undefined;
        const line = random.below(12) === 0 ? random.of(accidents) : (closing ?? usual);
        if (/^(?:Use open|<Loc)/.test(line)) open.push(random.of(["Use shut", "</Location>"]));
        if (/^(?:Use if|<If)/.test(line)) open.push(random.of(["Use fi", "</IfDefine>"]));
        if (line.startsWith("Use host")) open.push(random.of(["Use tsoh", "</VirtualHost>"]));
        text += `${line}\n`;
      }
      if (random.below(8) > 0)
        text += open
          .reverse()
          .map((line) => `${line}\n`)
          .join("");
      write(text);
      const { accepted, difference } = await judge(path, offset);
      if (accepted) {
        good += 1;
        for (const finding of tagFindings(readAgain())) differences.push(`${text.slice(all.length)}${finding}`);
      }
      if (difference !== null) differences.push(`${text.slice(all.length)}${difference}`);
    }
    expect(differences).toEqual([]);
    expect(good).toBeGreaterThan(30);
  }, 120_000);
});
