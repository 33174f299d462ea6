import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { compile } from "../../src/compile/compile.ts";
import { nodeFileSystem } from "../../src/config/node-file-system.ts";
import { readConfiguration } from "../../src/config/read.ts";
import { createRouter } from "../../src/routing/router.ts";
import { sampleRequests } from "../../src/samples/sample-requests.ts";
import { textOf } from "../../src/migrate/verdict.ts";
import { runToEnd } from "../../src/migrate/verify/real-server.ts";
import { oldOutcome } from "../../src/migrate/verify/outcome.ts";
import { included, snippets } from "../config/macro-snippets.ts";
import { describeIf } from "../support/shared.ts";
import { temporaryFolder, type TemporaryFolder } from "../support/temporary-folder.ts";
import { hasApache, type Migrated, migrateFile, migrateText } from "./support.ts";

const old22 = `Listen 8080
NameVirtualHost *:8080
<Directory />
AllowOverride None
</Directory>
`;

const open = `<Macro host $name $root>
  <VirtualHost *:8080>
    ServerName $name
    DocumentRoot $root
    <Directory $root>
      Order allow,deny
      Allow from all
    </Directory>
</Macro>
<Macro tsoh>
</VirtualHost>
</Macro>
`;

const bodyOf = ({ text }: Migrated): string => text.slice(text.indexOf("\nListen") + 1);

test("a macro whose text is right for 2.4 stays, and so do its uses", () => {
  const text =
    "Listen 8080\n<Macro shut>\n</Location>\n</Macro>\n<Macro open $p>\n<Location $p>\n</Macro>\nUse open /x\nRequire all denied\nUse shut\n";
  const migrated = migrateText(text, { dialect: "2.4" });
  expect(bodyOf(migrated)).toBe(text);
  expect(migrated.text).toContain("Listen");
  expect(migrated.migration.lines.map(({ verdict }) => verdict.kind)).toEqual(Array(10).fill("kept"));
});

test("a macro is changed when its text becomes the same for all uses", () => {
  const migrated = migrateText(`${old22}${open}Use host a /srv/a\nUse tsoh\nUse host b /srv/b\nUse tsoh\n`, {
    dialect: "2.2",
  });
  expect(bodyOf(migrated)).toBe(`Listen 8080
<Directory />
AllowOverride None
</Directory>
<Macro host $name $root>
  <VirtualHost *:8080>
    ServerName $name
    DocumentRoot $root
    <Directory $root>
      Require all granted
    </Directory>
</Macro>
<Macro tsoh>
</VirtualHost>
</Macro>
Use host a /srv/a
Use tsoh
Use host b /srv/b
Use tsoh
`);
  const changed = migrated.migration.lines.filter(({ verdict }) => verdict.kind === "changed");
  expect(changed).toMatchObject([
    { line: 11, text: "      Order allow,deny", verdict: { to: ["Require all granted"] } },
  ]);
});

test("a macro whose text depends on the use is written out", () => {
  const text = `${old22}<Macro net $from>
  Order deny,allow
  Deny from all
  Allow from $from
</Macro>
<Location /a>
  Use net 10.0.0.0/8
</Location>
<Location /b>
  Use net 192.168.0.0/16
</Location>
`;
  const migrated = migrateText(text, { dialect: "2.2" });
  expect(bodyOf(migrated)).toBe(`Listen 8080
<Directory />
AllowOverride None
</Directory>
<Location /a>
    Require ip 10.0.0.0/8
</Location>
<Location /b>
    Require ip 192.168.0.0/16
</Location>
`);
  const uses = migrated.migration.lines.filter(({ line }) => line === 12 || line === 15);
  expect(uses.map(({ verdict }) => verdict)).toEqual([
    { kind: "changed", to: ["Require ip 10.0.0.0/8"], why: "the text of macro net, written out" },
    { kind: "changed", to: ["Require ip 192.168.0.0/16"], why: "the text of macro net, written out" },
  ]);
});

test("a value that a single use gives is never fixed in the macro", () => {
  const text = `${old22}<Macro net $from>\nOrder deny,allow\nDeny from all\nAllow from $from\n</Macro>\n<Location /a>\nUse net 10.0.0.0/8\n</Location>\n`;
  expect(bodyOf(migrateText(text, { dialect: "2.2" }))).not.toContain("<Macro");
});

