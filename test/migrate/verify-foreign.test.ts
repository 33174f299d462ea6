import { existsSync } from "node:fs";
import { join } from "node:path";

import { memoryFileSystem } from "../../src/config/memory-file-system.ts";
import { nodeFileSystem } from "../../src/config/node-file-system.ts";
import { readConfiguration, type ReadOptions } from "../../src/config/read.ts";
import type { Migration } from "../../src/migrate/verdict.ts";
import type { ForeignServer } from "../../src/migrate/verify/foreign-server.ts";
import { haproxyServer } from "../../src/migrate/verify/haproxy-sandbox.ts";
import { nginxServer } from "../../src/migrate/verify/nginx-sandbox.ts";
import type { SampleRequest } from "../../src/samples/sample-requests.ts";
import { unexplained, type Verification } from "../../src/migrate/verify/verification.ts";
import { verifyForeign } from "../../src/migrate/verify/verify-foreign.ts";
import { describeIf, describeIfShared, sharedPath } from "../support/shared.ts";
import { foreignConfigurations } from "./foreign-configurations.ts";
import { hasApache, migrateConfig } from "./support.ts";

const root = join(import.meta.dirname, "..", "..");
const servers = { nginx: nginxServer, haproxy: haproxyServer } as const;
type Name = keyof typeof servers;
const names: readonly Name[] = ["nginx", "haproxy"];

const same = (migration: Migration): Migration => migration;

async function verifyAt(
  name: Name,
  options: ReadOptions,
  change: (migration: Migration) => Migration = same,
  server: ForeignServer = servers[name],
  requests: readonly SampleRequest[] = [],
): Promise<Verification> {
  const config = readConfiguration(options);
  const migration = change(migrateConfig(config, name, { backends: [{ address: "10.9.9.1", port: 80 }] }));
  return await verifyForeign({ config, migration, defines: [], requests }, server);
}

const inMemory = (text: string, dialect: "1.3" | "2.0" | "2.2" | "2.4" = "1.3"): ReadOptions => ({
  path: "/etc/apache/httpd.conf",
  fileSystem: memoryFileSystem({ "/etc/apache/httpd.conf": text }),
  dialect,
});

/** Nothing that the report does not announce, and nobody let in who was kept out, announced or not. */
function expectAlike(result: Verification): void {
  expect(result).toMatchObject({ kind: "live", reason: null });
  expect(unexplained(result)).toEqual([]);
  expect(result.differences.filter(({ what, after }) => what === "access" && after === "granted")).toEqual([]);
}

/** The output with some of its text replaced, line by line. */
const broken =
  (pattern: RegExp, by: string) =>
  (migration: Migration): Migration => ({
    ...migration,
    files: migration.files.map(({ path, lines }) => ({
      path,
      lines: lines.map((line) => ({ ...line, text: line.text.replace(pattern, by) })),
    })),
  });

const kinds = (result: Verification): readonly string[] => [...new Set(unexplained(result).map(({ what }) => what))];

