import fc from "fast-check";

import { dialects } from "../../grammar/dialect.ts";
import type { Dialect } from "../../src/compile/table.ts";
import { memoryFileSystem } from "../../src/config/memory-file-system.ts";
import type { Match, Refusal } from "../../src/routing/match.ts";
import { createRouter, isRefusal, type RouterOptions } from "../../src/routing/router.ts";
import { compileText } from "../support/compile-text.ts";

function routed(text: string, target: string, dialect: Dialect = "1.3", options: RouterOptions = {}): Match | Refusal {
  const { table, problems } = compileText(dialect === "1.3" ? text : `Listen 80\n${text}`, dialect);
  expect(problems).toEqual([]);
  return createRouter(table, options).route({
    localAddress: "10.0.0.1",
    localPort: 80,
    host: "x.ex",
    target,
    method: "GET",
  });
}

function match(text: string, target: string, dialect: Dialect = "1.3", options: RouterOptions = {}): Match {
  const answer = routed(text, target, dialect, options);
  if (isRefusal(answer)) throw new Error(answer.reason);
  return answer;
}

const sections = ({ sections: list }: Match): readonly string[] =>
  list.map(({ kind, argument }) => `${kind} ${argument}`);

test("an answer depends on an expression in a container of Require lines as on one outside of it", () => {
  const text = `<Location /a>
<RequireAny>
<RequireAll>
Require expr %{SSL_PROTOCOL} == 'x'
Require all granted
</RequireAll>
Require ip 10.0.0.0/8
</RequireAny>
</Location>
<Location /b>
<RequireAny>
Require ip 10.0.0.0/8
</RequireAny>
</Location>`;
  expect(match(text, "/a", "2.4").dependsOn.map(({ args }) => args[0])).toEqual(["expr"]);
  expect(match(text, "/b", "2.4").dependsOn).toEqual([]);
});

describe("candidacy functions", () => {
  const list = ({ pipeline }: Match): readonly string[] =>
    pipeline.map((step) => [step.function, step.argument].filter(Boolean).join(" "));
  const text = `
Backhand byAge 20
DocumentRoot /srv
<Directory /srv/app>
Backhand byAge 6
Backhand byRandom
BackhandFromSO libexec/byHostname.so byHostname "^web(1|2)"
</Directory>
<Location /app/status>
Backhand off
</Location>
<Files *.gif>
</Files>
`;
  test("those at server level are the default", () => {
    expect(list(match(text, "/x"))).toEqual(["byAge 20"]);
  });

  test("a section with its own replaces the inherited list, one without inherits it", () => {
    expect(list(match(text, "/app/x.gif"))).toEqual(["byAge 6", "byRandom", "byHostname ^web(1|2)"]);
    expect(match(text, "/app/x").pipeline[2]).toMatchObject({ from: "libexec/byHostname.so", place: { line: 7 } });
  });

  test("later sections win", () => {
    expect(list(match(text, "/app/status/"))).toEqual(["off"]);
  });
});

describe("effective directives", () => {
  test("the last line wins and names those that it overrides", () => {
    const text = `DocumentRoot /srv\nServerAdmin a@ex\n<Directory /srv>\nErrorDocument 404 /a\nErrorDocument 403 /b\n</Directory>\n<Location />\nErrorDocument 404 /c\n</Location>`;
    const { effective } = match(text, "/x");
    const lines = effective.map(
      ({ name, args, place, overrides }) =>
        `${name} ${args.join(" ")} ${place.line} over ${overrides.map(({ line }) => line).join(",")}`,
    );
    expect(lines).toContain("ErrorDocument 404 /c 8 over 4");
    expect(lines).toContain("ErrorDocument 403 /b 5 over ");
    expect(lines).toContain("ServerAdmin a@ex 2 over ");
  });

  test("Options of plain words replace, those with signs are added", () => {
    const text = `<Directory />\nOptions Indexes\n</Directory>\n<Directory /srv>\nOptions +ExecCGI\n</Directory>\n<Location /x>\nOptions None\n</Location>`;
    const options = (target: string): readonly string[] =>
      match(`DocumentRoot /srv\n${text}`, target)
        .effective.map(({ args }) => args.join(" "))
        .slice(1);
    expect(options("/a")).toEqual(["Indexes", "+ExecCGI"]);
    expect(options("/x")).toEqual(["None"]);
  });

  test("Order, Allow and Deny go together, so that a section with one of them drops all outer ones", () => {
    const text = `DocumentRoot /srv\n<Directory />\nOrder deny,allow\nDeny from all\n</Directory>\n<Location /open>\nAllow from 10\n</Location>`;
    expect(match(text, "/open").effective.map(({ name }) => name)).toEqual(["DocumentRoot", "Allow"]);
  });
});

