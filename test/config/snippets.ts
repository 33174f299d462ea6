import fc from "fast-check";

/** Modules of the installed apache2 that the snippets may name; loaded by {@link preamble}. */
export const snippetModules: readonly string[] = (
  "mpm_event authz_core authz_host authz_user authn_core authn_file auth_basic access_compat alias rewrite macro setenvif " +
  "dir mime env headers expires filter status autoindex negotiation include actions userdir proxy proxy_http vhost_alias"
).split(" ");

/** What stands before every snippet: a server that could run, in a folder of its own. */
export function preamble(root: string, modules: string): string {
  return [
    `ServerRoot ${root}`,
    `DefaultRuntimeDir ${root}`,
    `PidFile ${root}/pid`,
    `ErrorLog ${root}/log`,
    "Listen 127.0.0.1:1",
    "ServerName localhost",
    ...snippetModules.map((name) => `LoadModule ${name}_module ${modules}/mod_${name}.so`),
    "",
  ].join("\n");
}

/** Files that the snippets include, by name in the root folder. */
export const snippetFiles: Readonly<Record<string, string>> = {
  "options.inc": "Options None\n",
  "require.inc": "Require all granted\n",
  "host.inc": "<VirtualHost 10.0.0.9:99>\nServerName nine\n</VirtualHost>\n",
  "open.inc": "<Directory /open>\nOptions None\n",
  "define.inc": "Define INCLUDED yes\n",
};

