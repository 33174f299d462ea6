import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { ArgumentKind } from "../../grammar/directives/directive-spec.ts";
import type { Dialect } from "../../grammar/dialect.ts";
import { lookupDirective } from "../../grammar/directives/lookup.ts";
import type { ActiveNode } from "../../src/config/active-config.ts";
import { contextProblem } from "../../src/config/contexts.ts";
import { read } from "./reading.ts";

const places: Readonly<Record<string, readonly [string, string]>> = {
  top: ["", ""],
  VirtualHost: ["<VirtualHost 10.0.0.1>\n", "</VirtualHost>\n"],
  Directory: ["<Directory /x>\n", "</Directory>\n"],
  Location: ["<Location /x>\n", "</Location>\n"],
  Files: ["<Files x>\n", "</Files>\n"],
  Limit: ["<Directory /x>\n<Limit GET>\n", "</Limit>\n</Directory>\n"],
};

/** Words that a kind of argument accepts. */
const words: Readonly<Record<ArgumentKind, string>> = {
  ...{ NO_ARGS: "", TAKE1: "1", TAKE12: "1", TAKE13: "1", TAKE123: "1", ITERATE: "1", RAW_ARGS: "1", TAKE_ARGV: "1" },
  ...{ TAKE2: "1 1", TAKE23: "1 1", ITERATE2: "1 1", TAKE3: "1 1 1", FLAG: "On" },
};

/** What is said of a line in a place, by the reader for sections and by contextProblem for directives. */
function problem(place: string, line: string, dialect: Dialect): string | null {
  const [before, after] = places[place] ?? ["", ""];
  const config = read(`${before}${line}\n${after}`, dialect);
  const misplaced = config.problems.find(({ kind }) => kind === "misplaced-section");
  if (misplaced !== undefined) return misplaced.message;
  const found: (string | null)[] = [];
  const visit = (node: ActiveNode): void => {
    if (node.kind === "directive") found.push(contextProblem(node));
    else node.children.forEach(visit);
  };
  visit(config.server);
  return found[0] ?? null;
}

describe("Where httpd 2.4 runs each directive", () => {
  const text = readFileSync(join(import.meta.dirname, "..", "data", "httpd-contexts-24.tsv"), "utf8");
  const rows = text.split("\n").filter((row) => row !== "" && !row.startsWith("#"));

  test("is what the installed server said when it was asked", () => {
    expect(rows.length).toBeGreaterThan(600);
    const found: string[] = [];
    for (const row of rows) {
      const [name = "", module = "", refused = ""] = row.split("\t");
      const section = name.startsWith("<");
      const plain = name.replace("<", "");
      const spec = lookupDirective("2.4", plain, section).find((one) => one.module === module);
      // These two need an If before them, which is another matter.
      const before = name.startsWith("<Else") ? "<If true>\n</If>\n" : "";
      const line = section ? `${before}${name} 1>\n</${plain}>` : `${plain} ${words[spec?.args[0] ?? "TAKE1"]}`;
      const ours = Object.keys(places).filter((place) => problem(place, line, "2.4") !== null);
      if (ours.join(" ") !== refused) found.push(`${name} of ${module}: ${ours.join(" ")} instead of ${refused}`);
    }
    expect(found).toEqual([]);
  });
});

describe("What httpd says of a directive in a wrong place", () => {
  test.each([
    ["1.3", "top", "AllowOverride None", "AllowOverride not allowed here"],
    ["1.3", "Directory", "serverName a", "ServerName not allowed here"],
    ["1.3", "VirtualHost", "MaxClients 5", "MaxClients cannot occur within <VirtualHost> section"],
    ["1.3", "Limit", "AllowOverride None", "AllowOverride cannot occur within <Limit> section"],
    ["1.3", "Location", "<Files x>\n</Files>", "<Files> cannot occur within <Location> section"],
    ["1.3", "Directory", "UnixSocketDir /x", "UnixSocketDir not allowed here"],
    ["1.3", "top", "Backhand byAge", null],
    ["1.3", "VirtualHost", "User nobody", null],
    ["1.3", "Directory", "HostnameLookups on", null],
    ["2.4", "top", "AllowOverride None", "AllowOverride not allowed here"],
    ["2.4", "Location", "AllowOverride None", null],
    ["2.4", "Directory", "ServerName a", "ServerName not allowed in <Directory> context"],
    ["2.4", "Limit", "ServerName a", "ServerName not allowed in <Limit> context"],
    ["2.4", "Directory", "Define a b", null],
    ["2.4", "top", "Nope x", null],
    ["2.2", "VirtualHost", "User nobody", null],
  ] as const)("%s, in %s: %j: %j", (dialect, place, line, expected) => {
    expect(problem(place, line, dialect)).toBe(expected);
  });
});
