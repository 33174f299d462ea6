import type { ActiveDirective } from "../../src/config/active-config.ts";
import { outline, problemsOf, read } from "./reading.ts";

function tree(text: string, options: Parameters<typeof read>[2] = {}): readonly string[] {
  return outline(read(text, "2.4", options).server);
}

function problems(text: string, options: Parameters<typeof read>[2] = {}): readonly string[] {
  return problemsOf(read(text, "2.4", options));
}

describe("Reading as httpd 2.x: sections", () => {
  test("a Limit inside a Limit leaves the methods that both name", () => {
    const text =
      "<Directory /x>\n<LimitExcept GET HEAD>\n<Limit POST GET>\nRequire all denied\n</Limit>\nRequire user a\n</LimitExcept>\nRequire user b\n</Directory>\n";
    expect(tree(text)).toEqual([
      "<Directory /x>",
      "  <LimitExcept GET HEAD>",
      "  <Limit POST GET> {not GET HEAD}",
      "  Require all denied {POST}",
      "  Require user a {not GET HEAD}",
      "  Require user b",
    ]);
  });

  test("a section that is open where the end of the file ends a true conditional too is no error, as in httpd", () => {
    const [note, ...others] = read("<IfModule mod_alias.c>\n<Directory /x>\nOptions None\n", "2.4").problems;
    expect([note?.kind, note?.fatal, others.length]).toEqual(["unclosed-section", false, 0]);
    expect(problems("<VirtualHost *>\n<IfModule mod_alias.c>\n<Directory /x>\n")).toContain(
      "unclosed-section 1!: <VirtualHost> is not closed",
    );
    expect(problems("<IfModule mod_alias.c>\n<IfModule no.c>\n<Directory /x>\n").join()).toContain("!");
  });

  test("one unclosed section is one problem, with the tag at which httpd stops", () => {
    const config = read("<VirtualHost *:80>\n<Directory /x>\n</VirtualHost>\nServerName a\n", "2.4");
    expect(problemsOf(config)).toEqual(["unclosed-section 2!: <Directory> is not closed"]);
    expect(config.problems[0]?.httpdLine).toBe(3);
    expect(outline(config.server).at(-1)).toBe("ServerName a");
  });

  test("crossing tags are one problem", () => {
    expect(problems("<VirtualHost *:80>\n<Directory /x>\n</VirtualHost>\n</Directory>\n")).toEqual([
      "crossed-sections 3!: Expected </Directory> but saw </VirtualHost>",
    ]);
  });

  test("a blank behind < is one problem, and the section is read as it was meant", () => {
    const text = "< Directory /x>\nOptions None\n</Directory>\nServerName a\n";
    expect(problems(text)).toEqual(["malformed-tag 1!: Expected <Directory, without a blank behind <"]);
    expect(tree(text).toSorted()).toEqual(["  Options None", "<Directory /x>", "ServerName a"]);
  });

  test("an Else needs an If before it", () => {
    expect(problems("<If true>\n</If>\n<ElseIf true>\n</ElseIf>\n<Else>\n</Else>\n")).toEqual([]);
    expect(problems("<Else>\n</Else>\n")).toHaveLength(1);
  });
});

