import { readFileSync } from "node:fs";
import { join } from "node:path";

import { run as runCompile } from "../../../src/cli/commands/compile.ts";
import type { GlobalOptions } from "../../../src/cli/terminal.ts";
import { readTable } from "../../../src/routing/read-table.ts";
import { recordedTerminal } from "../../support/recorded-terminal.ts";
import { temporaryFolder, type TemporaryFolder } from "../../support/temporary-folder.ts";

let folder: TemporaryFolder;
beforeAll(() => {
  folder = temporaryFolder();
  folder.write("httpd.conf", "Port 80\n<Directory /srv>\nBackhand byAge\n</Directory>\n");
});
afterAll(() => {
  folder.remove();
});

const global: GlobalOptions = { apache: "1.3", define: [], before: [], after: [], module: [] };

const world = () => recordedTerminal(folder.path);

describe("compile", () => {
  test("writes a table that can be read back, to standard output or a file", async () => {
    const { terminal, out, err } = world();
    expect(await runCompile("httpd.conf", {}, global, terminal)).toBe(0);
    expect(err()).toBe("");
    expect(readTable(out())).toHaveProperty("table");
    expect(await runCompile("httpd.conf", { output: "table.json" }, global, terminal)).toBe(0);
    expect(readFileSync(join(folder.path, "table.json"), "utf8")).toBe(out());
  });

  test("problems go to standard error and the result is 1", async () => {
    folder.write("bad.conf", "Listen x.example:80\n");
    const { terminal, out, err } = world();
    expect(await runCompile("bad.conf", {}, { ...global, apache: "2.4" }, terminal)).toBe(1);
    expect(err()).toMatch(/^error +bad\.conf:1 +Listen: "x\.example" is a name/);
    expect(readTable(out())).toHaveProperty("table");
  });

  test("a file that is not there, or that cannot be written, is wrong usage", async () => {
    const { terminal } = world();
    const wrong = async (): Promise<unknown> => runCompile("none.conf", {}, global, terminal);
    await expect(wrong()).rejects.toThrow(/Cannot read none\.conf/);
    const unwritable = async (): Promise<unknown> =>
      runCompile("httpd.conf", { output: "no/such/folder/x" }, global, terminal);
    await expect(unwritable()).rejects.toThrow(/Cannot write/);
  });
});
