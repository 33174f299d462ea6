import fc from "fast-check";

import { compile } from "../../src/compile/compile.ts";
import type { Dialect, RoutingTable } from "../../src/compile/table.ts";
import { memoryFileSystem } from "../../src/config/memory-file-system.ts";
import { readConfiguration } from "../../src/config/read.ts";
import { readTable } from "../../src/routing/read-table.ts";
import { compileText } from "../support/compile-text.ts";

function tableOf(text: string, dialect: Dialect): RoutingTable {
  const { table, problems } = compileText(text, dialect);
  expect(problems).toEqual([]);
  return table;
}

const problemsOf = (text: string, dialect: Dialect): readonly string[] =>
  compileText(text, dialect).problems.map(({ kind, place }) => `${kind} ${place?.line ?? "-"}`);

describe("where the server listens", () => {
  const listens = (text: string, dialect: Dialect): readonly string[] =>
    tableOf(text, dialect).listen.map(({ address, port, place }) => `${address} ${port} ${place?.line ?? "-"}`);

  test.each([
    ["", ["* 80 -"]],
    ["Port 8080", ["* 8080 1"]],
    ["Port 8080\nBindAddress 10.0.0.1", ["10.0.0.1 8080 2"]],
    ["BindAddress *", ["* 80 1"]],
    ["Port 80\nListen 8080", ["* 8080 2"]],
    ["Listen 10.0.0.1:80\nListen 10.0.0.2:80\nListen 10.0.0.1:80", ["10.0.0.1 80 1", "10.0.0.2 80 2"]],
  ])("1.3: %j", (text, expected) => {
    expect(listens(text, "1.3")).toEqual(expected);
  });

  test.each([
    ["Listen 80\nListen [::]:443 https", ["* 80 1", "* 443 2"]],
    ["Listen [2001:DB8::1]:80", ["2001:db8::1 80 1"]],
    ["Listen 0.0.0.0:80", ["* 80 1"]],
  ])("2.4: %j", (text, expected) => {
    expect(listens(text, "2.4")).toEqual(expected);
  });

  test("2.x without a Listen has nothing to listen on", () => {
    expect(problemsOf("ServerName x", "2.4")).toEqual(["no-listener -"]);
  });

  test.each(["Listen 0", "Listen 70000", "Listen 10.0.0.1", "Listen x.example:80"])(
    "%s is a problem with its line",
    (line) => {
      expect(problemsOf(`Listen 80\n${line}`, "2.4")).toHaveLength(1);
      expect(problemsOf(`Listen 80\n${line}`, "2.4")[0]).toMatch(/ 2$/);
    },
  );
});

describe("hosts", () => {
  test("the main server is the first, with its name, and virtual hosts follow in file order", () => {
    const text = `<VirtualHost 10.0.0.1:81 10.0.0.2>\nServerAlias a b\nServerAlias c\nServerPath /p\n</VirtualHost>\nPort 8080\nServerName m.ex\n<VirtualHost *>\n</VirtualHost>`;
    const [main, first, second] = tableOf(text, "1.3").hosts;
    expect(main).toMatchObject({ name: "m.ex", namePlace: { line: 7 }, port: 8080, addresses: [], place: null });
    expect(first).toMatchObject({ name: "10.0.0.1", namePlace: null, port: 81, path: "/p", place: { line: 1 } });
    expect(first?.addresses.map(({ address, port }) => [address, port])).toEqual([
      ["10.0.0.1", 81],
      ["10.0.0.2", 80],
    ]);
    expect(first?.aliases.map(({ pattern, place }) => [pattern, place.line])).toEqual([
      ["a", 2],
      ["b", 2],
      ["c", 3],
    ]);
    expect(second).toMatchObject({ name: "m.ex", addresses: [{ address: "*", port: 8080 }] });
  });

  test("2.x reads a port out of ServerName, 1.3 takes it for part of the name", () => {
    expect(tableOf("Listen 80\nServerName https://m.ex:8443", "2.4").hosts[0]).toMatchObject({
      name: "m.ex",
      port: 8443,
    });
    expect(tableOf("ServerName m.ex:8443", "1.3").hosts[0]).toMatchObject({ name: "m.ex:8443" });
  });

  test("names are not looked up: a host by name is a problem and matches nothing", () => {
    const text = "Listen 80\n<VirtualHost www.example.com:80>\nServerName www.example.com\n</VirtualHost>";
    const { table, problems } = compileText(text, "2.4");
    expect(problems).toMatchObject([{ severity: "error", kind: "unresolved-name", place: { line: 2 } }]);
    expect(table.hosts[1]?.addresses).toEqual([]);
  });
});

