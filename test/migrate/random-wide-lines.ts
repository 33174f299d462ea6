import type { Random } from "../differential/random.ts";

/** Which httpd a random configuration is for. */
export type RandomDialect = "1.3" | "2.0" | "2.2" | "2.4";

/** Networks and names of clients, in every form that Allow takes. */
export const wideOrigins = (dialect: RandomDialect): readonly string[] => [
  "192.168",
  "10.1.2.0/255.255.255.0",
  "10.1.2.3/32",
  ".partner.example",
  "host.partner.example",
  "None",
  ...(dialect === "1.3" ? [] : ["2001:db8::/32", "2001:db8::5", "::1"]),
];

/** Lines that stand in a server, a host or a section: fields, types, error pages, expiry. */
export function placeLine({ pick }: Random, dialect: RandomDialect): string {
  const lines = [
    'Header set X-One "one"',
    "Header append X-Two two",
    "Header unset X-One",
    'Header add Cache-Control "max-age=60"',
    "ExpiresActive On",
    "ExpiresDefault A3600",
    'ExpiresByType text/html "access plus 1 hour"',
    "ErrorDocument 404 /missing.html",
    "ErrorDocument 403 http://errors.example/denied",
    dialect === "1.3" ? 'ErrorDocument 404 "Nothing here' : 'ErrorDocument 404 "Nothing here"',
    "AddType text/x-thing .thing .thong",
    "AddEncoding x-gzip .gz",
    "AddLanguage de .de",
    "AddCharset UTF-8 .utf8",
    "AddDefaultCharset On",
    "DirectoryIndex index.html index.cgi",
    "AddHandler server-parsed .shtml",
    "ServerSignature Off",
    "SetEnv STAGE live",
    "SetEnvIf User-Agent ^Bad flag",
    "SetEnvIfNoCase Referer evil flag",
    "SetEnvIf Remote_Addr ^10\\.1 flag",
  ];
  const later = [
    "RequestHeader set X-Front yes",
    "RequestHeader unset X-Front",
    "AddOutputFilter INCLUDES .shtml",
    "AddOutputFilter INCLUDES;DEFLATE .gif .t?t",
    "AddOutputFilterByType DEFLATE text/html text/plain",
    "SetOutputFilter DEFLATE",
  ];
  return pick(dialect === "1.3" ? lines : [...lines, ...later]);
}

