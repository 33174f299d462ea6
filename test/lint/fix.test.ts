import { memoryFileSystem } from "../../src/config/memory-file-system.ts";
import type { FileSystem } from "../../src/config/file-system.ts";
import { decode, encode } from "../../src/source/encoding.ts";
import { fixUntilStable } from "../../src/lint/fix.ts";
import { lint, type LintResult } from "../../src/lint/lint.ts";
import { overlayFileSystem } from "../../src/lint/overlay-file-system.ts";
import { defineRule, type Rule } from "../../src/lint/rule.ts";
import { configOf, readingOf } from "./config-of.ts";

/** Turns one name into another wherever it stands. */
function renames(from: string, to: string, safe = true): Rule {
  return defineRule({
    id: `rename-${from}`,
    summary: "",
    category: "style",
    severity: "warning",
    fixable: "safe",
    dialects: ["2.4"],
    create: ({ report }) => ({
      line(line, _index, reading) {
        if (line.kind !== "directive" || line.name !== from) return;
        const span = { start: line.nameStart, end: line.nameEnd };
        report({ reading, span, message: from, fix: { safe, edits: [{ ...span, text: to }] } });
      },
    }),
  });
}

function lintWith(...rules: readonly Rule[]): (fileSystem: FileSystem) => LintResult {
  return (fileSystem) => {
    const readings = ["/a.conf", "/b.conf"].map((path) => readingOf(path, decode(fileSystem.readFile(path))));
    return lint(configOf(...readings), { rules, severities: new Map() });
  };
}

const files = memoryFileSystem({ "/a.conf": "A x\n", "/b.conf": "B x\n" });

describe("fixUntilStable", () => {
  test("nothing to repair", () => {
    expect(fixUntilStable(files, lintWith(), false).files).toEqual([]);
  });

  test("a repair that makes another possible, in every file", () => {
    const { files: fixed, result } = fixUntilStable(files, lintWith(renames("A", "B"), renames("B", "C")), false);
    expect(fixed).toEqual([
      { path: "/a.conf", before: "A x\n", after: "C x\n" },
      { path: "/b.conf", before: "B x\n", after: "C x\n" },
    ]);
    expect(result.summary.warnings).toBe(0);
  });

  test("unsafe repairs are made only when asked for", () => {
    const lintOnce = lintWith(renames("A", "Z", false));
    expect(fixUntilStable(files, lintOnce, false).files).toEqual([]);
    expect(fixUntilStable(files, lintOnce, true).files).toHaveLength(1);
  });

  test("rules that undo each other come to an end", () => {
    const lintOnce = lintWith(renames("A", "B"), renames("B", "A"));
    expect(fixUntilStable(files, lintOnce, false).files.length).toBeLessThanOrEqual(2);
  });

  test("text that no file holds is left alone", () => {
    const lintOnce = (): LintResult =>
      lint(configOf(readingOf("-c", "A x\n")), { rules: [renames("A", "B")], severities: new Map() });
    expect(fixUntilStable(files, lintOnce, false).files).toEqual([]);
  });
});

describe("overlayFileSystem", () => {
  test("some files have another text, bytes that are no UTF-8 included; the rest is as it was", () => {
    const text = "caf\udce9\n";
    const overlay = overlayFileSystem(
      files,
      new Map([
        ["/a.conf", text],
        ["-", "x"],
      ]),
    );
    expect(overlay.readFile("/a.conf")).toEqual(encode(text));
    expect(decode(overlay.readFile("/b.conf"))).toBe("B x\n");
    expect(overlay.kindOf("-")).toBe("file");
    expect(overlay.kindOf("/nope")).toBeNull();
    expect([...overlay.readDirectory("/")].sort()).toEqual(["a.conf", "b.conf"]);
    expect(overlay.isLink("/a.conf")).toBe(false);
  });
});
