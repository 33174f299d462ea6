import { isPartial } from "../../src/migrate/verdict.ts";
import { migrateText } from "./support.ts";

/** The verdict of the line with a text. */
function verdictOf(migrated: ReturnType<typeof migrateText>, text: string): string {
  const line = migrated.migration.lines.find((one) => one.text.trim() === text);
  if (line === undefined) return "no such line";
  const { verdict } = line;
  return verdict.kind === "dropped" && verdict.decides ? "lost" : verdict.kind;
}

describe("lines that 2.4 says otherwise", () => {
  test.each([
    ["Port 8080", "Listen 8080"],
    ["BindAddress 10.0.0.1\nPort 81", "Listen 10.0.0.1:81"],
    ["MaxClients 300", "ServerLimit 300\nMaxRequestWorkers 300"],
    ["MaxRequestsPerChild 5", "MaxConnectionsPerChild 5"],
    ["FancyIndexing on", "IndexOptions +FancyIndexing"],
    ["CacheNegotiatedDocs", "CacheNegotiatedDocs On"],
    ['ErrorDocument 404 "not here', 'ErrorDocument 404 "not here"'],
    ["Options Indexes +FollowSymLinks", "Options Indexes FollowSymLinks"],
    ["Options +Indexes None -Includes", "Options None"],
    ["RewriteLogLevel 3", "LogLevel rewrite:trace3"],
    ["AgentLog logs/agent", 'CustomLog logs/agent "%{User-Agent}i"'],
    ["SSLProtocol all -SSLv2", "SSLProtocol all"],
    ["SSLSessionCache shm:/run/x(1000)", "SSLSessionCache shmcb:/run/x(512000)"],
    ["RedirectMatch ^/\\d+[\\w]$ http://x.example/", 'RedirectMatch "^/d+[\\\\\\w]$" http://x.example/'],
    ["UserDir public_html", "UserDir public_html"],
  ])("%s", (line, expected) => {
    const { text, migration } = migrateText(`ServerName x\n${line}\n`);
    expect(text.replace(/^Listen 80\n/m, "")).toContain(`${expected}\n`);
    expect(isPartial(migration)).toBe(false);
  });
});

describe("access", () => {
  const inside = (lines: string): string => {
    const { text } = migrateText(`<Location /x>\n${lines}\n</Location>\n`);
    return /<Location \/x>\n([^]*)<\/Location>/.exec(text)?.[1] ?? "";
  };

  test.each([
    ["Order allow,deny\nAllow from all", "Require all granted\n"],
    ["Order deny,allow\nDeny from all", "Require all denied\n"],
    [
      "Order deny,allow\nDeny from all\nAllow from 10.0.0.0/255.0.0.0 .example.com",
      "Require ip 10.0.0.0/8\nRequire host .example.com\n",
    ],
    [
      "Order allow,deny\nAllow from all\nDeny from 10.1",
      "<RequireAll>\n    Require all granted\n    Require not ip 10.1\n</RequireAll>\n",
    ],
    [
      "Order deny,allow\nDeny from all\nAllow from 10.1\nRequire valid-user\nSatisfy any",
      "Require ip 10.1\nRequire valid-user\n",
    ],
    [
      "<Limit POST>\nRequire user ann\n</Limit>",
      "<RequireAll>\n    Require method POST\n    Require user ann\n</RequireAll>\n<RequireAll>\n    Require all granted\n    Require not method POST\n</RequireAll>\n",
    ],
  ])("%s", (lines, expected) => {
    expect(inside(lines)).toBe(expected);
  });

  test("a section without its own rules for addresses repeats what it inherits", () => {
    const { text } = migrateText(
      "<Directory /a>\nOrder deny,allow\nDeny from all\nAllow from 10.1\n</Directory>\n<Directory /a/b>\nRequire valid-user\n</Directory>\n",
    );
    expect(text).toContain(
      "<Directory /a/b>\n<RequireAll>\n    Require ip 10.1\n    Require valid-user\n</RequireAll>\n</Directory>",
    );
  });

  test("what depends on the folder of a file asks for it", () => {
    const { text, migration } = migrateText(
      "<Directory /a>\nRequire valid-user\nOrder deny,allow\nDeny from 10.1\n</Directory>\n<Files x>\nOrder allow,deny\nAllow from 10.2\n</Files>\n",
    );
    expect(text).toContain(
      "Require not expr %{REQUEST_FILENAME} =~ m#^/a/# || ( %{REQUEST_FILENAME} =~ m#^/a$# && -d %{REQUEST_FILENAME} )\n    Require ip 10.2",
    );
    expect(isPartial(migration)).toBe(false);
  });

  test("what depends on a folder by a pattern stays with mod_access_compat", () => {
    const { text, migration } = migrateText(
      "<Directory /a/*>\nRequire valid-user\nOrder deny,allow\nDeny from 10.1\n</Directory>\n<Files x>\nOrder allow,deny\nAllow from 10.2\n</Files>\n",
    );
    expect(text).toContain("Order allow,deny\nAllow from 10.2");
    expect(migration.notes.map(({ message }) => message).join()).toContain("mod_access_compat");
  });
});

