import { existsSync } from "node:fs";

import { describeIf } from "../support/shared.ts";
import { foreignServers, startScene, type SceneAnswer, type SceneRequest } from "./foreign-scene.ts";
import { hasApache, migrateText } from "./support.ts";

interface MappingCase {
  readonly title: string;
  readonly lines: string;
  readonly requests: readonly (string | SceneRequest)[];
  /** Lines that are reported as lost. */
  readonly lost?: Readonly<Record<"nginx" | "haproxy", readonly string[]>>;
}

const files = {
  "docs/a.html": "a",
  "docs/index.html": "docs",
  "docs/secret/b.html": "b",
  "docs/.htx": "x",
  "docs/de/c.html": "c",
  "gif/one.gif": "one",
  "gif/private/two.gif": "two",
  "users/ann/www/index.html": "ann",
  "users/ann/www/p/x.html": "ann x",
  "users/root/www/x.html": "root",
  "hosts/www/docs/index.html": "host www",
  "hosts/b/docs/index.html": "host b",
  "hosts/b/docs/priv/x.html": "host b x",
  "hosts/_/docs/index.html": "host _",
  "plain/a.html": "plain",
  "fixed.ico": "icon",
  "fixed/a.html": "fixed",
};

const cases: readonly MappingCase[] = [
  {
    title: "AliasMatch gives what its expression matches another folder, whose sections count",
    lines: `AliasMatch ^/manual(?:/(?:de|en))?(/.*)?$ /srv/none/docs$1
<Directory /srv/none/docs/secret>
Require all denied
</Directory>
<FilesMatch "^\\.ht">
Require all denied
</FilesMatch>`,
    requests: [
      "/manual/a.html",
      "/manual",
      "/manual/",
      "/manual/de/",
      "/manual/de/a.html",
      "/manual/de/secret/b.html",
      "/manual/secret/b.html",
      "/manual/secret",
      "/manual/%73ecret/b.html",
      "/manual/en/.htx",
      "/manual/.htx",
      "/manual/de/de/c.html",
      "/manuals/a.html",
      "/docs/secret/b.html",
      "/docs/a.html",
    ],
  },
  {
    title: "the first of Alias and AliasMatch lines counts",
    lines: `AliasMatch ^/i/(.*)\\.gif$ /srv/none/gif/$1.gif
Alias /i/gone /srv/none/plain
Alias /i /srv/none/docs
AliasMatch ^/i/(.*)$ /srv/none/fixed/$1
AliasMatch /icon\\.ico$ /srv/none/fixed.ico
<Directory /srv/none/gif/private>
Require all denied
</Directory>
<Location /i/closed>
Require all denied
</Location>
<Location /i/gone>
Require all granted
</Location>`,
    requests: [
      "/i/one.gif",
      "/i/private/two.gif",
      "/i/a.html",
      "/i/gone/a.html",
      "/i/gone/one.gif",
      "/i/closed/one.gif",
      "/i/closed",
      "/any/where/icon.ico",
      "/icon.ico",
      "/i/icon.ico",
    ],
  },
  {
    title: "a path for which a section stands goes where the expression says",
    lines: `AliasMatch ^/m/([a-z]+)$ /srv/none/$1/a.html
<Location /m/docs>
Header set X-Here docs
</Location>
<Location /m/plain>
Require all denied
</Location>`,
    requests: ["/m/docs", "/m/plain", "/m/fixed", "/m/none", "/m/docs/a"],
  },
  {
    title: "users have their folders, some of them none",
    lines: `UserDir /srv/none/users/*/www
UserDir disabled root
<Directory /srv/none/users/*/www/p>
Require all denied
</Directory>`,
    requests: ["/~ann", "/~ann/", "/~ann/p/x.html", "/~root/x.html", "/~ROOT/x.html", "/~../ann/www/", "/~no/x", "/~"],
  },
  {
    title: "enabled users alone have folders, and others are sent elsewhere",
    lines: `UserDir http://users.example/*/www
UserDir disabled
UserDir enabled ann bob
<Location /~ann>
Require all denied
</Location>`,
    requests: ["/~ann/a%20b", "/~bob", "/~bob/x?y=1", "/~Bob/x", "/~eve/x"],
  },
  {
    title: "UserDir with a folder that has no sign for the user",
    lines: "UserDir /srv/none/users",
    requests: ["/~ann/www/", "/~ann/www/p/x.html", "/~ann"],
  },
  {
    title: "names of hosts give the folder",
    lines: `VirtualDocumentRoot /srv/none/hosts/%1/docs
Alias /plain /srv/none/plain
<Directory /srv/none/hosts/*/docs/priv>
Require all denied
</Directory>`,
    requests: ["a.example", "b.example", "B.example", "www.b.example", "b"].flatMap((Host) =>
      ["/", ...(/^b/i.test(Host) ? ["/priv/x.html"] : []), "/plain/a.html", "/none"].map((path) => ({
        path,
        headers: { Host },
      })),
    ),
  },
  {
    title: "parts of names from both ends, and what they do not have",
    lines: "VirtualDocumentRoot /srv/none/hosts/%-3/docs",
    requests: ["x.b.y.z", "b.example.com", "www.b.example.com:80", "b.example"].map((Host) => ({
      path: "/",
      headers: { Host },
    })),
  },
  {
    title: "ProxyPassMatch fills the path in, in its turn among other lines",
    lines: `ProxyPassMatch ^/p/(.*)\\.do$ http://BACK/app/$1
ProxyPass /p/x http://BACK/fixed
ProxyPassMatch ^/p/(.*)$ http://BACK/late/$1
ProxyPassReverse /p/ http://BACK/app/
<Location /p/shut>
Require all denied
</Location>
<Proxy http://BACK/late>
Require all denied
</Proxy>`,
    requests: [
      "/p/a/b.do?q=1",
      "/p/a%20b.do",
      "/p/x/y",
      "/p/x.do",
      "/p/x/z.do",
      "/p/shut/a.do",
      "/p/y",
      "/docs/a.html",
    ],
  },
  {
    title: "a URL without a part to fill in has the whole path behind it",
    lines: `ProxyPassMatch ^/whole http://BACK
ProxyPassMatch ^/below http://BACK/more
ProxyPassMatch ^/cut(/.*)$ http://BACK$1`,
    requests: ["/whole/a?b", "/wholes", "/below/x%20y", "/cut/x", "/cut"],
  },
  {
    title: "lines of mod_proxy in sections for expressions",
    lines: `<LocationMatch ^/lm/([a-z]+)/(.*)$>
ProxyPassMatch http://BACK/$1/$2
</LocationMatch>
<LocationMatch ^/lm/shut/>
Require all denied
</LocationMatch>`,
    requests: ["/lm/a/b", "/lm/shut/b", "/lm/a", "/docs/a.html"],
  },
  {
    title: "what cannot be said is closed",
    lines: `AliasMatch ^/x(.*)/end$ /srv/none/docs/.$1/a
AliasMatch ^/y/(?<n>.*)$ /srv/none/docs/$1
<Location /y/shut>
Require all denied
</Location>`,
    requests: [],
    lost: {
      nginx: ["AliasMatch ^/x(.*)/end$ /srv/none/docs/.$1/a", "AliasMatch ^/y/(?<n>.*)$ /srv/none/docs/$1"],
      haproxy: ["AliasMatch ^/x(.*)/end$ /srv/none/docs/.$1/a", "AliasMatch ^/y/(?<n>.*)$ /srv/none/docs/$1"],
    },
  },
];

