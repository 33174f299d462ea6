import { existsSync } from "node:fs";

import { describeIf } from "../support/shared.ts";
import { foreignServers, startScene, type SceneAnswer, type SceneRequest } from "./foreign-scene.ts";
import { hasApache } from "./support.ts";

interface Case {
  readonly title: string;
  readonly lines: string;
  readonly requests: readonly (string | SceneRequest)[];
}

/** What a request gets from files or from a server behind; both have the same lines. */
const cases: readonly Case[] = [
  {
    title: "set, add, append, merge, unset and setifempty, one behind the other",
    lines: `ProxyPass /app http://BACK/app
ProxyPass /dead http://EMPTY/
Header set X-Set "one two"
Header set X-Twice first
Header set X-Twice second
Header add X-Add a
Header add X-Add b
Header append X-Set three
Header merge X-Set three
Header merge X-Merge m
Header setifempty X-Empty was-empty
Header set X-Gone gone
Header unset X-Gone
Header unset X-Powered-By
Header unset ETag
Header unset Last-Modified
Header append X-List last
Header set Cache-Control "max-age=60, public"
Header always set X-Always always
Header always add X-Always too
Header set X-Both from-success
Header always set X-Both from-always
Redirect 302 /old http://b.example/
<Location /closed>
Require all denied
</Location>`,
    requests: [
      ...["/", "/none", "/closed", "/old", "/app/x", "/dead/x"],
      "/app/x?X-Set=theirs&X-Add=theirs&X-Merge=a,m&X-Empty=full&X-Powered-By=PHP&X-Gone=1",
      "/app/x?X-List=a&Cache-Control=no-store&Vary=Cookie&ETag=%22x%22&Last-Modified=Mon,%2001%20Jan%202024%2000:00:00%20GMT",
      "/app/x?X-Always=theirs&X-Both=theirs&Set-Cookie=a=1&Set-Cookie=b=2",
      "/app/x?status=404&X-Set=theirs",
      "/app/x?status=503",
      "/app/x?status=301&location=http://c.example/",
    ],
  },
  {
    title: "lines of sections on top of those of the server",
    lines: `ProxyPass /app http://BACK/app
Header set X-Where server
Header always set X-Frame-Options DENY
<Location /app/in>
Header append X-Where location
</Location>
<Directory /srv/none/sub>
Header set X-Where folder
Header always unset X-Frame-Options
Header unset X-Other
</Directory>
<FilesMatch "\\.(css|html)$">
Header set X-Kind static
</FilesMatch>
<Files secret.css>
Header set X-Kind secret
Require all denied
</Files>
`,
    requests: [
      "/",
      "/sub/",
      "/sub/a.css",
      "/a.css",
      "/a.html",
      "/secret.css",
      "/sub/secret.css",
      "/app/x",
      "/app/in/x",
    ],
  },
  {
    title: "lines of a section that sends elsewhere",
    lines: `Header set X-Where server
<Location /moved>
Header always set X-Moved yes
Redirect 301 /moved http://b.example/moved
</Location>`,
    requests: ["/moved/x", "/moved", "/"],
  },
  {
    title: "conditions on variables, on what was asked and on the status",
    lines: `ProxyPass /app http://BACK/app
SetEnv FIXED yes
SetEnvIf User-Agent "^Old" is_old
SetEnvIfNoCase Origin "^https://(www\\.)?a\\.example$" from_us
BrowserMatch "Very" is_old
Header set X-Fixed "%{FIXED}e" env=FIXED
Header set X-Never yes env=!FIXED
Header set X-Age old env=is_old
Header set X-Age new env=!is_old
Header append X-Age asked "expr=%{QUERY_STRING} =~ /age/"
Header set Access-Control-Allow-Origin "expr=%{HTTP:Origin}" env=from_us
Header unset X-Theirs env=is_old
Header always set X-Missing yes "expr=%{REQUEST_STATUS} == 404"
Header always set X-Fault yes "expr=%{REQUEST_STATUS} -ge 400 && %{REQUEST_METHOD} == 'GET'"
Header set X-Path here "expr=%{REQUEST_URI} =~ m#^/app/deep#"
Header echo ^X-Echo$
RequestHeader set X-Tls no "expr=%{HTTPS} == 'off'"
RequestHeader set X-Old yes env=is_old`,
    requests: [
      ...["/", "/none", "/app/x", "/app/deep/x", "/app/x?age=1&X-Theirs=1", "/app/x?status=404"],
      ...["Older", "Newer", "VeryNew", "Oldest Very"].map((agent) => ({
        path: "/app/x?X-Theirs=1",
        headers: { "User-Agent": agent, Origin: "https://www.a.example", "X-Echo": "hello" },
      })),
      { path: "/", headers: { "User-Agent": "Old", Origin: "https://evil.example" } },
      { path: "/none", method: "HEAD" },
    ],
  },
  {
    title: "what goes to the server behind",
    lines: `ProxyPass /app http://BACK/app
RequestHeader set X-Set value
RequestHeader add X-Add more
RequestHeader append X-Append more
RequestHeader merge X-Merge b
RequestHeader setifempty X-Empty filled
RequestHeader unset X-Unset
RequestHeader unset X-Proxy early
<Location /app/in>
RequestHeader set X-Set inner
RequestHeader unset X-Add
</Location>`,
    requests: ["/app/x", "/app/in/x"].flatMap((path): SceneRequest[] => [
      { path },
      {
        path,
        headers: {
          "X-Set": "theirs",
          "X-Add": "theirs",
          "X-Append": "theirs",
          "X-Merge": "a, b",
          "X-Empty": "full",
          "X-Unset": "gone",
          "X-Proxy": "gone",
        },
      },
    ]),
  },
  {
    title: "edits of what another server sent",
    lines: `ProxyPass /app http://BACK/app
Header edit X-Edit "b+" "<$0>"
Header edit X-Parts "^(.*)-(.*)$" "$2 and $1"`,
    requests: ["/app/x", "/app/x?X-Edit=abba-bb&X-Parts=a-b-c", "/app/x?X-Edit=none&X-Parts=none"],
  },
];

