import { join } from "node:path";

import { nodeFileSystem } from "../../src/config/node-file-system.ts";
import { memoryFileSystem } from "../../src/config/memory-file-system.ts";
import { readConfiguration, type ReadOptions } from "../../src/config/read.ts";
import { readWithAllDefines } from "../../src/migrate/read-all.ts";
import type { Migration } from "../../src/migrate/verdict.ts";
import type { Verification } from "../../src/migrate/verify/verification.ts";
import { verify, verifyApache } from "../../src/migrate/verify/verify.ts";
import { describeIf, describeIfShared, sharedPath } from "../support/shared.ts";
import { hasApache, migrateConfig } from "./support.ts";

const root = join(import.meta.dirname, "..", "..");

async function verifyAt(
  options: ReadOptions,
  change: (migration: Migration) => Migration = (same) => same,
  ask: (config: Parameters<typeof verify>[1]) => Promise<Verification> = (one) => verify("apache2.4", one),
): Promise<Verification> {
  const backends = [{ address: "10.9.9.1", port: 80 }];
  const migration = migrateConfig(readWithAllDefines(options), "apache2.4", { backends });
  return await ask({ config: readConfiguration(options), migration: change(migration), defines: [], requests: [] });
}

const at = (path: string): ReadOptions => ({ path, fileSystem: nodeFileSystem, dialect: "1.3" });

const text = [
  "Listen 80",
  "Listen 81",
  "ServerName a.example",
  "DocumentRoot /srv/www",
  "<Directory /srv/www/closed>",
  "Order deny,allow",
  "Deny from all",
  "Allow from 10.1",
  "</Directory>",
  "Redirect /old http://b.example/new",
  "NameVirtualHost *:81",
  "<VirtualHost *:81>",
  "ServerName v.example",
  "DocumentRoot /srv/v",
  "<Location /x>",
  "Order allow,deny",
  "Allow from all",
  "Deny from 10.2",
  "</Location>",
  "</VirtualHost>",
  "<VirtualHost *:81>",
  "ServerName w.example",
  "DocumentRoot /srv/w",
  "</VirtualHost>",
  "",
].join("\n");

const inMemory: ReadOptions = {
  path: "/etc/apache/httpd.conf",
  fileSystem: memoryFileSystem({ "/etc/apache/httpd.conf": text }),
  dialect: "1.3",
};

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

const kinds = ({ differences }: Verification): readonly string[] => [...new Set(differences.map(({ what }) => what))];

