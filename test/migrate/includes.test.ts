import { join } from "node:path";

import { nodeFileSystem } from "../../src/config/node-file-system.ts";
import { readConfiguration } from "../../src/config/read.ts";
import { makeReport, reportText } from "../../src/migrate/report.ts";
import { textOf } from "../../src/migrate/verdict.ts";
import { verify } from "../../src/migrate/verify/verify.ts";
import { describeIf } from "../support/shared.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { hasApache, migrateFile, migrateText, type Migrated } from "./support.ts";

const outputs = ({ migration }: Migrated): Readonly<Record<string, string>> =>
  Object.fromEntries(migration.files.slice(1).map((file) => [file.path, textOf(file)]));

const names = "NameVirtualHost *\n";
const host = (name: string, lines: string): string =>
  `<VirtualHost *>\nServerName ${name}\nDocumentRoot /srv/${name}\n${lines}</VirtualHost>\n`;

/** The same lines about users stand below two folders with other rules about addresses. */
const twoContexts =
  "ServerName main.example\nListen 80\nNameVirtualHost *\nDocumentRoot /srv/main\n<Directory />\nAllowOverride None\n</Directory>\n" +
  host(
    "a.example",
    "<Directory /srv/a.example>\nOrder deny,allow\nDeny from 10.0.0.1\nInclude users.conf\n</Directory>\n",
  ) +
  host(
    "b.example",
    "<Directory /srv/b.example>\nOrder deny,allow\nDeny from 10.0.0.2\nInclude users.conf\n</Directory>\n",
  ) +
  host(
    "c.example",
    "<Directory /srv/c.example>\nOrder deny,allow\nDeny from 10.0.0.1\nInclude users.conf\n</Directory>\n",
  );
const users = "Allow from 192.0.2.7\n";

describe("a file that is included several times", () => {
  test("is one file when it means the same everywhere", () => {
    const migrated = migrateText(
      `${names}Include log.conf\n${host("a.example", "Include log.conf\n")}${host("b.example", "Include log.conf\n")}`,
      { files: { "/etc/apache/log.conf": "LogLevel warn\n" }, dialect: "2.2" },
    );
    expect(outputs(migrated)).toEqual({ "log.conf": "LogLevel warn\n" });
    expect(migrated.text.match(/log\.conf/g)).toHaveLength(3);
    expect(migrated.migration.notes).toEqual([]);
  });

  test("is one file for each meaning, and each Include names its own", () => {
    const files = { "/etc/apache/part.conf": "<Location /x>\nRequire valid-user\n</Location>\n" };
    const closed = "<Location /x>\nOrder deny,allow\nDeny from all\n</Location>\n";
    const migrated = migrateText(
      `NameVirtualHost *\n${host("a.example", `${closed}Include part.conf\n`)}` +
        host("b.example", "Include part.conf\n"),
      { files, dialect: "2.2" },
    );
    const { text, migration } = migrated;
    expect(outputs(migrated)).toEqual({
      "part.conf": "<Location /x>\nRequire all denied\n</Location>\n",
      "part.2.conf": "<Location /x>\nRequire valid-user\n</Location>\n",
    });
    expect(text).toMatch(/a\.example[^]*CONFIG_DIR\}\/part\.conf[^]*b\.example[^]*CONFIG_DIR\}\/part\.2\.conf/);
    expect(migration.notes.map(({ message }) => message)).toEqual([
      "/etc/apache/part.conf means something else where it is included, so it is written 2 times: part.conf for /etc/apache/httpd.conf:9; part.2.conf for /etc/apache/httpd.conf:14",
    ]);
    const report = makeReport(migration, "apache2.4", "2.2");
    expect(report.files.map(({ path, output }) => `${path} ${output ?? ""}`)).toEqual([
      "/etc/apache/httpd.conf httpd.conf",
      "/etc/apache/part.conf part.conf",
      "/etc/apache/part.conf part.2.conf",
    ]);
    expect(reportText(report)).toContain("/etc/apache/part.conf (as part.conf):2  changed");
  });

  test("takes no name that another file has", () => {
    const files = {
      "/etc/apache/part.conf": "<Location /x>\nRequire valid-user\n</Location>\n",
      "/etc/apache/part.2.conf": "LogLevel warn\n",
    };
    const closed = "<Location /x>\nOrder deny,allow\nDeny from all\n</Location>\n";
    const migrated = migrateText(
      `${names}${host("a.example", `${closed}Include part.conf\n`)}${host("b.example", "Include part.conf\n")}Include part.2.conf\n`,
      { files, dialect: "2.2" },
    );
    expect(Object.keys(outputs(migrated)).sort()).toEqual(["part.2.conf", "part.3.conf", "part.conf"]);
    expect(outputs(migrated)["part.2.conf"]).toBe("LogLevel warn\n");
  });

  test("brings what includes it into as many forms", () => {
    const files = {
      "/etc/apache/outer.conf": "# outer\nInclude part.conf\n",
      "/etc/apache/part.conf": "<Location /x>\nRequire valid-user\n</Location>\n",
    };
    const closed = "<Location /x>\nOrder deny,allow\nDeny from all\n</Location>\n";
    const migrated = migrateText(
      names +
        host("a.example", `${closed}Include outer.conf\n`) +
        host("b.example", "Include outer.conf\n") +
        host("c.example", `${closed}Include outer.conf\n`),
      { files, dialect: "2.2" },
    );
    expect(outputs(migrated)).toMatchObject({
      "outer.conf": '# outer\nInclude "${CONFIG_DIR}/part.conf"\n',
      "outer.2.conf": '# outer\nInclude "${CONFIG_DIR}/part.2.conf"\n',
    });
    expect(migrated.text.match(/outer\.2\.conf/g)).toHaveLength(1);
    expect(migrated.text.match(/outer\.conf/g)).toHaveLength(2);
  });

  test("by a pattern is named one by one where one of the files has several forms", () => {
    const files = {
      "/etc/apache/conf.d/1.conf": "LogLevel warn\n",
      "/etc/apache/conf.d/2.conf": "<Location /x>\nRequire valid-user\n</Location>\n",
    };
    const closed = "<Location /x>\nOrder deny,allow\nDeny from all\n</Location>\n";
    const same = migrateText(
      names + host("a.example", "Include conf.d/*.conf\n") + host("b.example", "Include conf.d/*.conf\n"),
      { files, dialect: "2.2" },
    );
    expect(same.text.match(/Include "\$\{CONFIG_DIR\}\/conf\.d\/\*\.conf"/g)).toHaveLength(2);
    const { text } = migrateText(
      names + host("a.example", `${closed}Include conf.d/*.conf\n`) + host("b.example", "Include conf.d/*.conf\n"),
      { files, dialect: "2.2" },
    );
    expect([...text.matchAll(/CONFIG_DIR\}\/(.*)"/g)].map(([, name]) => name)).toEqual([
      "conf.d/1.conf",
      "conf.d/2.conf",
      "conf.d/1.conf",
      "conf.d/2.2.conf",
    ]);
  });

  test("loses a line only where 2.4 refuses it", () => {
    const files = { "/etc/apache/port.conf": "Listen 8080\n" };
    const migrated = migrateText("Include port.conf\nInclude port.conf\n", { files, dialect: "1.3" });
    expect(outputs(migrated)).toEqual({ "port.conf": "Listen 8080\n", "port.2.conf": "" });
  });
});

