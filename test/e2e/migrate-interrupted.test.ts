import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";

import { cliPath, runCli } from "../support/run-cli.ts";
import { describeIf } from "../support/shared.ts";
import { temporaryFolder, type TemporaryFolder } from "../support/temporary-folder.ts";

const FILES = 200;

let folder: TemporaryFolder;
beforeEach(() => {
  folder = temporaryFolder();
  chmodSync(folder.path, 0o777);
});
afterEach(() => {
  folder.remove();
});

/** A configuration of many files, which take a while to write. */
function manyFiles(): void {
  const names = Array.from({ length: FILES }, (_, index) => `part-${index}.conf`);
  for (const name of names) folder.write(`etc/${name}`, "Alias /a /srv/a\n".repeat(50));
  folder.write("etc/httpd.conf", `Port 80\n${names.map((name) => `Include ${name}\n`).join("")}`);
}

const args = ["migrate", "etc/httpd.conf", "--apache", "1.3", "--to", "apache2.4", "-o"];
const migrate = (...more: readonly string[]): ReturnType<typeof runCli> =>
  runCli([...args, ...more], { cwd: folder.path });
const visible = (): readonly string[] => readdirSync(folder.path).filter((name) => !name.startsWith("."));
const hidden = (): readonly string[] => readdirSync(folder.path).filter((name) => name.startsWith("."));

/** Starts a migration and sends a signal when it has begun to write. */
async function interrupt(signal: NodeJS.Signals, ...more: readonly string[]): Promise<void> {
  const child = spawn(process.execPath, [cliPath, ...args, ...more], { cwd: folder.path, stdio: "ignore" });
  const exited = once(child, "exit");
  const until = Date.now() + 20_000;
  while (child.exitCode === null && Date.now() < until) {
    if (hidden().some((name) => name.startsWith(".out.new."))) break;
    await new Promise((resolve) => setImmediate(resolve));
  }
  child.kill(signal);
  await exited;
}

describe.each(["SIGKILL", "SIGINT", "SIGTERM"] as const)("%s while a migration writes", (signal) => {
  test("leaves no output or a whole one, and the next run clears up", async () => {
    manyFiles();
    await interrupt(signal, "out");
    if (existsSync(join(folder.path, "out"))) {
      expect(readdirSync(join(folder.path, "out"))).toHaveLength(FILES + 3);
    }
    expect(visible().filter((name) => name !== "etc" && name !== "out")).toEqual([]);
    const { code } = await migrate("out", "--force");
    expect(code).toBe(0);
    expect(readdirSync(join(folder.path, "out"))).toHaveLength(FILES + 3);
    expect(hidden()).toEqual([]);
  });

  test("leaves the old output with --force, or has the whole new one", async () => {
    manyFiles();
    folder.write("out/mine", "x");
    await interrupt(signal, "out", "--force");
    const names = readdirSync(join(folder.path, "out"));
    if (names.length === 1) expect(names).toEqual(["mine"]);
    else expect(names).toHaveLength(FILES + 3);
  });
});

test("what a killed run had put aside comes back", async () => {
  folder.write("etc/httpd.conf", "Port 80\n");
  const { pid } = spawnSync(process.execPath, ["-e", ""]);
  const machine = spawnSync("hostname")
    .stdout.toString()
    .trim()
    .replace(/[^\w-]/g, "-");
  folder.write(`.out.old.${machine}.${pid}.0123456789ab/mine`, "x");
  const { code, stderr } = await migrate("out");
  expect({ code, stderr }).toEqual({
    code: 2,
    stderr: "backhand: out exists; give another directory, or --force to replace it\n",
  });
  expect(readFileSync(join(folder.path, "out/mine"), "utf8")).toBe("x");
  expect(hidden()).toEqual([]);
});