/** A value as a word of httpd: quoted, with a percent sign for each of two. */
const word = (value: string): string => `"${value.replace(/["\\]/g, "\\$&").replaceAll("%", "%%")}"`;

describe.each(["nginx", "haproxy"] as const)("%s", (name) => {
  const isThere = hasApache && existsSync(foreignServers[name].program);
  const isFile = (path: string): boolean => !/^\/(?:app|dead|old|moved|closed)/.test(path);
  // The server that nobody answers for, and the pages of errors, have names of their own.
  const told = ({ status, fields, body }: SceneAnswer): unknown => {
    const isOwn = status >= 300 && !body.startsWith("[");
    const { "content-type": type, etag, "cache-control": kept, ...others } = fields;
    // HAProxy says of its own pages that they must not be kept.
    const rest = kept === undefined || (isOwn && name === "haproxy") ? others : { ...others, kept };
    const tag = etag === undefined || body.startsWith("[") ? etag : "of a file";
    return { status, fields: isOwn ? rest : { ...rest, type, tag }, body: isOwn ? "" : body };
  };

  describeIf(isThere, `apache2 or ${name} is not there`)("sends the fields that mod_headers sends", () => {
    test.each(cases)("$title", async ({ lines, requests }) => {
      const files = {
        "a.css": "a",
        "a.html": "a",
        "secret.css": "a",
        "sub/a.css": "a",
        "sub/secret.css": "a",
        "sub/index.html": "a",
      };
      const scene = await startScene(name, { lines, files });
      try {
        const said = scene.judged.filter(({ verdict }) => verdict.kind === "dropped" && verdict.decides);
        expect(said.map(({ text }) => text)).toEqual([]);
        for (const one of requests) {
          const request = typeof one === "string" ? { path: one } : one;
          if (name === "haproxy" && isFile(request.path)) continue;
          const { before, after } = await scene.ask(request);
          // A server that is not there is 502 for one and 503 for the other.
          const status = request.path.startsWith("/dead") ? after.status : before.status;
          expect([request, told(after)]).toEqual([request, told({ ...before, status })]);
        }
      } finally {
        await scene.stop();
      }
    });

    test("with values of any characters", async () => {
      const printable = Array.from({ length: 95 }, (_, index) => String.fromCharCode(index + 32)).join("");
      const values = [
        ...[printable, "a\\b\\", '"', "'", "$1 ${x} $host", "%[src] %ci %", "# {x};", "\\$", "é\ta", "a\\\\", "}", "{"],
        ..."\"'\\$%#;{}()[]&|~`,".split("").flatMap((one) => [`${one}a`, `a${one} b`, one + one]),
      ];
      const lines = values.map(
        (value, index) => `Header set X-V${index} ${word(value)}\nHeader always set X-W${index} ${word(value)}`,
      );
      const scene = await startScene(name, { lines: `ProxyPass /app http://BACK/app\n${lines.join("\n")}` });
      try {
        expect(
          scene.judged.filter(({ text, verdict }) => text.startsWith("Header") && verdict.kind === "dropped"),
        ).toEqual([]);
        const { before, after } = await scene.ask({ path: "/app/x" });
        expect(Object.keys(before.fields).length).toBeGreaterThan(2 * values.length - 1);
        expect(after).toEqual(before);
      } finally {
        await scene.stop();
      }
    });
  });
});
