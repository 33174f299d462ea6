import { overUses } from "../../src/migrate/macros/over-uses.ts";
import { makeReport, reportText } from "../../src/migrate/report.ts";
import { changed, dropped, folded, kept, lost } from "../../src/migrate/verdict.ts";
import { migrateText, type Migrated } from "./support.ts";

const text = `Listen 80
NameVirtualHost *:80
DocumentRoot /srv/none
<Macro Site $n $net>
<VirtualHost *:80>
ServerName $n.example
DocumentRoot /srv/none/$n
ProxyPassMatch ^/x(.*) http://10.0.0.1$1
<Location /in>
Order deny,allow
Deny from all
Allow from $net
php_flag engine on
</Location>
RewriteEngine on
RewriteRule ^/p/(.*) http://10.0.0.1/$1 [P]
</VirtualHost>
</Macro>
Use Site a 10.0.0.0/8
Use Site b 10.1.0.0/16
`;

const verdictsOf = ({ migration }: Migrated): ReadonlyMap<number, string> =>
  new Map(
    migration.lines.map(({ line, verdict }) => [
      line,
      verdict.kind === "dropped" && verdict.decides ? "lost" : verdict.kind,
    ]),
  );

describe.each(["nginx", "haproxy"])("the lines of macros in the report for %s", (to) => {
  const migrated = migrateText(text, { to, dialect: "2.2" });

  test("are all there, each once", () => {
    const numbers = migrated.migration.lines.map(({ line }) => line);
    expect(numbers).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
  });

  test("say what is lost of them, as lines outside of macros do", () => {
    const verdicts = verdictsOf(migrated);
    expect([8, 13, 16].map((line) => verdicts.get(line))).toEqual(["lost", "dropped", "lost"]);
    expect([10, 11, 12].map((line) => verdicts.get(line))).toEqual(["folded", "folded", "folded"]);
  });

  test("need no notes that name no line", () => {
    expect(migrated.migration.notes.filter(({ message }) => /cannot say/.test(message))).toEqual([]);
  });

  test("come out for each use", () => {
    expect(migrated.text).toMatch(/a\.example/);
    expect(migrated.text).toMatch(/b\.example/);
  });
});

test("a line of a macro that is dropped at every use is not said to be written out", () => {
  const old = text.replace("Order deny,allow", "Require group x\nOrder deny,allow").replace("Use Site b", "Use Site a");
  const { migration } = migrateText(old, { dialect: "2.2" });
  expect(migration.lines.find((line) => line.text.startsWith("php_flag"))?.verdict.kind).toBe("dropped");
});

describe("one verdict for all uses", () => {
  test.each([
    ["what one use loses is lost", [kept, lost("gone"), kept], lost("gone (in 1 of 3 uses)")],
    ["all lose it", [lost("gone"), lost("gone")], lost("gone")],
    [
      "what one use drops is dropped, with the number",
      [folded("here"), dropped("away")],
      dropped("away (in 1 of 2 uses)"),
    ],
    [
      "new forms are shown, each once",
      [changed("a", "w"), changed("b", "w"), changed("a", "w")],
      changed(["a", "b"], "w"),
    ],
    [
      "but not hundreds",
      Array.from({ length: 9 }, (_, at) => changed(`${at}`, "w")),
      changed(["0", "1", "2", "3", "… and 5 more"], "w"),
    ],
    ["kept in all", [kept, kept], kept],
  ])("%s", (_, all, expected) => {
    expect(overUses(all)).toEqual(expected);
  });
});

test("a note that several uses bring is in the report once, with their number", () => {
  const place = { path: "/a", line: 3 };
  const note = { message: "careful", decides: false, place };
  const report = makeReport({ files: [], lines: [], notes: [note, note, { ...note, place: null }] }, "nginx", "2.2");
  expect(report.notes).toEqual([
    { ...note, count: 2 },
    { ...note, place: null },
  ]);
  expect(reportText(report)).toContain("/a:3  careful (2 times)\ncareful\n");
});
