import { readConfiguration } from "../../src/config/read.ts";
import { memoryFileSystem } from "../../src/config/memory-file-system.ts";
import { sampleRequests } from "../../src/samples/sample-requests.ts";
import type { Verdict } from "../../src/migrate/verdict.ts";
import { unexplained } from "../../src/migrate/verify/verification.ts";
import { verify } from "../../src/migrate/verify/verify.ts";
import { compileText } from "../support/compile-text.ts";
import { describeIf } from "../support/shared.ts";
import { hasApache, migrateConfig, migrateText, type Migrated } from "./support.ts";

function verdictOf({ migration }: Migrated, start: string): Verdict | undefined {
  return migration.lines.find(({ text }) => text.trim().startsWith(start))?.verdict;
}

const whyOf = (migrated: Migrated, start: string): string => {
  const verdict = verdictOf(migrated, start);
  return verdict === undefined || verdict.kind === "kept" ? "" : verdict.why;
};

const host = (...lines: readonly string[]): string => ["Port 80", "DocumentRoot /srv/none", ...lines, ""].join("\n");

describe("expressions on several slashes, of which 2.4 sees one", () => {
  test.each([
    "RedirectMatch ^/out/(http://.*) $1",
    "RedirectMatch permanent ^/out/(http://.*) $1",
    "AliasMatch ^//old/(.*) /srv/old/$1",
    "RewriteRule ^/go/http://([a-z]+) /to/$1",
  ])("%s is lost, and stands where it was", (line) => {
    const migrated = migrateText(host("RewriteEngine On", line));
    expect(verdictOf(migrated, line)).toMatchObject({ kind: "dropped", decides: true });
    expect(whyOf(migrated, line)).toContain("MergeSlashes Off");
    expect(migrated.text).toContain(line);
  });

  test.each(["RedirectMatch ^/a//?b$ /c", "RedirectMatch ^/a//*b$ /c", "RedirectMatch ^/a[//]b$ /c"])(
    "%s may match one as well, and is kept",
    (line) => {
      expect(verdictOf(migrateText(host(line)), line)?.kind).toBe("kept");
    },
  );
});

describe("ServerName with an asterisk", () => {
  const text = "NameVirtualHost *\n<VirtualHost *>\nServerName *.b.example\nDocumentRoot /srv/b\n</VirtualHost>";

  test("gets a name that 2.4 takes, and the report says where the names belong that were meant", () => {
    const migrated = migrateText(host(text));
    expect(migrated.text).toContain("ServerName wildcard.b.example");
    expect(whyOf(migrated, "ServerName *")).toContain("ServerAlias");
  });

  test("is a name that no sample asks for", () => {
    const { table } = compileText(host(text), "1.3");
    expect(sampleRequests(table, 100).filter((one) => one.host?.includes("*"))).toEqual([]);
  });
});

describe.each(["nginx", "haproxy"] as const)("%s", (to) => {
  test("a Deny for a name keeps everybody out, and says so", () => {
    const rules = "<Location />\nOrder allow,deny\nAllow from all\nDeny from 61.0.0.0/8 evil.example\n</Location>";
    expect(whyOf(migrateText(host(rules), { to }), "Deny")).toContain(
      "everybody is kept out whom nothing else lets in",
    );
  });

  test("a candidacy function that nobody knows is none of the new balancer's", () => {
    const text = host("<Location /a>", "Backhand byAge 3", "Backhand byWeird 3", "</Location>");
    const why = whyOf(migrateText(text, { to, backends: [{ address: "10.0.0.1", port: 80 }] }), "Backhand byWeird");
    expect(why).toContain("byWeird");
    expect(why).not.toContain("2.4");
  });

  test("lines behind Backhand off choose nothing", () => {
    const text = host("<Location /a>", "Backhand off", "Backhand byAge 3", "</Location>");
    expect(whyOf(migrateText(text, { to }), "Backhand byAge")).toContain("chooses no server");
  });

  test.each(["BackhandSelfRedirect Off", "BackhandConnectionPools On"])("%s is no loss", (line) => {
    expect(verdictOf(migrateText(host(line), { to }), line)).toMatchObject({ kind: "dropped", decides: false });
  });
});

test.each([
  ["AddLanguage de .de", "chooses among no languages"],
  ["AddOutputFilter INCLUDES .shtml", "it would be sent as it stands"],
  ["Options Indexes MultiViews", "ask for each by its whole name"],
  ["AddHandler type-map .var", "ask for each by its whole name"],
])("%s is said to choose or run nothing in nginx", (line, why) => {
  expect(whyOf(migrateText(host(line), { to: "nginx", dialect: "2.0" }), line)).toContain(why);
});

test("User of a host becomes SuexecUserGroup, and the report says what 2.4 needs for it", () => {
  const text = host("<VirtualHost 10.0.0.1>", "User webmail", "Group mail", "</VirtualHost>");
  const migrated = migrateText(text);
  expect(migrated.text).toContain("SuexecUserGroup webmail mail");
  expect(whyOf(migrated, "User")).toContain("where the program suexec is not installed");
});

test.each([
  "Backhand byHostname old[0-9]+",
  "Backhand HTTPRedirectToIP",
  "Backhand addSelf",
  "BackhandFromSO libexec/byHostname.so byHostname (ads)",
])("%s beside Backhand off is no loss for apache2.4", (line) => {
  for (const lines of [
    ["Backhand off", line],
    [line, "Backhand backhand_off"],
  ]) {
    const migrated = migrateText(host("<Location /a>", ...lines, "</Location>"));
    expect(verdictOf(migrated, line)?.kind).toBe("folded");
    expect(whyOf(migrated, line)).toContain("chooses no server");
    expect(migrated.text).toContain("RewriteEngine Off");
  }
});

describeIf(hasApache, "apache2 is not there")("--verify", () => {
  test("knows a section that closes what a lost line let in by that line", async () => {
    const path = "/etc/apache/httpd.conf";
    const text = host(
      "AddType application/x-httpd-php .php",
      '<Files "config.php">',
      "Order allow,deny",
      "Deny from all",
      "</Files>",
      "<Location />",
      "Order allow,deny",
      "Allow from all",
      "</Location>",
    );
    const config = readConfiguration({ path, fileSystem: memoryFileSystem({ [path]: text }), dialect: "1.3" });
    const migration = migrateConfig(config, "apache2.4");
    const result = await verify("apache2.4", { config, migration, defines: [], requests: [] });
    expect(result.differences.some(({ announced }) => announced?.place.line === 3)).toBe(true);
    expect(unexplained(result)).toEqual([]);
  });
});
