import { chmodSync, readFileSync, statSync } from "node:fs";
import { run } from "../../../src/cli/commands/lint.ts";
import type { LintFlags } from "../../../src/cli/flags.ts";
import type { GlobalOptions } from "../../../src/cli/terminal.ts";
import { recordedTerminal } from "../../support/recorded-terminal.ts";
import { temporaryFolder, type TemporaryFolder } from "../../support/temporary-folder.ts";

let folder: TemporaryFolder;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => {
  folder.remove();
});

interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

async function lintFiles(
  files: readonly string[],
  flags: Partial<LintFlags> = {},
  extra: {
    readonly input?: string | Uint8Array;
    readonly apache?: GlobalOptions["apache"];
    readonly color?: boolean;
  } = {},
): Promise<Outcome> {
  const { terminal, out, err } = recordedTerminal(folder.path, {
    color: extra.color ?? false,
    stdin: () => Promise.resolve(Buffer.from(extra.input ?? "")),
  });
  const global: GlobalOptions = { apache: extra.apache ?? "2.4", define: [], before: [], after: [], module: [] };
  const code = await run(files, { format: "compact", rule: [], context: "server", ...flags }, global, terminal);
  return { code, stdout: out(), stderr: err() };
}

describe("backhand lint", () => {
  test("without files, httpd.conf of the folder", async () => {
    folder.write("httpd.conf", "ServrName a\n");
    const { code, stdout } = await lintFiles([]);
    expect(stdout).toContain('httpd.conf:1:1: error: Unknown directive "ServrName"');
    expect(code).toBe(1);
  });

  test("without files and without httpd.conf, a usage error", async () => {
    await expect(lintFiles([])).rejects.toThrow("there is no httpd.conf");
  });

  test("included files are linted too, under their names", async () => {
    folder.write("main.conf", `ServerRoot "${folder.path}"\nInclude sub/a.conf\n`);
    folder.write("sub/a.conf", "ServerName a\nBogus b\n");
    const { code, stdout } = await lintFiles(["main.conf"]);
    expect(stdout).toContain("sub/a.conf:2:1: error");
    expect(code).toBe(1);
  });

  test("warnings do not fail, unless there are more than --max-warnings", async () => {
    folder.write("a.conf", 'ServerAdmin "a\n<Directory x>\n</Directory>\n');
    expect((await lintFiles(["a.conf"])).code).toBe(0);
    expect((await lintFiles(["a.conf"], { maxWarnings: 2 })).code).toBe(0);
    expect((await lintFiles(["a.conf"], { maxWarnings: 1 })).code).toBe(1);
  });

  test("--rule changes a severity or switches a rule off", async () => {
    folder.write("a.conf", "<Directory x>\n</Directory>\n");
    expect((await lintFiles(["a.conf"], { rule: ["relative-directory-section=error"] })).code).toBe(1);
    expect((await lintFiles(["a.conf"], { rule: ["relative-directory-section=off"] })).stdout).toBe("No problems\n");
  });

  test.each([
    [["unknown-directve=off"], "did you mean unknown-directive?"],
    [["unknown-directive=loud"], "Expected --rule id=off|info|warning|error"],
    [["unknown-directive"], "Expected --rule id="],
  ])("--rule %s is a usage error", async (rule, message) => {
    folder.write("a.conf", "");
    await expect(lintFiles(["a.conf"], { rule })).rejects.toThrow(message);
  });

  test("an unknown format is a usage error", async () => {
    await expect(lintFiles(["a.conf"], { format: "xml" })).rejects.toThrow("expected pretty, compact, json");
  });

  test("several files are linted each by itself, into one document", async () => {
    folder.write("a.conf", "Define NAME a\nServerName ${NAME}\n");
    folder.write("b.conf", "ServerName ${name}\n");
    const { stdout } = await lintFiles(["a.conf", "b.conf"], { format: "json" });
    const document = JSON.parse(stdout) as {
      files: { path: string; diagnostics: { rule: string }[] }[];
      summary: unknown;
    };
    expect(document.files.map(({ path, diagnostics }) => [path, diagnostics.map(({ rule }) => rule)])).toEqual([
      ["a.conf", []],
      ["b.conf", ["undefined-variable"]],
    ]);
    expect(document.summary).toMatchObject({ warnings: 1, directives: 3 });
  });

  test("a file that cannot be read gets one message and exit code 2; the others are linted all the same", async () => {
    folder.write("a.conf", "ServerName a\n");
    const { code, stdout, stderr } = await lintFiles(["nope.conf", "a.conf"]);
    expect(stderr).toMatch(/^backhand: Cannot read nope\.conf: .*no such file.*\n$/);
    expect(stdout).toBe("No problems\n");
    expect(code).toBe(2);
    expect((await lintFiles(["."])).stderr).toMatch(/^backhand: Cannot read \.: .*directory.*\n$/);
    expect((await lintFiles(["nope.conf"], { format: "json" })).stdout).toBe("");
  });

  test("- reads standard input, in the context that --context names", async () => {
    const input = "AllowOverride None\n";
    expect((await lintFiles(["-"], {}, { input })).stdout).toContain("-:1:1: error: AllowOverride not allowed here");
    expect((await lintFiles(["-"], { context: "directory" }, { input })).stdout).toBe("No problems\n");
  });
});

