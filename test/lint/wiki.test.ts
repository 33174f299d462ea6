import { readFileSync } from "node:fs";
import type { Diagnostic } from "../../src/diagnostics/diagnostic.ts";
import { fixUntilStable } from "../../src/lint/fix.ts";
import { rules } from "../../src/lint/rules/index.ts";
import { decode } from "../../src/source/encoding.ts";
import { describeIfShared, sharedPath } from "../support/shared.ts";
import { lintText, MAIN } from "./test-rule.ts";

function findings(config: string): readonly Diagnostic[] {
  return lintText(rules, config, "auto").result.files.flatMap(({ diagnostics }) => diagnostics);
}

/** The text after --fix, and what is left to say of it. */
function repaired(config: string): { readonly text: string; readonly left: readonly string[] } {
  const { lintOnce, system } = lintText(rules, config, "auto");
  const { files, result } = fixUntilStable(system, lintOnce, false);
  const left = result.files.flatMap(({ diagnostics }) => diagnostics.map((one) => `${one.severity} ${one.rule}`));
  return { text: files.find(({ path }) => path === MAIN)?.after ?? config, left };
}

describe("a page from a wiki", () => {
  test("each scar is reported at its place, and nothing is reported twice", () => {
    const page = [
      "Put these lines into your httpd.conf, !AddModule? first:",
      "LoadModule? backhand_module libexec/apache/",
      "!AddModule? mod_backhand.c",
      "<!IfModule? mod_backhand.c>",
      "UnixSocketDir? /var/backhand/",
      "",
    ].join("\n");
    expect(findings(page).map(({ line, column, message }) => `${line}:${column} ${message}`)).toEqual([
      '1:1 Prose "Put these lines into your httpd.conf, !AddModule? first:"',
      '1:39 Wiki link "!AddModule?"',
      '2:1 Wiki markup "LoadModule?"',
      '2:29 Lost file name behind "libexec/apache/"',
      '3:1 Wiki markup "!AddModule?"',
      "4:2 Lost closing tag </IfModule>",
      '4:2 Wiki markup "!IfModule?"',
      "5:1 Lost lines behind it: MulticastStats and AcceptStats are nowhere in the page",
      '5:1 Wiki markup "UnixSocketDir?"',
    ]);
  });

  test.each([
    [
      "marks, prose, file name and closing tag",
      "Hello there, reader.\nLoadModule? backhand_module lib/\n<!IfModule? mod_backhand.c>\nUnixSocketDir? /var/b\nAcceptStats 10.0.0.0/8\n",
      "# Hello there, reader.\nLoadModule backhand_module lib/mod_backhand.so\n<IfModule mod_backhand.c>\nUnixSocketDir /var/b\nAcceptStats 10.0.0.0/8\n</IfModule>\n",
    ],
    [
      "tags that are there stay where they are",
      "<!IfModule? mod_alias.c>\n<Directory /x>\nAllowOverride? None\n</Directory>\nThat was it, folks.\n</IfModule>\n",
      "<IfModule mod_alias.c>\n<Directory /x>\nAllowOverride None\n</Directory>\n# That was it, folks.\n</IfModule>\n",
    ],
    [
      "a section ends before what cannot stand in it",
      "<Directory /x>\n  AllowOverride? None\nDocumentRoot? /x\n<Location /y>\n  SetHandler? cgi-script\n",
      "<Directory /x>\n  AllowOverride None\n</Directory>\nDocumentRoot /x\n<Location /y>\n  SetHandler cgi-script\n</Location>\n",
    ],
    [
      "a section ends before the next chapter",
      "Step 1: this\n<!IfModule? mod_alias.c>\nServerAdmin? a\n\nStep 2: that\nServerName? b\n",
      "# Step 1: this\n<IfModule mod_alias.c>\nServerAdmin a\n</IfModule>\n\n# Step 2: that\nServerName b\n",
    ],
    [
      "a sentence that begins with a directive's name",
      "Include the following lines in your configuration.\nServerName? a\n",
      "# Include the following lines in your configuration.\nServerName a\n",
    ],
    [
      "CRLF, and no line end at the end",
      "Hello there.\r\n<Directory /x>\r\nAllowOverride? None",
      "# Hello there.\r\n<Directory /x>\r\nAllowOverride None\n</Directory>",
    ],
    ["indented text", "  Hello there.\n  ServerName? a\n", "  # Hello there.\n  ServerName a\n"],
  ])("%s", (_title, before, after) => {
    const { text, left } = repaired(before);
    expect(text).toBe(after);
    expect(left.filter((one) => !one.startsWith("info"))).toEqual([]);
    expect(repaired(text).text).toBe(text);
  });

  test("an ordinary configuration with typing errors is never taken for prose", () => {
    const rule = (config: string): readonly string[] => findings(config).map((one) => one.rule);
    expect(rule("This is no directive at all.\nServerName a\n")).not.toContain("wiki-markup");
    expect(rule("ServerNam? a\n")).not.toContain("wiki-markup");
    expect(rule("<IfModule !mod_alias.c>\n</IfModule>\nRedirectMatch ^/ab? /c\n")).not.toContain("wiki-markup");
  });

  test("ten thousand open sections", () => {
    const page = Array.from({ length: 10_000 }, (_, index) => `<IfModule? mod_${index}.c>\n`).join("");
    expect(findings(`${page}ServerName? a\n`).length).toBeGreaterThan(10_000);
  });
});