describe("Reading as httpd 2.x: conditionals", () => {
  test("a true one may end with the file, a false one may not", () => {
    expect(problems("<IfModule mod_alias.c>\nAlias /a /b\n")).toEqual([]);
    expect(tree("<IfModule mod_alias.c>\nAlias /a /b\n")).toEqual(["Alias /a /b"]);
    expect(problems("<IfModule no.c>\nAlias /a /b\n")).toEqual(["unclosed-section 1!: <IfModule> is not closed"]);
  });

  test("the closing tag of a true one stands alone on its line", () => {
    expect(problems("<IfModule mod_alias.c>\n</IfModule> # x\n")).toEqual([
      "malformed-tag 2!: </IfModule> of a conditional must stand alone on its line",
    ]);
    expect(problems("<IfModule no.c>\n</IfModule> # x\n")).toEqual([]);
  });

  test("tags in a false branch must match, whatever they are", () => {
    const config = read("<IfModule no.c>\n<Foo x>\n</Bar>\n</Foo>\n</IfModule>\nServerName a\n", "2.4");
    expect(problemsOf(config)).toEqual(["unmatched-close 3!: </Bar> closes nothing: no such section is open"]);
    expect(config.problems[0]?.httpdLine).toBe(1);
    expect(config.readings[0]?.active).toEqual([true, false, false, false, true, true]);
  });

  test.each([
    ["<IfModule alias_module>", true],
    ["<IfModule mod_alias.c>", true],
    ["<IfModule ALIAS_module>", false],
    ["<IfModule !mod_alias.c>", false],
    ["<IfDefine GIVEN>", true],
    ["<IfDefine HERE>", true],
    ["<IfDefine !HERE>", false],
    ["<IfDefine NOWHERE>", false],
    ["<IfVersion >= 2.4>", true],
    ["<IfVersion 2.2>", false],
    ["<IfVersion < 2.4.10>", false],
    ["<IfVersion !~ ^2.4>", false],
    ["<IfFile conf/there>", true],
    ["<IfFile !conf/there>", false],
    ["<IfFile /nowhere>", false],
    ["<IfDirective Alias>", true],
    ["<IfDirective Nope>", false],
    ["<IfSection Directory>", true],
    ["<IfSection Alias>", false],
  ])("%s is %s", (tag, value) => {
    const name = /<(\w+)/.exec(tag)?.[1] ?? "";
    const config = read(`Define HERE\n${tag}\nServerName a\n</${name}>\n`, "2.4", {
      defines: ["GIVEN"],
      files: { "/server/conf/there": "" },
    });
    expect(config.problems).toEqual([]);
    expect(config.conditionals.map((one) => one.value)).toEqual([value]);
    expect(outline(config.server)).toEqual(value ? ["Define HERE", "ServerName a"] : ["Define HERE"]);
  });

  test("2.0 knows modules by their file only", () => {
    expect(read("<IfModule alias_module>\n</IfModule>\n", "2.0").conditionals[0]?.value).toBe(false);
    expect(read("<IfModule alias_module>\n</IfModule>\n", "2.2").conditionals[0]?.value).toBe(true);
  });
});

describe("Reading as httpd 2.x: variables", () => {
  test("Define comes before the environment, and words are split after replacing", () => {
    const text = 'Define A "one two"\nDefine HOME /here\nServerAlias ${A}${B} "${HOME}"\n';
    const config = read(text, "2.4", { environment: { HOME: "/root", B: "3" } });
    const alias = config.server.children[2] as ActiveDirective;
    expect(alias.words.map((word) => word.value)).toEqual(["one", "two3", "/here"]);
    expect(alias.rawArgs).toBe('one two3 "/here"');
    const { start, end } = alias.words[2] ?? { start: 0, end: 0 };
    expect(text.slice(start, end)).toBe('"${HOME}"');
  });

  test("a name may come out of a variable", () => {
    expect(tree("Define D Directory\nDefine N ServerName\n${N} a\n<${D} /x>\nOptions None\n</${D}>\n")).toEqual([
      "Define D Directory",
      "Define N ServerName",
      "ServerName a",
      "<Directory /x>",
      "  Options None",
    ]);
  });

  test("one that nothing defines stays, with a warning; one with a colon is for RewriteMap", () => {
    const text = "ServerAdmin ${NOPE}\nRewriteRule ^/(.*) ${map:$1}\n";
    expect(tree(text)).toEqual(["ServerAdmin ${NOPE}", "RewriteRule ^/(.*) ${map:$1}"]);
    expect(problems(text)).toEqual(["undefined-variable 1: Variable ${NOPE} is not defined"]);
  });

  test("one may begin before the end of a line that goes on; other dollar signs begin none", () => {
    const text = 'Define N a.example\nServerName $\\\n{N}\nRewriteRule ^/x$ "/${N}/$1"\nRewriteRule ^/(.*)$ /y$1{N}\n';
    expect(tree(text)).toEqual([
      "Define N a.example",
      "ServerName a.example",
      "RewriteRule ^/x$ /a.example/$1",
      "RewriteRule ^/(.*)$ /y$1{N}",
    ]);
  });

  test("UnDefine takes a name away", () => {
    expect(problems("Define A x\nServerAdmin ${A}\nUnDefine A\nServerAdmin ${A}\n")).toHaveLength(1);
  });

  test("before 2.4 there is only the environment", () => {
    const config = read("ServerAdmin ${A}\nDefine A y\n", "2.2", { environment: { A: "x" } });
    expect(outline(config.server)).toEqual(["ServerAdmin x", "Define A y"]);
    expect(config.server.children[1]?.unknown).toEqual({ reason: "unknown" });
  });
});

