import type { Part } from "./configuration.ts";
import type { Random } from "./random.ts";

/** Aliases of a server; ROOT is the document root. */
const aliases = String.raw`
Alias /al ROOT/a
Alias /al/ ROOT/a/b/
Alias /a/b ROOT/ab
Alias /x ROOT/f.txt
AliasMatch ^/al(.*) ROOT/ab$1
AliasMatch "^/al2/(.*)" "ROOT/$1"
ScriptAlias /cgi ROOT/a
AliasMatch ^/al3(.*)$ ROOT/f$1
Alias /al ROOT/ab/
Alias "/" ROOT/a/
Alias //al//b ROOT/x.d
Alias /~u1 ROOT/ab
ScriptAliasMatch ^/cgi/(.*) ROOT/ab/$1
AliasMatch /b ROOT/ab/f.txt
Alias "/s p" ROOT/a
Alias /A ROOT/a
Alias /a/b/c ROOT
Alias /al/../x ROOT/a
Alias /f.txt ROOT/a/f.txt
AliasMatch (?i)^/AL(/.*)?$ ROOT/a$1
AliasMatch ^/(.)/(.*)$ ROOT/$2
ScriptAlias /cgi/ ROOT/ab/
AliasMatch ^/a/(?:b|c)/(.*) ROOT/x.d/$1$2
Alias /é ROOT/a`;

const redirects = String.raw`
Redirect /r http://o.ex/q
Redirect permanent /a/b/c http://o.ex/c/
RedirectMatch ^/m(.*) http://o.ex$1
Redirect gone /ab
Redirect 307 /x /y
RedirectMatch 404 ^/nope
RedirectMatch "^/(?<n>a)/f" /q/$1
Redirect seeother /rr http://o.ex/x?z
RedirectPermanent /al http://o.ex/al
RedirectTemp /s%20p http://o.ex/
Redirect /s http://o.ex/s
RedirectMatch gone \.php$
Redirect 403 /A
RedirectMatch (.*)\.x$ http://o.ex/$1.y?$0&x=&
Redirect temp /a/ http://o.ex/a%20b/
RedirectMatch permanent ^/al2?/(.*)/(.*)$ http://o.ex/$2/$1
Redirect 308 /nope/ /
RedirectMatch 301 (?i)^/AB(.*) http://o.ex/ab$1
Redirect 410 /~u2
RedirectMatch ^/cgi/?(.+)? http://o.ex/\$1$1
Redirect /é http://o.ex/é
Redirect "/s p/" http://o.ex/sp/`;

const variables = String.raw`
SetEnvIf User-Agent BadBot e1
SetEnvIfNoCase user-agent ^mozilla e1 e2=x
BrowserMatch curl e2
SetEnvIf Remote_Addr ^127\.0\.0\.2$ e1
SetEnvIf Request_URI ^/a/ e1
SetEnvIf Request_URI //|\.\.|% e2
SetEnvIf Request_Method ^(GET|HEAD)$ e1
SetEnvIf e1 . !e1
SetEnvIf X-Test yes e3=$0
SetEnvIf Referer ^$ e2
SetEnvIf Referer evil e3 !e1
SetEnvIf Request_Protocol 1\.0 e1
SetEnvIf Server_Addr 127.0.0.1 e2
SetEnvIf ^X-T.* . e3
BrowserMatchNoCase bad e1
SetEnvIf Host ^a e2
SetEnvIf e2 . e1
SetEnv e1 1
SetEnvIf User-Agent ^ !e2
SetEnvIfNoCase Request_URI \.TXT$ e3
SetEnvIf x-test 1 e1
SetEnvIfExpr "%{REQUEST_URI} =~ m#b/#" e1
SetEnvIfExpr "-n %{QUERY_STRING}" e2=1 !e3
SetEnvIfExpr "%{REQUEST_METHOD} == 'GET' && reqenv('e2') == ''" e3
SetEnvIf Request_URI ^/(.)/(.*)$ e1=$1 e2=$2
SetEnvIf e1 ^a$ e3
SetEnvIf Authorization . e3
UnsetEnv e1
BrowserMatch ^Mozilla/[5-9] e2 !e1`;