/** Arguments of directives: what is fine and what is not, each line one directive. */
const lines: readonly string[] = `
ServerName a.example|ServerName a.example:80|ServerName a b|ServerName
ServerAlias a b *.c|ServerAlias "a b"|ServerPath /x
ServerAdmin a@b.example|ServerAdmin "A B"|ServerAdmin a b
ServerSignature On|ServerSignature EMail|ServerSignature Maybe
ServerTokens Prod|ServerTokens Nothing
DocumentRoot /tmp|DocumentRoot "/tmp"|DocumentRoot
Options None|Options All|Options Indexes FollowSymLinks|Options +Indexes -ExecCGI|Options Indexes +ExecCGI|Options Bogus
Options +None|Options Indexes None|Options|Options MultiViews|Options "Indexes"|Options IncludesNoExec
AllowOverride None|AllowOverride All|AllowOverride FileInfo Limit|AllowOverride Options=Indexes|AllowOverride Bogus
AllowOverride Options=Indexes,ExecCGI|AllowOverride Nonfatal=All|AllowOverride Options=Bogus|AllowOverrideList Order
Order allow,deny|Order deny,allow|Order allow, deny|Order mutual-failure|Order x
Allow from all|Allow from 10.0.0.0/8|Allow 10.0.0.1|Allow from env=x|Allow from 10.0.0.0/99|Allow from|Deny from all|Deny all
Allow from 10.0|Allow from 300.1.1.1|Allow from ::1|Allow from example.org .example|Deny from 10.0.0.0/255.255.0.0
Satisfy any|Satisfy all|Satisfy some
Require all granted|Require all denied|Require all|Require valid-user|Require user a b|Require ip 10.0.0.1|Require ip x
Require host a.example|Require not ip 10.0.0.1|Require|Require local|Require expr "true"|Require method GET
Require env x|Require ip 10|Require ip 10.0.0.0/8 ::1|Require expr %{bogus}|Require expr %{REMOTE_USER} == 'x'
Require all granted x|Require not all granted|Require valid-user x|Require group a|Require forward-dns a.example
AuthType Basic|AuthName "a b"|AuthName a b|AuthUserFile /tmp/x|AuthBasicProvider file|AuthType None
AuthMerging And|AuthMerging Maybe|AuthzSendForbiddenOnFailure On|AuthBasicAuthoritative Off
Alias /a /b|Alias /a|Alias /a /b /c|AliasMatch ^/a /b|AliasMatch ^/(a /b|ScriptAlias /cgi /x|ScriptAliasMatch ^/x(.*) /y$1
Redirect /a /b|Redirect permanent /a http://x/|Redirect 301 /a http://x/|Redirect gone /a|Redirect 410 /a x|Redirect /a
Redirect 200 /a /b|Redirect bogus /a /b|Redirect 302 /a|RedirectMatch ^/a http://x/|RedirectMatch 404 ^/a|RedirectMatch (
RedirectPermanent /a http://x/|RedirectTemp /a http://x/|Redirect a http://x/|Redirect /a b|Redirect seeother /a /b
RewriteEngine On|RewriteEngine x|RewriteRule ^a /b|RewriteRule ^a /b [R=301,L]|RewriteRule ^(a /b|RewriteRule ^a
RewriteRule ^a /b [Q]|RewriteRule ^a /b [R=xyz]|RewriteRule a "b c" [L]|RewriteRule ^a - [F]|RewriteRule ^a /b [E=x:y,NC]
RewriteCond %{HTTP_HOST} ^a|RewriteCond %{HTTP_HOST} ^(a|RewriteCond %{X} ^a [NC,OR]|RewriteCond %{X} ^a [L]|RewriteCond a
RewriteCond %{REQUEST_FILENAME} -f|RewriteCond expr "true"|RewriteCond expr "%{X"|RewriteBase /x|RewriteBase x|RewriteMap m txt:/x
RewriteMap m int:tolower|RewriteMap m int:bogus|RewriteOptions Inherit|RewriteOptions Bogus|RewriteCond %{X} >=3
SetEnvIf User-Agent ^a b|SetEnvIf User-Agent ^(a b|SetEnvIf User-Agent a|SetEnvIfNoCase Referer x !y=z|BrowserMatch MSIE a=b
BrowserMatch x|BrowserMatch (x y|SetEnvIf Remote_Addr 127 a b c=d|SetEnvIf "^X-" "y" z|SetEnvIfExpr "true" a|SetEnvIfExpr "%{" a
SetEnv A b|SetEnv A|SetEnv|PassEnv PATH|UnsetEnv A B|SetEnv A b c
DirectoryIndex a b|DirectoryIndex|DirectorySlash Off|FallbackResource /x|DirectoryIndexRedirect on|DirectoryIndexRedirect 999
AddType text/x .x|AddType text/x|AddHandler cgi-script .cgi|AddEncoding x-gzip .gz|AddLanguage de .de|AddCharset utf-8 .u
ForceType text/x|SetHandler x|SetHandler None|SetHandler "proxy:http://x/"|SetHandler "expr=%{X"|RemoveType .x|DefaultType none
AddOutputFilter INCLUDES .shtml|SetOutputFilter X|SetInputFilter X;Y|AddDefaultCharset On
DefaultType text/plain|TypesConfig /dev/null|MultiviewsMatch Any|MultiviewsMatch Some|ModMimeUsePathInfo On
Header set A b|Header unset A|Header set A|Header always set A "b c" env=x|Header bogus A b|Header edit A ( b|Header add A b env
Header set A b "expr=true"|Header set A b "expr=%{"|Header echo ^A|Header set A: "%{x}e"|Header set A "%q"|Header append A b early
RequestHeader set A b|RequestHeader echo A|RequestHeader unset A env=!x|Header merge A b|Header edit* A a b|Header note A b
ExpiresActive On|ExpiresDefault A300|ExpiresDefault "access plus 1 month"|ExpiresDefault x|ExpiresByType text/html M10
ExpiresDefault "now plus 1 fortnight"|ExpiresByType text/html "modification plus 2 hours 3 minutes"|ExpiresDefault "access 1 day"
ErrorDocument 404 /x|ErrorDocument 404 "text|ErrorDocument 404 "some text"|ErrorDocument 999 /x|ErrorDocument 404|ErrorDocument x y
ErrorDocument 404 some text|ErrorDocument 404 default|ErrorDocument 500 http://x/y|ErrorDocument 401 http://x/
LogLevel warn|LogLevel info alias:trace3|LogLevel bogus|LogLevel trace9|LogLevel nope_module:info|LogLevel alias_module:debug
LogLevel mod_alias.c:info|LogLevel core:info ssl:warn|LogFormat "%h" x|LogFormat "%h \\"%r\\""|LogFormat|LogFormat "%q" y
CustomLog /dev/null common|CustomLog /dev/null|CustomLog "|/bin/cat" "%h"|CustomLog /dev/null common env=x|CustomLog /dev/null x y
CustomLog /dev/null common expr=true|CustomLog /dev/null common expr=%{|TransferLog /dev/null|ErrorLog /dev/null|ErrorLogFormat "[%t]"
CustomLog /dev/null "%>s %{Referer}i %200,304{X}o"|CustomLog /dev/null "%!200u"|CustomLog /dev/null "%{x"|LogFormat "%{%d}t"
ErrorLogFormat bogus "%M"|ErrorLogFormat request "%M"|GlobalLog /dev/null common|BufferedLogs On
KeepAlive On|KeepAlive 5|KeepAliveTimeout 5|KeepAliveTimeout 5ms|KeepAliveTimeout x|MaxKeepAliveRequests 5|Timeout 60|Timeout x
LimitRequestBody 0|LimitRequestBody -1|LimitRequestBody x|LimitRequestFields 10|LimitRequestFields x|LimitRequestLine 100
LimitRequestFieldSize 100|LimitXMLRequestBody 5|LimitInternalRecursion 5|LimitInternalRecursion x|RLimitCPU 5|RLimitCPU x
HostnameLookups Off|HostnameLookups Double|HostnameLookups x|UseCanonicalName DNS|UseCanonicalName x|UseCanonicalPhysicalPort On
AccessFileName .acl|FileETag None|FileETag MTime Size|FileETag +INode|FileETag Bogus|FileETag All|FileETag INode +MTime|FileETag
FileETag Digest|FileETag -None|EnableSendfile Off|EnableMMAP x|ContentDigest On|AcceptPathInfo Default|AcceptPathInfo x
TraceEnable Off|TraceEnable Extended|TraceEnable x|AllowEncodedSlashes NoDecode|AllowEncodedSlashes x|MaxRanges 5|MaxRanges none
MaxRanges x|MaxRangeOverlaps 5|MergeTrailers On|HttpProtocolOptions Strict|HttpProtocolOptions x|Protocols http/1.1|UnDefine A
AcceptFilter http none|AcceptFilter http x|Mutex default|Mutex sem|Mutex file:/tmp default|Mutex bogus|Mutex sem bogus|Mutex sysvsem default
Mutex posixsem|Mutex fcntl:/nowhere|Mutex pthread rewrite-map|Mutex flock|Mutex none|MergeSlashes Off|CGIPassAuth On
Listen 127.0.0.1:2|Listen 3|Listen localhost:4|Listen x|Listen 0|Listen 70000|Listen [::1]:5|Listen 127.0.0.1|Listen 6 https
Listen [::1:5|Listen *:7|Listen 1.2.3:8|Listen 08|Listen +9|ListenBackLog 5|ListenBackLog 0|NameVirtualHost *
Group nogroup|StartServers 2|MaxRequestWorkers 100|MaxClients 100|ThreadsPerChild 25|MinSpareThreads x
MaxConnectionsPerChild 5|ServerLimit 3|ThreadLimit 10|PidFile /x|ScoreBoardFile x|CoreDumpDirectory /tmp|CoreDumpDirectory /nosuch
ReceiveBufferSize 5|SendBufferSize 1|GracefulShutdownTimeout 5|MaxMemFree x|MaxMemFree 5|ThreadStackSize 5
ExtendedStatus On|SeeRequestTail On|ProxyStatus On|ProxyStatus x|IndexOptions FancyIndexing|IndexOptions +FancyIndexing NameWidth=*
IndexOptions Bogus|IndexOptions FancyIndexing +IconWidth|IndexOptions NameWidth=2|IndexOrderDefault Ascending Name|IndexOrderDefault x y
AddIcon /i.gif .gif|AddIcon (ALT,/i.gif) .gif|AddIconByType (A /x) y|AddDescription "x" *.y|IndexIgnore a b|ReadmeName x|HeaderName /x
AddAlt x .y|DefaultIcon /x|IndexStyleSheet /x|IndexHeadInsert x|FancyIndexing On|IndexIgnoreReset ON|IndexOptions None
LanguagePriority en de|ForceLanguagePriority Prefer Fallback|ForceLanguagePriority x|CacheNegotiatedDocs|CacheNegotiatedDocs On
UserDir disabled|UserDir public_html|UserDir enabled a b|UserDir|UserDir /home/*/x|UserDir http://x/|UserDir disabled a
XBitHack Full|XBitHack x|SSIErrorMsg "x"|SSIUndefinedEcho x|SSITimeFormat "%d"|SSIStartTag "<!--x"|SSIETag On
Action a /b|Action a b|Action a /b virtual|Action a /b x|Script PUT /x|Script BOGUS /x|Script GET x
ProxyRequests Off|ProxyPass /a http://b/|ProxyPass /a !|ProxyPass /a|ProxyPass /a b|ProxyPass http://b/|ProxyPass /a http://b/ timeout=5
ProxyPass /a http://b/ bogus=1|ProxyPass /a http://b/ timeout=x|ProxyPass /a http://b/ max=5 retry=0|ProxyPassMatch ^/a(.*) http://b$1
ProxyPassMatch ^/(a http://b|ProxyPassReverse /a http://b/|ProxyPassReverse http://b/|ProxyPassReverse /a|ProxyPreserveHost On|ProxyVia Full
ProxyVia x|ProxyTimeout 5|ProxyTimeout x|ProxyRemote * http://x:8080|ProxyRemote * x|ProxyBlock a|NoProxy .a|ProxyDomain .a|ProxyDomain a
ProxyPassReverseCookieDomain a b|ProxyPassReverseCookiePath /a /b|ProxyErrorOverride On|ProxyIOBufferSize 9000|ProxyIOBufferSize 5
ProxyMaxForwards 5|ProxyBadHeader Ignore|ProxyBadHeader x|ProxyReceiveBufferSize 0|ProxyReceiveBufferSize 5
ProxyAddHeaders Off|ProxySourceAddress 10.0.0.1|ProxyPassInterpolateEnv On|ProxyPassInherit Off
VirtualDocumentRoot /x/%0|VirtualDocumentRoot /x/%-2.0.%-1.0/%-3+/y|VirtualDocumentRoot /x/%1.y|VirtualDocumentRoot /x/%1+.|VirtualDocumentRoot /x/%1++|VirtualDocumentRoot /x/%1+.-2+x|VirtualDocumentRoot /x/%1.%2|VirtualDocumentRoot x|VirtualDocumentRoot /x/%q|VirtualScriptAlias none|VirtualDocumentRootIP /x/%1.2
Include options.inc|Include require.inc|Include host.inc|Include open.inc|Include missing.inc|Include *.none|IncludeOptional *.none
IncludeOptional missing.inc|Include define.inc|Include|Include a b|Include /dev/null|IncludeOptional nowhere/*.conf|Include nowhere/*.conf
Define V w|Define W "x y"|Define V|Define a:b c|Define|Define A b c|UnDefine V|ServerName \${V}|ServerAdmin \${W}|ServerAdmin \${NOPE}
Define NAME ServerAdmin|\${NAME} a@b|\${NAME}|Define GT >|Define OPEN <Directory|\${OPEN} /x>|Define CLOSE </Directory>|\${CLOSE}
Define Q "|ServerAdmin \${Q}a b\${Q}|ServerAdmin \${V|ServerAdmin $V|ServerAdmin \\\${V}|Define EMPTY ""|ServerName \${EMPTY}|ServerName "\${V}"
MacroIgnoreBadNesting|Use M1|Use M2 a|Use M2 a b|Use M2|Use M3 a b|Use Nope|UndefMacro M1|UndefMacro Nope|Use|Use M4|Use M5 /x|Use m2 "a b"
LoadModule alias_module modules/mod_alias.so|LoadModule x|LoadModule nope_module modules/nope.so|AddModule mod_x.c|ClearModuleList
Port 80|BindAddress *|ServerType standalone|Bogus x|ResourceConfig x|HostNameLookups off|Warning hello|Error "stop here"
AuthGroupFile /tmp/g|Anonymous guest|RegisterHttpMethod FOO|QualifyRedirectURL On|StrictHostCheck On|FlushMaxPipelined 5|ReadBufferSize x
FilterDeclare a|FilterProvider a INCLUDES "true"|FilterProvider a INCLUDES "%{"|FilterChain a|FilterChain +a -b
`
  .trim()
  .split("\n")
  .flatMap((line) => line.split(/(?<!\\)\|(?!\/bin)/))
  .filter((line) => line !== "");