test("what a use loses that decides is marked in the macro, and the migration is partial", () => {
  const text = `${old22}<Macro app>\nSetHandler perl-script\nPerlAuthzHandler Shop::Authz\n</Macro>\n<Location /a>\nUse app\n</Location>\n`;
  const { migration } = migrateText(text, { dialect: "2.2" });
  const lost = migration.lines.filter(({ verdict }) => verdict.kind === "dropped" && verdict.decides);
  expect(lost.map(({ text: line }) => line)).toContain("PerlAuthzHandler Shop::Authz");
});

test("macros of macros, UndefMacro and macros in included files come out whole", () => {
  const files = {
    "/etc/apache/macros.conf": `<Macro rules>\nOrder deny,allow\nDeny from all\n</Macro>\n<Macro site $n>\n<VirtualHost *:8080>\nServerName $n\n<Location /$n>\nUse rules\n</Location>\n</VirtualHost>\n</Macro>\n`,
    "/etc/apache/hosts.conf": "Use site a\nUse site b\n",
  };
  const text = `${old22}Include macros.conf\n<Macro gone>\nServerAdmin me\n</Macro>\nUse gone\nUndefMacro gone\nInclude hosts.conf\n`;
  const { migration } = migrateText(text, { dialect: "2.2", files });
  const all = migration.files.map(textOf).join("");
  expect(all).toContain("<Macro rules>\nRequire all denied\n</Macro>");
  expect(all).toContain("<Location /$n>\nUse rules\n</Location>");
  expect(all).toContain("Use site a\nUse site b\n");
  expect(all).toContain("ServerAdmin me\n");
  expect(all).not.toMatch(/gone|#<backhand/);
});

describeIf(hasApache, "apache2 is not there")("a real apache2", () => {
  let folder: TemporaryFolder;
  beforeEach(() => {
    folder = temporaryFolder();
  });
  afterEach(() => {
    folder.remove();
  });

  const plain = [
    `${open}Use host a /tmp\nUse tsoh\n`,
    `<Macro all>\nRequire all granted\n</Macro>\n<Location /x>\nUse all\n</Location>\n`,
  ];

  test.each([...snippets, ...plain])(
    "%j: accepts what becomes of what it accepts, which routes alike",
    async (snippet) => {
      const before = `ServerRoot ${folder.path}\nPidFile ${folder.path}/pid\nErrorLog ${folder.path}/log\nServerName x\nListen 127.0.0.1:8080\n`;
      for (const [index, text] of included.entries()) folder.write(`${index + 1}.inc`, text);
      const text = before + snippet.replace(/FILE(\d)/g, `${folder.path}/$1.inc`);
      const path = folder.write("httpd.conf", text);
      const modules = ["mpm_event", "authz_core", "access_compat", "alias", "macro"].map(
        (name) => `LoadModule ${name}_module /usr/lib/apache2/modules/mod_${name}.so\n`,
      );
      const check = async (file: string): Promise<string> => {
        const { code, text: said } = await runToEnd("/usr/sbin/apache2", ["-t", "-f", file]);
        return code === 0 ? "accepted" : said;
      };
      const verdict = await check(folder.write("first.conf", modules.join("") + text));
      const { migration } = migrateFile(path, "apache2.4");
      const [main] = migration.files;
      for (const file of migration.files) {
        const to = join(folder.path, "out", file.path);
        mkdirSync(dirname(to), { recursive: true });
        writeFileSync(to, (file === main ? `Define CONFIG_DIR ${folder.path}/out\n` : "") + textOf(file));
      }
      const output = join(folder.path, "out", "httpd.conf");
      if (verdict !== "accepted") return;
      expect(await check(output)).toBe("accepted");
      const partial = migration.lines.filter(({ verdict: one }) => one.kind === "dropped" && one.decides);
      // What only a start with -D x reads may be wrong.
      expect(partial.filter(({ text: line }) => line !== "Bogus")).toEqual([]);
      const [old, now] = [path, output].map((file) => {
        const { table } = compile(readConfiguration({ path: file, fileSystem: nodeFileSystem, dialect: "2.4" }));
        return { table, router: createRouter(table) };
      });
      if (old === undefined || now === undefined) throw new Error("Two tables");
      for (const request of sampleRequests(old.table, 50)) {
        const [one, other] = [old, now].map(({ table, router }) => {
          const { access, status, location, filename } = oldOutcome(request, table, router);
          return { access, status, location, filename };
        });
        expect(other).toEqual(one);
      }
    },
  );
});