describe("Reading as httpd 2.x: macros", () => {
  test("Use puts the text in its place, with the call as origin", () => {
    const text =
      '<Macro Host $name @root>\n<VirtualHost *:80>\nServerName $name.example\nDocumentRoot @root\n</VirtualHost>\n</Macro>\nUse Host a "/a b"\nUse host c /c\n';
    const config = read(text, "2.4");
    expect(outline(config.server)).toEqual([
      "<Macro Host $name @root>",
      "Use Host a /a b",
      "<VirtualHost *:80>",
      "  ServerName a.example",
      "  DocumentRoot /a b",
      "Use host c /c",
      "<VirtualHost *:80>",
      "  ServerName c.example",
      "  DocumentRoot /c",
    ]);
    const host = config.server.children[2];
    expect(config.readings[0]?.source.position(host?.origin?.line.start ?? 0).line).toBe(2);
    expect(host?.origin?.expandedFrom).toBe(config.server.children[1]?.origin);
    expect(config.problems).toEqual([]);
  });

  test("a parameter with @ brings in one word, the others as many as there are", () => {
    const text = '<Macro M @a $b>\nServerAlias @a\nServerAlias $b\n</Macro>\nUse M "x \\"y" "x y"\n';
    const words = read(text, "2.4").server.children.map((node) => node.words.map((word) => word.value));
    expect(words.slice(2)).toEqual([['x "y'], ["x", "y"]]);
  });

  test.each([
    ["Use Nope\n", "Macro 'Nope' is not defined"],
    ["<Macro M $a>\n</Macro>\nUse M\n", "Macro 'M' takes 1 arguments, not 0"],
    ["<Macro M>\nUse M\n</Macro>\nUse M\n", "Macro 'M' uses itself"],
    ["<Macro>\n</Macro>\n", "<Macro> needs a name"],
    ["<Macro M $a $a>\n</Macro>\n", "Macro 'M' has an empty parameter or one twice"],
    ["UndefMacro M\n", "Macro 'M' is not defined"],
  ])("%j is refused", (text, message) => {
    expect(
      read(text, "2.4")
        .problems.filter((problem) => problem.fatal)
        .map((problem) => problem.message),
    ).toEqual([message]);
  });
});