/** Lines that stand in a server or a host alone. */
export function hostLine({ pick }: Random, dialect: RandomDialect): readonly string[] {
  const alike = [
    ["ProxyPass /p/ http://10.1.1.1:8080/", "ProxyPassReverse /p/ http://10.1.1.1:8080/"],
    ["ProxyPass /p/q/ http://10.1.1.2/"],
    ["RewriteEngine On", "RewriteRule ^/rw/(.*)$ /a/$1 [PT,L]"],
    ["RewriteEngine On", "RewriteRule ^/go/(.*)$ http://new.example/$1 [R=301,L]"],
    ["RewriteEngine On", "RewriteCond %{HTTP_HOST} !^www\\.", "RewriteRule ^/shut - [F]"],
    ["RewriteEngine On", "RewriteCond %{REQUEST_METHOD} ^(PUT|DELETE)$", "RewriteRule .* - [F]"],
    ["UserDir public_html", "UserDir disabled root"],
    ["UserDir http://homes.example/*/"],
    ["UserDir /srv/home/*/web", "UserDir disabled root ben"],
    ["UserDir disabled", "UserDir enabled anna"],
    ["Redirect /both/old http://new.example/", "ProxyPass /both/ http://10.1.1.1/"],
    ["ProxyPass /both http://10.1.1.2", "RedirectMatch ^/both/(.*)\\.gif$ http://images.example/$1.png"],
    [
      "ProxyPass /both/x !",
      "ProxyPass /both/ http://10.1.1.1/",
      "Redirect gone /both/x",
      "Redirect /both http://new.example/",
    ],
    ["AliasMatch ^/icons?/(.*)$ /srv/alias/$1"],
    ["RedirectMatch 302 ^/r2/(.*)$ /a/$1"],
    ["Redirect seeother /see http://new.example/seen"],
    ["RedirectTemp /tmp http://new.example/tmp"],
    ["ScriptAlias /cgi-bin/ /srv/cgi/", "AddHandler cgi-script .cgi"],
    ["CustomLog logs/access combined", 'LogFormat "%h %l %u %t \\"%r\\" %>s %b" combined'],
    ["ErrorLog logs/error"],
    ["LimitRequestBody 100000"],
    ["ServerAdmin webmaster@a.example"],
    ["RedirectMatch ^/m2/([^/]*)/(.*)$ http://new.example/$2?from=$1"],
    ["Redirect /q http://new.example/s?x=1"],
    ['Redirect "/with space" http://new.example/ws'],
    ['Alias "/with space/d/" /srv/alias/'],
    ["AliasMatch ^/im/([a-z]+)/(.*)\\.gif$ /srv/alias/$1-$2.png"],
    ['Redirect "/é+(1)/" http://new.example/e/'],
    ['Alias "/ü" /srv/alias'],
    ['ProxyPass "/ö/" http://10.1.1.1/'],
    ["RewriteEngine On", 'RewriteRule "^/ß/(.*)$" /a/$1 [PT]'],
    ["ProxyPass /with/ http://10.1.1.1/x%20y/"],
    ["RewriteEngine On", "RewriteCond %{QUERY_STRING} ^id=([0-9]+)$", "RewriteRule ^/item$ /a/%1? [R,L]"],
    ["RewriteEngine On", "RewriteRule ^/up/(.*)$ http://10.1.1.1/$1 [P,QSA,L]"],
    ["RewriteEngine On", "RewriteRule ^/esc/(.*)$ http://new.example/$1 [R,NE,L]"],
    ["RewriteEngine On", "RewriteRule ^/c/([^/]+)/?$ /a/$1.html [NC,PT]"],
    ["RewriteEngine On", "RewriteCond %{HTTP_HOST} ^www\\.(.+)$ [NC]", "RewriteRule ^/(.*)$ http://%1/$1 [R=301,L]"],
    [
      "RewriteEngine On",
      "RewriteCond %{SERVER_PORT} !^443$",
      "RewriteRule ^/safe/(.*) https://a.example/safe/$1 [R,L]",
    ],
    ["RewriteEngine On", "RewriteRule ^/page/([0-9]+)$ /a/x?id=$1 [QSA,PT,L]"],
    ["RewriteEngine On", "RewriteRule ^/(one|two)(/.*)?$ /d$2 [PT,L]", "RewriteRule ^/three$ - [G]"],
    ["RewriteEngine On", "RewriteCond %{REMOTE_ADDR} !^10\\.", "RewriteRule ^/inside - [F,L]"],
    [
      "RewriteEngine On",
      'RewriteCond %{HTTP_USER_AGENT} "^Bad Robot" [OR]',
      "RewriteCond %{REQUEST_URI} ^/robot",
      "RewriteRule . - [F]",
    ],
    ["RedirectMatch ^/(fr|de)/(.*)$ http://$1.example/$2"],
    ["RedirectMatch permanent ^/$ http://new.example/start"],
    ["Redirect permanent / http://new.example/", "Alias /kept /srv/alias"],
    ["Redirect 303 /other http://new.example/other", "Redirect 404 /hidden"],
    ["RedirectPermanent /deep/er http://new.example/1", "Redirect /deep http://new.example/2"],
    [
      'Alias "/my files/" "/srv/my files/"',
      '<Directory "/srv/my files">',
      "Order deny,allow",
      "Deny from 10.1",
      "</Directory>",
    ],
    ["ScriptAlias /prog /srv/cgi/one.pl"],
    [
      "ProxyPass /both/keep/ !",
      "ProxyPass /both/ http://10.1.1.1/base/",
      "ProxyPassReverse /both/ http://10.1.1.1/base/",
    ],
    ["<Proxy *>", "Order deny,allow", "Deny from 192.168", "</Proxy>", "ProxyPass /pp/ http://10.1.1.2/"],
    ["SetEnvIf Host ^a\\. flag"],
    [
      "<Directory /srv/www/d>",
      "<LimitExcept GET HEAD>",
      "Order deny,allow",
      "Deny from all",
      "</LimitExcept>",
      "</Directory>",
    ],
    ["ServerAlias *.c.example other.example:81"],
  ];
  const later = [
    ["VirtualDocumentRoot /srv/vh/%0"],
    ["AllowEncodedSlashes On"],
    ["Alias /dot/ /srv/www/a/../d/"],
    ["ProxyPassMatch ^/pm/(.*)\\.do$ http://10.1.1.1/$1"],
    ["ProxyPassMatch ^(/pm/x/.*)$ http://10.1.1.2"],
  ];
  return pick(dialect === "1.3" ? alike : [...alike, ...later]);
}

