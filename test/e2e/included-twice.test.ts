import { runCli } from "../support/run-cli.ts";
import { temporaryFolder, type TemporaryFolder } from "../support/temporary-folder.ts";

let folder: TemporaryFolder;
beforeAll(() => {
  folder = temporaryFolder();
  folder.write(
    "httpd.conf",
    [
      ...["ServerName a", "Listen 80", "<VirtualHost *:80>", "    Include common.conf", "</VirtualHost>"],
      ...["<Directory /x>", "    Include outer.conf", "</Directory>", ""],
    ].join("\n"),
  );
  folder.write("outer.conf", "Include common.conf\n");
  folder.write("common.conf", "ServerAlias b\nFoo\n");
});
afterAll(() => {
  folder.remove();
});

const lint = ["lint", "--apache", "2.4", "httpd.conf"];

describe("a file that is included twice", () => {
  test("is judged in both places, and the pretty report says through which Include", async () => {
    const { code, stdout } = await runCli(lint, { cwd: folder.path });
    expect(code).toBe(1);
    const [alias = "", unknown = ""] = stdout.split("\n\n");
    // Fine in the virtual host, so that only the other way there is named.
    expect(alias).toContain("ServerAlias not allowed in <Directory> context");
    expect(alias.match(/\w+\.conf:\d+:\d+.*/g)).toEqual([
      "common.conf:1:1",
      "outer.conf:1:1 included here",
      "httpd.conf:7:5 included here",
    ]);
    expect(unknown).toContain('Unknown directive "Foo"');
    expect(unknown.match(/\w+\.conf:\d+:\d+.*/g)).toEqual([
      "common.conf:2:1",
      "httpd.conf:4:5 included here",
      "outer.conf:1:1 included here",
      "httpd.conf:7:5 included here",
    ]);
  });

  test("has every Include as a related place in JSON", async () => {
    const { stdout } = await runCli([...lint, "--format", "json"], { cwd: folder.path });
    const report = JSON.parse(stdout) as {
      readonly files: readonly {
        readonly path: string;
        readonly diagnostics: readonly { readonly rule: string; readonly related: readonly object[] }[];
      }[];
    };
    const found = report.files.find(({ path }) => path === "common.conf")?.diagnostics;
    const at = (path: string, line: number, column: number): object => ({
      path,
      line,
      column,
      message: "included here",
    });
    expect(found?.map(({ rule, related }) => [rule, related])).toEqual([
      ["wrong-context", [at("outer.conf", 1, 1), at("httpd.conf", 7, 5)]],
      ["unknown-directive", [at("httpd.conf", 4, 5), at("outer.conf", 1, 1), at("httpd.conf", 7, 5)]],
    ]);
  });
});