describe("Reading as httpd 2.x: includes", () => {
  const files = {
    "/server/conf/sites/b.conf": "ServerAdmin b\n",
    "/server/conf/sites/a.conf": "ServerAdmin a\n",
    "/server/conf/sites/.hidden.conf": "ServerAdmin hidden\n",
    "/server/conf/sites/deep/c.conf": "ServerAdmin c\n",
    "/server/conf/other/a.conf": "ServerAdmin other\n",
    "/server/conf/dir.conf": "Require all granted\n",
    "/server/conf/self.conf": "Include conf/self.conf\n",
    "/server/conf/once.conf": "<IfDefine !ONCE>\nDefine ONCE\nInclude conf/once.conf\nServerAdmin once\n</IfDefine>\n",
  };
  const admins = (text: string): readonly string[] =>
    tree(text, { files }).flatMap((line) => /ServerAdmin (.*)/.exec(line)?.[1] ?? []);

  test.each([
    ["Include conf/sites/a.conf", ["a"]],
    ["Include conf/sites", ["hidden", "a", "b", "c"]],
    ["Include conf/sites/*.conf", ["a", "b"]],
    ["Include conf/*/a.conf", ["other", "a"]],
    ["Include conf/s*/[a-b].conf", ["a", "b"]],
    ["IncludeOptional conf/nope/*.conf", []],
    ["IncludeOptional conf/nope.conf", []],
    ["Include conf/once.conf", ["once"]],
  ])("%s reads %j", (line, expected) => {
    expect(admins(`${line}\n`)).toEqual(expected);
    expect(problems(`${line}\n`, { files })).toEqual([]);
  });

  test.each([
    ["Include conf/nope.conf", "missing-include 1!: There is no file /server/conf/nope.conf"],
    ["Include conf/*.nope", "missing-include 1!: No matches for the wildcard '*.nope' in '/server/conf'"],
    ["Include nope/*.conf", "missing-include 1!: There is no directory /server/nope, or it cannot be read"],
    [
      "Include conf/self.conf",
      "include-cycle self.conf:1!: Include leads in a circle: /server/conf/self.conf → /server/conf/self.conf",
    ],
  ])("%s stops httpd", (line, expected) => {
    expect(problems(`${line}\n`, { files })).toEqual([expected]);
  });

  test("the text belongs to the section around it", () => {
    expect(tree("<Directory /x>\nInclude conf/dir.conf\n</Directory>\n", { files })).toEqual([
      "<Directory /x>",
      "  Include conf/dir.conf",
      "  Require all granted",
    ]);
  });

  test("a pattern without a match is fine before 2.4, one in a directory part is not", () => {
    expect(problemsOf(read("Include conf/*.nope\n", "2.2", { files }))).toEqual([]);
    expect(problemsOf(read("Include c*/dir.conf\n", "2.2", { files }))).toHaveLength(1);
  });

  test("-C lines come first and -c lines last", () => {
    const config = read("ServerName ${A}\n", "2.4", { before: ["Define A x"], after: ["ServerName z"] });
    expect(outline(config.server)).toEqual(["Define A x", "ServerName x", "ServerName z"]);
    expect(config.readings.map((reading) => reading.source.path)).toEqual(["/server/conf/httpd.conf", "-C", "-c"]);
  });
});

