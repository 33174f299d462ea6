import type { Random } from "../differential/random.ts";
import {
  conditionalLines,
  disguised,
  hostLine,
  macros,
  placeLine,
  requireLines,
  wideOrigins,
  type RandomDialect,
} from "./random-wide-lines.ts";

/** A whole configuration, with the files that it includes. */
export interface RandomConfiguration {
  readonly dialect: RandomDialect;
  /** By path; the main one is `/etc/apache/httpd.conf`. With .htaccess files, where they count. */
  readonly files: Readonly<Record<string, string>>;
}

const names = ["a.example", "b.example", "c.example", "www.a.example"];
const folders = ["/srv/www", "/srv/www/a", "/srv/www/a/b", "/srv/www/d", "/srv/alias", "/srv/a.example", "/srv/cgi"];
const origins = ["all", "10.", "10.1.2.3", "192.168.1.0/24", "192.168.0.0/255.255.0.0", "env=flag", "203.0.113.9"];

/** Makes configurations as administrators wrote them: every line is one that httpd of the dialect takes. */
export class ConfigurationGenerator {
  readonly #random: Random;
  readonly #dialect: RandomConfiguration["dialect"];
  readonly #files: Record<string, string> = {};
  readonly #isWide: boolean;
  readonly #hasTls: boolean;
  readonly #hasMacros: boolean;

  /** `wide`: with many kinds of lines, spellings and addresses, and for `also` too. */
  constructor(random: Random, wide: { readonly also: readonly RandomDialect[] } | null = null) {
    this.#random = random;
    this.#isWide = wide !== null;
    this.#dialect = random.pick(["1.3", "1.3", "2.0", "2.2", ...(wide?.also ?? [])]);
    this.#hasTls = this.#isWide && random.chance(0.3);
    this.#hasMacros = this.#dialect === "2.4" && random.chance(0.4);
  }

