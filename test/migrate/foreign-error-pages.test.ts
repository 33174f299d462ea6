import { existsSync } from "node:fs";

import { describeIf } from "../support/shared.ts";
import { foreignServers, startScene, type SceneAnswer } from "./foreign-scene.ts";
import { hasApache } from "./support.ts";

const odd = String.raw`a \"page\" with 'all' $of {it}; # 100% \\ <b>&amp;</b> ~`;

const cases: readonly { readonly title: string; readonly lines: string; readonly paths: readonly string[] }[] = [
  {
    title: "texts, with the fields of their section, whatever is in them",
    lines: `ProxyPass /app http://BACK/app
ProxyPass /dead http://EMPTY/
ErrorDocument 403 "${odd}"
ErrorDocument 404 "no such page
ErrorDocument 503 "later"
ErrorDocument 502 "later"
Header always set X-Server yes
<Location /closed>
Require all denied
</Location>
<Location /closed/in>
ErrorDocument 403 "closed inside"
Header always set X-Inside yes
</Location>
<Location /closed/own>
ErrorDocument 403 default
</Location>`,
    paths: ["/none", "/closed/x", "/closed/in/x", "/closed/own/x", "/app/x", "/app/x?status=404", "/dead/x", "/"],
  },
  {
    title: "pages of this server and of others",
    lines: `ErrorDocument 404 /page.html
ErrorDocument 403 http://b.example/closed
ErrorDocument 401 "who are you?"
<Location /closed>
Require all denied
</Location>
<Location /users>
AuthType Basic
AuthName users
AuthUserFile /etc/passwd
Require valid-user
</Location>`,
    paths: ["/none", "/closed/x", "/users/x"],
  },
  {
    title: "in the place of what another server says of errors",
    lines: `ProxyPass /app http://BACK/app
ProxyPass /open http://BACK/open
ErrorDocument 404 "not here"
ErrorDocument 500 "broken"
ErrorDocument 403 http://b.example/closed
Header set X-Success yes
Header always set X-Always yes
<Location /app>
ProxyErrorOverride On
</Location>`,
    paths: [
      "/app/x",
      "/open/x",
      ...[404, 500, 403].flatMap((one) => [`/app/x?status=${one}`, `/open/x?status=${one}`]),
    ],
  },
];

describe.each(["nginx", "haproxy"] as const)("%s", (name) => {
  const isThere = hasApache && existsSync(foreignServers[name].program);
  // The pages that a server has of its own are its own, and a server that is not there is 502 for one and 503 for the other.
  const told = ({ status, fields, body }: SceneAnswer): unknown => {
    const { "content-type": type, "cache-control": _kept, etag: _tag, "last-modified": _date, ...rest } = fields;
    const isOwn = /<html|<head/i.test(body) || fields["location"] !== undefined;
    return { status: body === "later" ? 503 : status, rest, type: isOwn ? "" : type, body: isOwn ? "" : body };
  };
  const isAsked = (path: string): boolean => name === "nginx" || /^\/(?:app|dead|open|closed)/.test(path);

  describeIf(isThere, `apache2 or ${name} is not there`)("sends the pages of ErrorDocument", () => {
    test.each(cases)("$title", async ({ lines, paths }) => {
      const modules = ["auth_basic", "authn_file", "authn_core", "authz_user"];
      const scene = await startScene(name, { lines, files: { "page.html": "the page" }, modules });
      try {
        const texts = new Set<string>();
        for (const path of paths.filter(isAsked)) {
          const { before, after } = await scene.ask({ path });
          texts.add(before.body);
          expect([path, told(after)]).toEqual([path, told(before)]);
        }
        expect(texts.size).toBeGreaterThan(name === "nginx" ? 2 : 0);
      } finally {
        await scene.stop();
      }
    });
  });
});
