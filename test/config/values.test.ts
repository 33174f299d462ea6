import type { Dialect } from "../../grammar/dialect.ts";
import type { ActiveNode } from "../../src/config/active-config.ts";
import { fileProblem } from "./file-problem.ts";
import { memoryFileSystem } from "../../src/config/memory-file-system.ts";
import { expressionProblem } from "../../src/config/regular-expression.ts";
import { valueProblem } from "../../src/config/values.ts";
import { read } from "./reading.ts";

/** What is said of the last line of a text, which may close sections. */
function problem(text: string, dialect: Dialect): string | null {
  const found: string[] = [];
  const visit = (node: ActiveNode): void => {
    if (node.origin !== null && node.key !== "server") {
      const message = valueProblem(node)?.message;
      if (message !== undefined) found.push(message);
    }
    if (node.kind === "section") node.children.forEach(visit);
  };
  visit(read(text, dialect).server);
  return found[0] ?? null;
}

describe("Values that the handlers refuse", () => {
  test.each([
    ["<Proxy balancer://a>\nBalancerMember http://a:80 loadfactor=1\n</Proxy>", "2.4", null],
    [
      "<Proxy balancer://a>\nBalancerMember http://a x=1 http://b\n</Proxy>",
      "2.4",
      'Expected key=value, got "http://b"',
    ],
    ["BalancerMember balancer://a http://a:80", "2.4", null],
    ["BalancerMember http://a:80", "2.4", "BalancerMember needs a balancer and a URL outside of <Proxy>"],
    ["SSLProtocol all -SSLv2 +tlsv1.3", "2.4", null],
    ["SSLProtocol SSLv2", "2.4", "SSLv2 is no longer supported"],
    ["SSLProtocol Onall", "2.4", 'Unknown protocol "Onall" for SSLProtocol'],
    ["SSLProtocol SSLv2", "2.2", null],
    ["ServerName https://a.example:443", "2.4", null],
    ["ServerName a[b", "2.4", null],
    ["ServerName a*b", "2.4", 'Invalid name "a*b" for ServerName'],
    ["ServerName [::1]:80", "2.4", 'Invalid name "[::1]:80" for ServerName'],
    ["ServerName http:", "2.4", 'Port "" in ServerName is outside of 1 to 65535'],
    ["SSLCipherSuite SSL HIGH", "2.4", null],
    ["SSLCipherSuite TLSv1.3 x", "2.4", null],
    ["SSLCipherSuite FOO HIGH", "2.4", 'Unknown protocol "FOO" for SSLCipherSuite'],
    ["SSLProxyCipherSuite tlsv1.3 x", "2.4", 'Unknown protocol "tlsv1.3" for SSLProxyCipherSuite'],
    [
      "<Directory /x>\nSSLCipherSuite TLSv1.3 x\n</Directory>",
      "2.4",
      "Ciphers of TLSv1.3 cannot be set for a folder, path or file",
    ],
    ["<Proxy *>\nSSLProxyCipherSuite TLSv1.3 x\n</Proxy>", "2.4", null],
    ["SSLVerifyClient Optional_No_CA", "2.4", null],
    ["SSLVerifyClient ne", "2.4", 'Unknown value "ne" for SSLVerifyClient'],
    ["SSLVerifyDepth x", "2.4", null],
    ["SSLVerifyDepth -1", "2.4", 'Expected a number from 0 on for SSLVerifyDepth, got "-1"'],
    ["SSLVerifyDepth 4294967295", "2.4", 'Expected a number from 0 on for SSLVerifyDepth, got "4294967295"'],
    ["SSLVerifyDepth 4294967296", "2.4", null],
    [
      "SSLVerifyDepth 99999999999999999999",
      "2.4",
      'Expected a number from 0 on for SSLVerifyDepth, got "99999999999999999999"',
    ],
    [
      "SSLStaplingErrorCacheTimeout -5",
      "2.4",
      'Expected a number from 0 on for SSLStaplingErrorCacheTimeout, got "-5"',
    ],
    ["SSLCARevocationCheck leaf no_crl_for_cert_ok", "2.4", null],
    ["SSLCARevocationCheck", "2.4", "SSLCARevocationCheck needs one of none, leaf, chain"],
    ["SSLCARevocationCheck chain x", "2.4", 'Unknown value "x" for SSLCARevocationCheck'],
    ["SSLOCSPEnable chain", "2.4", 'Unknown value "chain" for SSLOCSPEnable'],
    ["SSLPassPhraseDialog |/bin/x", "2.4", null],
    ["SSLPassPhraseDialog exec:", "2.4", 'Unknown dialog "exec:"'],
    ["SSLRandomSeed Startup builtin", "2.4", null],
    ["SSLRandomSeed startup builtin 4", "2.4", "The builtin source takes no number of bytes"],
    ["SSLRandomSeed start builtin", "2.4", 'Unknown moment "start" for SSLRandomSeed'],
    ["SSLRandomSeed startup /dev/urandom -5", "2.4", '"-5" is no number of bytes'],
    ["SSLSessionCache shmcb:/x(512000)", "2.4", null],
    ["SSLSessionCache dbm:/x(", "2.4", null],
    ["SSLSessionCache shmcb:/x(512000", "2.4", "Expected a number of bytes and a `)` behind the `(`"],
    ["SSLSessionCache shmcb:/x(512)", "2.4", "The cache needs at least 8192 bytes"],
    ["SSLStaplingCache shmcb:/x(4294967295)", "2.4", "The cache takes fewer than 4294967295 bytes"],
    ['<Directory /x>\nSSLRequire %{SSL_CIPHER} !~ m/^(EXP|NULL)/ and "a" in {"a", "b"}\n</Directory>', "2.4", null],
    [
      "<Directory /x>\nSSLRequire %{FOO} eq 1\n</Directory>",
      "2.4",
      "Expression \"%{FOO} eq 1\" cannot be parsed: variable 'FOO' does not exist",
    ],
    ["SSLOpenSSLConfCmd cipherString HIGH", "2.4", null],
    ["SSLOpenSSLConfCmd Cipher HIGH", "2.4", 'Unknown command "Cipher" for SSLOpenSSLConfCmd'],
    ["SSLOptions +stdenvvars -StrictRequire", "2.4", null],
    ["SSLOptions +CompatEnvVars", "2.4", 'Unknown option "+CompatEnvVars" for SSLOptions'],
    ["RemoteIPInternalProxy 10.0.0.1 ::1 proxy.example", "2.4", null],
    ["RemoteIPInternalProxy 10.0.0.1 [::1]", "2.4", '"[::1]" is no address or network'],
    ["RemoteIPTrustedProxy 10.0.0.0/33", "2.4", '"10.0.0.0/33" is no address or network: the mask is wrong'],
    ["AddIconByType (TXT,/i.gif)x text/*", "2.4", null],
    ["<VirtualHost *:80 a.example [::00001]:443 10.0.0.1:* _default_>\n</VirtualHost>", "2.4", null],
    ["<VirtualHost 80>\n</VirtualHost>", "2.4", "Port 80 in <VirtualHost> needs an address in front: *:80"],
    ["<VirtualHost *:99999>\n</VirtualHost>", "2.4", 'Address or port "*:99999" in <VirtualHost> is invalid'],
    ["<VirtualHost [::1>\n</VirtualHost>", "2.2", 'Address or port "[::1" in <VirtualHost> is invalid'],
    ["<VirtualHost :80>\n</VirtualHost>", "2.4", 'Address or port ":80" in <VirtualHost> is invalid'],
    ["Options Indexes +MultiViews", "2.4", "Either all Options must start with + or -, or none"],
    ["Options Indexes +MultiViews", "1.3", null],
    ["Options RunScripts", "1.3", null],
    ["Options RunScripts", "2.4", 'Unknown option "RunScripts"'],
    ["Options Indexes None", "2.4", "Option None must be the first one"],
    ["Options", "2.4", null],
    ["LogLevel info alias:debug", "2.4", null],
    ["LogLevel trace9", "2.4", 'Unknown log level "trace9"'],
    ["LogLevel trace1", "2.2", 'Unknown log level "trace1"'],
    ["Port 0", "1.3", "Port 0 is outside of 1 to 65535"],
    ["Port 80", "1.3", null],
    ["Port 80", "2.4", "Port was replaced with Listen in httpd 2.0"],
    ["Listen 10.0.0.1:80", "1.3", null],
    ["Listen 80x", "1.3", null],
    ["Listen :80", "1.3", "Listen has no address in front of the colon"],
    ["Listen [::1]:80 https", "2.4", null],
    ["Listen 80x", "2.4", "Listen needs a port"],
    ["Listen 1.2.3.4:70000", "2.4", "Port 70000 is outside of 1 to 65535"],
    ["Listen 80 a b", "2.4", "Listen takes an address with a port, and a protocol"],
    ["ErrorDocument 451 /x", "2.4", null],
    ["ErrorDocument 451 /x", "1.3", 'Unsupported HTTP status code "451"'],
    ["ErrorDocument 418 /x", "2.4", 'Unsupported HTTP status code "418"'],
    ["Order allow, deny", "2.2", 'Unknown order "allow,"'],
    ["Order deny,allow", "2.2", null],
    ["Allow all", "2.2", "Allow must be followed by 'from'"],
    ["Require all", "2.4", "Require all takes `granted` or `denied`"],
    ["Require all", "2.2", null],
    ["ServerType fork", "1.3", 'Unknown value "fork" for ServerType'],
    ["Error no", "2.4", "Error stops httpd: no"],
    ["RewriteRule ^a\\ b$ /x [L]", "2.4", null],
    ["RewriteRule ^a /x [R=301, L]", "2.4", "Flags [R=301, of RewriteRule are not in brackets"],
    ["RewriteRule ^( /x", "2.4", 'Regular expression "^(" cannot be compiled: a ( has no )'],
    ["RewriteRule a", "2.4", "RewriteRule needs a pattern and a substitution"],
    ["RewriteCond %{X} !-f", "2.4", null],
    ["RewriteCond %{X} !(", "2.4", 'Regular expression "(" cannot be compiled: a ( has no )'],
    ["SetEnvIf Host ^a", "2.4", "Missing variable for SetEnvIf"],
    ["BrowserMatch * x", "1.3", 'Regular expression "*" cannot be compiled: there is nothing for * to repeat'],
    ["RedirectMatch 301 ( /x", "2.4", 'Regular expression "(" cannot be compiled: a ( has no )'],
    ["ServerAlias a", "2.4", "ServerAlias is only for a <VirtualHost>"],
    ["<VirtualHost *>\nServerAlias a\n</VirtualHost>", "2.4", null],
    ["<VirtualHost a:http>\n</VirtualHost>", "1.3", 'Port "http" in <VirtualHost> must be a number or *'],
    ["<VirtualHost a:*>\n</VirtualHost>", "1.3", null],
    ["Alias /a", "2.4", "Alias needs a URL path and a file path outside of <Location>"],
    ["<Location /a>\nAlias /b\n</Location>", "2.4", null],
    ["<Directory />\nAllowOverride Options=Indexes\n</Directory>", "2.2", null],
    ["<Directory />\nAllowOverride Options=Indexes\n</Directory>", "1.3", 'Unknown override "Options=Indexes"'],
    ["<Directory />\nAllowOverride Foo\n</Directory>", "2.4", 'Unknown override "Foo"'],
    ["<Directory />\n<Limit get>\n</Limit>\n</Directory>", "1.3", 'Unknown method "get" in <Limit>'],
    ["<Directory />\n<Limit get>\n</Limit>\n</Directory>", "2.4", null],
    ["<Directory />\n<Limit TRACE>\n</Limit>\n</Directory>", "2.4", "TRACE cannot be controlled by <Limit>"],
    ["<Directory />\n<LimitExcept TRACE>\n</LimitExcept>\n</Directory>", "2.4", null],
    ["<Directory ~ (>\n</Directory>", "2.4", 'Regular expression "(" cannot be compiled: a ( has no )'],
    ["<Directory (>\n</Directory>", "2.4", null],
    ["<Directory />\n<RequireAll>\n</RequireAll>\n</Directory>", "2.4", "<RequireAll> holds no Require"],
    ["SSLEngine optional", "2.4", null],
    ["SSLEngine maybe", "2.4", 'Unknown value "maybe" for SSLEngine'],
  ] as const)("%j in %s: %j", (text, dialect, expected) => {
    expect(problem(`${text}\n`, dialect)).toBe(expected);
  });

  test("the word that is meant is pointed at", () => {
    const text = "Options Indexes Foo\n";
    const [node] = read(text, "2.4").server.children;
    const span = node === undefined ? undefined : valueProblem(node)?.span;
    expect(text.slice(span?.start, span?.end)).toBe("Foo");
  });
});