describe("Reading as httpd 2.x: modules", () => {
  const inactive = (text: string, dialect: "2.2" | "2.4"): readonly string[] =>
    read(text, dialect).server.children.flatMap((node) => (node.unknown?.reason === "inactive" ? [node.name] : []));

  test("LoadModule lines are the list of modules", () => {
    expect(
      inactive("LoadModule alias_module m.so\nAlias /a /b\nHeader set A b\nListen 80\nMaxClients 5\n", "2.4"),
    ).toEqual(["Header"]);
    expect(inactive("Alias /a /b\nHeader set A b\n", "2.4")).toEqual([]);
  });

  test("a module must be loaded before its directives are known", () => {
    expect(inactive("Alias /a /b\nLoadModule alias_module m.so\nAlias /a /b\n", "2.4")).toEqual(["Alias"]);
  });

  test("modules from elsewhere say nothing about those of httpd; in 2.2 neither does an extension", () => {
    expect(inactive("LoadModule php5_module m.so\nAlias /a /b\n", "2.4")).toEqual([]);
    expect(inactive("LoadModule proxy_module m.so\nAlias /a /b\n", "2.2")).toEqual([]);
    expect(inactive("LoadModule dir_module m.so\nAlias /a /b\n", "2.2")).toEqual(["Alias"]);
  });

  test("LoadModule lines of included files count", () => {
    const files = { "/server/conf/mods/a.load": "LoadModule alias_module m.so\n" };
    const config = read("IncludeOptional conf/mods/*.load\nHeader set A b\n", "2.4", { files });
    expect(config.modules.assumed).toBe(false);
    expect(config.server.children.at(-1)?.unknown?.reason).toBe("inactive");
  });

  test("words that need a module are fatal where the module is not loaded", () => {
    const loads = ["mpm_event", "proxy", "proxy_balancer", "rewrite"].map(
      (name) => `LoadModule ${name}_module modules/mod_${name}.so`,
    );
    const lines = [
      "ProxyPass /a balancer://b lbmethod=byrequests",
      'LogFormat "%h %{SSL_PROTOCOL}x" a',
      'LogFormat "%%c %h" b',
      'RewriteMap m dbd:"select 1"',
    ];
    expect(problemsOf(read([...loads, ...lines, ""].join("\n"), "2.4"))).toEqual([
      "module-list 5!: lbmethod=byrequests needs mod_lbmethod_byrequests, which is not loaded here",
      "module-list 6!: %c or %x in a format needs mod_ssl, which is not loaded here",
      "module-list 8!: A map of a database needs mod_dbd, which is not loaded here",
    ]);
    expect(problemsOf(read([...lines, ""].join("\n"), "2.4"))).toEqual([]);
  });

  test("a line of 16 MB is one that 2.4 does not read", () => {
    const comment = (length: number): string => `#${"a".repeat(length - 1)}\n`;
    expect(problemsOf(read(comment(16 * 1024 * 1024 - 1), "2.4"))).toEqual([]);
    expect(problemsOf(read(`\n${comment(16 * 1024 * 1024)}`, "2.4"))).toEqual([
      "overlong-line 2!: Line too long: httpd 2.4 reads lines of less than 16 MB, with all that continues them",
    ]);
  });

  test("macros of single tags open and close sections of the text around their Use, with the trail of both", () => {
    const macros = "<Macro open $p>\n<Location $p>\nServerAdmin in\n</Macro>\n<Macro shut>\n</Location>\n</Macro>\n";
    const config = read(`${macros}Use open /x\nOptions None\nUse shut\nServerName a\nUse shut\n<Files b>\n`, "2.4");
    expect(outline(config.server).filter((line) => !/Macro|Use/.test(line))).toEqual([
      "<Location /x>",
      "  ServerAdmin in",
      "  Options None",
      "ServerName a",
      "<Files b>",
    ]);
    expect(problemsOf(config).filter((problem) => problem.includes("!"))).toEqual([
      "unmatched-close 6!: </Location> closes nothing: no such section is open",
      "unclosed-section 13!: <Files> is not closed",
    ]);
    const stray = config.problems.find(({ kind, fatal }) => fatal && kind === "unmatched-close");
    const use = stray?.origin.expandedFrom;
    expect(use?.reading.source.position(use.line.start).line).toBe(12);
    expect(config.readings[0]?.active).not.toContain(false);
  });

  test("the text of a macro closes nothing around the macro itself", () => {
    const config = read("<Location /x>\n<Macro M>\n</Location>\n</Macro>\nOptions None\nUse M\nServerName a\n", "2.4");
    expect(outline(config.server)).toEqual([
      "<Location /x>",
      "  <Macro M>",
      "  Options None",
      "  Use M",
      "ServerName a",
    ]);
    expect(config.problems.filter(({ fatal }) => fatal)).toEqual([]);
  });

  test("macros of tags that use each other bring in no lines without end", () => {
    const level = (index: number): string => `<Macro M${index}>\n${`Use M${index + 1}\n`.repeat(10)}</Macro>\n`;
    const levels = [0, 1, 2, 3, 4, 5, 6, 7].map(level).join("");
    const bomb = `${levels}<Macro M8>\n</Files>\n<Files x>\n</Macro>\n<Files x>\nUse M0\n</Files>\n`;
    const { problems, server } = read(bomb, "2.4");
    expect(problems.filter(({ fatal }) => fatal).map(({ kind }) => kind)).toContain("bad-define");
    expect(server.children.length).toBeLessThan(300_000);
  });
});