describe("handlers", () => {
  const text = `
DocumentRoot /srv
ScriptAlias /cgi-bin/ /srv/cgi/
AddHandler server-parsed .shtml .SHT
<Location /status>
SetHandler backhand-handler
</Location>
<Location /status/plain>
SetHandler None
</Location>
`;
  test.each([
    ["/status", "backhand-handler"],
    ["/status/plain", null],
    ["/a.shtml.en", "server-parsed"],
    ["/a.sht", "server-parsed"],
    ["/cgi-bin/x", "cgi-script"],
    ["/a.txt", null],
  ])("%s: %s", (target, expected) => {
    expect(match(text, target, "2.4").handler).toBe(expected);
  });
});

describe("redirects", () => {
  /** Status and location, as httpd 2.4.71 answered. */
  const text = `
DocumentRoot /srv
RedirectMatch ^/amp/(.*) http://h.ex/[&]/$1/$0
RedirectMatch ^/esc/(.*) http://h.ex/$1?q=$1#f
Redirect /red http://h.ex/to
Redirect permanent /perm http://h.ex/
Redirect gone /gone
Redirect 403 /forb
RedirectMatch 404 ^/nf
`;
  test.each([
    ["/amp/a%20b", 302, "http://h.ex/%5b&%5d/a%20b//amp/a%20b"],
    ["/esc/a%20b%26?z=1", 302, "http://h.ex/a%20b&?q=a b&#f"],
    ["/red", 302, "http://h.ex/to"],
    ["/red/x%20y?q=1", 302, "http://h.ex/to/x%20y?q=1"],
    ["/red//a", 302, "http://h.ex/to/a"],
    ["//red/a", 302, "http://h.ex/to/a"],
    ["/perm/x", 301, "http://h.ex//x"],
    ["/gone/x", 410, null],
    ["/forb", 403, null],
    ["/nf", 404, null],
  ])("%s: %i %s", (target, status, location) => {
    expect(routed(text, target, "2.4")).toMatchObject({ status, location });
  });

  test("a prefix ends at a slash", () => {
    expect(routed(text, "/redx", "2.4")).toHaveProperty("filename", "/srv/redx");
  });

  test("until 2.2 an ampersand stands for the whole match", () => {
    expect(routed("DocumentRoot /srv\nRedirectMatch ^/a(.) http://h.ex/&-\\&-$1", "/ab", "1.3")).toHaveProperty(
      "location",
      "http://h.ex//ab-&-b",
    );
  });

  test("one in a section comes with the match, to be used once access is granted", () => {
    const inside = match(
      `DocumentRoot /srv\n<Location /in>\nRedirect /in http://h.ex/two\n</Location>`,
      "/in/a?q",
      "2.4",
    );
    expect(inside.redirect).toMatchObject({ status: 302, location: "http://h.ex/two/a?q", place: { line: 4 } });
  });

  test("2.4 takes one without a path for the whole Location, before anything else", () => {
    const whole = `DocumentRoot /srv\n<Location /in>\nRedirect 301 http://h.ex/whole\n</Location>`;
    expect(routed(whole, "/in/more?x", "2.4")).toMatchObject({ status: 301, location: "http://h.ex/whole?x" });
  });
});

describe("file names", () => {
  test.each([
    ["/al/x.txt", "/srv/d1/x.txt"],
    ["/al//x.txt", "/srv/d1/x.txt"],
    ["/al", "/srv/www/al"],
    ["/bl", "/srv/d2"],
    ["/blx", "/srv/www/blx"],
    ["/am/q/w", "/srv/m/q/w"],
    ["/x?y", "/srv/www/x"],
  ])("%s is %s", (target, filename) => {
    const text = `DocumentRoot /srv/www/\nAlias /al/ /srv/d1/\nAlias /bl /srv/d2\nAliasMatch ^/am/(.*) /srv/m/$1`;
    for (const dialect of dialects) expect(match(text, target, dialect).filename).toBe(filename);
  });

  test("a virtual host's aliases come before the main server's", () => {
    const text =
      "DocumentRoot /srv\nAlias /a /main\n<VirtualHost 10.0.0.1>\nAlias /a /own\nDocumentRoot own\n</VirtualHost>";
    expect(match(text, "/a/x").filename).toBe("/own/x");
  });
});

