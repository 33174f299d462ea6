import { runCli } from "../../support/run-cli.ts";
import { temporaryFolder, type TemporaryFolder } from "../../support/temporary-folder.ts";

let folder: TemporaryFolder;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => {
  folder.remove();
});

const base = [
  "Listen 80",
  "DocumentRoot /nowhere",
  "<VirtualHost *:80>",
  "ServerName a.example",
  "ServerAlias b.example",
  "<Location /private>",
  "Require ip 10.0.0.0/8",
  "</Location>",
  "</VirtualHost>",
  "<VirtualHost *:80>",
  "ServerName c.example",
  "</VirtualHost>",
  "",
].join("\n");

/** Compares the base with a change of it. */
async function diff(change: (text: string) => string, ...args: readonly string[]) {
  folder.write("old.conf", base);
  folder.write("new.conf", change(base));
  return runCli(["diff", "--apache", "2.4", ...args, "old.conf", "new.conf"], { cwd: folder.path });
}

interface Answer {
  readonly changed: number;
  readonly listen: { readonly removed: readonly string[]; readonly added: readonly string[] };
  readonly groups: readonly { readonly requests: number; readonly changes: readonly { readonly aspect: string }[] }[];
}

describe("backhand diff", () => {
  test("finds nothing between a file and the same with other lines and comments", async () => {
    const { code, stdout } = await diff(
      (text) => `# moved\n\n${text.replaceAll("\nRequire", "\n    # inside\n    Require")}`,
    );
    expect([code, stdout]).toEqual([0, expect.stringMatching(/^\d\d+ requests compared, none changes\n$/)]);
  });

  test("says which requests get another answer, with both lines", async () => {
    const { code, stdout } = await diff((text) => text.replace("/8", "/9"));
    expect(code).toBe(1);
    expect(stdout).toContain("GET /private  Host: a.example  to 192.0.2.2:80  from 10.255.255.254\n");
    expect(stdout).toContain("  access\n    - granted\n    + denied\n");
    expect(stdout).not.toContain("from 10.0.0.1\n");
  });

  test("sees a name that moves to another virtual host", async () => {
    const { code, stdout } = await diff((text) => text.replace("ServerAlias b.example\n", ""));
    expect([code, stdout]).toEqual([0, expect.stringContaining("none changes")]);
    const moved = await diff((text) =>
      text.replace("ServerAlias b.example\n", "").replace("ServerName c.example\n", "$&ServerAlias b.example\n"),
    );
    expect(moved.code).toBe(1);
    expect(moved.stdout).toContain("  virtual host\n    - a.example  old.conf:3\n    + c.example  new.conf:9\n");
  });

  test("answers scripts in JSON, and sees addresses that come and go", async () => {
    const { code, stdout } = await diff((text) => text.replace("Listen 80", "Listen 81"), "--format", "json");
    expect(code).toBe(1);
    const answer = JSON.parse(stdout) as Answer;
    expect(answer).toMatchObject({ version: 1, listen: { removed: ["*:80"], added: ["*:81"] } });
    expect(answer.groups.reduce((sum, group) => sum + group.requests, 0)).toBe(answer.changed);
  });

  test("compares given requests only", async () => {
    folder.write("requests", '{"host":"c.example","path":"/private","from":"10.200.0.1"}\n');
    const other = (text: string): string => text.replace("/8", "/9");
    expect((await diff(other, "--requests", "requests")).stdout).toBe("1 requests compared, none changes\n");
    folder.write("requests", '{"host":"a.example","path":"/private","from":"10.200.0.1"}\n');
    expect(await diff(other, "--requests", "requests")).toMatchObject({ code: 1 });
    folder.write("requests", "nonsense\n");
    expect(await diff(other, "--requests", "requests")).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("requests:1: Expected a JSON object"),
    });
  });

  test("an unreadable file is one message", async () => {
    folder.write("old.conf", base);
    const run = await runCli(["diff", "old.conf", "nope.conf"], { cwd: folder.path });
    expect(run).toMatchObject({ code: 2, stderr: expect.stringContaining("nope.conf") });
  });
});
