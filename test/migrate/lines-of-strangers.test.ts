import { existsSync } from "node:fs";

import { readConfiguration } from "../../src/config/read.ts";
import { memoryFileSystem } from "../../src/config/memory-file-system.ts";
import { sampleRequests } from "../../src/samples/sample-requests.ts";
import { compile } from "../../src/compile/compile.ts";
import { createRouter } from "../../src/routing/router.ts";
import type { Verdict } from "../../src/migrate/verdict.ts";
import { haproxyServer } from "../../src/migrate/verify/haproxy-sandbox.ts";
import { nginxServer } from "../../src/migrate/verify/nginx-sandbox.ts";
import { foldersAside } from "../../src/migrate/verify/probe.ts";
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

/** The same for httpd 2.2. */
const laterHost = (...lines: readonly string[]): string => host(...lines).replace("Port", "Listen");

/** Requests of a client for paths of the one host. */
const requestsFor = (paths: readonly string[]) =>
  paths.map((path) => ({ address: "127.0.0.1", port: 80, host: "localhost", path, method: "GET", from: "192.0.2.1" }));

describe("expressions on several slashes, of which 2.4 makes one unless it is told not to", () => {
  const lines = [
    "RewriteEngine On",
    "RedirectMatch ^/out/(http://.*) $1",
    "RedirectMatch permanent ^/list/([^/]*)/(.*)$ http://new.example/$2",
    "AliasMatch ^//old/(.*) /srv/old/$1",
    "RewriteRule ^/go/http://([a-z]+) http://new.example/$1 [R]",
    "<LocationMatch ^/shut/[^/]*/>",
    "Order allow,deny",
    "</LocationMatch>",
  ];
  const paths = ["/out/http://a.example/b//c", "/list//x", "//old/a", "/go/http://a", "/shut//a", "//shut/a"];
  const requests = requestsFor(paths);

  test("have 2.4 leave slashes as they are", () => {
    const { text, migration } = migrateText(host(...lines));
    expect(text).toContain("\nMergeSlashes Off\n");
    expect(migration.lines.filter(({ verdict }) => verdict.kind === "dropped")).toEqual([]);
  });

  test("that 2.4 has merged already are left to it", () => {
    expect(migrateText(host(...lines), { dialect: "2.4" }).text).not.toContain("MergeSlashes");
  });

  describeIf(hasApache, "apache2 is not there")("", () => {
    test("meet in a real 2.4 what they met before", async () => {
      const { config, migration } = migrateText(host(...lines));
      const result = await verify("apache2.4", { config, migration, defines: [], requests });
      expect(result.kind).toBe("live");
      expect(result.differences).toEqual([]);
    });
  });
});

const servers = [
  { to: "apache2.4", isThere: hasApache },
  { to: "nginx", isThere: hasApache && existsSync(nginxServer.program) },
  { to: "haproxy", isThere: hasApache && existsSync(haproxyServer.program) },
] as const;

describe.each(servers)("Redirect lines for $to", ({ to, isThere }) => {
  const queries = ["Redirect /q http://new.example/s?x=1", "RedirectMatch ^/m/(.*)$ http://new.example/p?of=$1"];

  test.each(queries)("%s has a query that 1.3 spoils, and becomes what is meant", (line) => {
    expect(verdictOf(migrateText(host(line), { to }), line)).toMatchObject({ kind: "changed", differs: true });
    const later = verdictOf(migrateText(laterHost(line), { to, dialect: "2.2" }), line);
    expect(later).not.toHaveProperty("differs");
    expect(later?.kind).toBe(to === "apache2.4" ? "kept" : "changed");
  });

  describeIf(isThere, `${to} or apache2 is not there`)("", () => {
    const verified = async (lines: readonly string[], paths: readonly string[]) => {
      const { config, migration } = migrateText(host(...lines), { to });
      return await verify(to, { config, migration, defines: [], requests: requestsFor(paths) });
    };

    test("with queries differ for the requests that 1.3 sent astray, which the report says", async () => {
      const result = await verified(queries, ["/q", "/q?y=1", "/m/a", "/m/a?y=1"]);
      expect(result.kind).toBe("live");
      expect(unexplained(result)).toEqual([]);
      const after = new Map(result.differences.map(({ request, after: now }) => [request.path, now]));
      expect(after.get("/q?y=1")).toBe("302 http://new.example/s?x=1");
      expect(after.get("/m/a?y=1")).toBe("302 http://new.example/p?of=a");
      expect(after.has("/q")).toBe(false);
    });

    test("for paths that clients have to encode take them", async () => {
      const lines = ['Redirect "/with space" http://new.example/ws', 'Redirect "/é+(1)/" http://new.example/e/'];
      const paths = ["/with%20space", "/with%20space/x", "/%C3%a9+(1)/x", "/%c3%A9%2B%281%29/x", "/without%20space"];
      const result = await verified(lines, paths);
      expect(result.kind).toBe("live");
      expect(result.differences).toEqual([]);
    });
  });
});