describe("folders by text, where the files are elsewhere", () => {
  const text = `DocumentRoot /srv\n<Directory /srv>\n</Directory>\n<Directory /srv/app>\n</Directory>\n<Directory /srv/*>\n</Directory>`;
  test("a path that ends in a slash is a folder", () => {
    expect(sections(match(text, "/app/"))).toEqual(["Directory /srv", "Directory /srv/app", "Directory /srv/*"]);
  });

  test("a path that a Directory section names is one too, so that leaving out the slash opens nothing", () => {
    expect(sections(match(text, "/app"))).toEqual(["Directory /srv", "Directory /srv/app"]);
    expect(sections(match(text, "/other"))).toEqual(["Directory /srv"]);
  });

  test("2.x walks into files as if they were folders, as long as links may be followed", () => {
    expect(sections(match(text, "/other", "2.4"))).toEqual(["Directory /srv", "Directory /srv/*"]);
    expect(sections(match(`Options None\n${text}`, "/other", "2.4"))).toEqual(["Directory /srv"]);
  });
});

describe("folders by looking", () => {
  const facts = memoryFileSystem({ "/srv/x.php": "", "/srv/d/index.html": "", "/srv/d/e/": "" });
  const text = `DocumentRoot /srv\n<Files x.php>\n</Files>\n<Directory /srv/d/e>\n</Directory>`;
  test("what lies behind a file is PATH_INFO", () => {
    const found = match(text, "/x.php/a/b", "1.3", { facts });
    expect(found).toMatchObject({ filename: "/srv/x.php", pathInfo: "/a/b", fileKind: "file" });
    expect(sections(found)).toEqual(["Files x.php"]);
  });

  test("of what is missing the first name counts", () => {
    expect(match(text, "/d/no/such", "1.3", { facts })).toMatchObject({
      filename: "/srv/d/no",
      pathInfo: "/such",
      fileKind: "missing",
    });
  });

  test("a folder has its index files as requests of their own", () => {
    const found = match(text, "/d/", "1.3", { facts });
    expect(found.index).toMatchObject([{ filename: "/srv/d/index.html", fileKind: "file" }]);
  });

  test("a balanced folder is handed on as it is", () => {
    expect(match(`${text}\nBackhand byAge`, "/d/", "1.3", { facts }).index).toEqual([]);
  });

  test("a path of thousands of segments asks for few files", () => {
    let asked = 0;
    const counting = { kindOf: (path: string) => (asked++, facts.kindOf(path)) };
    match(text, "/no".repeat(1300), "2.4", { facts: counting });
    expect(asked).toBeLessThan(10);
  });
});