/** Macros that a configuration of 2.4 may use, as `Use` calls them. */
export const macros = {
  lines: [
    "<Macro Closed $path>",
    "<Location $path>",
    "Require all denied",
    "</Location>",
    "</Macro>",
    "<Macro Site $name $root>",
    "<VirtualHost *:80>",
    "ServerName $name",
    "DocumentRoot $root",
    '<Directory "$root">',
    "Require ip 10.0.0.0/8 192.168",
    "</Directory>",
    "Redirect /old http://$name.new.example/",
    "</VirtualHost>",
    "</Macro>",
  ],
  inHost: ["Use Closed /a/b", "Use Closed /d", 'Use Closed "/alias"'],
  inServer: ["Use Site b.example /srv/www", "Use Site m.example /srv/m", "Use Closed /status"],
} as const;

/** Lines that count for some requests only; `body` makes what stands in each. */
export function conditionalLines({ pick, chance }: Random, body: () => readonly string[]): readonly string[] {
  const test = (): string =>
    pick([
      "%{REQUEST_METHOD} == 'POST'",
      "%{HTTP_HOST} == 'a.example'",
      "-R '10.0.0.0/8'",
      "%{REQUEST_URI} =~ m#^/a/#",
      "%{REMOTE_ADDR} == '192.168.1.5' || %{REQUEST_METHOD} == 'PUT'",
      "!(%{QUERY_STRING} == '')",
      "%{REQUEST_FILENAME} =~ /secret/",
    ]);
  return [
    `<If "${test()}">`,
    ...body(),
    "</If>",
    ...(chance(0.4) ? [`<ElseIf "${test()}">`, ...body(), "</ElseIf>"] : []),
    ...(chance(0.4) ? ["<Else>", ...body(), "</Else>"] : []),
  ];
}

/** Who may, as 2.4 writes it. */
export function requireLines({ pick, some }: Random): readonly string[] {
  const plain = (): string =>
    pick([
      "Require all granted",
      "Require all denied",
      "Require ip 10.0.0.0/8",
      "Require ip 192.168.1 10.1.2.3",
      "Require ip 2001:db8::/32",
      "Require env flag",
      "Require method GET POST",
      "Require valid-user",
      "Require user anna",
      "Require host partner.example",
      "Require local",
    ]);
  const block = (name: string): readonly string[] => [`<${name}>`, ...some(1, 3, plain), `</${name}>`];
  const auth = ["AuthType Basic", 'AuthName "here"', "AuthUserFile /srv/users"];
  const all = [
    "<RequireAll>",
    ...some(1, 2, plain),
    pick(["Require not ip 10.1.2.3", "Require not env flag"]),
    "</RequireAll>",
  ];
  return [...auth, ...pick([[plain()], [plain(), plain()], block("RequireAny"), block("RequireAll"), all])];
}

/** The same text as somebody else would write it: other cases of letters, quotes, blanks, comments, lines cut in two. */
export function disguised(text: string, { chance, pick }: Random): string {
  return text
    .split("\n")
    .flatMap((line) => {
      const [, start = "", name = "", rest = ""] = /^(<?\/?)([A-Za-z]+)(.*)$/.exec(line) ?? [];
      if (name === "" || line.startsWith("#")) return [line];
      const spelled = chance(0.2) ? pick([name.toLowerCase(), name.toUpperCase()]) : name;
      const quoted =
        chance(0.1) && /^ [\w./:-]+$/.test(rest) && start === "" && !/^listen$/i.test(name)
          ? ` "${rest.slice(1)}"`
          : rest;
      const cut =
        chance(0.1) && start === "" && /^ \S+ \S/.test(quoted) ? quoted.replace(/^ (\S+) /, " $1 \\\n    ") : quoted;
      const indent = pick(["", "", "    ", "\t"]);
      return [
        ...(chance(0.05) ? ["  # as it was"] : []),
        `${indent}${start}${spelled}${cut}${chance(0.05) ? "  " : ""}`,
      ];
    })
    .join("\n");
}
