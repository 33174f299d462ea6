import { spawnSync } from "node:child_process";
import { chmodSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { runCli, type CliRun } from "../support/run-cli.ts";
import { describeIf } from "../support/shared.ts";
import { temporaryFolder, type TemporaryFolder } from "../support/temporary-folder.ts";

/** One clear message: no stack trace, no fault of ours. */
function expectMessage(run: CliRun, code: number, pattern: RegExp): void {
  const text = run.stdout + run.stderr;
  expect(text).toMatch(pattern);
  expect(text).not.toMatch(/^\s+at .*[:(]\d+/m);
  expect(text).not.toContain("a fault of backhand");
  expect(run.code).toBe(code);
}

/** Root may read everything, so that its test runs as nobody: who cannot start a Node that root alone has installed. */
const uid = process.getuid?.() === 0 ? 65534 : undefined;
const canStartNode = uid === undefined || spawnSync(process.execPath, ["--version"], { uid }).status === 0;

let folder: TemporaryFolder;
beforeAll(() => {
  folder = temporaryFolder();
  chmodSync(folder.path, 0o755);
});
afterAll(() => {
  folder.remove();
});

describe("bad input gets one clear message", () => {
  test("no such file", async () => {
    expectMessage(
      await runCli(["lint", "nope.conf"], { cwd: folder.path }),
      2,
      /nope\.conf.*(no such file|does not exist)/i,
    );
  });

  test("a folder instead of a file", async () => {
    expectMessage(await runCli(["lint", "."], { cwd: folder.path }), 2, /is a (directory|folder)/i);
  });

  describeIf(canStartNode, "no other user may start this Node")("what may not be read", () => {
    test("is named, with the reason", async () => {
      const file = folder.write("secret.conf", "Listen 80\n");
      chmodSync(file, 0o000);
      const run = await runCli(["lint", file], { cwd: folder.path, ...(uid === undefined ? {} : { uid }) });
      expectMessage(run, 2, /secret\.conf.*permission/i);
    });
  });

  test("an Include loop names the Include", async () => {
    folder.write("loop.conf", "Include loop.conf\n");
    const run = await runCli(["lint", "--apache", "2.4", "--server-root", folder.path, "loop.conf"], {
      cwd: folder.path,
    });
    expectMessage(run, 1, /loop\.conf:1/);
  });

  test.each(["1.3", "2.4"])("a binary file, read as httpd %s", async (apache) => {
    const bytes = Uint8Array.from({ length: 4096 }, (_, index) => (index * 7919) % 256);
    const run = await runCli(["lint", "--apache", apache, folder.write("binary.conf", bytes)]);
    expectMessage(run, 1, /binary\.conf:\d+/);
  });

  test.each(["1.3", "2.4"])("a line of 10 MB, read as httpd %s", async (apache) => {
    const run = await runCli([
      "lint",
      "--apache",
      apache,
      folder.write("long.conf", `ServerAdmin ${"a".repeat(10_000_000)}`),
    ]);
    expect(run.code).not.toBe(3);
    expect(run.stderr).not.toContain("a fault of backhand");
    // No terminal wants ten megabytes.
    expect(run.stdout.length + run.stderr.length).toBeLessThan(200_000);
  });

  test("a port in use is named", async () => {
    const server = createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => server.once("listening", resolve));
    const { port } = server.address() as AddressInfo;
    folder.write("busy.conf", `ServerName x\nListen 127.0.0.1:${port}\nErrorLog error.log\n`);
    const run = await runCli(["serve", "--apache", "2.4", "--server-root", folder.path, "busy.conf"], {
      cwd: folder.path,
    });
    server.close();
    expectMessage(run, 1, new RegExp(`${port}.*in use`, "i"));
  });

  test("an unknown command and an unknown option", async () => {
    expectMessage(await runCli(["lnit"]), 2, /unknown command/i);
    expectMessage(await runCli(["lint", "--frobnicate"]), 2, /unknown option/i);
  });

  test("a truncated table", async () => {
    const table = folder.write("table.json", '{"format":"backhand-routing-table","version":1,"hosts":[');
    expectMessage(await runCli(["serve", table]), 2, /table\.json/);
  });

  test("a table of another version", async () => {
    const table = folder.write("table-99.json", '{"format":"backhand-routing-table","version":99}');
    expectMessage(await runCli(["serve", table]), 2, /version/);
  });
});

describe("help", () => {
  test("--help names every command and exits 0", async () => {
    const run = await runCli(["--help"]);
    expect(run.code).toBe(0);
    for (const command of ["lint", "explain", "compile", "serve", "demo", "rules"])
      expect(run.stdout).toContain(command);
    expect(run.stdout).not.toContain("demo-backend");
  });

  test.each(["lint", "fmt", "explain", "diff", "compile", "serve", "demo", "rules"])(
    "%s --help has examples",
    async (command) => {
      const run = await runCli([command, "--help"]);
      expect(run.code).toBe(0);
      expect(run.stdout).toContain(`$ backhand ${command}`);
    },
  );

  test("--version is the package's", async () => {
    expect((await runCli(["--version"])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});
