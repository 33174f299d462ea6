import type { Wanted } from "./answering-backend.ts";

/** `BACKEND` is the address of the server behind, `FOLDER` the test's folder. */
export const configuration = `
DocumentRoot FOLDER/www
<Directory />
Require all denied
</Directory>
<Directory FOLDER/www>
Require all granted
</Directory>
SetEnvIf Request_URI ^/a/unproxied no-proxy
Alias /both FOLDER/www/plain
Redirect /sent http://redirect.example/
ProxyPass /both http://BACKEND/both
ProxyPass /sent/proxied http://BACKEND/sent
ProxyPass /a/not !
ProxyPass /a/ http://BACKEND/b/
ProxyPass /a/late http://BACKEND/late
ProxyPass /bare http://BACKEND
ProxyPass /slash http://BACKEND/
ProxyPass /glued/ http://BACKEND
ProxyPass /cut/ http://BACKEND/cut
ProxyPass /added http://BACKEND/added/
ProxyPass /raw http://BACKEND/raw nocanon
ProxyPass /rawslash/ http://BACKEND/rawslash/ nocanon
ProxyPass /noquery http://BACKEND/noquery noquery
ProxyPass /rawnoquery http://BACKEND/rawnoquery nocanon noquery
ProxyPass /odd%20base http://BACKEND/odd%20base
ProxyPass "/sp ace" "http://BACKEND/sp ace"
ProxyPass /q http://BACKEND/q?fixed=1
ProxyPassMatch ^/m/(.*)\\.gif$ http://BACKEND/images/$1.png
ProxyPassMatch ^/whole http://BACKEND
ProxyPassMatch ^/mb/([a-z]+)/([0-9]+) http://BACKEND/$2/$1
ProxyPassMatch ^/mraw/(.*)$ http://BACKEND/mraw/$1 nocanon
ProxyPassMatch ^/mnot !
ProxyPass ~ ^/tilde/(.*) http://BACKEND/tilde/$1
ProxyPass /mnot http://BACKEND/mnot
ProxyPass /ws ws://BACKEND/ws
ProxyPass /ws http://BACKEND/http
ProxyPass /denied http://BACKEND/denied
ProxyPass /keep http://BACKEND/keep
ProxyPass /override http://BACKEND/override
ProxyPass /redirected http://BACKEND/redirected
<Proxy http://BACKEND/denied>
Require all denied
</Proxy>
<Proxy *>
ProxyPreserveHost Off
</Proxy>
<Location /loc>
ProxyPass http://BACKEND/loc
ProxyPassReverse http://BACKEND/loc
</Location>
<Location /loc/inner>
ProxyPass http://BACKEND/inner
</Location>
<Location /loc/none>
ProxyPass !
</Location>
<Location /a/located>
ProxyPass http://BACKEND/located
</Location>
<Location /star*>
ProxyPass http://BACKEND/star
</Location>
<LocationMatch ^/lm/(.*)$>
ProxyPass http://BACKEND/lm/$1
</LocationMatch>
<LocationMatch ^/lplain>
ProxyPass http://BACKEND/lplain
</LocationMatch>
<LocationMatch ^/lmm/(.*)$>
ProxyPassMatch http://BACKEND/lmm/$1
</LocationMatch>
<Location /keep>
ProxyPreserveHost On
</Location>
<Location /a/closed>
Require all denied
</Location>
<Location /override>
ProxyErrorOverride On
</Location>
<Location /redirected>
Redirect /redirected/away http://away.example/
</Location>
ProxyPassReverse /a/ http://BACKEND/b/
ProxyPassReverse /bare http://BACKEND
ProxyPassReverse /path/ /inner/path/
ProxyPassReverse /front http://inner.example/app
ProxyPassReverseCookieDomain inner.example front.example
ProxyPassReverseCookiePath /b /a
ProxyPassReverseCookiePath / /root
<VirtualHost *>
ServerName front.example
</VirtualHost>
<VirtualHost *>
ServerName vhost.example
ProxyPass /own http://BACKEND/own
ProxyPass /a/ http://BACKEND/vhost/
ProxyVia On
</VirtualHost>
<VirtualHost *>
ServerName alone.example
ProxyPassInherit Off
ProxyPass /a/ http://BACKEND/alone/
ProxyVia Full
</VirtualHost>
`;