describe.each(["nginx", "haproxy"] as const)("%s", (name) => {
  const isThere = hasApache && existsSync(foreignServers[name].program);
  // HAProxy has no files: what was one is not found there, and what is kept closed stays so.
  const told = (answer: SceneAnswer): unknown => {
    const { status, fields, body } = answer;
    if (status === 401 || status === 403) return status;
    const isSent = status === 302 && fields["location"]?.startsWith("http://users") === true;
    // httpd sends a space as it is.
    if (isSent) return [status, fields["location"]?.replaceAll(" ", "%20")];
    if (body.startsWith("[")) return [status, body];
    if (name === "haproxy") return "a file or none";
    return status === 200
      ? [status, body, fields["x-here"]]
      : [status, fields["location"]?.replace(/^http:\/\/[^/]+/, "")];
  };

  describeIf(isThere, `apache2 or ${name} is not there`)("finds what lines with expressions lead to", () => {
    test.each(cases)("$title", async ({ lines, requests, lost }) => {
      const scene = await startScene(name, { lines, files, modules: ["userdir", "vhost_alias", "headers"] });
      try {
        const said = scene.judged.filter(({ verdict }) => verdict.kind === "dropped" && verdict.decides);
        expect(said.map(({ text }) => text)).toEqual(lost?.[name] ?? []);
        const [before, after]: [unknown[], unknown[]] = [[], []];
        for (const one of requests) {
          const request = typeof one === "string" ? { path: one } : one;
          const answers = await scene.ask(request);
          before.push([request, told(answers.before)]);
          after.push([request, told(answers.after)]);
        }
        expect(after).toEqual(before);
      } finally {
        await scene.stop();
      }
    });
  });
});

test("folders of users are taken to lie in /home, and the report says so", () => {
  const { migration, text } = migrateText("Listen 80\nUserDir public_html\nDocumentRoot /srv/www\n", { to: "nginx" });
  expect(text).toMatch(/alias "\/home\/\$\{\w+\}\/public_html\$\{\w+\}";/);
  expect(migration.lines[1]?.verdict).toMatchObject({ kind: "changed", why: expect.stringContaining("/home") });
});

test.each(["nginx", "haproxy"] as const)("%s answers 503 where a line with an expression cannot be said", (to) => {
  const lines = "Listen 80\nServerName a.example\nDocumentRoot /srv/www\n";
  const { migration, text } = migrateText(`${lines}ProxyPassMatch ^/x(.*)$ http://10.0.0.1$1\n`, {
    to,
    dialect: "2.4",
  });
  expect(text).toMatch(to === "nginx" ? /\^\/x.*\{\n.*=503;/ : /deny_status 503/);
  expect(migration.lines[3]?.verdict).toMatchObject({ kind: "dropped", decides: true });
});
