import { outline, problemsOf, read } from "./reading.ts";

function tree(text: string, options: Parameters<typeof read>[2] = {}): readonly string[] {
  return outline(read(text, "1.3", options).server);
}

function problems(text: string, options: Parameters<typeof read>[2] = {}): readonly string[] {
  return problemsOf(read(text, "1.3", options));
}

describe("Reading as httpd 1.3: sections", () => {
  test("directives stand in the sections that hold them", () => {
    const text =
      "Port 80\n<VirtualHost 10.0.0.1>\nServerName a\n<Directory /x>\nOptions None\n</Directory>\n</VirtualHost>\nUser x\n";
    expect(tree(text)).toEqual([
      "Port 80",
      "<VirtualHost 10.0.0.1>",
      "  ServerName a",
      "  <Directory /x>",
      "    Options None",
      "User x",
    ]);
  });

  test("a Limit is a switch: it leaks to the lines behind it until any Limit is closed", () => {
    const text =
      "<Directory /x>\n<Limit GET post>\nRequire user a\n</LimitExcept>\nRequire user b\n<LimitExcept GET>\n</Directory>\nOptions None\n";
    expect(tree(text)).toEqual([
      "<Directory /x>",
      "  <Limit GET post>",
      "  Require user a {GET POST}",
      "  Require user b",
      "  <LimitExcept GET>",
      "Options None {not GET}",
    ]);
  });

  test("one crossing is one problem", () => {
    const text =
      "<VirtualHost 10.0.0.1>\n<Directory /x>\n<Files y>\n</VirtualHost>\n</Files>\n</Directory>\nOptions None\n";
    expect(problems(text)).toEqual(["crossed-sections 4!: Expected </Files> but saw </VirtualHost>"]);
  });

  test("a section without a bracket, argument or name is still a section", () => {
    const text =
      "<Directory /x\nOptions None\n</Directory>\n<Location>\nOptions None\n</Location>\n< Files x>\nOptions None\n< /Files>\nOptions None\n";
    expect(problems(text)).toEqual([
      "malformed-tag 1!: <Directory> has no closing >",
      "malformed-tag 4!: <Location> needs an argument: without a blank httpd takes the > for part of the name",
      "malformed-tag 7!: Expected <Files, without a blank behind <",
      "malformed-tag 9!: Expected </Files>, without a blank behind <",
    ]);
    expect(tree(text)).toEqual([
      "<Directory /x>",
      "  Options None",
      "<Location>",
      "  Options None",
      "<Files x>",
      "  Options None",
      "Options None",
    ]);
  });

  test("the line that httpd names is kept where it is not that of the problem", () => {
    const { problems: found } = read("<Directory /x /y>\n\n</Directory>\n<Directory /z>\n", "1.3");
    expect(found.map((problem) => problem.httpdLine)).toEqual([3, 5]);
  });

  test("Perl sections hold text that is not read", () => {
    expect(tree("<Perl>\n$x = 1;\n<Foo>\n</Perl>\nPort 80\n")).toEqual(["<Perl>", "Port 80"]);
    expect(problems("<Perl>\n$x = 1;\n<Foo>\n</Perl>\nPort 80\n")).toEqual([]);
  });

  test("a part of a configuration is read as if it stood in a section", () => {
    const config = read("Order allow,deny\n", "1.3", { context: "directory" });
    expect(outline(config.server)).toEqual(["<Directory>", "  Order allow,deny"]);
  });
});

