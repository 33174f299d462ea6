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
import { blocks, host, included, locations, snippets } from "./macro-snippets.ts";

const modules = ["mpm_event", "authz_core", "alias", "macro", "info"];
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