describe("an output that cannot be written", () => {
  beforeEach(() => {
    folder.write("etc/httpd.conf", "Port 80\nInclude more.conf\n");
    folder.write("etc/more.conf", "Alias /a /srv/a\n");
  });

  test("in a folder of somebody else is said, and nothing stays", async () => {
    mkdirSync(join(folder.path, "theirs"), { mode: 0o755 });
    if (process.getuid?.() !== 0) chmodSync(join(folder.path, "theirs"), 0o555);
    const uid = process.getuid?.() === 0 ? { uid: 65534 } : {};
    const { code, stderr } = await runCli([...args, "theirs/out"], { cwd: folder.path, ...uid });
    expect(code).toBe(2);
    expect(stderr).toContain("Cannot write theirs/out: permission denied\n");
    expect(readdirSync(join(folder.path, "theirs"))).toEqual([]);
  });

  test("below a file is said", async () => {
    const { code, stderr } = await migrate("etc/more.conf/out");
    expect(code).toBe(2);
    expect(stderr).toContain("Cannot write etc/more.conf/out: ");
    expect(readdirSync(join(folder.path, "etc"))).toEqual(["httpd.conf", "more.conf"]);
  });

  test("may be a folder in the source's, which stays as it is", async () => {
    expect((await migrate("etc/new")).code).toBe(0);
    expect(readdirSync(join(folder.path, "etc"))).toEqual(["httpd.conf", "more.conf", "new"]);
  });

  test.each(["etc", ".", "etc/..", "link"])("never takes the place of what it is made from: %s", async (out) => {
    symlinkSync("etc", join(folder.path, "link"));
    const { code, stderr } = await migrate(out, "--force");
    expect(code).toBe(2);
    expect(stderr).toMatch(/holds \S+httpd\.conf, which is read|the directory that this runs in/);
    expect(readdirSync(join(folder.path, "etc"))).toEqual(["httpd.conf", "more.conf"]);
  });

  test("by a symbolic link is what the link leads to", async () => {
    folder.write("first/mine", "x");
    symlinkSync("first", join(folder.path, "current"));
    expect((await migrate("current", "--force")).code).toBe(0);
    expect(readdirSync(join(folder.path, "first")).sort()).toEqual([
      "httpd.conf",
      "more.conf",
      "report.html",
      "report.json",
    ]);
    symlinkSync("nowhere", join(folder.path, "dangling"));
    const { code, stderr } = await migrate("dangling", "--force");
    expect(code).toBe(2);
    expect(stderr).toContain("dangling is a symbolic link that leads nowhere; remove it, or give another directory\n");
  });

  test("from read-only files is like any other", async () => {
    chmodSync(join(folder.path, "etc/httpd.conf"), 0o444);
    chmodSync(join(folder.path, "etc/more.conf"), 0o444);
    expect((await migrate("out")).code).toBe(0);
    expect((await migrate("out", "--force")).code).toBe(0);
    expect(readdirSync(join(folder.path, "out"))).toHaveLength(4);
  });

  test.each(["a b", "\u00fcmlaut", "it's"])("may have the name %j", async (out) => {
    expect((await migrate(out)).code).toBe(0);
    const text = readFileSync(join(folder.path, out, "httpd.conf"), "utf8");
    expect(text).toContain(`Define CONFIG_DIR "${join(folder.path, out)}"`);
  });

  test.each(["a\nb", 'a"b', "a[b]", "a*"])("with the name %j, which no Include could hold, is refused", async (out) => {
    const { code, stderr } = await migrate(out);
    expect(code).toBe(2);
    expect(stderr).toContain("an Include would read");
    expect(visible()).toEqual(["etc"]);
    expect(hidden()).toEqual([]);
  });
});

const canMount = process.getuid?.() === 0 && spawnSync("unshare", ["-m", "true"]).status === 0;

describeIf(canMount, "file systems cannot be mounted here")("a full disk", () => {
  test.each([[], ["--force"]])("leaves what was there: %j", async (...more) => {
    manyFiles();
    // The mount is seen in its own namespace alone and ends with it.
    const script = [
      'mount -t tmpfs -o size=160k none "$1" && mkdir "$1/keep" && echo x > "$1/keep/mine"',
      'shift; "$@"; echo "code $?"; ls -A "$OUT"; ls "$OUT/keep"',
    ].join("\n");
    const disk = join(folder.path, "disk");
    mkdirSync(disk);
    const out = more.length === 0 ? "disk/out" : "disk/keep";
    const all = ["-m", "sh", "-c", script, "sh", disk, process.execPath, cliPath, ...args, out, ...more];
    const child = spawn("unshare", all, { cwd: folder.path, env: { ...process.env, OUT: disk } });
    let said = "";
    child.stdout.on("data", (chunk: Buffer) => (said += chunk.toString()));
    child.stderr.on("data", (chunk: Buffer) => (said += chunk.toString()));
    await once(child, "close");
    expect(said).toContain("no space is left there");
    expect(said.slice(said.indexOf("code"))).toBe("code 2\nkeep\nmine\n");
  });
});

test("a limit for the size of files leaves no output", async () => {
  manyFiles();
  const child = spawnSync("sh", ["-c", 'ulimit -f 1; exec "$@"', "sh", process.execPath, cliPath, ...args, "out"], {
    cwd: folder.path,
  });
  expect(child.status).not.toBe(0);
  expect(visible()).toEqual(["etc"]);
  expect((await migrate("out")).code).toBe(0);
  expect(hidden()).toEqual([]);
});