describe("Reading as httpd 1.3: conditionals", () => {
  test("a true branch needs no end and may cross sections", () => {
    const text =
      "<IfModule mod_alias.c>\n<VirtualHost 10.0.0.1>\nServerName a\n</IfModule>\n</VirtualHost>\n</IfDefine>\n<IfModule http_core.c>\nPort 80\n";
    expect(tree(text)).toEqual(["<VirtualHost 10.0.0.1>", "  ServerName a", "Port 80"]);
    expect(problems(text)).toEqual([]);
  });

  test("a false branch is counted by its own kind only, and its lines are not active", () => {
    const text = "<IfModule no.c>\n<IfDefine X>\n<IfModule y.c>\n</Bogus\n</IfModule>\n</IfModule>\nPort 80\n";
    const config = read(text, "1.3");
    expect(outline(config.server)).toEqual(["Port 80"]);
    expect(config.problems).toEqual([]);
    expect(config.readings[0]?.active).toEqual([true, false, false, false, false, true, true]);
  });

  test("what decided a conditional is remembered", () => {
    const config = read(
      "LoadModule x_module libexec/mod_x.so\n<IfModule mod_x.c>\n</IfModule>\n<IfDefine !SSL>\n",
      "1.3",
      {
        defines: ["SSL"],
      },
    );
    expect(config.conditionals.map(({ key, argument, value }) => [key, argument, value])).toEqual([
      ["ifmodule", "mod_x.c", true],
      ["ifdefine", "!SSL", false],
    ]);
    expect(config.conditionals[0]?.decidedBy?.line).toBe(config.readings[0]?.tree.lines[0]);
    expect(config.conditionals[1]?.decidedBy).toBeNull();
  });

  test("our own directives are read, and the pseudo-module makes them conditional for others", () => {
    expect(tree("<IfModule mod_backhand_ng.c>\nBackhandLocal http://127.0.0.1:8080\n</IfModule>\n")).toEqual([
      "BackhandLocal http://127.0.0.1:8080",
    ]);
  });
});

describe("Reading as httpd 1.3: modules", () => {
  test("without any module line all known modules are present", () => {
    const { modules } = read("Port 80\n", "1.3");
    expect(modules.assumed).toBe(true);
    expect(modules.active).toContain("mod_rewrite.c");
  });

  test("ClearModuleList leaves the core, and AddModule brings a module back", () => {
    const config = read("ClearModuleList\nAlias /a /b\nAddModule mod_alias.c\nAlias /c /d\nRewriteEngine on\n", "1.3");
    expect(config.modules).toEqual({ assumed: false, active: ["http_core.c", "mod_alias.c"], unrecognised: [] });
    expect(config.server.children.map((node) => node.unknown)).toEqual([
      undefined,
      { reason: "inactive", modules: ["mod_alias.c"] },
      undefined,
      undefined,
      { reason: "inactive", modules: ["mod_rewrite.c"] },
    ]);
  });

  test("mod_backhand is ours whatever the list says", () => {
    const config = read("ClearModuleList\nBackhand byAge\n", "1.3", { context: "directory" });
    expect(config.problems).toEqual([]);
    expect(config.counts).toEqual({ directives: 2, understood: 2, opaque: 0 });
  });

  test("AddModule knows what is loaded, built in or in the tables", () => {
    expect(problems("AddModule mod_nope.c mod_alias.c\n")).toEqual([
      "module-list 1!: Cannot add module mod_nope.c: it is neither built in nor loaded",
      "module-list 1: Module mod_alias.c is already active; httpd skips it with a warning",
    ]);
    expect(problems("ClearModuleList\nAddModule mod_nope.c\n", { modules: ["mod_nope.c"] })).toEqual([]);
    expect(problems("LoadModule nope_module libexec/libnope.so\nClearModuleList\nAddModule mod_nope.c\n")).toEqual([]);
  });

  test("a loaded module that nobody knows is named, since unknown directives may be its own", () => {
    const { modules } = read("LoadModule my_module libexec/mod_my.so\nMyThing on\n", "1.3");
    expect(modules.unrecognised).toEqual(["mod_my.c"]);
  });

  test("LoadModule itself is gone after ClearModuleList", () => {
    const config = read("ClearModuleList\nLoadModule alias_module libexec/mod_alias.so\n", "1.3");
    expect(config.server.children[1]?.unknown).toEqual({ reason: "inactive", modules: ["mod_so.c", "mod_nlm.c"] });
    expect(config.modules.active).toEqual(["http_core.c"]);
  });
});