describe("Regular expressions", () => {
  test.each([
    ["^/a(b|c)*$", true, true],
    ["[]a]", true, true],
    ["[[:alpha:]_]+", true, true],
    ["a{2}", true, true],
    ["a{2}{3}", false, false],
    ["a**", false, false],
    ["a+?", false, true],
    ["(?:a)", false, true],
    ["(?i)a", false, true],
    ["(?#(", false, false],
    ["\\Q(\\E", false, true],
    ["a||b", false, true],
    ["()", true, true],
    ["(|a)", false, true],
    ["^*", false, false],
    ["a)", true, false],
    ["(a", false, false],
    ["[a", false, false],
    ["[^\\]", true, false],
    ["a\\", false, false],
    ["*a", false, false],
    ["{a", true, true],
    ["", false, true],
  ])("%j compiles in 1.3: %j, in 2.4: %j", (expression, posix, perl) => {
    expect(expressionProblem(expression, "1.3") === null).toBe(posix);
    expect(expressionProblem(expression, "2.4") === null).toBe(perl);
  });

  test.each(["(", "[", "[[:", "\\", "{", "(?#", "\\Q", "a*"])("a megabyte of %j is no trouble", (piece) => {
    const text = piece.repeat(1_000_000 / piece.length);
    for (const dialect of ["1.3", "2.4"] as const)
      expect(typeof expressionProblem(text, dialect)).not.toBe("undefined");
  });
});

describe("Files that a directive names", () => {
  const files = memoryFileSystem({ "/www/": "", "/server/modules/a.so": "" });

  test.each([
    ["DocumentRoot /www", null],
    ["DocumentRoot /nope", { fatal: true }],
    ["<VirtualHost *>\nDocumentRoot /nope\n</VirtualHost>", { fatal: false }],
    ["LoadModule a_module modules/a.so", null],
    ["LoadModule a_module modules/b.so", { fatal: true }],
    ["ErrorLog /nope/log", null],
  ])("%j: %j", (text, expected) => {
    const config = read(`${text}\n`, "2.4");
    const [first] = config.server.children;
    const node = first?.kind === "section" ? first.children[0] : first;
    const found = node?.kind === "directive" ? fileProblem(node, config, files) : null;
    expect(found === null ? null : { fatal: found.fatal }).toEqual(expected);
  });
});