describe.each(servers.slice(1))("ProxyPassMatch beside a Redirect of everything for $to", ({ to, isThere }) => {
  const lines = ["Redirect permanent / http://new.example/", "ProxyPassMatch ^/pm/(.*)\\.do$ http://10.1.1.1/$1"];

  test("comes first, as in httpd", () => {
    const migrated = migrateText(laterHost(...lines), { to, dialect: "2.2" });
    expect(lines.map((line) => verdictOf(migrated, line)?.kind)).toEqual(["changed", "changed"]);
  });

  describeIf(isThere, `${to} or apache2 is not there`)("", () => {
    test("sends on what it matches, and the rest elsewhere", async () => {
      const { config, migration } = migrateText(laterHost(...lines), { to, dialect: "2.2" });
      const requests = requestsFor(["/pm/x/y.do?z=1", "/pm/x", "/"]);
      const result = await verify(to, { config, migration, defines: [], requests });
      expect(result.kind).toBe("live");
      expect(result.differences).toEqual([]);
    });
  });
});

describe("folders of Alias lines with dots in them", () => {
  const lines = [
    "Alias /dot/ /srv/www/a/../d/",
    "Alias /dots/ /srv/www/./d//e/",
    '<DirectoryMatch "^/srv/www/a">',
    "Order allow,deny",
    "</DirectoryMatch>",
    "<Directory /srv/www/d/e>",
    "Order allow,deny",
    "</Directory>",
  ];
  const migrated = () => migrateText(laterHost(...lines), { dialect: "2.2" });

  test("are where these lead from 2.0 on", () => {
    const router = createRouter(compile(migrated().config).table);
    const sectionsFor = (target: string): readonly string[] => {
      const found = router.route({
        localAddress: "127.0.0.1",
        localPort: 80,
        host: "localhost",
        target,
        method: "GET",
      });
      return "sections" in found ? found.sections.map(({ argument }) => argument) : [];
    };
    expect(sectionsFor("/dot/x")).toEqual([]);
    expect(sectionsFor("/dots/x")).toEqual(["/srv/www/d/e"]);
  });

  describeIf(hasApache, "apache2 is not there")("", () => {
    test("as a real 2.4 has it", async () => {
      const { config, migration } = migrated();
      const requests = requestsFor(["/dot/x", "/dots/x"]);
      const result = await verify("apache2.4", { config, migration, defines: [], requests });
      expect(result.kind).toBe("live");
      expect(result.differences).toEqual([]);
    });
  });
});

test("an expression with a space in it, which no path has as it is sent, is lost for HAProxy", () => {
  const line = 'RedirectMatch "^/a b/(.*)$" http://new.example/$1';
  expect(verdictOf(migrateText(host(line), { to: "haproxy" }), line)).toMatchObject({ kind: "dropped", decides: true });
});

test("a folder that is there leads to itself with a slash in front of the query", () => {
  const answer = { status: 301, location: "http://a.example/q/?y=1", host: null, sections: [], upstream: null };
  const whole = { ...answer, handler: null, body: "" };
  expect(foldersAside(whole, "/q?y=1")).toMatchObject({ status: 404, location: null });
  expect(foldersAside(whole, "/r?y=1")).toBe(whole);
  // Small and large letters of an escape are the same.
  expect(foldersAside({ ...whole, location: "/%c3%a9/" }, "/%C3%A9")).toMatchObject({ status: 404 });
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
