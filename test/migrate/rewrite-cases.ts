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
  /** Lines of mod_rewrite that the report must call lost; for one of the servers, when they differ. */
  readonly lost?: number | Readonly<Record<"nginx" | "haproxy", number>>;
  /** Files in the document root. */
  readonly files?: readonly string[];
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

const folder = (rules: string, inner: string | null = null): string => String.raw`Listen 80
ServerRoot /etc/apache
ServerName a.example
DocumentRoot /srv/none
<Directory /srv/none>
RewriteEngine On
${rules}
</Directory>
${inner === null ? "" : `<Directory /srv/none/sub>\n${inner}\n</Directory>`}
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
      "RewriteRule ^/inside /usr/other\nRewriteRule ^/x http://else.example/ [R,L]\nRewriteRule ^/secret - [F]\nRewriteCond %{TIME_HOUR} <99\nRewriteRule ^/night - [F]",
    ),
    requests: ask(["/secret", "/night", "/"]),
    lost: 4,
  },
  {
    title: "an engine that is off",
    text: host("RewriteRule ^/x - [F]\nRewriteEngine Off\nRedirect 302 /y http://else.example/"),
    requests: ask(["/x", "/y"]),
  },
  {
    title: "moved inside, with and without PT, and their queries",
    text: host(
      "RewriteRule ^/old/(.*)\\.htm$ /new/$1.txt [L,PT,QSA]\nRewriteRule ^/OLD2/(.*) /new/$1 [NC,L]\nRewriteRule ^/item-(\\d+)$ /show.txt?id=$1 [L]\nRewriteRule ^/more-(\\d+)$ /show.txt?id=$1 [QSA,L]\nRewriteRule ^/bare$ /show.txt? [L]\nRewriteRule ^/moved(/.*)?$ /new$1",
    ),
    files: ["new/a.txt", "new/b/c.txt", "new/x y.txt", "show.txt", "old/a.htm"],
    requests: ask([
      ...["/old/a.htm", "/old/b/c.htm?x=1", "/old/x%20y.htm", "/old2/a.txt", "/Old2/b/c.txt?y", "/item-7", "/item-7?x"],
      ...["/more-7", "/more-7?x=1&y", "/bare", "/bare?x=1", "/moved/a.txt", "/moved/b/c.txt?q=1", "/item-x"],
      ...["/new/a.txt", "/old/a.html"],
    ]),
  },
  {
    title: "chains of rules, the last of which redirects, and rules that end them",
    text: host(
      "RewriteRule ^/keep/ - [L]\nRewriteRule ^/a/(.*)$ /b/$1\nRewriteRule ^/b/(.*)$ /c/$1\nRewriteRule ^/c/go$ http://else.example/gone [R=301,L]\nRewriteRule ^/c/no - [F]\nRewriteRule ^/keep/a /c/no",
    ),
    files: ["a/x.txt", "b/x.txt", "c/x.txt", "keep/a.txt"],
    requests: ask(["/a/x.txt", "/b/x.txt", "/c/x.txt", "/a/go", "/b/go?x=1", "/a/no", "/keep/a.txt", "/keep/x"]),
  },
  {
    title: "conditions on names lead to folders",
    text: host(
      "RewriteCond %{HTTP_HOST} ^x\\. [NC]\nRewriteRule ^/(.*) /sites/x/$1 [L]\nRewriteCond %{QUERY_STRING} ^p=(\\d+)$\nRewriteRule ^/page$ /pages/one.txt? [L]",
    ),
    files: ["sites/x/a.txt", "a.txt", "pages/one.txt"],
    requests: [...ask(["/a.txt", "/page?p=3", "/page?p=x"]), ...ask(["/a.txt", "/b"], "x.b.example")],
  },
  {
    title: "a front controller of a host, which asks for files below the document root",
    text: host(
      "RewriteCond %{DOCUMENT_ROOT}%{REQUEST_URI} !-f\nRewriteCond %{DOCUMENT_ROOT}%{REQUEST_URI} !-d\nRewriteRule ^/(.*)$ /front.txt?q=$1 [L,QSA]",
    ),
    files: ["front.txt", "a.txt", "dir/b.txt"],
    requests: ask(["/a.txt", "/b.txt", "/b?x=1", "/dir/b.txt", "/dir/c", "/front.txt"]),
    lost: { nginx: 0, haproxy: 3 },
  },
  {
    title: "either of two files",
    text: host(
      "RewriteCond %{DOCUMENT_ROOT}/%{REQUEST_FILENAME} -f [OR]\nRewriteCond %{HTTP:X-As-It-Is} yes\nRewriteRule .* - [L]\nRewriteRule ^/ /front.txt [L]",
    ),
    files: ["front.txt", "a.txt"],
    requests: ["yes", "no"].flatMap((one) =>
      ["/a.txt", "/b.txt", "/"].map((path) => ({ host: "a.example", path, headers: { "X-As-It-Is": one } })),
    ),
    lost: { nginx: 0, haproxy: 4 },
  },
  {
    title: "what leads where a Location says more, or could leave its folder, is not carried over",
    text: host(
      "RewriteRule ^/x(.*) /new/$1 [L]\nRewriteRule ^/y/(.*) /inside/$1 [L]\nRewriteRule ^/z - [F]\n<Location /inside>\nRequire all denied\n</Location>",
    ),
    files: ["new/a.txt"],
    requests: ask(["/z", "/"]),
    lost: 2,
  },
  {
    title: "redirects look at what PT leaves",
    text: host("RewriteRule ^/a/(.*) /b/$1 [PT]\nRewriteRule ^/skip - [L]\nRedirect 302 /b/old http://else.example/b"),
    files: ["b/x.txt"],
    requests: ask(["/a/x.txt", "/a/old", "/b/old", "/skip/b"]),
    lost: { nginx: 2, haproxy: 0 },
  },
  {
    title: "the rules of a weblog in its folder",
    text: folder(
      "RewriteBase /\nRewriteRule ^front\\.txt$ - [L]\nRewriteCond %{REQUEST_FILENAME} !-f\nRewriteCond %{REQUEST_FILENAME} !-d\nRewriteRule . /front.txt [L]",
    ),
    files: ["front.txt", "a.txt", "dir/b.txt"],
    requests: ask(["/a.txt", "/b.txt?x=1", "/dir/b.txt", "/dir/c", "/front.txt", "/dir/d/e?y"]),
    lost: { nginx: 0, haproxy: 3 },
  },
  {
    title: "the rules of a portal, with the path in the query",
    text: folder(
      "RewriteCond %{REQUEST_FILENAME} !-f\nRewriteCond %{REQUEST_FILENAME} !-d\nRewriteCond %{REQUEST_URI} !=/favicon.ico\nRewriteRule ^(.*)$ front.txt?q=$1 [L,QSA]",
    ),
    files: ["front.txt", "a.txt", "dir/b.txt"],
    requests: ask(["/a.txt", "/b/c?x=1", "/dir/b.txt", "/favicon.ico", "/node/1", "/front.txt"]),
    lost: { nginx: 0, haproxy: 4 },
  },
  {
    title: "the rules of a framework, which leave alone what is there",
    text: folder(
      "RewriteCond %{REQUEST_FILENAME} -f [OR]\nRewriteCond %{REQUEST_FILENAME} -d\nRewriteRule ^.*$ - [NC,L]\nRewriteRule ^.*$ front.txt [NC,L]",
    ),
    files: ["front.txt", "a.txt", "dir/b.txt"],
    requests: ask(["/a.txt", "/b/c?x=1", "/dir/b.txt", "/dir/c", "/front.txt"]),
    lost: { nginx: 0, haproxy: 4 },
  },
  {
    title: "redirects, moved names and refusals of a folder, and a folder in it with rules of its own",
    text: folder(
      "RewriteBase /\nRewriteRule ^old/(.*)$ http://else.example/$1 [R=301,L]\nRewriteRule ^same$ newer.txt [R,L]\nRewriteRule \\.bak$ - [F]\nRewriteRule ^art-(\\d+)\\.html$ show.txt?id=$1 [L]\nRewriteCond %{HTTP:X-Test} yes\nRewriteRule ^test/(.*) /a.txt [L]",
      "RewriteEngine On\nRewriteRule ^x$ /a.txt [L]",
    ),
    files: ["a.txt", "newer.txt", "show.txt", "sub/y.txt", "old/a.txt", "test/b.txt"],
    requests: [
      ...ask(["/old/a?x", "/same", "/x.bak", "/sub/x.bak", "/art-7.html?y", "/sub/x", "/sub/y.txt", "/old", "/a.txt"]),
      ...["yes", "no"].map((one) => ({ host: "a.example", path: "/test/b.txt", headers: { "X-Test": one } })),
    ],
    lost: { nginx: 0, haproxy: 4 },
  },
  {
    title: "a folder whose rules httpd refuses",
    text: folder("Options None\nRewriteRule ^x /a.txt [L]"),
    files: ["a.txt"],
    requests: ask(["/a.txt", "/x"]),
  },
  {
    title: "a folder that not everybody may see, in which a front controller is asked behind that",
    text: folder(
      "Require ip 127.0.0.1\nRewriteRule ^front\\.txt$ - [L]\nRewriteCond %{REQUEST_FILENAME} !-d\nRewriteCond %{REQUEST_FILENAME} !-f\nRewriteRule ^ front.txt [L]",
    ),
    files: ["front.txt", "a.txt"],
    requests: ask(["/a.txt", "/b.txt?x"]),
    lost: { nginx: 0, haproxy: 3 },
  },
];
