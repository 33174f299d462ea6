import { existsSync } from "node:fs";

import { describeIf } from "../support/shared.ts";
import { foreignServers, startScene } from "./foreign-scene.ts";
import { hasApache, migrateText } from "./support.ts";

interface Told {
  readonly path: string;
  readonly method: string;
  readonly status: number;
}

const lines = `ProxyPass / http://BACK/
<Location />
AllowMethods GET
AllowMethods POST OPTIONS
</Location>
<Location /put>
AllowMethods PUT
</Location>
<Location /put/any>
AllowMethods reset
</Location>
<Location /none>
AllowMethods GET
Require all denied
</Location>
<LocationMatch "\\.x$">
AllowMethods POST
</LocationMatch>`;

const paths = ["/", "/put/a", "/put", "/put/any", "/put/any/b", "/none", "/a.x", "/put/a.x"];
const methods = ["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PROPFIND"];

describe.each(["nginx", "haproxy"] as const)("%s", (name) => {
  const isThere = hasApache && existsSync(foreignServers[name].program);
  describeIf(isThere, `apache2 or ${name} is not there`)("answers like httpd", () => {
    it("to methods that AllowMethods leaves out", async () => {
      const scene = await startScene(name, { lines, modules: ["allowmethods"] });
      try {
        const [before, after]: [Told[], Told[]] = [[], []];
        for (const path of paths) {
          for (const method of methods) {
            const answers = await scene.ask({ path, method });
            before.push({ path, method, status: answers.before.status });
            after.push({ path, method, status: answers.after.status });
          }
        }
        expect(after).toEqual(before);
        expect(new Set(before.map(({ status }) => status))).toEqual(new Set([200, 403, 405]));
      } finally {
        await scene.stop();
      }
    });
  });

  it.each([
    { satisfy: "any", why: "narrower: under Satisfy any" },
    { satisfy: "all", why: "the same answer" },
  ])("says what AllowMethods comes to under Satisfy $satisfy", ({ satisfy, why }) => {
    const { migration } = migrateText(
      `Listen 80
ServerName a.example
ProxyPass / http://10.1.1.1/
<Location /a>
AllowMethods GET
Order deny,allow
Deny from all
Allow from 10.
AuthType Basic
AuthName a
AuthUserFile /srv/users
Require valid-user
Satisfy ${satisfy}
</Location>
`,
      { to: name, dialect: "2.4" },
    );
    const verdict = migration.lines.find(({ text }) => text.startsWith("AllowMethods"))?.verdict;
    expect(verdict).toMatchObject({ kind: "changed", why: expect.stringContaining(why) });
  });

  it("keeps closed what AllowMethods leaves out where no path stands for its section", () => {
    const { migration } = migrateText(
      `Listen 80
ServerName a.example
ProxyPass / http://10.1.1.1/
<If "%{HTTP_COOKIE} =~ /x/">
AllowMethods GET
</If>
`,
      { to: name, dialect: "2.4" },
    );
    const lost = migration.lines.filter(({ verdict }) => verdict.kind === "dropped" && verdict.decides);
    expect(lost.map(({ text }) => text)).toContain("AllowMethods GET");
    const [main] = migration.files;
    expect(main?.lines.map(({ text }) => text.trim())).toContainEqual(
      expect.stringMatching(/^(?:return 403;|http-request deny if \{ var\(txn\.host\) -m int 0 \})$/),
    );
  });
});