describeIf(hasApache, "apache2 is not there")("a real apache2 answers as the old file says", () => {
  test.each(["wlug-balancer", "wlug-backend"])("fixtures/%s", async (name) => {
    const result = await verifyAt(at(join(root, "fixtures", name, "httpd.conf")));
    expect(result).toMatchObject({ kind: "live", differences: [] });
  });

  test("sections, hosts, redirects and addresses", async () => {
    const result = await verifyAt(inMemory);
    expect(result).toMatchObject({ kind: "live", differences: [] });
    expect(result.requests).toBeGreaterThan(30);
  });

  test.each([
    ["access", /Require ip 10\.1/, "Require all granted"],
    ["virtual host", /ServerName w\.example/, "ServerName other.example"],
    ["sections", /Location \/x>/, "Location /elsewhere>"],
    ["redirect", /b\.example\/new/, "b.example/newer"],
  ])("and a difference in %s is found, with its lines", async (what, pattern, by) => {
    const result = await verifyAt(inMemory, broken(pattern, by));
    expect(kinds(result)).toContain(what);
    if (what !== "redirect") expect(result.differences[0]?.lines.length).toBeGreaterThan(0);
  });

  test("to a client on the machine of the server, which Require local lets in", async () => {
    const local = `Listen 10.0.0.1:80
Listen 81
ServerName main.example
DocumentRoot /srv/www
<Location /own>
Require local
</Location>
<Location /others>
<RequireAll>
Require all granted
Require not local
</RequireAll>
</Location>
`;
    const path = "/etc/apache/httpd.conf";
    const options: ReadOptions = { path, fileSystem: memoryFileSystem({ [path]: local }), dialect: "2.4" };
    const request = { host: "main.example", method: "GET" };
    const asked = ["10.0.0.1", "10.0.0.2", "127.0.0.1"].flatMap((from) =>
      ["/own/x", "/others/x"].flatMap((asks) => [
        { ...request, address: "10.0.0.1", port: 80, path: asks, from },
        { ...request, address: "10.0.0.1", port: 81, path: asks, from },
      ]),
    );
    const result = await verifyAt(options, undefined, (one) => verify("apache2.4", { ...one, requests: asked }));
    expect(result).toMatchObject({ kind: "live", differences: [] });
  });

  test("for a folder with a .htaccess file, which httpd reads behind the Directory of a host", async () => {
    const own = `Listen 80
ServerName main.example
DocumentRoot /srv/www
<Directory /srv/www>
AllowOverride All
</Directory>
<VirtualHost *:80>
ServerName a.example
DocumentRoot /srv/www
<Directory /srv/www>
Require all granted
</Directory>
</VirtualHost>
`;
    const access = { path: "/srv/www/.htaccess", folder: "/srv/www", text: "Require ip 10.1.2.3\n" };
    const accessFiles = { seen: ["/srv"], files: [access] };
    const path = "/etc/apache/httpd.conf";
    const config = readConfiguration({ path, fileSystem: memoryFileSystem({ [path]: own }), dialect: "2.4" });
    const migration = migrateConfig(config, "apache2.4", { accessFiles });
    const result = await verify("apache2.4", { config, migration, defines: [], requests: [], accessFiles });
    expect(result).toMatchObject({ kind: "live", differences: [] });
  });

  test("where a Limit names CONNECT, which asks for no path", async () => {
    const limited = "Port 80\n<Location /x>\n<Limit CONNECT GET>\nOrder allow,deny\n</Limit>\n</Location>\n";
    const path = "/etc/apache/httpd.conf";
    const options: ReadOptions = { path, fileSystem: memoryFileSystem({ [path]: limited }), dialect: "1.3" };
    const result = await verifyAt(options);
    expect(result).toMatchObject({ kind: "live", differences: [] });
  });

  test("a request that was balanced and no longer is", async () => {
    const path = join(root, "fixtures", "wlug-balancer", "httpd.conf");
    const result = await verifyAt(at(path), broken(/RewriteEngine On/, "RewriteEngine Off"));
    expect(kinds(result)).toContain("upstream");
  });
});

describe("without the server our own reading of the new file is compared", () => {
  test("which is said", async () => {
    const result = await verifyAt(inMemory, undefined, (one) => verifyApache(one, null));
    expect(result).toMatchObject({ kind: "static", reason: "apache2 is not on this machine", differences: [] });
  });

  test("and finds what is another", async () => {
    const result = await verifyAt(inMemory, broken(/Require ip 10\.1/, "Require all granted"), (one) =>
      verifyApache(one, null),
    );
    expect(kinds(result)).toEqual(["access"]);
  });
});

describeIfShared("real configurations", () => {
  describeIf(hasApache, "apache2 is not there")("are answered alike by a real apache2", () => {
    test.each([
      "opendarwin/httpd.conf",
      "mikekmv_aeriebsd-src__usr.sbin_httpd_conf_httpd.conf",
      "dclinux-etc-apache/httpd.conf",
      "Apache-ConfigParser/httpd04.conf",
      "Apache-ConfigParser/httpd05.conf",
      "Apache-ConfigParser/subdir/httpd02.conf",
      "httpd-vhtest/test2.conf",
      "httpd-vhtest/test2d.conf",
      "httpd-vhtest/test3.conf",
      "httpd-vhtest/test4.conf",
      "httpd-vhtest/test5.conf",
      "httpd-vhtest/test6.conf",
      "mod_perl-bin-win32/httpd.conf",
      "ncsa-httpd/httpd.conf-dist",
      "pld-apache1/apache1-httpd.conf",
      "classilla_dclinux__usr_share_doc_apache_examples_httpd.conf",
    ])("%s", async (name) => {
      const result = await verifyAt(at(sharedPath("corpus", "apache1.3", name)));
      expect(result).toMatchObject({ kind: "live", reason: null, differences: [] });
    });
  });
});