describeIfShared("the page that mod_backhand's users copied from", () => {
  const seed = decode(readFileSync(sharedPath("seeds", "ModBackhandExample.txt")));

  test("each of its scars is named", () => {
    const places = findings(seed).map(({ line, message }) => `${line} ${message}`);
    const marks = [...seed.matchAll(/!?(?:[A-Z][a-z]+){2,}\?|!(?:[A-Z][a-z]+){2,}/g)];
    expect(marks.length).toBeGreaterThan(15);
    for (const mark of marks) {
      const line = seed.slice(0, mark.index).split("\n").length;
      expect(places.filter((place) => place.startsWith(`${line} `) && place.includes(`"${mark[0]}"`))).not.toEqual([]);
    }
    for (const [index, line] of seed.split("\n").entries()) {
      if (/^(?:[A-Z][a-z']+|cd|\(Note:|lib\/main\S+) [a-z]/.test(line) && !/^(?:Backhand|Allow|Options) /.test(line)) {
        expect(places.some((place) => place.startsWith(`${index + 1} `))).toBe(true);
      }
    }
    expect(places.filter((place) => place.includes("Lost closing tag"))).toHaveLength(4);
    expect(places).toContain('50 Expected "Order" on a line of its own');
  });

  test("--fix leaves a configuration without errors and warnings", () => {
    const { text, left } = repaired(seed);
    expect(left.filter((one) => !one.startsWith("info"))).toEqual([]);
    const directives = text.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
    expect(directives).toEqual([
      "LoadModule backhand_module libexec/apache/mod_backhand.so",
      "AddModule mod_backhand.c",
      "<IfModule mod_backhand.c>",
      "UnixSocketDir /var/backhand/",
      "<Directory /usr/local/www/htdocs/>",
      "AllowOverride None",
      "Options None",
      "Order allow,deny",
      "Allow from all",
      "Backhand removeSelf",
      "Backhand byAge 6",
      "Backhand byRandom",
      "Backhand byLogWindow",
      "Backhand byLoad",
      "</Directory>",
      "</IfModule>",
      "<IfModule mod_backhand.c>",
      "UnixSocketDir /var/backhand/",
      "</IfModule>",
      "DocumentRoot /usr/local/www/data",
      '<Location "/backhand/">',
      "SetHandler backhand-handler",
      "</Location>",
    ]);
  });

  test("--fix takes nothing of the text away but marks", () => {
    const words = (text: string): readonly string[] => text.replace(/^# /gm, "").split(/\s+/);
    const before = words(seed).map((word) => word.replace(/!(?=[A-Z])/, "").replace(/([a-z])\?(?=\W*$)/, "$1"));
    const after = new Set(words(repaired(seed).text));
    expect(before.filter((word) => !after.has(word) && word !== "libexec/apache/")).toEqual([]);
  });
});