describe("backhand lint --fix", () => {
  const before = "# caf\u00e9\n<Directory /x>\n</Directory >\nTimeout 30 # s\n";
  const after = "# caf\u00e9\n<Directory /x>\n</Directory>\n# s\nTimeout 30\n";

  test("repairs the file, keeps its mode, and reports what is left", async () => {
    const path = folder.write("a.conf", `${before}Bogus\n`);
    chmodSync(path, 0o600);
    const { code, stdout } = await lintFiles(["a.conf"], { fix: true });
    expect(readFileSync(path, "utf8")).toBe(`${after}Bogus\n`);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(stdout).toContain('a.conf:6:1: error: Unknown directive "Bogus"');
    expect(stdout).not.toContain("malformed-tag");
    expect(code).toBe(1);
  });

  test("bytes that are no UTF-8 stay", async () => {
    const path = folder.write("a.conf", Buffer.from("# caf\u00e9\nTimeout 30 # s\n", "latin1"));
    await lintFiles(["a.conf"], { fix: true });
    expect(readFileSync(path, "latin1")).toBe("# caf\u00e9\n# s\nTimeout 30\n");
  });

  test("repairs included files too", async () => {
    folder.write("main.conf", `ServerRoot "${folder.path}"\nInclude a.conf\n`);
    const path = folder.write("a.conf", before);
    await lintFiles(["main.conf"], { fix: true });
    expect(readFileSync(path, "utf8")).toBe(after);
  });

  test("only --fix=unsafe takes what is only likely", async () => {
    const path = folder.write("a.conf", "ServrName a\n");
    await lintFiles(["a.conf"], { fix: true });
    expect(readFileSync(path, "utf8")).toBe("ServrName a\n");
    expect((await lintFiles(["a.conf"], { fix: "unsafe" })).code).toBe(0);
    expect(readFileSync(path, "utf8")).toBe("ServerName a\n");
  });

  test("a file without findings is not touched", async () => {
    const path = folder.write("a.conf", after);
    const { ino } = statSync(path);
    await lintFiles(["a.conf"], { fix: true });
    expect(statSync(path).ino).toBe(ino);
  });

  test("standard input comes out repaired, the report goes to standard error", async () => {
    const { stdout, stderr } = await lintFiles(["-"], { fix: true }, { input: before });
    expect(stdout).toBe(after);
    expect(stderr).toBe("No problems\n");
    expect((await lintFiles(["-"], { fix: true }, { input: after })).stdout).toBe(after);
  });

  test("--diff shows it and changes nothing", async () => {
    const path = folder.write("a.conf", before);
    const { code, stdout } = await lintFiles(["a.conf"], { diff: true, fix: true });
    expect(stdout).toMatch(/^--- a\.conf\n\+\+\+ a\.conf\n@@ /);
    expect(stdout).toContain("\n-</Directory >\n");
    expect(readFileSync(path, "utf8")).toBe(before);
    expect(code).toBe(1);
    folder.write("b.conf", after);
    expect(await lintFiles(["b.conf"], { diff: true })).toMatchObject({ code: 0, stdout: "" });
  });

  test("--diff on a terminal is coloured and harmless", async () => {
    folder.write("a.conf", "Timeout 30 # \u001b[2Jx\n");
    const { stdout } = await lintFiles(["a.conf"], { diff: true }, { color: true });
    expect(stdout).toContain("\u001b[32m");
    expect(stdout).not.toContain("\u001b[2J");
  });

  test("--baseline leaves out what --update-baseline wrote, and nothing else", async () => {
    folder.write("a.conf", "Bogus b\n");
    const baseline = "baseline.json";
    const first = await lintFiles(["a.conf"], { baseline, updateBaseline: true });
    expect([first.code, first.stdout, first.stderr]).toEqual([
      0,
      "No problems\n",
      "backhand: wrote 1 finding into baseline.json\n",
    ]);
    folder.write("a.conf", "# new\nBogus b\nWrong c\n");
    const second = await lintFiles(["a.conf"], { baseline });
    expect(second.code).toBe(1);
    expect(second.stdout).toMatch(/^a\.conf:3:1: error: [^\n]*\n1 error\n$/);
    folder.write("a.conf", "ServerName a\n");
    const third = await lintFiles(["a.conf"], { baseline });
    expect([third.code, third.stderr]).toEqual([
      0,
      "backhand: 1 finding of baseline.json no longer there; --update-baseline drops them\n",
    ]);
  });

  test("a baseline that cannot be read is a usage error", async () => {
    folder.write("a.conf", "");
    folder.write("b.json", "{");
    await expect(lintFiles(["a.conf"], { baseline: "nope.json" })).rejects.toThrow(
      "Cannot read the baseline nope.json",
    );
    await expect(lintFiles(["a.conf"], { baseline: "b.json" })).rejects.toThrow("b.json: it is no JSON");
    await expect(lintFiles(["a.conf"], { updateBaseline: true })).rejects.toThrow("Expected --baseline FILE");
  });
});