describe.each(names)("%s", (name) => {
  describeIf(existsSync(servers[name].program), `${name} is not there`)("answers as the old file says", () => {
    test.each(["wlug-balancer", "wlug-backend"])("fixtures/%s", async (fixture) => {
      const path = join(root, "fixtures", fixture, "httpd.conf");
      expectAlike(await verifyAt(name, { path, fileSystem: nodeFileSystem, dialect: "1.3" }));
    });

    test.each(foreignConfigurations)("$title", async ({ text, dialect }) => {
      expectAlike(await verifyAt(name, inMemory(text, dialect)));
    });

    test.each([
      [
        "access",
        name === "nginx" ? /allow 10\.1\.0\.0\/16;/ : /src 10\.1\.0\.0\/16/,
        "nginx" === name ? "" : "src 0.0.0.0/0",
      ],
      ["virtual host", /w\.example/, "other.example"],
      ["redirect", /b\.example\/new/, "b.example/newer"],
      [
        "upstream",
        name === "nginx" ? /least_conn;/ : /balance random\(2\)/,
        name === "nginx" ? "" : "balance roundrobin",
      ],
    ])("and a difference in %s is found, with its lines", async (what, pattern, by) => {
      const text = [
        "Listen 80",
        "ServerName a.example",
        "DocumentRoot /srv/www",
        "Redirect /old http://b.example/new",
        "<Location /closed>",
        "Order deny,allow",
        "Deny from all",
        "Allow from 10.1",
        "</Location>",
        "<Location /app>",
        "MulticastStats 239.1.1.1:4445,1",
        "Backhand byAge 6",
        "Backhand byLoad",
        "</Location>",
        "NameVirtualHost *:80",
        "<VirtualHost *:80>",
        "ServerName v.example",
        "</VirtualHost>",
        "<VirtualHost *:80>",
        "ServerName w.example",
        "</VirtualHost>",
        "",
      ].join("\n");
      expectAlike(await verifyAt(name, inMemory(text)));
      const result = await verifyAt(name, inMemory(text), broken(pattern, by));
      expect(kinds(result)).toContain(what);
      expect(unexplained(result)[0]?.lines.length).toBeGreaterThan(0);
    });

    test.each([
      {
        title: "a path that a rule makes is not taken for the folder that another request needs",
        dialect: "1.3",
        paths: ["/rw/x", "/a/x/y"],
        host: "a.example",
        lines: ["DocumentRoot /srv/www", "RewriteEngine On", "RewriteRule ^/rw/(.*)$ /a/$1 [PT,L]"],
      },
      {
        title: "the answer of another host that 2.4 takes for the name does not count",
        dialect: "2.2",
        paths: ["/status/x"],
        host: "c.example",
        lines: [
          "ProxyPass /p/ http://10.1.1.1:8080/",
          "NameVirtualHost *",
          "<VirtualHost *:81>",
          "ServerName b.example",
          "ServerAlias *.example",
          "</VirtualHost>",
          "<VirtualHost *:80>",
          "ServerName c.example",
          "<Location /status>",
          "Order Deny,Allow",
          "Deny from all",
          "</Location>",
          "</VirtualHost>",
        ],
      },
      {
        title: "what ProxyPass takes no Redirect line of a host takes, whatever comes first in the file",
        dialect: "2.2",
        paths: [
          "/both/old/y",
          "/both/x",
          "/both/x/y.gif",
          "/both/y.gif",
          "/bothy.gif",
          "/all/y.gif",
          "/in/y.gif",
          "/in",
        ],
        host: "a.example",
        lines: [
          "Redirect /both/old http://new.example/",
          "ProxyPass /both/x !",
          "ProxyPass /both/ http://10.1.1.1/",
          "Redirect gone /both/x",
          "RedirectMatch (.*)\\.gif$ http://images.example$1.png",
          "ProxyPassMatch ^/all/(.*) http://10.1.1.2/$1",
          "<Location /in>",
          "ProxyPass http://10.1.1.3/",
          "</Location>",
        ],
      },
      {
        title: "a path that is a file or a folder is as closed as either",
        dialect: "1.3",
        paths: ["/a"],
        host: "a.example",
        lines: [
          "DocumentRoot /srv/www",
          "<Directory /srv/*/a>",
          "Order allow,deny",
          "</Directory>",
          '<DirectoryMatch "^/srv/www/a">',
          "<Limit POST>",
          "Order deny,allow",
          "</Limit>",
          "</DirectoryMatch>",
        ],
      },
    ] as const)("$title", async ({ dialect, paths, host, lines }) => {
      const text = ["Listen 80", "ServerName a.example", ...lines, ""].join("\n");
      const base = { address: "10.0.0.1", port: 80, host, method: "GET", from: "192.0.2.1" };
      const requests = paths.map((path) => ({ ...base, path }));
      expectAlike(await verifyAt(name, inMemory(text, dialect), same, servers[name], requests));
    });

    if (name === "nginx") {
      test("another file is found", async () => {
        const text = "Listen 80\nDocumentRoot /srv/www\nAlias /icons/ /usr/icons/\n";
        const result = await verifyAt(name, inMemory(text), broken(/alias "\/usr\/icons/, 'alias "/usr/others'));
        expect(kinds(result)).toEqual(["file"]);
      });
    }

    test("a configuration that the server refuses is compared by the report, which says so", async () => {
      const result = await verifyAt(name, inMemory("Listen 80\n"), broken(/^(?:http \{|frontend www)$/, "nonsense"));
      expect(result).toMatchObject({ kind: "static", reason: expect.stringContaining("does not start") });
    });

    describeIf(hasApache, "apache2 is not there")("beside Apache's own answers", () => {
      test("a lost line counts for what ProxyPass takes before a Redirect does", async () => {
        const text = `Listen 80
ServerName a.example
DocumentRoot /srv/www
Redirect /both/old http://new.example/
ProxyPass /both/ http://10.1.1.1/
<Location />
AuthType Basic
AuthName here
AuthUserFile /srv/users
Require user anna
</Location>
`;
        const path = "/both/old";
        const request = { address: "10.9.9.9", port: 80, host: "a.example", path, method: "GET", from: "192.0.2.1" };
        expectAlike(await verifyAt(name, inMemory(text, "2.4"), same, servers[name], [request]));
      });
    });

    describeIfShared("real configurations of httpd 1.3:", () => {
      test.each([
        "opendarwin/httpd.conf",
        "mikekmv_aeriebsd-src__usr.sbin_httpd_conf_httpd.conf",
        "dclinux-etc-apache/httpd.conf",
        "Apache-ConfigParser/httpd04.conf",
        "openjsan_openjsan__etc_httpd.conf",
        "mschout_apache-authcookie__t_conf_extra.conf.in.conf",
        "apache_httpd-1.3.x__conf_httpd.conf-dist-nw.conf",
        "httpd-vhtest/test2.conf",
        "httpd-vhtest/test2d.conf",
        "httpd-vhtest/test3.conf",
        "httpd-vhtest/test4.conf",
        "httpd-vhtest/test5.conf",
        "mod_perl-1.x/httpd.conf-dist",
        "metabrainz_musicbrainz-server__admin_vh_httpd.conf.default@1a89edd.conf",
        "AxKit__AxKit-1.7_t_conf_extra.last.conf.in.conf",
        "ncsa-httpd/localhost_srm.conf-dist",
      ])("%s", async (file) => {
        const path = sharedPath("corpus", "apache1.3", file);
        expectAlike(await verifyAt(name, { path, fileSystem: nodeFileSystem, dialect: "1.3" }));
      });
    });
  });

  test("without the server what the report announces is listed, which is said", async () => {
    const text = "Listen 80\n<Location /x>\nRequire group staff\nAuthType Basic\nAuthName x\n</Location>\n";
    const missing = { ...servers[name], program: "/nonexistent/server" };
    const result = await verifyAt(name, inMemory(text), same, missing);
    expect(result).toMatchObject({ kind: "static", reason: expect.stringContaining("is not on this machine") });
    expect(unexplained(result)).toEqual([]);
    expect(result.differences[0]?.announced?.place).toEqual({ path: "/etc/apache/httpd.conf", line: 3 });
  });
});