describe("laws", () => {
  const { table } = compileText(
    `Listen 80\nDocumentRoot /srv\nAlias /a /srv/b\n<Directory /srv/*>\nRequire all denied\n</Directory>\n<LocationMatch "^/(?!x)[^/]+/(.*)$">\n</LocationMatch>\n<Files ~ "^\\.ht">\n</Files>`,
    "2.4",
  );
  const request = fc.record({
    localAddress: fc.oneof(fc.constant("10.0.0.1"), fc.string()),
    localPort: fc.nat(70_000),
    host: fc.option(fc.oneof(fc.constant("a.ex"), fc.string())),
    target: fc.oneof(
      fc.string(),
      fc
        .string({ unit: fc.constantFrom("/", ".", "%2e", "%2f", "a", "?", "#", "%", "\u00ff") })
        .map((text) => `/${text}`),
    ),
    method: fc.constantFrom("GET", "BREW"),
  });

  test("no request makes it throw, and the same request has the same answer", () => {
    const first = createRouter(table);
    const second = createRouter(table);
    fc.assert(
      fc.property(request, (each) => {
        expect(first.route(each)).toEqual(second.route(each));
      }),
      { numRuns: 500 },
    );
  });

  test("file names stay below the document root or an alias", () => {
    const { route } = createRouter(table);
    fc.assert(
      fc.property(request, (each) => {
        const answer = route(each);
        if (isRefusal(answer)) return;
        expect(answer.filename.split("/")).not.toContain("..");
        expect(/^\/srv(?:\/|$)/.test(answer.filename)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  test("spelling a path otherwise changes neither file nor sections", () => {
    const { route } = createRouter(table);
    const ask = (target: string): unknown => {
      const answer = route({ localAddress: "10.0.0.1", localPort: 80, host: "a", target, method: "GET" });
      return isRefusal(answer) ? answer.status : [answer.filename, sections(answer)];
    };
    const segment = fc.stringMatching(/^[a-z.]{1,4}$/).filter((text) => !/^\.+$/.test(text));
    fc.assert(
      fc.property(fc.array(segment, { minLength: 1, maxLength: 4 }), fc.nat(3), (path, how) => {
        const plain = `/${path.join("/")}`;
        const respelled = [
          plain.replaceAll("/", "//"),
          plain.replace(/[a-z]/g, (letter) => `%${letter.charCodeAt(0).toString(16)}`),
          `/zz/..${plain}`,
          plain.replaceAll("/", "/./"),
        ][how];
        expect(ask(respelled ?? plain)).toEqual(ask(plain));
      }),
    );
  });

  test("a path too long for a pattern that has to backtrack is refused, not let through", () => {
    const aliased = compileText('Listen 80\nAliasMatch "^/(?!x)[^/]+/(.*)$" /srv/$1\n', "2.4").table;
    const answer = createRouter(aliased).route({
      localAddress: "10.0.0.1",
      localPort: 80,
      host: "a",
      target: `/y/${"a".repeat(5000)}`,
      method: "GET",
    });
    expect(answer).toHaveProperty("status", 414);
  });
});

describe("sections for what is sent on", () => {
  const many = (line: (at: number) => string): string => Array.from({ length: 20 }, (_, at) => line(at)).join("\n");

  test("those of 2.x apply in file order, however many there are", () => {
    const text = `ProxyPass / http://b7.ex/in/
<Proxy *>
</Proxy>
${many((at) => `<Proxy http://b${at}.ex>\n</Proxy>\n<Proxy http://b${at}.ex/*/x>\n</Proxy>`)}
<ProxyMatch ^http://b[0-9]\\.ex/in>
</ProxyMatch>
<ProxyMatch ^http://b7\\.ex/in/de>
</ProxyMatch>
<Proxy http://b7.e[x]/in*>
</Proxy>
<Proxy http://b7.ex/in/>
</Proxy>`;
    expect(sections(match(text, "/deep/x", "2.4"))).toEqual([
      "Proxy *",
      "Proxy http://b7.ex",
      "Proxy http://b7.ex/*/x",
      "ProxyMatch ^http://b[0-9]\\.ex/in",
      "ProxyMatch ^http://b7\\.ex/in/de",
      "Proxy http://b7.e[x]/in*",
      "Proxy http://b7.ex/in/",
    ]);
    expect(sections(match(text, "/", "2.4"))).not.toContain("Proxy http://b7.ex/*/x");
  });

  test("so do the folders of 1.3 for them", () => {
    const text = `ProxyPass / http://b7.ex/in/
<Directory proxy:*>
</Directory>
${many((at) => `<Directory proxy:http://b${at}.ex>\n</Directory>`)}
<Directory proxy:http://b7.ex/in/>
</Directory>`;
    expect(sections(match(text, "/x", "1.3"))).toEqual([
      "Directory proxy:*",
      "Directory proxy:http://b7.ex",
      "Directory proxy:http://b7.ex/in/",
    ]);
  });
});

describe("linesOnly", () => {
  const text = `
Backhand byAge 20
DocumentRoot /srv
<Directory /srv>
Order deny,allow
Deny from all
</Directory>
RewriteEngine On
RewriteRule ^/x /y
<Directory /srv/app>
Backhand byRandom
Require valid-user
ErrorDocument 404 /none
</Directory>
<Location /app/status>
Redirect /app/status http://other.ex/
SetHandler server-status
</Location>
`;
  const without = ({ access, dependsOn, ...rest }: Match): unknown => ({ ...rest, has: [access, dependsOn].length });

  test.each(["/", "/app/x", "/app/status"])("finds all for %s but access and what it depends on", (target) => {
    const whole = routed(text, target);
    const lines = routed(text, target, "1.3", { linesOnly: true });
    if (isRefusal(whole) || isRefusal(lines)) throw new Error("Expected a match");
    expect(without(lines)).toEqual(without(whole));
    expect(lines.dependsOn).toEqual([]);
    expect(lines.access).toEqual(match("DocumentRoot /srv", "/").access);
    expect(whole.access).not.toEqual(lines.access);
    expect(whole.dependsOn).not.toEqual([]);
  });
});
