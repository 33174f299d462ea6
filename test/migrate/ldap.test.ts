import { migrateText } from "./support.ts";

const within = (lines: string): string =>
  `Port 80\nDocumentRoot /srv/none\n<Directory /srv/none>\nAllowOverride None\nAuthType Basic\nAuthName x\nAuthLDAPURL ldap://ldap.example/o=x?uid\n${lines}\n</Directory>\n`;

/** The Require lines inside of the section. */
function requires(lines: string, dialect: "1.3" | "2.0" | "2.2"): readonly string[] {
  const { text } = migrateText(within(lines), { dialect });
  const inside = text.slice(text.indexOf("<Directory /srv/none>"));
  return inside.split("\n").flatMap((line) => (/^\s*require\b/i.test(line) ? [line.trim()] : []));
}

describe("what LDAP modules until 2.0 asked for", () => {
  test.each([
    [
      "an entry that is a group",
      "require group cn=Administrators, o=Example",
      "Require ldap-group cn=Administrators, o=Example",
    ],
    ["an entry that is the user", "require dn cn=Bob Jenson,o=Example", "Require ldap-dn cn=Bob Jenson,o=Example"],
    ["a group of a file", "require group staff", "require group staff"],
    ["a user", "require user bob", "require user bob"],
  ])("%s", (_, old, expected) => {
    expect(requires(old, "1.3")).toEqual([expected]);
    expect(requires(old, "2.0")).toEqual([expected]);
  });

  test("several entries are not joined on one line, where they would be one name", () => {
    const lines = "require group cn=a,o=x\nrequire group cn=b,o=x";
    expect(requires(lines, "2.0")).toEqual(["Require ldap-group cn=a,o=x", "Require ldap-group cn=b,o=x"]);
    expect(requires(lines.replaceAll("group", "ldap-group"), "2.2")).toEqual([
      "Require ldap-group cn=a,o=x",
      "Require ldap-group cn=b,o=x",
    ]);
  });

  test("2.2, which has names of its own for them, let nobody in by a dn, and still nobody is", () => {
    expect(requires("require dn cn=Bob", "2.2")).toEqual(["Require all denied"]);
  });

  test("they are carried over where the rules stay with mod_access_compat, too", () => {
    const text = within("require group cn=a,o=x").replace("AllowOverride None\n", "");
    const { migration } = migrateText(text, { dialect: "2.0" });
    const verdict = migration.lines.find((line) => line.text.startsWith("require"))?.verdict;
    expect(verdict).toMatchObject({ kind: "changed", to: ["Require ldap-group cn=a,o=x"] });
  });
});