describe("sections", () => {
  test("keep their kind, argument, lines and what is nested in them", () => {
    const text = `<Directory ~ "^/srv/(a|b)">\nOptions None\n<Files *.gif>\n<Limit GET POST>\nDeny from all\n</Limit>\n</Files>\n</Directory>\n<Location "/a b">\n</Location>`;
    const { sections } = tableOf(text, "1.3");
    expect(sections).toMatchObject([
      {
        kind: "DirectoryMatch",
        argument: "^/srv/(a|b)",
        place: { file: 0, line: 1 },
        directives: [{ name: "Options", args: ["None"], place: { line: 2 } }],
        sections: [
          {
            kind: "Files",
            argument: "*.gif",
            directives: [
              { args: ["from", "all"], limit: { except: false, methods: ["GET", "POST"] }, place: { line: 5 } },
            ],
          },
        ],
      },
      { kind: "Location", argument: "/a b" },
    ]);
  });

  test("places name the file that an Include brought", () => {
    const files = { "/etc/httpd/extra.conf": "\n<Location /x>\nSetHandler backhand-handler\n</Location>\n" };
    const { table } = compileText("ServerRoot /etc/httpd\nInclude extra.conf", "1.3", files);
    const place = table.sections[0]?.place;
    expect(place === undefined ? undefined : [table.files[place.file], place.line]).toEqual([
      "/etc/httpd/extra.conf",
      2,
    ]);
  });

  test("a pattern that cannot be run safely is an error with its line", () => {
    expect(problemsOf('Listen 80\n<LocationMatch "(?!x)(a+)+$">\n</LocationMatch>', "2.4")).toEqual(["bad-pattern 2"]);
    expect(problemsOf('<LocationMatch "(">\n</LocationMatch>\nRedirectMatch ( http://x/', "1.3")).toEqual([
      "refused-line 1",
      "refused-line 3",
    ]);
  });

  test("what httpd refuses to read is an error too", () => {
    expect(problemsOf("Listen 80\n<Location /x>", "2.4")).toContain("unreadable-configuration 2");
    const macro = "Listen 80\n<Macro M>\n<Location /x>\n</Macro>\nUse M\n";
    expect(problemsOf(macro, "2.4").join()).toContain("unreadable-configuration");
    expect(problemsOf(`${macro}</Location>\n`, "2.4").join()).not.toContain("unreadable-configuration");
  });
});

