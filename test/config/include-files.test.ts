import { mkdtempSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ConfigUnreadableError } from "../../src/config/config-unreadable-error.ts";
import { findIncludeFiles } from "../../src/config/include-files.ts";
import { memoryFileSystem } from "../../src/config/memory-file-system.ts";
import { nodeFileSystem } from "../../src/config/node-file-system.ts";
import { readConfiguration } from "../../src/config/read.ts";
import { hasWildcard, matchesWildcard } from "../../src/config/wildcard.ts";

describe("Shell patterns of includes", () => {
  test.each([
    ["*.conf", "a.conf", true],
    ["*.conf", ".conf", false],
    [".*", ".conf", true],
    ["a*b*c", "aXbYc", true],
    ["a*b*c", "aXbY", false],
    ["?", "a", true],
    ["?", "", false],
    ["[a-c]x", "bx", true],
    ["[!a-c]x", "bx", false],
    ["[^a-c]x", "dx", true],
    ["[]x]", "]", true],
    ["[a", "[a", true],
    ["\\*", "*", true],
    ["\\*", "a", false],
    ["**", "abc", true],
    ["[a-]", "-", true],
  ])("%s matches %s: %j", (pattern, name, expected) => {
    expect(matchesWildcard(pattern, name)).toBe(expected);
  });

  test("many stars and a long name are no trouble", () => {
    expect(matchesWildcard("*a".repeat(200), `${"a".repeat(5000)}b`)).toBe(false);
  });

  test.each([
    ["a*", true],
    ["a?", true],
    ["a[b]", true],
    ["a[b", false],
    ["a]b[", false],
    ["a\\*", false],
    ["plain", false],
  ])("%s is a pattern: %j", (path, expected) => {
    expect(hasWildcard(path)).toBe(expected);
  });
});

describe("Files of this machine", () => {
  const root = mkdtempSync(join(tmpdir(), "include-"));
  afterAll(() => {
    rmSync(root, { recursive: true });
  });
  mkdirSync(join(root, "d"));
  writeFileSync(join(root, "d", "a.conf"), "ServerName a\n");
  symlinkSync("d", join(root, "link"));
  symlinkSync(".", join(root, "d", "loop"));

  test("2.4 follows a linked directory, 1.3 does not", () => {
    mkdirSync(join(root, "e"));
    writeFileSync(join(root, "e", "b.conf"), "");
    symlinkSync("e", join(root, "to-e"));
    expect(findIncludeFiles(nodeFileSystem, "2.4", join(root, "to-e"), false)).toEqual({
      files: [join(root, "to-e", "b.conf")],
    });
    expect(findIncludeFiles(nodeFileSystem, "1.3", join(root, "to-e"), false)).toMatchObject({ kind: "bad-include" });
  });

  test("a directory that links to itself ends", () => {
    expect(findIncludeFiles(nodeFileSystem, "2.4", join(root, "d"), false)).not.toHaveProperty("files");
  });

  test.each([
    ["nope.conf", "there is no such file"],
    ["d", "it is a directory, not a file"],
    ["d/a.conf/x", "part of the path is not a directory"],
    ["a\0b", "the name holds a NUL byte"],
  ])("a main file %j cannot be read, because %s", (name, reason) => {
    const path = join(root, name);
    const readIt = (): unknown => readConfiguration({ path, fileSystem: nodeFileSystem, dialect: "auto" });
    expect(readIt).toThrow(ConfigUnreadableError);
    expect(readIt).toThrow(`Cannot read ${path}: ${reason}`);
    try {
      readIt();
    } catch (error) {
      expect(error).toMatchObject({ code: "BACKHAND_CONFIG_UNREADABLE", path });
    }
  });

  test("a file with NUL bytes and broken UTF-8 is read", () => {
    const path = join(root, "binary.conf");
    writeFileSync(path, Buffer.from([0x50, 0x6f, 0x72, 0x74, 0x20, 0x00, 0xff, 0xc3, 0x0a, 0x00, 0x0a, 0x58, 0x0a]));
    const config = readConfiguration({ path, fileSystem: nodeFileSystem, dialect: "1.3" });
    expect(config.server.children.map((node) => node.name)).toEqual(["Port", "X"]);
  });
});

describe("Files in memory", () => {
  const files = memoryFileSystem({ "/a/b.conf": "x", "/a/c/": "" });

  test("have directories above them", () => {
    expect(files.kindOf("/a")).toBe("directory");
    expect(files.kindOf("/a/c/")).toBe("directory");
    expect(files.kindOf("/a/b.conf")).toBe("file");
    expect(files.kindOf("/a/d")).toBeNull();
    expect(files.readDirectory("/a")).toEqual(["b.conf", "c"]);
  });

  test("fail as Node's do", () => {
    const codeOf = (action: () => unknown): unknown => {
      try {
        return action();
      } catch (error) {
        return (error as { readonly code?: unknown }).code;
      }
    };
    expect(codeOf(() => files.readFile("/a/d"))).toBe("ENOENT");
    expect(codeOf(() => files.readFile("/a"))).toBe("EISDIR");
    expect(codeOf(() => files.readDirectory("/a/b.conf"))).toBe("ENOTDIR");
  });
});
