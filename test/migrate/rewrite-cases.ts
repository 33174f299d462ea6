/** A request to a server with rules. */
export interface RewriteRequest {
  readonly host: string;
  readonly path: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Rules of a host as people write them, and requests that meet and miss them. */
export interface RewriteCase {
  readonly title: string;
  readonly text: string;
  readonly requests: readonly RewriteRequest[];
  /** Lines of mod_rewrite that the report must call lost. */
  readonly lost?: number;
}

const host = (rules: string, more = ""): string => String.raw`Listen 80
ServerRoot /etc/apache
ServerName main.example
DocumentRoot /srv/none
${more}
<VirtualHost *:80>
ServerName a.example
ServerAlias www.a.example *.b.example
RewriteEngine On
${rules}
</VirtualHost>
`;

const paths = ["/", "/old", "/old/", "/old/x.html", "/old/x%20y/z", "/new", "/a?b=c", "/old/q?x=1&y=2", "/Old/x"];
const ask = (list: readonly string[], name = "a.example"): readonly RewriteRequest[] =>
  list.map((path) => ({ host: name, path }));
const names = ["a.example", "www.a.example", "WWW.A.example", "x.b.example", "a.example:8080"];
const everywhere = names.flatMap((name) => ask(paths, name));

/** Each idiom with its variations. */
export const rewriteCases: readonly RewriteCase[] = [
  {
    title: "everything to https",
    text: host("RewriteCond %{HTTPS} off\nRewriteRule ^(.*)$ https://%{HTTP_HOST}%{REQUEST_URI} [R=301,L]"),
    requests: everywhere,
  },
  {
    title: "everything to https by the name of the server",
    text: host("RewriteCond %{HTTPS} !=on\nRewriteRule ^/?(.*) https://%{SERVER_NAME}/$1 [R,L]"),
    requests: everywhere,
  },
  {
    title: "conditions that never hold",
    text: host(
      "RewriteCond %{HTTPS} =off\nRewriteCond %{HTTPS} on\nRewriteRule ^ https://never.example/ [R]\nRewriteRule ^/old - [F]",
    ),
    requests: everywhere,
  },
  {
    title: "one name, with www",
    text: host("RewriteCond %{HTTP_HOST} !^www\\. [NC]\nRewriteRule ^/(.*)$ http://www.a.example/$1 [R=301,L]"),
    requests: everywhere,
  },
  {
    title: "one name, without www, whatever it is",
    text: host("RewriteCond %{HTTP_HOST} ^www\\.(.+)$ [NC]\nRewriteRule ^(.*)$ http://%1$1 [R=301,L]"),
    requests: everywhere,
  },
  {
    title: "one of several names",
    text: host(
      "RewriteCond %{HTTP_HOST} ^x\\. [OR]\nRewriteCond %{HTTP_HOST} =www.a.example [NC]\nRewriteRule ^/old(/.*)?$ http://a.example/new$1 [R=302,L]",
    ),
    requests: everywhere,
  },
  {
    title: "moved paths, with and without their query",
    text: host(
      "RewriteRule ^/old/(.*)\\.html$ /new/$1 [R=301,L]\nRewriteRule ^/old/q$ /new?z=1 [R=301,QSA,L]\nRewriteRule ^/old/$ /new? [R=301,L]\nRewriteRule ^/OLD$ http://else.example/b?c=d [NC,R,L]",
    ),
    requests: [...everywhere, ...ask(["/old?x=y", "/old/?x=y", "/OLD", "/old/a/b.html?q"])],
  },
  {
    title: "a canonical name in redirects to paths",
    text: host("RewriteRule ^/old(.*) /new$1 [R=301,L]", "UseCanonicalName On"),
    requests: everywhere,
  },
  {
    title: "what is forbidden and what is gone",
    text: host(
      "RewriteRule ^/dir/.*/c - [F]\nRewriteRule \\.(exe|dll)$ - [F,NC]\nRewriteRule ^/gone - [G]\nRewriteCond %{REQUEST_METHOD} ^(TRACE|DELETE)$\nRewriteRule .* - [F]",
    ),
    requests: [
      ...ask(["/x.exe", "/x.EXE", "/x.exe/y", "/dir/a%0Ab/c", "/gone", "/gone/x?y", "/", "/agone"]),
      { host: "a.example", path: "/", method: "DELETE" },
    ],
  },
  {
    title: "robots and foreign pages that show our pictures",
    text: host(
      'RewriteCond %{HTTP_USER_AGENT} "^(wget|curl)" [NC,OR]\nRewriteCond %{HTTP_USER_AGENT} ^$\nRewriteRule ^ - [F,L]\nRewriteCond %{HTTP_REFERER} !^$\nRewriteCond %{HTTP_REFERER} !^http://a\\.example/ [NC]\nRewriteRule \\.(gif|jpg)$ - [F]',
    ),
    requests: ["", "Wget/1", "Mozilla/5", null].flatMap((agent) =>
      [null, "http://a.example/x", "http://else.example/", "HTTP://A.EXAMPLE/"].flatMap((referer) =>
        ["/a.gif", "/a.html"].map((path) => ({
          host: "a.example",
          path,
          headers: {
            ...(agent === null ? {} : { "User-Agent": agent }),
            ...(referer === null ? {} : { Referer: referer }),
          },
        })),
      ),
    ),
  },
  {
    title: "conditions on the query, the path and any field",
    text: host(
      "RewriteCond %{QUERY_STRING} (^|&)id=7(&|$)\nRewriteRule ^/a$ /seven? [R=301,L]\nRewriteCond %{REQUEST_URI} !^/static/\nRewriteCond %{HTTP:X-Old} yes\nRewriteRule ^/(.*) http://old.example/$1 [R=302,L]\nRewriteCond %{QUERY_STRING} !.\nRewriteRule ^/empty$ - [G]",
    ),
    requests: [
      ...ask(["/a?id=7", "/a?x&id=7&y", "/a?id=77", "/a", "/empty", "/empty?", "/empty?x"]),
      ...["/static/x", "/x", "/x?y=z"].flatMap((path) =>
        ["yes", "no"].map((old) => ({ host: "a.example", path, headers: { "X-Old": old } })),
      ),
    ],
  },
  {
    title: "rules for all but some paths, and other statuses",
    text: host(
      "RewriteRule !^/(keep|old/x) http://else.example%{REQUEST_URI} [R=301,L]\nRewriteRule ^ https://next.example/ [R=307,L]",
    ),
    requests: [...everywhere, ...ask(["/keep", "/keep?x=1", "/a?x=%2F"])],
  },
  {
    title: "redirects behind rules, and rules of the main server, which hosts do not have",
    text: host(
      "RewriteRule ^/both /rewritten [R=301,L]\nRedirect 302 /both /redirected\nRedirect 302 /only /redirected",
      "RewriteEngine On\nRewriteRule ^/ - [F]",
    ),
    requests: ask(["/both", "/only", "/"]),
  },
  {
    title: "a rule that is lost stops redirects behind it, and refusals stay",
    text: host(
      "RewriteRule ^/inside /other\nRewriteRule ^/x http://else.example/ [R,L]\nRewriteRule ^/secret - [F]\nRewriteCond %{TIME_HOUR} <99\nRewriteRule ^/night - [F]",
    ),
    requests: ask(["/secret", "/night", "/"]),
    lost: 4,
  },
  {
    title: "an engine that is off",
    text: host("RewriteRule ^/x - [F]\nRewriteEngine Off\nRedirect 302 /y http://else.example/"),
    requests: ask(["/x", "/y"]),
  },
];