const options = `
None
FollowSymLinks
-FollowSymLinks
SymLinksIfOwnerMatch
+FollowSymLinks
All
+Indexes
-FollowSymLinks +SymLinksIfOwnerMatch
Indexes
MultiViews FollowSymLinks
Indexes FollowSymLinks
+SymLinksIfOwnerMatch -Indexes
-Indexes -FollowSymLinks
ExecCGI Includes FollowSymLinks`;

const conditions = String.raw`
"%{REQUEST_URI} =~ m#^/a/#"
"%{HTTP_USER_AGENT} == 'curl/8'"
"-n %{QUERY_STRING}"
"%{REQUEST_METHOD} in {'GET', 'HEAD'}"
"%{REMOTE_ADDR} -ipmatch '127.0.0.2'"
"! req('X-Test') == 'yes' && true"
"%{REQUEST_URI} =~ /F\.TXT/i || false"
"-R '127.0.0.0/31'"
"%{HTTP_HOST} -strmatch '*.ex'"
"reqenv('e1') == '1'"
"-z %{HTTP:Referer}"
"%{tolower:%{HTTP_HOST}} == 'a.ex'"
"'abc' < 'abd' && !('a' eq 'b')"
"%{REQUEST_URI} -strcmatch '/A*'"
"-T reqenv('e2')"
"%{REQUEST_URI} !~ m#\.(txt|html)$#"
"toupper(%{REQUEST_METHOD}) == 'GET' and not %{REMOTE_ADDR} -ipmatch '127.1.0.0/16'"
"%{THE_REQUEST} =~ m#^GET /a#"
"%{HTTP_HOST} =~ /^(?<x>.)\.ex$/"
"%{REQUEST_URI} in { '/', '/f.txt', '/a/f.txt' }"
"md5('x') == '9dd4e461268c8034f5c8564e155c67a6'"
"unescape(%{REQUEST_URI}) == %{REQUEST_URI}"
"%{HTTP_HOST} ge 'b' && %{HTTP_HOST} lt 'd'"
"'2' -lt '10' && '2' gt '10'"
"%{escape:/a b} == '/a%%20b'"
"%{base64:ab} == 'YWI='"
"1 -eq 1 && (false || ! false)"`;

const indexes = [
  "g.html",
  "nope.html g.html",
  "disabled",
  "index.html h.php",
  "/a/f.txt",
  "nope index.html",
  "b/f.txt",
  "f.txt/pi",
  "../f.txt",
  "b/",
  "b",
  "f.txt?q=1",
  "/a/ /ab/f.txt",
  "/%61/f.txt",
] as const;

const lines = (text: string): readonly string[] => text.trim().split("\n");
const known = {
  aliases: lines(aliases),
  redirects: lines(redirects),
  variables: lines(variables),
  options: lines(options),
  conditions: lines(conditions),
};

export function optionsLine({ pick }: Random): string {
  return `Options ${pick(known.options)}`;
}

/** SetEnvIf and its kin. */
export function variableLines({ some, pick }: Random): readonly Part[] {
  return some(1, 3, () => pick(known.variables));
}

/** `If`, sometimes with what else may be; each of them has a stamp of its own, and at times something in it. */
export function conditionSections(
  random: Random,
  stamp: () => string,
  inner: () => readonly Part[],
  depth = 1,
): readonly Part[] {
  const { pick, chance } = random;
  const body = (): readonly Part[] => [
    stamp(),
    ...(chance(0.25) ? inner() : []),
    ...(depth > 0 && chance(0.15) ? conditionSections(random, stamp, inner, depth - 1) : []),
  ];
  return [
    { tag: `If ${pick(known.conditions)}`, parts: body() },
    ...(chance(0.25) ? [{ tag: `ElseIf ${pick(known.conditions)}`, parts: body() }] : []),
    ...(chance(0.1) ? [{ tag: `ElseIf ${pick(known.conditions)}`, parts: body() }] : []),
    ...(chance(0.25) ? [{ tag: "Else", parts: body() }] : []),
  ];
}

export function redirectLines({ some, pick }: Random): readonly Part[] {
  return some(1, 2, () => pick(known.redirects));
}

export function aliasLines({ some, pick }: Random, root: string): readonly Part[] {
  return some(1, 3, () => pick(known.aliases).replace("ROOT", root));
}

export function indexLine({ pick }: Random): string {
  return `DirectoryIndex ${pick(indexes)}`;
}
