import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { cliPath, runCli } from "../../support/run-cli.ts";
import { temporaryFolder, type TemporaryFolder } from "../../support/temporary-folder.ts";

const untidy = "<directory />\noptions   None\n</directory>\n";
const tidy = "<Directory />\n    Options None\n</Directory>\n";

let folder: TemporaryFolder;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => {
  folder.remove();
});

/** Runs `backhand fmt` in the test's folder. */
const fmt = (...args: readonly string[]) => runCli(["fmt", ...args], { cwd: folder.path });

describe("backhand fmt", () => {
  test("prints the formatted text and leaves the file alone", async () => {
    const file = folder.write("httpd.conf", untidy);
    expect(await fmt()).toEqual({ code: 0, stdout: tidy, stderr: "" });
    expect(readFileSync(file, "utf8")).toBe(untidy);
  });

  test("--check lists what would change", async () => {
    folder.write("a.conf", untidy);
    folder.write("b.conf", tidy);
    expect(await fmt("--check", "a.conf", "b.conf")).toEqual({ code: 1, stdout: "a.conf\n", stderr: "" });
    expect(await fmt("--check", "b.conf")).toEqual({ code: 0, stdout: "", stderr: "" });
  });

  test("--diff shows what would change", async () => {
    folder.write("a.conf", untidy);
    const { code, stdout } = await fmt("--diff", "a.conf");
    expect(code).toBe(1);
    expect(stdout).toContain("-options   None\n");
    expect(stdout).toContain("+    Options None\n");
  });

  test("--write replaces the files that change", async () => {
    const file = folder.write("a.conf", untidy);
    folder.write("b.conf", tidy);
    expect(await fmt("--write", "a.conf", "b.conf")).toEqual({ code: 0, stdout: "", stderr: "formatted a.conf\n" });
    expect(readFileSync(file, "utf8")).toBe(tidy);
  });

  test("standard input goes to standard output, with bytes that are no UTF-8 as they were", async () => {
    const input = Buffer.from("  serveradmin m\xfcller\n", "latin1");
    const { status, stdout } = spawnSync(process.execPath, [cliPath, "fmt", "-"], { cwd: folder.path, input });
    expect([status, stdout.toString("latin1")]).toEqual([0, "ServerAdmin m\xfcller\n"]);
    const file = folder.write("a.conf", input);
    await fmt("--write", "a.conf");
    expect(readFileSync(file, "latin1")).toBe("ServerAdmin m\xfcller\n");
  });

  test("--indent takes a number of blanks or tab", async () => {
    folder.write("httpd.conf", untidy);
    expect((await fmt("--indent", "2")).stdout).toContain("\n  Options None\n");
    expect((await fmt("--indent", "tab")).stdout).toContain("\n\tOptions None\n");
    expect(await fmt("--indent", "9")).toMatchObject({ code: 2, stderr: expect.stringContaining("0 to 8, or tab") });
  });

  test("wrong usage is one message", async () => {
    folder.write("a.conf", untidy);
    folder.write("b.conf", untidy);
    expect(await fmt()).toMatchObject({ code: 2, stderr: expect.stringContaining("no httpd.conf") });
    expect(await fmt("nope.conf")).toMatchObject({ code: 2, stderr: expect.stringContaining("nope.conf") });
    expect(await fmt("a.conf", "b.conf")).toMatchObject({ code: 2, stderr: expect.stringContaining("several files") });
    expect(await fmt("--check", "--write", "a.conf")).toMatchObject({ code: 2 });
  });
});