  configuration(): RandomConfiguration {
    const { chance, some, pick } = this.#random;
    const lines = [
      ...this.#listeners(),
      ...(this.#hasMacros ? macros.lines : []),
      "ServerName main.example",
      "DocumentRoot /srv/www",
      ...(chance(0.4) ? [`UseCanonicalName ${pick(["On", "Off"])}`] : []),
      "<Directory />",
      pick(["Options None", "Options FollowSymLinks"]),
      "AllowOverride None",
      ...(chance(0.4) ? this.#access() : []),
      "</Directory>",
      ...this.#hostLines(),
      ...some(0, 5, () => this.#section()).flat(),
      ...some(0, 2, () => this.#name()),
      ...some(0, 5, () => this.#host()).flat(),
      ...(chance(0.3) ? this.#section() : []),
      ...(this.#isWide ? this.#wideEnd() : []),
    ];
    const files = { ...this.#files, "/etc/apache/httpd.conf": `${lines.join("\n")}\n` };
    if (!this.#isWide) return { dialect: this.#dialect, files };
    const entries = Object.entries(files).map(([path, text]) => [path, disguised(text, this.#random)] as const);
    return { dialect: this.#dialect, files: Object.fromEntries(entries) };
  }

  #listeners(): readonly string[] {
    const lines = this.#plainListeners();
    if (!this.#hasTls || lines.includes("Listen 443")) return lines;
    return [...lines, ...(lines.some((line) => line.startsWith("Listen")) ? [] : ["Listen 80"]), "Listen 443"];
  }

  #plainListeners(): readonly string[] {
    const { pick } = this.#random;
    const lists = [
      ["Listen 80"],
      ["Listen 80", "Listen 81"],
      ["Listen 10.0.0.1:80", "Listen 10.0.0.2:80", "Listen 81"],
    ];
    const later = [
      ["Listen 10.0.0.1:80", "Listen [2001:db8::10]:80"],
      ["Listen 80", "Listen 443"],
    ];
    if (this.#dialect !== "1.3") return pick(this.#isWide ? [...lists, ...later] : lists);
    return pick([
      ...lists,
      [],
      ["Port 80"],
      ["Port 81"],
      ["Port 81", "Listen 80", "Listen 81"],
      ["BindAddress *", "Port 80"],
      ["BindAddress 10.0.0.1"],
    ]);
  }

  #address(): string {
    const { pick } = this.#random;
    if (this.#isWide && this.#dialect !== "1.3" && this.#random.chance(0.1)) return "[2001:db8::10]:80";
    return pick(["*", "*", "10.0.0.1", "10.0.0.2", "_default_"]) + pick(["", "", ":80", ":81", ":*"]);
  }

  #name(): string {
    const { pick } = this.#random;
    if (this.#dialect === "2.4") return "ServerAdmin webmaster@a.example";
    const word = pick(["*", "*", "10.0.0.1", "10.0.0.2"]) + pick(["", "", ":80", ":81"]);
    return `NameVirtualHost ${word}`;
  }

  #host(): readonly string[] {
    const { pick, chance, some } = this.#random;
    const name = pick(names);
    return [
      `<VirtualHost ${some(1, chance(0.2) ? 2 : 1, () => this.#address()).join(" ")}>`,
      ...(chance(0.9) ? [`ServerName ${name}`] : []),
      ...(chance(0.3) ? [`ServerAlias ${pick(["*.example", "www.b.example alias.example", "?.example"])}`] : []),
      ...(chance(0.15) ? [`ServerPath /${pick(["old", "a"])}`] : []),
      ...(chance(0.7) ? [`DocumentRoot /srv/${pick([name, "www", "www/a"])}`] : []),
      ...this.#hostLines(),
      ...some(0, 3, () => this.#section()).flat(),
      "</VirtualHost>",
    ];
  }

  /** What only some configurations have: a host with TLS, macros, files of folders. */
  #wideEnd(): readonly string[] {
    const { chance, pick, some } = this.#random;
    const folder = pick(["/srv/www/a", "/srv/www", "/srv/alias"]);
    const hasFiles = chance(0.2);
    if (hasFiles) {
      const path = pick([`${folder}/.htaccess`, `${folder}/d/.htaccess`]);
      this.#files[path] =
        `${[...this.#access(), ...some(0, 1, () => placeLine(this.#random, this.#dialect))].join("\n")}\n`;
    }
    return [
      ...(this.#hasTls ? this.#tlsHost() : []),
      ...(hasFiles ? [`<Directory ${folder}>`, "AllowOverride All", "</Directory>"] : []),
      ...(this.#hasMacros ? some(0, 2, () => pick(macros.inServer)) : []),
    ];
  }

  #tlsHost(): readonly string[] {
    const { chance, pick } = this.#random;
    return [
      `<VirtualHost ${pick(["*:443", "_default_:443", "10.0.0.1:443"])}>`,
      `ServerName ${pick(names)}`,
      "DocumentRoot /srv/www/a",
      "SSLEngine On",
      "SSLCertificateFile /etc/apache/server.crt",
      "SSLCertificateKeyFile /etc/apache/server.key",
      ...(chance(0.3) ? ["SSLProtocol all -SSLv2"] : []),
      ...this.#hostLines(),
      ...this.#section(),
      "</VirtualHost>",
    ];
  }

  /** What stands outside of sections. */
  #hostLines(): readonly string[] {
    const { pick, chance, some } = this.#random;
    const alias = (): string =>
      pick([
        "Alias /alias /srv/alias",
        "Alias /alias/ /srv/alias/",
        "Alias /a/b /srv/alias",
        "ScriptAlias /cgi-bin/ /srv/cgi/",
        "AliasMatch ^/m/(.*)$ /srv/alias/$1",
        "AliasMatch ^/(d|e)/x /srv/www/$1",
        "ScriptAliasMatch ^/run/(.*) /srv/cgi/$1",
      ]);
    const redirect = (): string =>
      pick([
        "Redirect /old http://new.example/",
        "Redirect permanent /a/old http://new.example/old",
        "Redirect gone /gone",
        "Redirect temp /t http://new.example/t/",
        "RedirectMatch ^/r/(.*)\\.html$ http://new.example/$1",
        "RedirectMatch 301 (.*)\\.gif$ http://images.example$1.png",
        "RedirectPermanent /perm http://new.example/perm",
        "RedirectMatch gone ^/removed",
      ]);
    const other = (): string =>
      pick([
        "DirectoryIndex index.html index.htm",
        "ErrorDocument 404 /missing.html",
        this.#dialect === "1.3" ? 'ErrorDocument 403 "No entry' : 'ErrorDocument 403 "No entry"',
        "UserDir public_html",
        "UserDir disabled",
        "UserDir /srv/home/*/web",
        "SetEnvIf Request_URI ^/flagged flag",
        "SetEnvIf Request_Method POST flag",
        "BrowserMatch robot flag",
        "AddType text/x-thing .thing",
      ]);
    return [
      ...some(0, 2, alias),
      ...some(0, 2, redirect),
      ...some(0, 2, other),
      ...(chance(0.2) ? this.#included() : []),
      ...(chance(0.1) ? this.#conditional() : []),
      ...(this.#isWide ? this.#wideLines() : []),
      ...(this.#hasMacros ? some(0, 1, () => pick(macros.inHost)) : []),
    ];
  }

  #wideLines(): readonly string[] {
    const { some, chance } = this.#random;
    return [
      ...some(0, 2, () => hostLine(this.#random, this.#dialect)).flat(),
      ...some(0, 2, () => placeLine(this.#random, this.#dialect)),
      ...(chance(0.1) ? this.#folderOfFiles() : []),
    ];
  }

  /** Several files by a pattern. */
  #folderOfFiles(): readonly string[] {
    for (const name of ["one", "two"]) {
      this.#files[`/etc/apache/many/${name}.conf`] ??= `${this.#section().join("\n")}\n`;
    }
    return ["Include many/*.conf"];
  }

  #included(): readonly string[] {
    const { pick } = this.#random;
    const name = pick(["shared.conf", "parts/one.conf", "parts/two.conf"]);
    const path = `/etc/apache/${name}`;
    this.#files[path] ??= `${[pick(["# shared", ""]), ...this.#section()].join("\n")}\n`;
    return [`Include ${pick([name, path])}`];
  }

  #conditional(): readonly string[] {
    const { pick } = this.#random;
    const tag = pick(["IfDefine FIRST", "IfDefine !FIRST", "IfModule mod_alias.c", "IfModule !mod_alias.c"]);
    return [`<${tag}>`, ...this.#section(), `</${tag.split(" ", 1)[0] ?? ""}>`];
  }

  #section(): readonly string[] {
    const { pick, chance } = this.#random;
    const within = (tag: string, inner: readonly string[]): readonly string[] => [
      `<${tag}>`,
      ...inner,
      `</${tag.split(" ", 1)[0] ?? ""}>`,
    ];
    switch (pick(["Directory", "Directory", "DirectoryMatch", "Files", "FilesMatch", "Location", "LocationMatch"])) {
      case "Directory": {
        const tag = `Directory ${pick([...folders, ...folders, "/srv/*/a", "/srv/home/*/web", '~ "^/srv/(www|alias)/d"'])}`;
        const files = chance(0.3) ? within(this.#filesTag(), this.#body()) : [];
        return within(tag, [...this.#body(), ...files]);
      }
      case "DirectoryMatch":
        return within(`DirectoryMatch ${pick(['"^/srv/www/a"', '"/b$"', '"^/srv/.*/d/"'])}`, this.#body());
      case "Files":
        return within(this.#filesTag(), this.#body());
      case "FilesMatch":
        return within(`FilesMatch ${pick(['"\\.(gif|txt)$"', '"^\\.ht"', '"^secret"'])}`, this.#body());
      case "Location":
        return within(
          `Location ${pick(["/", "/a", "/a/b", "/alias", "/cgi-bin", "/status", "/a/*", '~ "^/(d|e)"', "/~anna", '"/é+(1)"'])}`,
          this.#body(),
        );
      default:
        return within(`LocationMatch ${pick(['"^/a/"', '"/secret/?"', '"\\.txt$"', '"^/(m|r)/"'])}`, this.#body());
    }
  }

  #filesTag(): string {
    return `Files ${this.#random.pick(["secret.txt", "*.gif", '~ "^\\.ht"', "*.t?t"])}`;
  }

  #body(): readonly string[] {
    const { pick, chance } = this.#random;
    return [
      ...(chance(0.75) ? this.#access() : []),
      ...(chance(0.15) ? [pick(["Options Indexes", "Options +Indexes -FollowSymLinks", "Options None"])] : []),
      ...(chance(0.1)
        ? [pick(["ForceType text/plain", "ErrorDocument 404 /else.html", "SetHandler server-status"])]
        : []),
      ...(this.#isWide && chance(0.3) ? [placeLine(this.#random, this.#dialect)] : []),
      ...(this.#dialect === "2.4" && chance(0.15) ? conditionalLines(this.#random, () => this.#access()) : []),
    ];
  }

  #access(): readonly string[] {
    const { pick, chance, some } = this.#random;
    if (this.#dialect === "2.4") return requireLines(this.#random);
    const known = this.#isWide ? [...origins, ...wideOrigins(this.#dialect)] : origins;
    const rule = (): string => `${pick(["Allow", "Deny"])} from ${some(1, 2, () => pick(known)).join(" ")}`;
    const hosts = chance(0.8)
      ? [
          ...(chance(0.85) ? [`Order ${pick(["deny,allow", "allow,deny", "Deny,Allow", "mutual-failure"])}`] : []),
          ...some(1, 3, rule),
        ]
      : [];
    const users = chance(0.3)
      ? [
          "AuthType Basic",
          'AuthName "here"',
          "AuthUserFile /srv/users",
          pick(["Require valid-user", "Require user anna ben", "require user anna"]),
          ...(chance(0.4) ? [`Satisfy ${pick(["any", "all"])}`] : []),
        ]
      : [];
    const lines = [...hosts, ...users];
    if (lines.length === 0 || !chance(0.15)) return lines;
    const tag = pick(["Limit GET", "Limit POST PUT", "LimitExcept GET POST"]);
    const name = tag.split(" ", 1)[0] ?? "";
    return [
      ...users.filter((line) => line.startsWith("Auth")),
      `<${tag}>`,
      ...lines.filter((line) => !line.startsWith("Auth")),
      `</${name}>`,
    ];
  }
}

const paths = [
  "/",
  "/a/x",
  "/a/b/x",
  "/a/secret.txt",
  "/secret.txt",
  "/d/x",
  "/d/x.gif",
  "/e/x",
  "/alias/x",
  "/alias",
  "/alias/d/secret.txt",
  "/cgi-bin/x",
  "/m/b/x",
  "/r/x.html",
  "/old/x",
  "/gone",
  "/.htaccess",
  "/a/.htpasswd",
  "/~anna/x",
  "/flagged/x",
  "/status",
  "/removed/x",
  "/run/x",
  "/perm",
];

const widePaths = [
  "/p/x",
  "/p/q/x",
  "/rw/x",
  "/go/x",
  "/shut",
  "/icons/x",
  "/r2/x",
  "/see",
  "/a/%62/x",
  "/x.html",
  "/d/",
  "/both/x",
  "/both/old/y",
  "/both/y.gif",
  "/~ben/x",
  "/x.shtml",
  "/%C3%A9+(1)/x",
  "/%c3%bc/x",
  "/%C3%B6/x",
  "/%C3%9F/x",
  "/safe/x",
  "/page/12?a=b",
  "/one",
  "/two/x",
  "/three",
  "/inside/x",
  "/robots.txt",
  "/fr/a/b?c",
  "/other/x",
  "/hidden",
  "/deep/er/x",
  "/deep/x",
  "/kept/x",
  "/my%20files/x",
  "/dot/x",
  "/prog/extra",
  "/both/keep/x",
  "/pp/x",
  "/m2/b/c%20d",
  "/m2//x",
  "/q/x?y=1",
  "/q?y=1&z=%20",
  "/with%20space/x",
  "/with%20space/d/x",
  "/with/x%41",
  "/im/x/y.gif",
  "/im/x/y.gif?z",
  "/pm/x.do",
  "/pm/x/y.do?z=1",
  "/item?id=42",
  "/item?id=4a",
  "/up/a%2fb?c=d",
  "/up/x%3Fy",
  "/esc/a%3Fb",
  "/esc/x?",
  "/C/x/",
  "/c/x%25y?z=1",
];

/** A request to such a configuration, as samples are; `wide`: for one with many kinds of lines. */
export function randomSample(
  { pick }: Random,
  wide = false,
): {
  readonly address: string;
  readonly port: number;
  readonly host: string;
  readonly path: string;
  readonly method: string;
  readonly from: string;
} {
  return {
    address: pick(["10.0.0.1", "10.0.0.2", "10.0.0.3"]),
    port: pick(wide ? [80, 80, 80, 81, 443] : [80, 80, 81]),
    host: pick([...names, "main.example", "alias.example", "unknown.example", "x.example", "A.Example."]),
    path: pick(wide ? [...paths, ...widePaths] : paths),
    method: pick(["GET", "GET", "POST", "HEAD", "PUT"]),
    from: pick([
      "10.1.2.3",
      "10.9.9.9",
      "192.168.1.5",
      "192.168.77.1",
      "203.0.113.9",
      "198.51.100.7",
      ...(wide ? ["2001:db8::5"] : []),
    ]),
  };
}