const macros: readonly string[] = [
  "<Macro M1>\nServerAdmin a\n</Macro>",
  "<Macro M2 $a>\nServerAdmin $a\n</Macro>",
  "<Macro M3 $a @b>\nSetEnv $a @b\n</Macro>",
  "<Macro M4>\nUse M1\n</Macro>",
  "<Macro M5 $dir>\n<Directory $dir>\nOptions None\n</Directory>\n</Macro>",
  "<Macro M1>\nBogus\n</Macro>",
  "<Macro M6>\n<Directory /x>\n</Macro>",
  "<Macro>\n</Macro>",
  "<Macro M7 $a $a>\n</Macro>",
  "<Macro M8 $a $ab>\nServerAdmin $ab\n</Macro>\nUse M8 x y",
  "<Macro M9 a>\nServeradmin a\n</Macro>\nUse M9 b",
];

/** Opening tags with the name that closes them. */
const sections: readonly (readonly [string, string])[] = `
<Directory /x>|<Directory "/x y">|<Directory /x /y>|<Directory>|<Directory ~ ^/x>|<Directory ~ (>|<DirectoryMatch ^/x>|<DirectoryMatch (x>
<Files x>|<Files "*.x">|<Files ~ "\\.x$">|<FilesMatch \\.x$>|<FilesMatch [>|<Files>|<Files a b>|<Location /x>|<Location />|<LocationMatch ^/x>
<LocationMatch *x>|<Location x>|<Location /a /b>|<VirtualHost *:80>|<VirtualHost 10.0.0.1>|<VirtualHost 10.0.0.1:81 10.0.0.2:81>|<VirtualHost _default_:443>
<VirtualHost>|<VirtualHost "">|<VirtualHost *>|<VirtualHost [::1]:80>|<Limit GET>|<Limit GET POST>|<Limit>|<Limit TRACE>|<Limit FOO>|<LimitExcept GET>|<LimitExcept>
<IfModule mod_alias.c>|<IfModule alias_module>|<IfModule !mod_alias.c>|<IfModule nope>|<IfModule !nope>|<IfModule "mod_alias.c">|<IfModule>
<IfDefine V>|<IfDefine !V>|<IfDefine NOPE>|<IfDefine>|<IfVersion >= 2.4>|<IfVersion < 2.4>|<IfVersion 2.4>|<IfVersion = x>|<IfVersion !~ ^2\\.2>
<IfFile /tmp>|<IfFile /nope>|<IfFile "!/nope">|<IfDirective ServerName>|<IfDirective Bogus>|<IfSection Directory>|<IfSection Bogus>
<If "true">|<If "false">|<If "%{HTTP_HOST} == 'a'">|<If "%{HTTP_HOST} =~ /(/">|<If "%{HTTP_HOST">|<If>|<If %{REQUEST_URI} =~ m#^/x#>|<If "-f '/x'">|<If true && >
<ElseIf "true">|<Else>|<Else x>|<RequireAll>|<RequireAny>|<RequireNone>|<RequireAll x>|<Proxy *>|<Proxy http://x/>|<ProxyMatch ^http:>|<Proxy>|<Proxy balancer://x>
<Bogus>|<Bogus x>|<AuthnProviderAlias file f1>|<AuthzProviderAlias user u1 a>|<directory /x>|<DIRECTORY /x>
`
  .trim()
  .split("\n")
  .flatMap((line) => line.split(/(?<=>)\|(?=<)/))
  .map((open) => [open, /^<([A-Za-z]+)/.exec(open)?.[1] ?? ""] as const);

