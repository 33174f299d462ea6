import { existsSync } from "node:fs";

import { memoryFileSystem } from "../../src/config/memory-file-system.ts";
import { readConfiguration } from "../../src/config/read.ts";
import { readWithAllDefines } from "../../src/migrate/read-all.ts";
import type { Verification } from "../../src/migrate/verify/verification.ts";
import { verify } from "../../src/migrate/verify/verify.ts";
import { describeIf } from "../support/shared.ts";
import { hasApache, migrateConfig, migrateText } from "./support.ts";

async function verifyText(text: string, dialect: "1.3" | "2.2" | "2.4", to = "apache2.4"): Promise<Verification> {
  const options = { path: "/etc/apache/httpd.conf", fileSystem: memoryFileSystem({ "/etc/apache/httpd.conf": text }) };
  const config = readConfiguration({ ...options, dialect });
  const migration = migrateConfig(readWithAllDefines({ ...options, dialect }), to);
  return await verify(to, { config, migration, defines: [], requests: [] });
}

const hosts = [
  "ServerName m.example",
  "DocumentRoot /srv/none/m",
  "<VirtualHost *:8080>",
  "ServerName a.example",
  "DocumentRoot /srv/none/a",
  "</VirtualHost>",
  "<VirtualHost 10.9.9.9:8080>",
  "ServerName b.example",
  "DocumentRoot /srv/none/b",
  "</VirtualHost>",
  "",
].join("\n");

describeIf(hasApache, "apache2 is not there")("a configuration of another machine is asked live", () => {
  test.each([
    ["on the loopback alone", "2.4", "Listen 127.0.0.1:8080"],
    ["on IPv6 alone", "2.4", "Listen [::1]:8080"],
    ["on the loopback and on everything", "2.4", "Listen 127.0.0.1:8080 http\nListen 0.0.0.0:80"],
    ["on a port for which it expects TLS", "2.4", "Listen 8443 https\nListen 8080"],
    [
      "under a condition about a module",
      "2.4",
      "<IfModule mod_ssl.c>\nListen 127.0.0.1:8443\n</IfModule>\nListen 8080",
    ],
    ["by BindAddress", "1.3", "BindAddress 127.0.0.1\nPort 8080\nNameVirtualHost *:8080"],
    ["at a name", "1.3", "BindAddress www.example\nPort 8080\nNameVirtualHost *:8080"],
    ["at a name beside an address", "1.3", "Listen 10.0.0.1:80\nListen www.example:8080\nNameVirtualHost *:8080"],
  ] as const)("that listens %s", async (_, dialect, listen) => {
    const result = await verifyText(`${listen}\n${hosts}`, dialect);
    expect(result).toMatchObject({ kind: "live", reason: null, differences: [] });
    expect(result.requests).toBeGreaterThan(3);
  });

  test("with hosts at names, which have addresses of their own", async () => {
    const named =
      "<VirtualHost one.example>\nDocumentRoot /srv/none/1\nRedirect /x http://one.example/y\n</VirtualHost>\n";
    const result = await verifyText(`Port 80\nDocumentRoot /srv/none\n${named}`, "1.3");
    expect(result).toMatchObject({ kind: "live", differences: [] });
    expect(result.requests).toBeGreaterThan(5);
  });

  test("whose files are not here, which is said", async () => {
    const text = [
      "ServerRoot /etc/nowhere",
      "Listen 80",
      "TypesConfig conf/mime.types",
      "DefaultRuntimeDir run",
      "SSLStaplingCache shmcb:/run/nowhere/st(128000)",
      "RewriteEngine On",
      "RewriteMap names dbm:conf/map.db",
      "DocumentRoot /srv/none",
      "<VirtualHost *:80>",
      "ServerName s.example",
      "SSLEngine on",
      "SSLUseStapling On",
      "SSLCertificateFile conf/ssl/s.crt",
      "SSLCertificateKeyFile conf/ssl/s.key",
      "</VirtualHost>",
    ].join("\n");
    const result = await verifyText(text, "2.4");
    expect(result).toMatchObject({ kind: "live", differences: [] });
    expect(result.standIns).toEqual(
      ["conf/map.db", "conf/mime.types", "conf/ssl/s.crt", "conf/ssl/s.key", "run"]
        .map((path) => `/etc/nowhere/${path}`)
        .concat("/srv/none")
        .sort(),
    );
  });

  test("a server that cannot have all of its addresses does not start, and nothing is a difference", async () => {
    const result = await verifyText(`Listen *:8080\nListen 10.0.0.1:8080\n${hosts}`, "2.4");
    expect(result).toMatchObject({ kind: "static", differences: [] });
    expect(result.reason).toMatch(/apache2 does not start: .*Address already in use/);
  });
});

