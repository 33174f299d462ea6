import { existsSync } from "node:fs";

import { freePorts } from "../../src/migrate/verify/real-server.ts";
import { startFastcgi } from "../support/fastcgi-server.ts";
import { describeIf } from "../support/shared.ts";
import { foreignServers, startScene, type Scene, type SceneAnswer, type SceneRequest } from "./foreign-scene.ts";
import { hasApache, migrateText } from "./support.ts";

const compared = [
  "SCRIPT_FILENAME",
  "SCRIPT_NAME",
  "PATH_INFO",
  "QUERY_STRING",
  "REQUEST_METHOD",
  "REQUEST_URI",
  "REMOTE_USER",
  "HTTP_AUTHORIZATION",
  "HTTP_PROXY",
  "HTTP_X_OWN",
];

/** The status, and what a program was told. What is empty may as well be left out. */
function told({ status, body, fields }: SceneAnswer): unknown {
  if (fields["content-type"] !== "application/json") return [status, status === 200 ? body : ""];
  const values = JSON.parse(body) as Readonly<Record<string, string>>;
  // httpd says in front of the name of the file that it was sent on.
  const bare = (text: string): string => text.replace(/^proxy:fcgi:\/\/[^/]*\/?(?=\/)/, "");
  return [
    status,
    compared.flatMap((name) => ((values[name] ?? "") === "" ? [] : [`${name}=${bare(values[name] ?? "")}`])),
  ];
}

const files = {
  "a.php": "source",
  "b.txt": "text",
  "blog/index.php": "source",
  "blog/c.php": "source",
  "empty/x": "x",
};
const headers = { "X-Own": "1", Proxy: "evil", Authorization: "Basic YWRtaW46eA==" };
const get = (path: string): SceneRequest => ({ path, headers });

const cases: readonly (Scene & { readonly title: string; readonly requests: readonly SceneRequest[] })[] = [
  {
    title: "a handler for files of PHP",
    lines: `<Directory /srv/none>
Require all granted
DirectoryIndex index.php
</Directory>
<FilesMatch "\\.php$">
SetHandler "proxy:fcgi://FCGI"
</FilesMatch>
<Files "c.php">
Require all denied
</Files>`,
    requests: [
      get("/a.php"),
      get("/a.php?x=1&y=2"),
      { ...get("/a.php"), method: "POST", length: 10 },
      get("/b.txt"),
      get("/blog/"),
      get("/blog/c.php"),
      get("/b.txt/a.php"),
    ],
  },
  {
    title: "AddHandler",
    lines: `<Directory /srv/none>
Require all granted
AddHandler "proxy:fcgi://FCGI" .php
</Directory>`,
    requests: [get("/a.php"), get("/a.php/more/of?it"), get("/b.txt"), get("/b.txt/a.php")],
  },
  {
    title: "FallbackResource beside it",
    lines: `<Directory /srv/none>
Require all granted
DirectoryIndex index.php
FallbackResource /a.php
</Directory>
<Directory /srv/none/blog>
FallbackResource /blog/index.php
</Directory>
<Directory /srv/none/empty>
FallbackResource disabled
</Directory>
<FilesMatch "\\.php$">
SetHandler "proxy:fcgi://FCGI"
</FilesMatch>`,
    requests: [
      get("/a.php"),
      get("/b.txt"),
      get("/none"),
      get("/none/below?q=1"),
      get("/blog/none"),
      get("/blog/"),
      get("/empty/none"),
    ],
  },
  {
    title: "FallbackResource that is a file to send",
    lines: `<Directory /srv/none>
Require all granted
FallbackResource /b.txt
</Directory>
<Location /closed>
Require all denied
</Location>`,
    requests: [get("/none"), get("/b.txt"), get("/blog/none/x"), get("/closed/none")],
  },
];

/** What httpd says of a program's name is that of the page, and no more of what was asked for. */
const nginx = foreignServers.nginx;

describeIf(hasApache && existsSync(nginx.program), "apache2 or nginx is not there")("nginx", () => {
  test.each(cases)("runs programs as httpd does: $title", async ({ lines, requests }) => {
    const [port = 0] = await freePorts(1);
    const program = await startFastcgi(port);
    const scene = await startScene("nginx", {
      lines: lines.replaceAll("FCGI", `127.0.0.1:${port}`),
      files,
      modules: ["proxy_fcgi"],
      ownPrograms: true,
    });
    try {
      expect(scene.judged.filter(({ verdict }) => verdict.kind === "dropped")).toEqual([]);
      const [before, after]: [unknown[], unknown[]] = [[], []];
      for (const request of requests) {
        const answers = await scene.ask(request);
        before.push([request.path, told(answers.before)]);
        after.push([request.path, told(answers.after)]);
      }
      expect(after).toEqual(before);
    } finally {
      await scene.stop();
      program.close();
    }
  });
});

it("names no user to a program whom nobody has asked for a password", () => {
  const lines = (more: string): string => `Listen 80
ServerName a.example
DocumentRoot /srv/none
<Directory /srv/none>
AuthType Basic
AuthName x
AuthUserFile /etc/users
Require ${more}
</Directory>
<FilesMatch "\\.php$">
SetHandler "proxy:unix:/run/php.sock|fcgi://localhost"
</FilesMatch>`;
  const output = (more: string): string => migrateText(lines(more), { to: "nginx", dialect: "2.4" }).text;
  expect(output("all granted")).not.toContain("REMOTE_USER");
  expect(output("valid-user")).toMatch(/REMOTE_USER[^}]*fastcgi_pass unix:\/run\/php\.sock;/);
});

it.each([
  ["a server at a name", 'SetHandler "proxy:fcgi://php.example:9000"'],
  ["a server with a path", 'SetHandler "proxy:fcgi://127.0.0.1:9000/other"'],
  ["another protocol", 'SetHandler "proxy:scgi://127.0.0.1:9000"'],
])("%s is lost, and no source is sent", (_, line) => {
  const { migration, text } = migrateText(
    `Listen 80\nServerName a.example\nDocumentRoot /srv/none\n<FilesMatch "\\.php$">\n${line}\n</FilesMatch>\n`,
    { to: "nginx", dialect: "2.4" },
  );
  expect(migration.lines.find((one) => one.text === line)?.verdict).toMatchObject({ kind: "dropped", decides: true });
  expect(text).toContain("=501;");
});