/** Lines that are wrong, or look wrong, as tags, words or lines. */
const odd: readonly string[] = [
  "< Directory /x>",
  "</Directory>",
  "</Directory >",
  "</IfModule>",
  "</Limit>",
  "<Directory /x",
  "<",
  "</",
  "<>",
  "</>",
  ">",
  "ServerAdmin> a",
  '"ServerAdmin" a',
  "'ServerAdmin' a",
  '"ServerAdmin a"',
  '"" a',
  'ServerAdmin "a"b',
  'ServerAdmin a"b c"',
  "ServerAdmin 'a b'",
  'ServerAdmin "a \\" b"',
  'ServerAdmin "a\\\\"',
  'ServerAdmin "a\\\\" b',
  'ServerAdmin "a',
  "ServerAdmin a \\",
  "ServerAdmin \\",
  "ServerAdmin a \\\\",
  "ServerAdmin \\\n a",
  "Server\\\nAdmin a",
  "# comment \\",
  "# comment",
  "ServerAdmin a # b",
  "ServerAlias a # b",
  "\tServerAdmin\ta\t",
  "\vServerAdmin\fa",
  "ServerAdmin a\r",
  "Server\0Admin a",
  "ServerAdmin a\0b c",
  "\u00a0ServerAdmin a",
  "\ufeffServerAdmin a",
  "ServerAdmin é",
  "<Direc\\\ntory /x>",
  "<Directory /x>ServerAdmin a",
  "<Directory /x> # comment",
  "<IfModule mod_alias.c> # comment",
  "<IfModule nope> # comment",
  "</IfModule> # comment",
  "<VirtualHost *:80>>",
  "<Files <x>>",
  '<Files ">">',
  '<Directory "/x>',
  "<IfDefine V>\n</IfDefine",
  `ServerAlias ${"a ".repeat(5000)}`,
];

