import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { writeDirectory } from "../../src/migrate/write-output.ts";
import { encode } from "../../src/source/encoding.ts";
import { temporaryFolder, type TemporaryFolder } from "../support/temporary-folder.ts";

describe("an output directory", () => {
  let folder: TemporaryFolder;
  beforeEach(() => {
    folder = temporaryFolder();
  });
  afterEach(() => {
    folder.remove();
  });
  const out = (): string => join(folder.path, "out");
  const files = new Map([
    ["httpd.conf", "a"],
    ["conf/b.conf", "b"],
  ]);

  test("is written with its folders", () => {
    writeDirectory(out(), files, false);
    expect(readFileSync(join(out(), "conf/b.conf"), "utf8")).toBe("b");
    expect(readdirSync(folder.path)).toEqual(["out"]);
  });

  (existsSync("/proc/self") ? test : test.skip)("is refused where the system takes no names", () => {
    expect(() => {
      writeDirectory("/proc/nothing/below/out", files, false);
    }).toThrow("/proc/nothing");
  });

  test("writes parts of any length one behind the other, bytes that are no UTF-8 as they were", () => {
    const lengths = [0, 1, 400_000, 300_000, 2_000_000, 5, 349_526, 349_524, 0, 3];
    const parts = lengths.map((length, index) => ["a", "é", "€", "\udce9"][index % 4]?.repeat(length) ?? "");
    writeDirectory(out(), new Map([["report.json", parts]]), false);
    const written = readFileSync(join(out(), "report.json"));
    expect(written.equals(Buffer.concat(parts.map(encode)))).toBe(true);
  });

  test("takes a text in parts, and is not there when one of them fails", () => {
    const parts = Array.from({ length: 3000 }, (_, number) => `line ${number} ${"é".repeat(100)}\n`);
    writeDirectory(out(), new Map([["report.json", parts]]), false);
    expect(readFileSync(join(out(), "report.json"), "utf8")).toBe(parts.join(""));
    function* broken(): Iterable<string> {
      yield* parts;
      throw new Error("no more");
    }
    expect(() => {
      writeDirectory(out(), new Map([["report.json", broken()]]), true);
    }).toThrow("no more");
    expect(readFileSync(join(out(), "report.json"), "utf8")).toBe(parts.join(""));
    expect(readdirSync(folder.path)).toEqual(["out"]);
  });

  test("that exists stays as it is without force", () => {
    folder.write("out/mine", "x");
    expect(() => {
      writeDirectory(out(), files, false);
    }).toThrow("exists");
    expect(readdirSync(out())).toEqual(["mine"]);
    expect(readdirSync(folder.path)).toEqual(["out"]);
  });

  test("is replaced as a whole with force", () => {
    folder.write("out/mine", "x");
    writeDirectory(out(), files, true);
    expect(readdirSync(out()).sort()).toEqual(["conf", "httpd.conf"]);
    expect(readdirSync(folder.path)).toEqual(["out"]);
  });

  test("comes back when writing fails on the way", () => {
    folder.write("out/mine", "x");
    const broken = new Map([
      ["a", "file"],
      ["a/b", "below a file"],
    ]);
    expect(() => {
      writeDirectory(out(), broken, true);
    }).toThrow();
    expect(readdirSync(out())).toEqual(["mine"]);
    expect(readdirSync(folder.path)).toEqual(["out"]);
  });

  test("where a file is counts as there", () => {
    writeFileSync(out(), "x");
    expect(() => {
      writeDirectory(out(), files, false);
    }).toThrow("exists");
    expect(existsSync(out())).toBe(true);
  });
});