describe("Reading as httpd 1.3: includes", () => {
  const files = {
    "/server/conf/a.inc": "Options None\n",
    "/server/conf/vhost.inc": "ServerName b\n<Directory /y>\n",
    "/server/conf/d/1.conf": "Options All\n",
    "/server/conf/d/.hidden": "ServerAdmin hidden\n",
    "/server/conf/srm.conf": "DocumentRoot /www\n",
    "/other/x.conf": "ServerAdmin x\n",
  };

  test("an Include is text of the server or virtual host, whatever section it stands in", () => {
    const text =
      "<VirtualHost 10.0.0.1>\n<Directory /x>\nInclude conf/a.inc\n</Directory>\n</VirtualHost>\nInclude conf/a.inc\n";
    expect(tree(text, { files: { "/server/conf/a.inc": "Options None\n" } })).toEqual([
      "<VirtualHost 10.0.0.1>",
      "  <Directory /x>",
      "    Include conf/a.inc",
      "  Options None",
      "Include conf/a.inc",
      "Options None",
    ]);
  });

  test("a section ends in the file that opened it", () => {
    expect(problems("Include conf/vhost.inc\n</Directory>\n", { files })).toEqual([
      "unclosed-section vhost.inc:2!: <Directory> is not closed; httpd misses </Directory> at the end of the file",
      "unmatched-close 2!: </Directory> closes nothing: no such section is open",
    ]);
  });

  test("a directory is read whole, hidden files too; a pattern leaves them out", () => {
    const admin = (text: string): readonly string[] =>
      tree(text, { files }).filter((line) => !line.startsWith("Include"));
    expect(admin("Include conf/d\n")).toEqual(["ServerAdmin hidden", "Options All", "DocumentRoot /www"]);
    expect(admin("Include conf/d/*\n")).toEqual(["Options All", "DocumentRoot /www"]);
  });

  test("srm.conf and access.conf are read behind the main file where they exist, or what takes their place", () => {
    expect(tree("Port 80\n", { files })).toEqual(["Port 80", "DocumentRoot /www"]);
    expect(problems("Port 80\nResourceConfig nul\nAccessConfig C:\\\\x\\\\NUL\n", { files })).toEqual([]);
    expect(tree("Port 80\nResourceConfig /dev/null\n", { files })).toEqual(["Port 80", "ResourceConfig /dev/null"]);
    expect(tree("AccessConfig /other/x.conf\nResourceConfig conf/a.inc\n", { files }).slice(2)).toEqual([
      "Options None",
      "ServerAdmin x",
    ]);
    expect(problems("AccessConfig conf/nope.conf\n", { files })).toEqual([
      "missing-include 1!: There is no file /server/conf/nope.conf",
    ]);
  });

  test("relative paths belong to ServerRoot as it is at that point", () => {
    expect(tree('ServerRoot "/other"\nInclude x.conf\n', { files })).toContain("ServerAdmin x");
  });

  test("a given server root wins, and stands for the one that is written", () => {
    const text = "ServerRoot /etc/apache\nInclude conf/a.inc\nInclude /etc/apache/conf/d/1.conf\n";
    const config = read(text, "1.3", { files, serverRoot: "/server" });
    expect(outline(config.server)).toEqual(expect.arrayContaining(["Options None", "Options All"]));
    expect(config.problems).toEqual([]);
    expect(config.serverRoot).toBe("/server");
  });

  test("a circle is found, and the rest is read", () => {
    const circle = {
      "/server/conf/a.conf": "Include conf/b.conf\nPort 80\n",
      "/server/conf/b.conf": "Include conf/a.conf\n",
    };
    const config = read("Include conf/a.conf\n", "1.3", { files: circle });
    expect(problemsOf(config)).toEqual([
      "include-cycle b.conf:1!: Include leads in a circle: /server/conf/a.conf → /server/conf/b.conf → /server/conf/a.conf",
    ]);
    expect(outline(config.server)).toContain("Port 80");
  });

  test("the same file in two places is read twice, with the place that led there", () => {
    const config = read("Include conf/a.inc\nInclude conf/a.inc\n", "1.3", {
      files: { "/server/conf/a.inc": "Options None\n" },
    });
    const [main, first, second] = config.readings;
    expect(config.readings).toHaveLength(3);
    expect(main?.via).toBeNull();
    expect([first?.via?.line, second?.via?.line]).toEqual(main?.tree.lines);
  });
});

describe("Reading as httpd 1.3: lines", () => {
  test("a line that waits for another one at the end of the file is lost", () => {
    const config = read("Port 80\nServerAdmin a \\\n", "1.3");
    expect(outline(config.server)).toEqual(["Port 80"]);
    expect(problemsOf(config)).toEqual([
      "lost-line 2: Lost line: it ends in a backslash, and at the end of the file this httpd drops it whole",
    ]);
  });

  test("a line that is too long is cut in two", () => {
    const config = read(`ServerAdmin ${"a".repeat(9000)}\n`, "1.3");
    expect(config.server.children).toHaveLength(2);
    expect(config.problems.map((problem) => problem.kind)).toEqual(["overlong-line"]);
  });

  test("variables are plain text", () => {
    expect(tree("ServerAdmin ${HOME}\n", { environment: { HOME: "/root" } })).toEqual(["ServerAdmin ${HOME}"]);
  });
});