describe("mod_backhand's server directives", () => {
  test("say where to announce, whom to believe and where things lie", () => {
    const text = `ServerRoot /etc/httpd
UnixSocketDir var/backhand
MulticastStats 10.0.0.1:8080 239.255.221.20:4445,1
MulticastStats 10.0.0.255:4445
BroadcastStats 10.0.0.1:8080 10.0.0.255:4446
AcceptStats 10.0.0.0/255.255.255.0
AcceptStats 10.1.2.3
AcceptStats 10.0.0.0/24
BackhandSelfRedirect On
BackhandConnectionPools off
BackhandModeratorPIDFile /var/run/m.pid
`;
    const { cluster } = tableOf(text, "1.3");
    expect(cluster.announce.map(({ place, ...target }) => ({ ...target, line: place.line }))).toEqual([
      { address: "239.255.221.20", port: 4445, ttl: 1, contact: { address: "10.0.0.1", port: 8080 }, line: 3 },
      { address: "10.0.0.255", port: 4445, ttl: null, contact: null, line: 4 },
      { address: "10.0.0.255", port: 4446, ttl: null, contact: { address: "10.0.0.1", port: 8080 }, line: 5 },
    ]);
    expect(cluster).toMatchObject({
      accept: ["10.0.0.0/24", "10.1.2.3/32"],
      unixSocketDir: "/etc/httpd/var/backhand",
      selfRedirect: true,
      connectionPools: false,
      moderatorPidFile: "/var/run/m.pid",
      local: null,
      intervalMs: 1000,
    });
  });

  test("ours stand in their own IfModule", () => {
    const text = `Listen 80\n<IfModule mod_backhand_ng.c>\nBackhandLocal http://127.0.0.1:8080\nBackhandStatsSecret /etc/secret\nBackhandStatsInterval 250\nBackhandStatsBus nats://127.0.0.1\n</IfModule>`;
    expect(tableOf(text, "2.4").cluster).toMatchObject({
      local: "http://127.0.0.1:8080",
      secretFile: "/etc/secret",
      intervalMs: 250,
      buses: ["nats://127.0.0.1"],
    });
  });

  test("several groups are told one address, or there is a warning", () => {
    const at = (lines: string) => compileText(`Listen 80\n${lines}`, "1.3").problems.map(({ message }) => message);
    expect(at("MulticastStats 10.0.0.1 239.1.1.1:4445\nMulticastStats 10.0.0.1 [ff02::1%br-lan]:4445")).toEqual([]);
    expect(at("MulticastStats 10.0.0.1 239.1.1.1:4445\nMulticastStats fd00::1 [ff15::1]:4445")).toEqual([
      "MulticastStats: advertises fd00::1, and line 2 10.0.0.1: who hears both takes the first and refuses the other",
    ]);
  });

  test("several buses may be named, and one that hides its senders wants a secret", () => {
    const bus = (lines: string) => compileText(`Listen 80\n<IfModule mod_backhand_ng.c>\n${lines}\n</IfModule>`, "2.4");
    const two = "BackhandStatsBus udp://front:4445\nBackhandStatsBus redis://bus/a\nBackhandStatsBus udp://front:4445";
    const { table, problems } = bus(two);
    expect(table.cluster.buses).toEqual(["udp://front:4445", "redis://bus/a"]);
    expect(problems).toEqual([expect.objectContaining({ severity: "warning", place: { file: 0, line: 4 } })]);
    expect(bus(`BackhandStatsSecret /etc/secret\n${two}`).problems).toEqual([]);
    const wrong = bus("BackhandStatsBus redis://:open-sesame@bus/0");
    expect(wrong.table.cluster.buses).toEqual([]);
    expect(wrong.problems).toEqual([expect.objectContaining({ severity: "error", kind: "bad-argument" })]);
    expect(wrong.problems[0]?.message).not.toContain("open-sesame");
  });

  test.each([
    "MulticastStats 239.1.1.1",
    "MulticastStats mcast.example:4445,1",
    "MulticastStats 239.1.1.1:4445,999",
    "MulticastStats self 239.1.1.1:4445,1",
    "AcceptStats example.com",
    "AcceptStats 10.0.0.0/255.0.255.0",
  ])("%s is an error with its line", (line) => {
    expect(problemsOf(`Port 80\n${line}`, "1.3")).toEqual(["bad-argument 2"]);
  });
});

