import { readFileSync } from "node:fs";
import { join } from "node:path";
import { findSettings, readDeclarations, SETTINGS_NAME } from "../../src/cli/settings-file.ts";
import { UsageError } from "../../src/cli/terminal.ts";
import { readOptions } from "../../src/cli/read-options.ts";
import { memoryFileSystem } from "../../src/config/memory-file-system.ts";
import { readConfiguration } from "../../src/config/read.ts";
import { recordedTerminal } from "../support/recorded-terminal.ts";

function settingsFrom(text: string): unknown {
  return findSettings(memoryFileSystem({ [`/a/${SETTINGS_NAME}`]: text }), "/a/b/httpd.conf", "/nowhere");
}

describe("Where settings are looked for", () => {
  const files = memoryFileSystem({
    "/etc/apache/.backhandrc.json": '{"apache":"1.3"}',
    "/home/me/.backhandrc.json": '{"apache":"2.2"}',
  });

  test.each([
    ["/etc/apache/conf/httpd.conf", "/home/me", "1.3"],
    ["sub/httpd.conf", "/home/me", "2.2"],
    ["/opt/httpd.conf", "/home/me/deep", "2.2"],
    [null, "/home/me", "2.2"],
    ["/opt/httpd.conf", "/opt", undefined],
  ])("for %s in %s they say %s", (path, cwd, apache) => {
    expect(findSettings(files, path, cwd).apache).toBe(apache);
  });
});

describe("What settings may say", () => {
  test("all there is", () => {
    const rules = { "lost-line": "off" };
    const text = JSON.stringify({
      apache: "2.4",
      define: ["SSL"],
      modules: ["mod_x.c"],
      rules,
      directives: [{ name: "Foo" }],
    });
    expect(settingsFrom(text)).toEqual({
      apache: "2.4",
      define: ["SSL"],
      modules: ["mod_x.c"],
      rules,
      directives: [{ name: "Foo" }],
    });
  });

  test.each([
    ["[]", "/a/.backhandrc.json: Expected an object"],
    ['{"apache":"3"}', "at /apache: Expected auto"],
    ['{"colour":1}', "at /colour: Expected one of"],
    ['{"define":"x"}', "at /define: Expected a list of texts"],
    ['{"rules":{"x":"loud"}}', "at /rules/x: Expected off, info, warning or error"],
    ['{"directives":[{"name":"<X"}]}', "at /directives/0/name: Expected a name"],
    ['{"directives":[{"name":"X","args":"TAKE4"}]}', "at /directives/0/args: Expected one of NO_ARGS"],
    [
      '{"directives":[{"name":"X","contexts":["server"]}]}',
      "at /directives/0/contexts/0: Expected one of server config",
    ],
    ['{"directives":["missing.json"]}', "Cannot read /a/missing.json"],
    ['{\n  "apache": }', "No valid JSON"],
  ])("%s is refused with its place", (text, message) => {
    expect(() => settingsFrom(text)).toThrow(UsageError);
    expect(() => settingsFrom(text)).toThrow(message);
  });

  test("the schema knows the same keys and kinds", () => {
    const schema = JSON.parse(
      readFileSync(join(import.meta.dirname, "..", "..", "docs", "backhandrc.schema.json"), "utf8"),
    ) as {
      properties: Record<string, unknown>;
      definitions: { directive: { properties: { args: { enum: string[] }; contexts: { items: { enum: string[] } } } } };
    };
    expect(Object.keys(schema.properties)).toEqual(["$schema", "apache", "define", "modules", "rules", "directives"]);
    const { args, contexts } = schema.definitions.directive.properties;
    for (const kind of args.enum) {
      const text = JSON.stringify([{ name: "X", args: kind, contexts: contexts.items.enum }]);
      expect(readDeclarations(memoryFileSystem({ "/d.json": text }), "/d.json")).toHaveLength(1);
    }
  });
});

describe("Declared directives", () => {
  const declarations = JSON.stringify([
    { name: "FooTimeout", args: "TAKE1", contexts: ["server config"], module: "mod_foo.c" },
    { name: "FooZone", section: true },
  ]);
  const read = (text: string) => {
    const files = memoryFileSystem({ "/d.json": declarations, "/httpd.conf": text });
    const { terminal } = recordedTerminal("/");
    const global = { apache: "2.4", define: [], before: [], after: [], module: [], directives: ["/d.json"] } as const;
    return readConfiguration(readOptions("/httpd.conf", global, terminal, files).options);
  };

  test("are known, with their kind and place", () => {
    const { server } = read("FooTimeout 5\n<FooZone a>\nServerAdmin b\n</FooZone>\n");
    expect(server.children.map((node) => [node.name, node.spec?.args[0], node.unknown])).toEqual([
      ["FooTimeout", "TAKE1", undefined],
      ["FooZone", "RAW_ARGS", undefined],
    ]);
  });

  test("are there when their module is", () => {
    const load = "LoadModule alias_module modules/mod_alias.so\n";
    expect(read(`${load}FooTimeout 5\n`).server.children[1]?.unknown).toEqual({
      reason: "inactive",
      modules: ["mod_foo.c"],
    });
    const foo = "LoadModule foo_module modules/mod_foo.so\n";
    expect(read(`${load}${foo}FooTimeout 5\n`).server.children[2]?.unknown).toBeUndefined();
  });
});