describe("what the old machine knew and no file says", () => {
  test.each([
    ["2.4", "Listen 80\n"],
    ["1.3", "Port 80\n"],
  ] as const)("types of files are Debian's, for %s", (dialect, text) => {
    expect(migrateText(text, { dialect }).text).toContain("TypesConfig /etc/mime.types\n");
    expect(migrateText(`${text}TypesConfig conf/t\n`, { dialect }).text).not.toContain("/etc/mime.types");
  });

  test("a module that a condition asks for is loaded, whatever stands under the condition", () => {
    const { migration } = migrateText(
      "Port 80\n<IfModule mod_rewrite.c>\nRedirect /c http://b.example/\n</IfModule>\n",
    );
    expect(migration.files[0]?.lines.map(({ text }) => text).join("\n")).toMatch(/^LoadModule rewrite_module /m);
  });

  test.each(["nginx", "haproxy"])(
    "a host and a listener at a name are lost in %s, which closes nothing silently",
    (to) => {
      const text =
        "Listen 10.0.0.1:80\nListen www.example:8080\n<VirtualHost www.example>\nDocumentRoot /srv/w\n</VirtualHost>\n";
      const { migration } = migrateText(text, { to });
      const judged = migration.lines.map(({ line, verdict }) =>
        verdict.kind === "dropped" ? `${line} ${verdict.decides ? "lost" : "dropped"}` : `${line} ${verdict.kind}`,
      );
      expect(judged).toEqual(expect.arrayContaining(["2 lost", "3 lost", "4 dropped"]));
    },
  );

  test.each(["nginx", "apache2.4"])("a document root that no line says is asked for, for %s", (to) => {
    const said = (text: string): readonly string[] =>
      migrateText(text, { to }).migration.notes.map((one) => one.message);
    expect(said("Port 80\n").join("\n")).toMatch(/No DocumentRoot is written/);
    expect(said("Port 80\nDocumentRoot /srv/none\n").join("\n")).not.toMatch(/DocumentRoot/);
  });
});

describeIf(hasApache, "apache2 is not there")("what a stranger's file taught", () => {
  test("names in Allow lines that stay are never looked up, as in the old file's reading", async () => {
    const text = `Port 80\nDocumentRoot /srv/none\n<Location /status>\nOrder deny,allow\nDeny from all\nAllow from localhost ip6-localhost\n</Location>\n`;
    expect(await verifyText(text, "1.3")).toMatchObject({ kind: "live", differences: [] });
  });

  test("filters bring their modules", async () => {
    const text = `Listen 80\nDocumentRoot /srv/none\nAddOutputFilterByType DEFLATE text/html\n<Location /s>\nSetOutputFilter INCLUDES;SUBSTITUTE\n</Location>\n`;
    expect(await verifyText(text, "2.4")).toMatchObject({ kind: "live", reason: null, differences: [] });
  });

  test("a balancer without members answers 503, which a note says and is no difference", async () => {
    const text = `Port 80\nDocumentRoot /srv/none\nMulticastStats 239.255.221.20:4445,1\n<Directory /srv/none/app>\nBackhand byLoad\n</Directory>\n`;
    expect(await verifyText(text, "1.3")).toMatchObject({ kind: "live", reason: null, differences: [] });
  });

  describe.each([
    ["nginx", existsSync("/usr/sbin/nginx")],
    ["haproxy", existsSync("/usr/sbin/haproxy")],
  ])("rules that only httpd runs are asked of httpd, for %s", (to, isThere) => {
    const rules = [
      "Listen 80",
      "ServerName a.example",
      "DocumentRoot /srv/none",
      "ProxyPass /static !",
      "ProxyPass /api http://192.0.2.7:8080/api",
      "ProxyPassReverse /api http://192.0.2.7:8080/api",
      "RewriteEngine on",
      "RewriteCond %{REQUEST_URI} !^/(?:admin|img|api)",
      "RewriteRule ^/shop(.*)$ http://shop.example$1 [R,L]",
      "<Location /shop/x>",
      "Order allow,deny",
      "Allow from all",
      "</Location>",
    ].join("\n");

    describeIf(isThere, `${to} is not there`)("", () => {
      test("and there is no difference", async () => {
        const result = await verifyText(rules, "2.2", to);
        expect(result).toMatchObject({ kind: "live", differences: [] });
        expect(result.aside.requests).toBe(0);
      });

      test.each([
        ["redirect", /shop\.example/g, "other.example"],
        ["upstream", /(?:proxy_pass|use_backend) .*/g, to === "nginx" ? "return 404;" : "# nothing"],
      ])("and another %s is found", async (what, pattern, by) => {
        const options = {
          path: "/etc/apache/httpd.conf",
          fileSystem: memoryFileSystem({ "/etc/apache/httpd.conf": rules }),
          dialect: "2.2",
        } as const;
        const config = readConfiguration(options);
        const migration = migrateConfig(config, to);
        const files = migration.files.map((file) => ({
          ...file,
          lines: file.lines.map((line) => ({ ...line, text: line.text.replace(pattern, by) })),
        }));
        const changed = { ...migration, files };
        const { differences } = await verify(to, { config, migration: changed, defines: [], requests: [] });
        expect(differences.map((one) => one.what)).toContain(what);
      });
    });
  });
});