/** Asked with GET, as they stand. */
export const targets = [
  "/a/",
  "/a",
  "/a/x",
  "/a//x",
  "//a/x",
  "/a/x?y=z",
  "/a/x?",
  "/a/x?y z".replace(" ", "%20"),
  "/a/../a/x",
  "/a/./x",
  "/a/../x",
  "/a/%41",
  "/a/%7e",
  "/a/~",
  "/a/%2e%2e/x",
  "/a/b%2fc",
  "/a/%25",
  "/a/%252f",
  "/a/%20",
  "/a/x%3fy",
  "/a/x%23y",
  "/a/x;y=1",
  "/a/x%3by",
  "/a/ä".replace("ä", "%c3%a4"),
  "/a/x'(),*!$&@:=+",
  "/a/x%22%3c%3e%5c%5e%60%7b%7c%7d",
  '/a/x"<>^`{|}',
  "/a/not",
  "/a/not/x",
  "/a/notx",
  "/a/late",
  "/a/unproxied",
  "/a/closed",
  "/a/located/x",
  "/a/located",
  "/bare",
  "/bare/",
  "/bare/x",
  "/barex",
  "/slash",
  "/slash/",
  "/slash/x",
  "/glued/",
  "/glued/x",
  "/glued/1",
  "/cut/x",
  "/cut/",
  "/added",
  "/added/x",
  "/raw/x",
  "/raw/%41%2fb?x=%20",
  "/raw/%7e",
  "/raw//x",
  "/raw/../raw/y",
  "/r%61w/x",
  "/rawslash/a%2fb",
  "/rawslash/%20x",
  "/rawslash//x",
  "/noquery/x?y",
  "/rawnoquery/x?y",
  "/odd%20base/x",
  "/odd%2520base/x",
  "/sp%20ace/x",
  "/q/x",
  "/q?a=b",
  "/m/a.gif",
  "/m/a/b.gif?c",
  "/m/a.png",
  "/whole",
  "/whole/x",
  "/wholex",
  "/mb/abc/12",
  "/mb/abc/12/more",
  "/mb/1",
  "/mraw/%41/x?y",
  "/mraw/a%20b",
  "/mnot/x",
  "/tilde/x",
  "/tilde/a b".replace(" ", "%20"),
  "/ws",
  "/ws/x",
  "/denied",
  "/denied/x",
  "/both/x",
  "/both",
  "/sent/x",
  "/sent/proxied/x",
  "/loc",
  "/loc/x",
  "/locx",
  "/loc/inner",
  "/loc/inner/x",
  "/loc/none/x",
  "/star",
  "/starry",
  "/starry/x",
  "/lm/x",
  "/lm/a/b",
  "/lplain",
  "/lplain/x",
  "/lmm/x",
  "/redirected/x",
  "/redirected/away/x",
  "/plain/x",
  "/missing",
  "http://front.example/a/x",
  "http://front.example/raw/x%41",
  "http://front.example",
];

/** What the server behind answers with to a path; `BACK` is its port. */
export const answers: readonly (readonly [Wanted, string])[] = [
  ...[
    "http://127.0.0.1:BACK/b/next",
    "http://127.0.0.1:BACK/B/next",
    "http://127.0.0.1:BACK/b",
    "http://127.0.0.1:BACK/",
    "http://other.example/b/next",
    "/b/next",
    "/inner/path/x",
    "http://any.example/inner/path/x",
    "http://inner.example/app/x",
    "http://inner.example/application",
    "HTTP://INNER.example/APP/x",
    "relative",
    "",
  ].flatMap((location): readonly (readonly [Wanted, string])[] => [
    [{ status: "302 Found", fields: [`Location: ${location}`] }, "/a/x"],
    [{ fields: [`Content-Location: ${location}`, `URI: ${location}`] }, "/a/x"],
  ]),
  [{ status: "302 Found", fields: ["Location: http://127.0.0.1:BACK/loc/x"] }, "/loc/x"],
  ...[
    "a=b; path=/b/x; domain=inner.example",
    "a=b; Path=/; Domain=.inner.example",
    "a=b; domain=INNER.EXAMPLE; path=/b",
    "a=b",
    "path=/b; domain=inner.example",
    "a=b;path=/b",
    "a=b; HttpOnly; path=/bb; Secure",
    "a=b; path=",
    "a=b; path=x",
  ].map((cookie): readonly [Wanted, string] => [
    { fields: [`Set-Cookie: ${cookie}`, "Set-Cookie: second=1; path=/b"] },
    "/a/x",
  ]),
  [{ status: "404 Not Found" }, "/a/x"],
  [{ status: "404 Not Found" }, "/override/x"],
  [{ status: "401 No", fields: ["WWW-Authenticate: Basic realm=x"] }, "/override/x"],
  [{ status: "304 Not Modified", body: "" }, "/a/x"],
  [{ status: "500 Oops" }, "/a/x"],
  [{ fields: ["Via: 1.1 somebody"] }, "/a/x"],
];
