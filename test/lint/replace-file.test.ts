import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, lstatSync, readdirSync, readFileSync, statSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { replaceFile, writeWholeFile } from "../../src/lint/replace-file.ts";
import { temporaryFolder, type TemporaryFolder } from "../support/temporary-folder.ts";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

describe("replaceFile", () => {
  let folder: TemporaryFolder;
  beforeEach(() => {
    folder = temporaryFolder();
  });
  afterEach(() => {
    folder.remove();
  });

  test("the file has the new bytes and its old mode, and nothing is left beside it", () => {
    const path = folder.write("a.conf", "old");
    chmodSync(path, 0o640);
    replaceFile(path, bytes("new"));
    expect(readFileSync(path, "utf8")).toBe("new");
    expect(statSync(path).mode & 0o7777).toBe(0o640);
    expect(readdirSync(folder.path)).toEqual(["a.conf"]);
  });

  test("a symbolic link stays one", () => {
    const path = folder.write("a.conf", "old");
    const link = join(folder.path, "link.conf");
    symlinkSync(path, link);
    replaceFile(link, bytes("new"));
    expect(lstatSync(link).isSymbolicLink()).toBe(true);
    expect(readFileSync(path, "utf8")).toBe("new");
  });

  test("a file that is not there is not made", () => {
    expect(() => {
      replaceFile(join(folder.path, "nope.conf"), bytes("new"));
    }).toThrow("ENOENT");
    expect(readdirSync(folder.path)).toEqual([]);
  });

  test("writeWholeFile makes what is not there, and leaves nothing beside it when it cannot", () => {
    const path = join(folder.path, "new.json");
    writeWholeFile(path, bytes("one"));
    writeWholeFile(path, bytes("two"));
    expect(readFileSync(path, "utf8")).toBe("two");
    expect(() => {
      writeWholeFile(join(folder.path, "nope", "new.json"), bytes("x"));
    }).toThrow("ENOENT");
    expect(readdirSync(folder.path)).toEqual(["new.json"]);
  });

  test("a pipe is written to and stays one", async () => {
    const pipe = join(folder.path, "pipe");
    execFileSync("mkfifo", [pipe]);
    const reader = spawn("cat", [pipe], { stdio: ["ignore", "pipe", "ignore"] });
    let read = "";
    reader.stdout.on("data", (chunk: Buffer) => (read += chunk.toString()));
    writeWholeFile(pipe, bytes("table"));
    await once(reader, "close");
    expect([read, lstatSync(pipe).isFIFO(), readdirSync(folder.path)]).toEqual(["table", true, ["pipe"]]);
  });
});