describe("laws", () => {
  const text = `Listen 80\nNameVirtualHost *\n<Directory />\nOrder deny,allow\nDeny from all\n</Directory>\n<VirtualHost *>\nServerName a\nAlias /x /y\n</VirtualHost>`;

  test("the same configuration gives the same bytes", () => {
    const once = JSON.stringify(compileText(text, "2.4").table);
    expect(JSON.stringify(compileText(text, "2.4").table)).toBe(once);
  });

  test("a table is plain JSON that can be read back", () => {
    const { table } = compileText(text, "2.4");
    expect(readTable(JSON.stringify(table))).toEqual({ table });
  });

  test("no configuration makes it throw, and what it makes can be read back", () => {
    const line = fc.constantFrom(
      "Listen 80",
      "Listen",
      "Listen x",
      "Port y",
      "<VirtualHost *:80>",
      "</VirtualHost>",
      "<Directory /a>",
      "<Directory>",
      "</Directory>",
      "<Files ~ (>",
      "</Files>",
      "<Location /x>",
      "</Location>",
      "<RequireAll>",
      "</RequireAll>",
      "Require ip 10",
      "Order",
      "Deny from",
      "Redirect /x",
      "RedirectMatch ( x",
      "Alias /x",
      "Backhand",
      "Backhand byAge 6",
      "MulticastStats",
      "AcceptStats ::1/64",
      "<If true>",
      "</If>",
      "ServerName",
      "ServerAlias *",
      "<Limit GET>",
      "</Limit>",
      "NameVirtualHost",
      "BackhandStatsInterval x",
      "Options",
      "AllowOverride",
      "SetHandler",
      "<Perl>",
      "</Perl>",
      "RewriteEngine",
      "Unknown thing",
    );
    fc.assert(
      fc.property(
        fc.array(line, { maxLength: 12 }),
        fc.constantFrom<Dialect>("1.3", "2.2", "2.4"),
        (lines, dialect) => {
          const { table } = compileText(lines.join("\n"), dialect);
          expect(readTable(JSON.stringify(table))).toEqual({ table });
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe("what serve does not honour", () => {
  const listed = (text: string, dialect: Dialect): readonly string[] =>
    compileText(text, dialect).table.unenforced.map(
      ({ name, decides, place }) => `${name} ${place.line} ${decides ? "decides" : "noted"}`,
    );

  test("is listed with its line and whether it decides", () => {
    const text = `ExpiresActive On\n<Directory />\nAuthType Digest\nRequire file-owner\nDeny from badhost.example\nAllow from .example.com\n</Directory>\nStartServers 5\nKeepAlive On\nIndexOptions FancyIndexing\n`;
    expect(listed(text, "1.3")).toEqual([
      "ExpiresActive 1 noted",
      "AuthType 3 decides",
      "Require 4 decides",
      "Deny 5 decides",
      "Allow 6 noted",
    ]);
  });

  test("rewriting rules decide only where rewriting is on", () => {
    expect(listed("RewriteRule a b", "1.3")).toEqual([]);
    expect(listed("RewriteEngine off\nRewriteRule a b", "1.3")).toEqual([]);
    expect(listed("RewriteEngine on\nRewriteRule a b", "1.3")).toEqual([
      "RewriteEngine 1 decides",
      "RewriteRule 2 decides",
    ]);
  });

  test("a section that is not run decides, whatever is in it", () => {
    expect(listed("Listen 80\n<If \"-f '/x'\">\nRequire all denied\n</If>", "2.4")).toEqual(["<If> 2 decides"]);
  });

  test(".htaccess files that AllowOverride lets in decide when nothing will read them", () => {
    const fileSystem = memoryFileSystem({ "/srv/a/b/.htaccess": "Deny from all", "/srv/x": "" });
    const search = (text: string): readonly unknown[] => {
      const config = readConfiguration({ path: "httpd.conf", text, fileSystem, dialect: "1.3" });
      return compile(config, { searchAccessFiles: fileSystem }).table.unenforced;
    };
    expect(search("DocumentRoot /srv")).toMatchObject([
      { name: ".htaccess", args: ["/srv/a/b/.htaccess"], place: { line: 1 }, decides: true },
    ]);
    expect(search("DocumentRoot /srv\n<Directory />\nAllowOverride None\n</Directory>")).toEqual([]);
    expect(
      search(
        "DocumentRoot /srv\n<Directory />\nAllowOverride None\n</Directory>\n<Directory /srv>\nAllowOverride Limit\n</Directory>",
      ),
    ).toHaveLength(1);
    expect(search("DocumentRoot /srv\nAccessFileName .acl")).toEqual([]);
    expect(search("DocumentRoot /elsewhere")).toEqual([]);
  });
});