describe("hosts", () => {
  test("get the port that 1.3 takes, and lose addresses that others have first", () => {
    const { text, migration } = migrateText(
      "Port 8080\n<VirtualHost 10.0.0.1>\nServerName a\n</VirtualHost>\n<VirtualHost 10.0.0.1 10.0.0.2:81>\nServerName b\n</VirtualHost>\n<VirtualHost 10.0.0.1>\nServerName c\n</VirtualHost>\n",
    );
    expect(text).toContain("<VirtualHost 10.0.0.1:8080>\nServerName a:8080\n");
    expect(text).toContain("<VirtualHost 10.0.0.2:81>");
    expect(text).not.toContain("ServerName c");
    expect(isPartial(migration)).toBe(false);
  });

  test("with a name keep their address", () => {
    const { text } = migrateText(
      "NameVirtualHost *\n<VirtualHost *>\nServerName a\n</VirtualHost>\n<VirtualHost *>\nServerName b\n</VirtualHost>\n",
    );
    expect(text).not.toContain("NameVirtualHost");
    expect(text.match(/<VirtualHost \*:80>/g)).toHaveLength(2);
  });
});

describe("conditions", () => {
  test("that the module list decides are decided", () => {
    const migrated = migrateText(
      "LoadModule alias_module x.so\n<IfModule mod_alias.c>\nAlias /a /b\n</IfModule>\n<IfModule mod_nothing.c>\nPerlHandler X\n</IfModule>\n",
    );
    expect(migrated.text).toContain("Alias /a /b");
    expect(migrated.text).not.toContain("IfModule mod_alias");
    expect(verdictOf(migrated, "PerlHandler X")).toBe("dropped");
  });

  test("of the command line stay, and their lines are carried over", () => {
    const { text } = migrateText(
      "<IfDefine SSL>\n<Location /s>\nOrder deny,allow\nDeny from all\n</Location>\n</IfDefine>\n",
    );
    expect(text).toContain("<IfDefine SSL>\n<Location /s>\nRequire all denied\n</Location>\n</IfDefine>");
  });
});

describe("what 2.4 cannot say", () => {
  test("is reported, and not written", () => {
    const migrated = migrateText("PerlAccessHandler X\nFoo bar\n<Perl>\n1;\n</Perl>\n");
    expect(verdictOf(migrated, "PerlAccessHandler X")).toBe("lost");
    expect(verdictOf(migrated, "Foo bar")).toBe("lost");
    expect(verdictOf(migrated, "1;")).toBe("lost");
    expect(migrated.text).not.toMatch(/Perl|Foo/);
    expect(isPartial(migrated.migration)).toBe(true);
  });

  test("never sends the source of programs", () => {
    const { text } = migrateText(
      "AddType application/x-httpd-php .php .phtml\n<Location /p>\nSetHandler perl-script\n</Location>\n",
    );
    expect(text).toContain('<FilesMatch "\\.(?:php|phtml)(?:\\.|$)">\n    Require all denied\n</FilesMatch>');
    expect(text).toContain("<Location /p>\nRedirect 501 /\n</Location>");
  });
});

describe("files", () => {
  test("stay a tree, and what 1.3 reads behind the main file is included there", () => {
    const { text, migration } = migrateText(
      "ServerRoot /etc/apache\nInclude conf/a.conf\nInclude vhosts/\nAccessConfig /srv/acc.conf\n",
      {
        files: {
          "/etc/apache/conf/a.conf": "Port 81\n",
          "/etc/apache/vhosts/b.conf": "MaxRequestsPerChild 1\n",
          "/etc/apache/vhosts/c.conf": "# c\n",
          "/srv/acc.conf": "<Directory /x>\nOrder deny,allow\nDeny from all\n</Directory>\n",
          "/etc/apache/conf/srm.conf": "DirectoryIndex a\n",
        },
      },
    );
    expect(migration.files.map(({ path }) => path)).toEqual([
      "httpd.conf",
      "conf/a.conf",
      "vhosts/b.conf",
      "vhosts/c.conf",
      "conf/srm.conf",
      "included/srv/acc.conf",
    ]);
    expect(text).toContain('Include "${CONFIG_DIR}/conf/a.conf"');
    expect(text).toContain('Include "${CONFIG_DIR}/vhosts/*"');
    expect(text.trimEnd()).toMatch(/Include "\$\{CONFIG_DIR\}\/included\/srv\/acc.conf"/);
    expect(text).toContain('Include "${CONFIG_DIR}/conf/srm.conf"');
  });

  test("keep comments and layout of what does not change", () => {
    const source = "# a comment\n\n  KeepAlive   On\n\tTimeout 300\n";
    expect(migrateText(source).text).toContain(source);
  });
});

describe("logs that a program writes", () => {
  test.each([
    ['CustomLog "|/usr/bin/rotatelogs /var/log/a 86400" common', null],
    [
      'CustomLog "|exec /usr/bin/rotatelogs /var/log/a 86400" common',
      'CustomLog "|$exec /usr/bin/rotatelogs /var/log/a 86400" common',
    ],
    ['ErrorLog "|/bin/cat >> /var/log/e"', 'ErrorLog "|$/bin/cat >> /var/log/e"'],
    ['TransferLog "|rotate"', 'TransferLog "|$rotate"'],
    ['AgentLog "|grep -v robot > /var/log/b"', 'CustomLog "|$grep -v robot > /var/log/b" "%{User-Agent}i"'],
  ])("%s has the shell that it had", (line, expected) => {
    const { text } = migrateText(`${line}\n`);
    expect(text).toContain(`${expected ?? line}\n`);
  });
});

test("passwords in a directory are looked up by the module that has it now", () => {
  const { text, migration } = migrateText(
    "<Location /x>\nAuthType Basic\nAuthName x\nAuthLDAPURL ldap://ldap.example/o=x?uid\nAuthLDAPAuthoritative on\nRequire valid-user\n</Location>\n",
    { dialect: "2.0" },
  );
  expect(text).toContain("AuthType Basic\nAuthBasicProvider ldap\n");
  expect(text).toContain("AuthBasicAuthoritative on\n");
  expect(isPartial(migration)).toBe(false);
});
