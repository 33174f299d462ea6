import { accessFileReader } from "../../src/compile/access-file-reader.ts";
import { compile } from "../../src/compile/compile.ts";
import type { Dialect } from "../../src/compile/table.ts";
import { memoryFileSystem } from "../../src/config/memory-file-system.ts";
import { readConfiguration } from "../../src/config/read.ts";
import type { AccessFile } from "../../src/routing/access-files.ts";
import { everyOverride, allowedOverrides } from "../../src/routing/access-files.ts";
import type { Match, Refusal } from "../../src/routing/match.ts";
import { createRouter, isRefusal } from "../../src/routing/router.ts";

function read(
  text: string,
  allow: string,
  dialect: Dialect = "1.3",
  allowUnenforced = true,
  conf = "",
): AccessFile | null {
  const fileSystem = memoryFileSystem({ "/srv/.htaccess": text });
  const config = readConfiguration({ path: "httpd.conf", text: conf, fileSystem, dialect });
  return accessFileReader(config, fileSystem, { allowUnenforced }).read(
    "/srv/.htaccess",
    allowedOverrides(allow.split(" "), dialect),
    7,
  );
}

describe("what AllowOverride lets a .htaccess file do", () => {
  test.each([
    ["Deny from all", "Limit", null],
    ["Deny from all", "AuthConfig", /deny not allowed here/i],
    ["AuthType Basic", "AuthConfig", null],
    ["AuthType Basic", "Limit FileInfo Options Indexes", /AuthType not allowed here/],
    ["Options None", "Options", null],
    ["Options None", "Limit", /Options not allowed here/],
    ["SetHandler backhand-handler", "FileInfo", null],
    ["DirectoryIndex x", "Indexes", null],
    ["<Files x>\nDeny from all\n</Files>", "Limit", null],
    ["<Files x>\nDeny from all\n</Files>", "Options", /deny not allowed here/i],
    ["DocumentRoot /x", "All", /DocumentRoot not allowed here/],
    ["<Directory /x>\n</Directory>", "All", /Directory/],
    ["Nonsense", "All", /Invalid command 'Nonsense'/],
    ["Backhand byAge", "Limit", null],
    ["<Files x>", "All", /./],
  ] as const)("%j under %s", (text, allow, error) => {
    const found = read(text, allow)?.error;
    if (error === null) expect(found).toBeNull();
    else expect(found).toMatch(error);
  });

  test("lines and nested sections keep their places in the file with the number that was given", () => {
    expect(read("\nDeny from all\n<Files x>\nAllow from all\n</Files>", "All")).toMatchObject({
      directives: [{ args: ["from", "all"], place: { file: 7, line: 2 } }],
      sections: [
        { kind: "Files", argument: "x", place: { file: 7, line: 3 }, directives: [{ place: { file: 7, line: 4 } }] },
      ],
    });
  });

  test("IfModule goes by the modules of the server", () => {
    const text = "<IfModule mod_headers.c>\nHeader set X y\n</IfModule>";
    const conf = "LoadModule dir_module modules/mod_dir.so\n";
    expect(read(text, "All", "2.4", true, "")?.directives).toHaveLength(1);
    expect(read(text, "All", "2.4", true, conf)?.directives).toHaveLength(0);
    expect(
      read(text, "All", "2.4", true, `${conf}LoadModule headers_module modules/mod_headers.so\n`)?.directives,
    ).toHaveLength(1);
  });

  test("a line that decides and is not honoured closes the folder, unless that is allowed", () => {
    expect(read("RewriteEngine on", "All", "2.4", false)?.error).toMatch(/RewriteEngine on line 1 decides/);
    expect(read("RewriteEngine on", "All", "2.4", true)?.error).toBeNull();
  });

  test("the same text is the same object, changed text another", () => {
    const files: Record<string, string> = { "/srv/.htaccess": "Deny from all" };
    const live = {
      ...memoryFileSystem(files),
      readFile: (path: string) => memoryFileSystem(files).readFile(path),
    };
    const config = readConfiguration({ path: "httpd.conf", text: "", fileSystem: live, dialect: "1.3" });
    const reader = accessFileReader(config, live, { allowUnenforced: false });
    const first = reader.read("/srv/.htaccess", everyOverride, 1);
    expect(reader.read("/srv/.htaccess", everyOverride, 1)).toBe(first);
    files["/srv/.htaccess"] = "Allow from all";
    expect(reader.read("/srv/.htaccess", everyOverride, 1)).not.toBe(first);
  });
});

describe("routing with .htaccess files", () => {
  const files = {
    "/srv/d/.htaccess": "Backhand byRandom",
    "/srv/d/x": "",
    "/srv/bad/.htaccess": "DocumentRoot /",
    "/srv/bad/x": "",
    "/srv/off/x": "",
    "/srv/off/.htaccess": "Backhand byRandom",
  };
  const fileSystem = memoryFileSystem(files);
  const text = "DocumentRoot /srv\n<Directory /srv/off>\nAllowOverride None\n</Directory>";
  function route(target: string): Match | Refusal {
    const config = readConfiguration({ path: "httpd.conf", text, fileSystem, dialect: "1.3" });
    const router = createRouter(compile(config).table, {
      facts: fileSystem,
      accessFiles: accessFileReader(config, fileSystem, { allowUnenforced: false }),
    });
    const answer = router.route({ localAddress: "10.0.0.1", localPort: 80, host: null, target, method: "GET" });
    if (!isRefusal(answer))
      for (const { kind, place } of answer.sections)
        if (kind === "htaccess") expect(router.pathOf(place)).toBe("/srv/d/.htaccess");
    return answer;
  }

  test("they are merged where they stand, and named with their path", () => {
    const found = route("/d/x");
    expect(found).toMatchObject({
      sections: [{ kind: "htaccess" }],
      pipeline: [{ function: "byRandom", place: { line: 1 } }],
    });
  });

  test("one that httpd would choke on is a 500", () => {
    expect(route("/bad/x")).toMatchObject({ status: 500 });
  });

  /** Seen with httpd 2.4.71. */
  test("2.4 without an AllowOverride line reads them and allows nothing", () => {
    const ask = (lines: string): Match | Refusal => {
      const conf = `Listen 80\nDocumentRoot /srv\n${lines}`;
      const files24 = memoryFileSystem({ "/srv/.htaccess": "Options None", "/srv/x": "" });
      const config = readConfiguration({ path: "httpd.conf", text: conf, fileSystem: files24, dialect: "2.4" });
      const accessFiles = accessFileReader(config, files24, { allowUnenforced: false });
      const router = createRouter(compile(config).table, { facts: files24, accessFiles });
      return router.route({ localAddress: "10.0.0.1", localPort: 80, host: null, target: "/x", method: "GET" });
    };
    expect(ask("")).toMatchObject({ status: 500 });
    expect(ask("<Directory />\nAllowOverride None\n</Directory>")).toMatchObject({ fileKind: "file" });
  });

  test("AllowOverride None leaves them unread", () => {
    expect(route("/off/x")).toMatchObject({ pipeline: [] });
  });
});
