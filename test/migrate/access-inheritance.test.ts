import { memoryFileSystem } from "../../src/config/memory-file-system.ts";
import { readConfiguration } from "../../src/config/read.ts";
import { textOf, type Migration } from "../../src/migrate/verdict.ts";
import { migrateConfig, migrateText } from "./support.ts";

const lines = (...all: readonly string[]): string => ["DocumentRoot /srv/www", ...all, ""].join("\n");

describe("a Files section inside of a folder", () => {
  test("keeps the users of a folder below the one that it stands in", () => {
    const { text } = migrateText(
      lines(
        "<Directory /srv/www>",
        "AllowOverride None",
        "<Files secret.txt>",
        "Allow from 10.1.2.3",
        "</Files>",
        "</Directory>",
        "<Directory /srv/www/a>",
        "Require user anna",
        "</Directory>",
      ),
    );
    expect(text).not.toContain("<Files secret.txt>\nRequire all granted");
    expect(text).toContain("<Files secret.txt>\nAuthMerging And\nRequire all granted\n</Files>");
  });

  test("comes behind those outside of a folder, whichever host has them", () => {
    const { text, migration } = migrateText(
      lines(
        "<VirtualHost 10.0.0.1>",
        '<FilesMatch "^x">',
        "Require valid-user",
        "Satisfy any",
        "</FilesMatch>",
        "</VirtualHost>",
        "<Directory /srv/www/d>",
        "AllowOverride None",
        '<Files ~ "^x">',
        "Deny from 10.",
        "</Files>",
        "</Directory>",
      ),
    );
    // What it inherits of Satisfy and Require depends on the host: in 2.4 both have to let in.
    expect(text).toContain('<Files ~ "^x">\nDeny from 10.\n</Files>');
    expect(migration.notes.some(({ message, decides }) => decides && message.includes("narrower"))).toBe(true);
  });
});

test("patterns for folders are sorted by their slashes since 2.0, so one with more inherits from all with fewer", () => {
  const source = lines(
    '<DirectoryMatch "^/srv/.*/d/">',
    "AllowOverride None",
    "Deny from 10.",
    "</DirectoryMatch>",
    '<DirectoryMatch "^/srv/www">',
    "AllowOverride None",
    "Require user anna",
    "</DirectoryMatch>",
  );
  const later = migrateText(source, { dialect: "2.2" }).text;
  expect(later).toContain('d/">\nAllowOverride None\nAuthMerging And');
  expect(migrateText(source).text).toContain('d/">\nAllowOverride None\n<RequireAll>');
});

describe("a Location of the main server that inherits Satisfy in one host", () => {
  const status = ["<Location /status>", "Deny from all", "Allow from 10.", "</Location>"];
  const hosts = [
    "NameVirtualHost *",
    "<VirtualHost *>",
    "ServerName a.example",
    "</VirtualHost>",
    "<VirtualHost *>",
    "ServerName b.example",
    "DocumentRoot /srv/b",
    "<Directory /srv/b>",
    "AllowOverride None",
    "Require valid-user",
    "Satisfy any",
    "</Directory>",
    "</VirtualHost>",
  ];
  const none = ["<Directory />", "AllowOverride None", "</Directory>"];

  test("stands in that host once more, with what it comes to there", () => {
    const { text, migration } = migrateText(lines(...none, ...status, ...hosts));
    expect(text).toContain("<Location /status>\nRequire ip 10.0.0.0/8\n</Location>");
    expect(text).toContain(
      "<VirtualHost *:80>\n    <Location /status>\n        Require ip 10.0.0.0/8\n        Require valid-user\n    </Location>\nServerName b.example",
    );
    expect(text.match(/<Location/g)).toHaveLength(2);
    expect(migration.lines.filter(({ verdict }) => verdict.kind === "dropped" && verdict.decides)).toEqual([]);
  });

  test("is followed there by the sections that stand behind it in the main server", () => {
    const later = ["<Location /status/load>", "Deny from all", "</Location>"];
    const { text } = migrateText(lines(...none, ...status, ...later, ...hosts));
    expect(text.match(/<VirtualHost \*:80>\n {4}<Location \/status>[^]*?<Location \/status\/load>/g)).toHaveLength(1);
  });

  test("asks for the folder of a request where that decides", () => {
    const deeper = hosts.map((line) => line.replace("<Directory /srv/b>", "<Directory /srv/b/status/deep>"));
    const { text } = migrateText(lines(...none, ...status, ...deeper));
    expect(text).toContain("Require expr %{REQUEST_FILENAME} =~ m#^/srv/b/status/deep/#");
    expect(text).toContain("Require not expr %{REQUEST_FILENAME} =~ m#^/srv/b/status/deep/#");
  });

  test("stays with mod_access_compat where no expression tells the folder", () => {
    const wild = hosts.map((line) => line.replace("<Directory /srv/b>", "<Directory /srv/b/*/deep>"));
    const { text, migration } = migrateText(lines(...none, ...status, ...wild));
    expect(text).toContain("<Location /status>\nDeny from all\nAllow from 10.\n</Location>");
    expect(migration.notes.some(({ message, decides }) => decides && message.includes("narrower"))).toBe(true);
  });
});

/** Migrates where none of the .htaccess files can be read. */
function withUnseenFiles(text: string): { readonly text: string; readonly migration: Migration } {
  const path = "/etc/httpd.conf";
  const config = readConfiguration({ path, fileSystem: memoryFileSystem({ [path]: text }), dialect: "1.3" });
  const migration = migrateConfig(config, "apache2.4", { accessFiles: { files: [], seen: [] } });
  return { text: migration.files.map((file) => textOf(file)).join("\n"), migration };
}

test("what stays with mod_access_compat is closed for nobody where 2.4 only asks for more than an inherited Satisfy any", () => {
  const { text, migration } = withUnseenFiles(
    [
      "DocumentRoot /srv/x",
      "<Directory /srv/x>",
      "AllowOverride Limit AuthConfig",
      "Order allow,deny",
      "Allow from all",
      "</Directory>",
      "<Location /store/status>",
      "SetHandler server-status",
      "Order deny,allow",
      "Deny from all",
      "Allow from 10.1.",
      "</Location>",
      "<Directory /srv/x/store>",
      "AuthType Basic",
      "AuthName store",
      "AuthUserFile /etc/users",
      "Order deny,allow",
      "Deny from all",
      "Allow from 10.2.",
      "Require valid-user",
      "Satisfy any",
      "</Directory>",
      "",
    ].join("\n"),
  );
  expect(text).toContain(
    "<Location /store/status>\nSetHandler server-status\nOrder deny,allow\nDeny from all\nAllow from 10.1.\n</Location>",
  );
  expect(migration.lines.filter(({ verdict }) => verdict.kind === "dropped" && verdict.decides)).toEqual([]);
  expect(migration.notes.filter(({ decides }) => decides).map(({ place, message }) => [place?.line, message])).toEqual([
    [9, expect.stringContaining("narrower")],
  ]);
  expect(migration.notes.map(({ message }) => message).join("\n")).toContain(".htaccess files below /srv/x/ count");
});