const oddWords = [
  "x",
  '"a b"',
  "'q'",
  '""',
  "/x",
  "10.0.0.1",
  "on",
  "Off",
  "80",
  '"open',
  'a"b',
  "\\",
  "${V}",
  "^a(b)$",
  "#c",
  "-1",
  "<x>",
] as const;

interface Block {
  readonly lines: readonly string[];
}

const names = [...new Set(lines.flatMap((line) => /^[A-Za-z]+/.exec(line)?.[0] ?? []))];

const directive = fc.oneof(
  { weight: 12, arbitrary: fc.constantFrom(...lines) },
  {
    weight: 2,
    arbitrary: fc
      .tuple(fc.constantFrom(...names), fc.array(fc.constantFrom(...oddWords), { maxLength: 4 }))
      .map(([name, words]) => [name, ...words].join(" ")),
  },
  { weight: 2, arbitrary: fc.constantFrom(...odd) },
  { weight: 1, arbitrary: fc.constantFrom(...macros) },
);

/** How a section ends, given its name; mostly as it should. */
const ending = fc.oneof(
  { weight: 14, arbitrary: fc.constant((name: string) => [`</${name}>`]) },
  { weight: 1, arbitrary: fc.constant((name: string) => [`</${name.toUpperCase()}>`]) },
  { weight: 1, arbitrary: fc.constant((name: string) => [`</${name}> x`]) },
  { weight: 1, arbitrary: fc.constant(() => [] as string[]) },
  { weight: 1, arbitrary: fc.constant(() => ["</Files>"]) },
  { weight: 1, arbitrary: fc.constant((name: string) => [`</${name} >`]) },
);

