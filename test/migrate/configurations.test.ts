import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";

import { nodeFileSystem } from "../../src/config/node-file-system.ts";
import { readConfiguration } from "../../src/config/read.ts";
import { unexplained } from "../../src/migrate/verify/verification.ts";
import { verify } from "../../src/migrate/verify/verify.ts";
import { describeIf } from "../support/shared.ts";
import { accepts, hasApache, migrateFile } from "./support.ts";

const folder = join(import.meta.dirname, "configurations");
const names = readdirSync(folder).map((name) => name.replace(/\.conf$/, ""));

/** What cannot be carried over, as the report marks it. */
const lost: Readonly<Record<string, readonly string[]>> = {
  "apache-ssl": [],
  "ad-cluster": [
    "Backhand byAge",
    "Backhand byRandom",
    "Backhand byLogWindow",
    "Backhand byLoad",
    "Backhand byAge 20",
    "Backhand bySession JSESSIONID",
    "Backhand byLoad 0.5",
    "Backhand byAge 10",
    "Backhand removeSelf",
    "Backhand byBusyChildren",
    "Backhand HTTPRedirectToIP",
    "BackhandFromSO libexec/byQueue.so byQueue 3,5",
    "Backhand byWeird 3",
    "Backhand byAge 5",
    "Backhand byRandom",
    "Backhand byLoad",
  ],
  "vhost-alias-hosting": [
    "AddType application/x-httpd-php .php .php3 .php4",
    "AddType application/x-httpd-php-source .phps",
    "ThrottlePolicy Volume 5G 30d",
    "SetHandler throttle-status",
  ],
  "cobalt-raq": ["AddHandler cgi-wrapper .cgi", "AddHandler cgi-wrapper .pl"],
  cpanel: [
    "AddType application/x-httpd-php .php4 .php3 .php2 .php .phtml",
    "AddType application/x-httpd-php-source .phps",
    "BytesLog domlogs/anna.example-bytes_log",
    "BandwidthModule On",
  ],
  "frontpage-hosting": [],
  "mass-hosting": [],
  "mod-perl": [
    "PerlTransHandler Shop::Translate",
    "SetHandler perl-script",
    "PerlHandler Shop::Handler",
    "PerlAuthenHandler Shop::Authen",
    "PerlAuthzHandler Shop::Authz",
    "SetHandler perl-script",
    "PerlHandler Apache::Status",
    "<Perl>",
    '$ServerAdmin = "root\\@app.example";\npush @Alias, [ "/more/", "/srv/more/" ];',
    "</Perl>",
  ],
  "red-hat-7": [],
  "reverse-proxy": [],
  rewriting: [],
  subversion: ["DAV svn", "SVNParentPath /srv/svn", "AuthzSVNAccessFile /etc/apache2/svn.authz"],
  "tomcat-and-throttle": [
    "JkMount /*.jsp ajp13",
    "JkMount /servlet/* ajp13",
    "ThrottleClientIP 100 none",
    "ThrottlePolicy Volume 10M 1d",
    "SetHandler throttle-status",
    "JkMount /app/* ajp13",
    "ThrottlePolicy Speed 20K 1",
  ],
  "bank-balancer": [],
  "intranet-directory": [
    "AuthType SSPI",
    "SSPIAuth On",
    "SSPIAuthoritative On",
    "SSPIDomain CORP",
    "SSPIOfferBasic On",
    "AddHandler layout .html",
  ],
  "odd-spellings": [],
  "proxy-farm": [],
  // No line says who the members are.
  "three-clusters": [
    "Backhand byAge 5",
    "Backhand byRandom",
    "Backhand byCost",
    "Backhand byAge 2",
    "Backhand bySession SESSIONID",
    "Backhand byLogWindow",
    "Backhand byLoad 0.2",
    "Backhand HTTPRedirectToName %-img",
    "Backhand byAge",
    "Backhand byBusyChildren",
    "BackhandFromSO libexec/byHostname.so byHostname old[0-9]+",
    "Backhand byRandom",
    "Backhand addSelf",
  ],
  "macros-and-defines": [],
  mirror: [],
  "small-isp": [],
  "status-behind-satisfy": [],
  "tls-shop": ["AddType application/x-httpd-php .php .php4", "AddType application/x-httpd-php-source .phps"],
  university: [],
  "user-homes": [],
};

/** Where lines that are lost close what they let in, which the report announces. */
const closed: ReadonlySet<string> = new Set(["intranet-directory", "ad-cluster", "vhost-alias-hosting"]);

/** Names for -D that a configuration asks for. */
const defines: Readonly<Record<string, readonly string[]>> = { "red-hat-7": ["HAVE_SSL"], "mod-perl": ["heavy"] };

test.each(names)("%s: what cannot be carried over is reported line by line", (name) => {
  const { migration } = migrateFile(join(folder, `${name}.conf`), "apache2.4");
  const found = migration.lines.filter(({ verdict }) => verdict.kind === "dropped" && verdict.decides);
  expect(found.map(({ text }) => text.trim())).toEqual(lost[name]);
});

describeIf(hasApache, "apache2 is not there")("a real apache2", () => {
  test.each(names)("accepts what becomes of %s", async (name) => {
    expect(await accepts(join(folder, `${name}.conf`))).toBe("accepted");
  });

  const starts = names.flatMap((name) => [
    { name, given: [] },
    ...(name in defines ? [{ name, given: defines[name] ?? [] }] : []),
  ]);
  test.each(starts)("answers as $name says, with -D $given", async ({ name, given }) => {
    const path = join(folder, `${name}.conf`);
    const { migration } = migrateFile(path, "apache2.4");
    const config = readConfiguration({ path, fileSystem: nodeFileSystem, dialect: "auto", defines: given });
    const result = await verify("apache2.4", { config, migration, defines: given, requests: [] });
    expect(result).toMatchObject({ kind: "live", reason: null });
    expect(closed.has(name) ? unexplained(result) : result.differences).toEqual([]);
    expect(result.requests).toBeGreaterThan(10);
  });
});

describe.each([
  ["nginx", existsSync("/usr/sbin/nginx")],
  ["haproxy", existsSync("/usr/sbin/haproxy")],
])("a real %s", (to, isThere) => {
  describeIf(isThere && hasApache, `${to} or apache2 is not there`)("", () => {
    test.each(names)("answers as %s says, or the report says where it does not", async (name) => {
      const path = join(folder, `${name}.conf`);
      const { config, migration } = migrateFile(path, to);
      const result = await verify(to, { config, migration, defines: [], requests: [] });
      expect(result).toMatchObject({ kind: "live", reason: null });
      expect(unexplained(result)).toEqual([]);
    });
  });
});
