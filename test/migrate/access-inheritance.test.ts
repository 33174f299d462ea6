import { migrateText } from "./support.ts";

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
    const { text } = migrateText(
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
    // What it inherits of Satisfy and Require depends on the host.
    expect(text).toContain('<Files ~ "^x">\nSatisfy all\nOrder allow,deny\nRequire all denied');
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