const { block } = fc.letrec<{ block: Block; section: Block }>((tie) => ({
  block: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    { weight: 3, arbitrary: directive.map((line) => ({ lines: [line] })) },
    { weight: 3, arbitrary: tie("section") },
  ),
  section: fc
    .tuple(fc.constantFrom(...sections), ending, fc.array(tie("block"), { maxLength: 3 }))
    .map(([[open, name], end, blocks]) => ({ lines: [open, ...blocks.flatMap((one) => one.lines), ...end(name)] })),
}));

/** What is done to all lines of a snippet: how they are indented and ended. */
const layout = fc.oneof(
  { weight: 6, arbitrary: fc.constant((line: string) => `${line}\n`) },
  { weight: 1, arbitrary: fc.constant((line: string) => `${line}\r\n`) },
  { weight: 1, arbitrary: fc.constant((line: string) => `\t ${line} \n`) },
  { weight: 1, arbitrary: fc.constant((line: string) => `${line.replace(/ (?=[^ ]*$)/, " \\\n  ")}\n`) },
);

/** Texts of some lines, as people write and break them, for httpd 2.4 with {@link snippetModules}. */
export const snippet: fc.Arbitrary<string> = fc
  .tuple(fc.array(block, { minLength: 1, maxLength: 4 }), layout, fc.boolean())
  .map(([blocks, end, whole]) => {
    const text = blocks
      .flatMap((one) => one.lines)
      .map(end)
      .join("");
    // Behind a Use httpd loses a last line without its end.
    return whole || text.includes("Use ") ? text : text.replace(/\r?\n$/, "");
  });

/** One directive of the lists where it may stand or may not: the shortest snippets show the most. */
export const single: fc.Arbitrary<string> = fc
  .tuple(
    fc.oneof(
      { weight: 2, arbitrary: fc.constant(["", ""] as const) },
      { weight: 2, arbitrary: fc.constant(["<Directory /x>", "Directory"] as const) },
      { weight: 1, arbitrary: fc.constantFrom(...sections) },
    ),
    directive,
  )
  .map(([[open, name], line]) => (open === "" ? `${line}\n` : `${open}\n${line}\n</${name}>\n`));