describe("lines under an IfDefine", () => {
  test("are carried over for every start, with the name and without", () => {
    const { text, migration } = migrateText(
      "<IfDefine A>\nAlias /a /srv/a\n</IfDefine>\n<IfDefine !A>\nAlias /b /srv/b\n<Directory /srv/b>\nOrder deny,allow\nDeny from all\n</Directory>\n</IfDefine>\n",
    );
    expect(text).toContain(
      "<IfDefine !A>\nAlias /b /srv/b\n<Directory /srv/b>\nRequire all denied\n</Directory>\n</IfDefine>",
    );
    expect(text).toContain("<IfDefine A>\nAlias /a /srv/a\n</IfDefine>");
    expect(migration.lines.filter(({ verdict }) => verdict.kind === "dropped")).toEqual([]);
  });

  test("stay lines of their own when they say who may", () => {
    const { text } = migrateText(
      "<Location /x>\nOrder deny,allow\nDeny from all\n<IfDefine OPEN>\nAllow from all\n</IfDefine>\n</Location>\n",
    );
    expect(text).toContain("Deny from all\n<IfDefine OPEN>\nAllow from all\n</IfDefine>");
  });

  test("are no reason to let in whom the start without them keeps out", () => {
    const { text } = migrateText(
      "<Location /x>\nOrder deny,allow\nDeny from all\n</Location>\n<IfDefine OPEN>\n<Location /x>\nOrder allow,deny\nAllow from all\n</Location>\n</IfDefine>\n<Location /x/y>\nRequire user anna\n</Location>\n",
    );
    expect(text).toContain("<Location /x/y>\nAuthMerging And\nRequire user anna\n</Location>");
  });

  test("say where each start listens", () => {
    const { text } = migrateText("Port 80\n<IfDefine HIGH>\nPort 8080\n</IfDefine>\nBindAddress 10.0.0.1\n");
    expect(text.replaceAll(/\n +/g, "\n")).toContain(
      "<IfDefine !HIGH>\nListen 10.0.0.1:80\n</IfDefine>\n<IfDefine HIGH>\nListen 10.0.0.1:8080\n</IfDefine>\n",
    );
  });
});

describeIf(hasApache, "apache2 is not there")("a real apache2", () => {
  test.each(["1.3", "2.2"] as const)(
    "decides by the included lines of each place as httpd %s does",
    async (dialect) => {
      const folder = temporaryFolder();
      try {
        folder.write("httpd.conf", twoContexts);
        folder.write("users.conf", users);
        const path = join(folder.path, "httpd.conf");
        const { migration } = migrateFile(path, "apache2.4", dialect);
        const config = readConfiguration({ path, fileSystem: nodeFileSystem, dialect });
        const from = ["10.0.0.1", "10.0.0.2", "192.0.2.7"];
        const requests = ["a", "b", "c"].flatMap((name) =>
          from.map((one) => ({
            address: "127.0.0.1",
            port: 80,
            host: `${name}.example`,
            path: "/x",
            method: "GET",
            from: one,
          })),
        );
        const result = await verify("apache2.4", { config, migration, defines: [], requests });
        expect(result).toMatchObject({ kind: "live", reason: null, differences: [] });
        if (dialect === "2.2") {
          expect(migration.files.map((file) => file.path)).toEqual(["httpd.conf", "users.conf"]);
          expect(result.requests).toBeGreaterThan(9);
        }
      } finally {
        folder.remove();
      }
    },
  );
});