test("only lines that ask for what nginx cannot ask are lost", () => {
  const text = `Port 80\nDocumentRoot /srv/none\n<Directory /srv/none>\nOrder allow,deny\nAllow from all\n</Directory>\n<Location /x>\nAuthType Basic\nAuthName x\nAuthUserFile /u\nRequire group staff\n</Location>\n`;
  const { migration } = migrateText(text, { to: "nginx" });
  const lost = migration.lines.filter(({ verdict }) => verdict.kind === "dropped" && verdict.decides);
  expect(lost.map((line) => line.text)).toEqual(["Require group staff"]);
});

describeIf(hasApache, "apache2 is not there")("bytes, systems and pages of other times", () => {
  test("paths and names that are no UTF-8", async () => {
    const text =
      "Port 80\nServerName m.example\nDocumentRoot /srv/none/caf\udce9\n<Directory /srv/none/caf\udce9>\nOrder deny,allow\nDeny from all\nAllow from 10.1\n</Directory>\n<VirtualHost *>\nServerName caf\udce9.example\nDocumentRoot /srv/none/2\n</VirtualHost>\n";
    expect(await verifyText(text, "1.3")).toMatchObject({ kind: "live", differences: [] });
    if (existsSync("/usr/sbin/nginx"))
      expect(await verifyText(text, "1.3", "nginx")).toMatchObject({ differences: [] });
  });

  test("digests are asked for by the module that knows them", async () => {
    const text =
      "Port 80\nDocumentRoot /srv/none\n<Location /x>\nAuthType Digest\nAuthName x\nAuthDigestFile /etc/none\nRequire valid-user\n</Location>\n";
    expect(await verifyText(text, "1.3")).toMatchObject({ kind: "live", differences: [] });
  });

  test("files of Windows: what only it has is out, and its paths are asked for", async () => {
    const text =
      'Port 80\nDocumentRoot "C:/site"\nScriptInterpreterSource registry\n<Directory "C:/site">\nOrder allow,deny\nAllow from all\n</Directory>\n';
    expect(await verifyText(text, "1.3")).toMatchObject({ kind: "live", differences: [] });
    const { migration } = migrateText(text);
    expect(migration.notes.map((one) => one.message).join("\n")).toMatch(/^2 lines have paths with a drive/m);
  });

  test("logs of programs, and redirects without a server's name", async () => {
    const text =
      "Listen 80\nDocumentRoot /srv/none\nScriptAlias /cgi-bin/ /srv/none/cgi/\nScriptLog logs/script\nRedirect permanent /old /new\n";
    expect(await verifyText(text, "2.4")).toMatchObject({ kind: "live", differences: [] });
  });

  test("a page on another server for who is refused is nobody's redirect", async () => {
    const text =
      "Port 80\nDocumentRoot /srv/none\nErrorDocument 403 http://help.example/\n<Location /x>\nOrder deny,allow\nDeny from all\n</Location>\n";
    for (const [to, program] of [
      ["nginx", "/usr/sbin/nginx"],
      ["haproxy", "/usr/sbin/haproxy"],
    ] as const) {
      if (existsSync(program)) expect(await verifyText(text, "1.3", to)).toMatchObject({ differences: [] });
    }
  });
});

test("macros of a file with IfDefine have their lines judged", () => {
  const text = `Listen 80\nDocumentRoot /srv/none\n<IfDefine !X>\nServerName m.example\n</IfDefine>\n<Macro H $n>\n<VirtualHost *:80>\nServerName $n.example\nDocumentRoot /srv/none/$n\n</VirtualHost>\n</Macro>\nUse H a\nUndefMacro H\n`;
  const { migration } = migrateText(text, { to: "nginx", dialect: "2.4" });
  expect(migration.lines.find((line) => line.text.startsWith("DocumentRoot /srv/none/$n"))?.verdict).toMatchObject({
    kind: "changed",
    to: ['root "/srv/none/a";'],
  });
});

describe.each([
  ["nginx", "/usr/sbin/nginx"],
  ["haproxy", "/usr/sbin/haproxy"],
])("the server's own name in the target of a rule, for %s", (to, program) => {
  const text =
    "Port 80\nServerName shop.example\nDocumentRoot /srv/none\nRewriteEngine on\nRewriteRule ^/checkout(.*)$ https://%{SERVER_NAME}/checkout$1 [R=301,L]\n<Location /checkout/x>\nOrder allow,deny\nAllow from all\n</Location>\n";

  test("is no loss", () => {
    const { migration } = migrateText(text, { to });
    const lost = migration.lines.filter(({ verdict }) => verdict.kind === "dropped" && verdict.decides);
    expect(lost).toEqual([]);
  });

  describeIf(hasApache && existsSync(program), `apache2 or ${to} is not there`)("", () => {
    test("redirects as httpd does", async () => {
      expect(await verifyText(text, "1.3", to)).toMatchObject({ kind: "live", differences: [] });
    });
  });
});
