import type { Configuration, Part, Section } from "./configuration.ts";
import type { Random } from "./random.ts";
import type { GeneratedSection } from "./section-arguments.ts";
import { sectionArguments } from "./section-arguments.ts";
import { folders } from "./site.ts";

/** What a configuration is made for. */
export interface Scene {
  readonly ports: readonly number[];
  /** Document root. */
  readonly root: string;
  /** Folder with the users' homes. */
  readonly homes: string;
  /** Whether access asks for users and passwords, too. */
  readonly withUsers: boolean;
}

/** httpd refuses negated lines where they can never help. */
function withoutNegation(parts: readonly Part[]): readonly Part[] {
  return parts.map((part) =>
    typeof part === "string"
      ? part.replace("Require not", "Require")
      : part.tag === "RequireAll"
        ? part
        : { ...part, parts: withoutNegation(part.parts) },
  );
}

/** Makes the configurations of one scene. */
export class Generator {
  readonly #random: Random;
  readonly #scene: Scene;
  #stamps = 0;

  constructor(random: Random, scene: Scene) {
    this.#random = random;
    this.#scene = scene;
  }

  configuration(): Configuration {
    const { some, chance, pick } = this.#random;
    const { root, homes } = this.#scene;
    const parts: Part[] = [
      "ServerName main.ex",

      ...(chance(0.7) ? ["DirectoryIndex index.html"] : []),
      ...some(0, 6, () => this.#section()),
      ...this.#hostLines(root),
      ...(chance(0.2)
        ? [
            pick([
              `UserDir ${homes}`,
              `UserDir ${homes}/*/pub`,
              "UserDir disabled",
              "UserDir disabled u2",
              "UserDir http://h.ex/~*/x",
              "UserDir http://h.ex/home",
            ]),
          ]
        : []),
      ...(chance(0.06) ? ["MergeSlashes Off"] : []),
      ...(chance(0.2) ? [`UseCanonicalName ${pick(["On", "Off"])}`] : []),
      ...(chance(0.06) ? [pick(["AllowEncodedSlashes On", "AllowEncodedSlashes NoDecode"])] : []),
      ...(chance(0.05) ? ["AccessFileName .nope .htaccess"] : []),
    ];
    for (let index = 0; index < this.#random.below(7); index++) parts.push(this.#host(index));
    const accessFiles: Record<string, readonly Part[]> = {};
    for (const folder of folders) if (chance(0.35)) accessFiles[folder] = this.#accessFile();
    return { parts, accessFiles };
  }

  #stamp(): string {
    return `Header always append X s${++this.#stamps}`;
  }

  #host(index: number): Section {
    const { pick, chance, some } = this.#random;
    const [first = 0, second = 0] = this.#scene.ports;
    const { root } = this.#scene;
    const addresses = some(1, chance(0.3) ? 3 : 1, () =>
      pick([
        `*:${first}`,
        `*:${second}`,
        `127.0.0.1:${first}`,
        `127.0.0.2:${first}`,
        `127.0.0.2:${second}`,
        "*",
        `_default_:${second}`,
        "_default_",
        "_default_:*",
        "127.0.0.1",
        "*:*",
        "127.0.0.2:*",
        `[::1]:${first}`,
        "[::1]",
        `*:${first}`,
        `*:${first}`,
      ]),
    );
    const parts: Part[] = [`Header always append V v${index}`];
    if (chance(0.85))
      parts.push(
        `ServerName ${pick(["a.ex", "b.ex", "c.ex", "127.0.0.1", "a.ex:99", "http://b.ex:80", "A.EX", "main.ex"])}`,
      );
    if (chance(0.5))
      parts.push(
        `ServerAlias ${some(1, 2, () => pick(["*.ex", "?.ex", "w.a.ex", "*.a.ex", "d.ex", "a.ex", "*", "*a*", "W.*", "??", "*.w.a.ex", "a.ex."])).join(" ")}`,
      );
    if (chance(0.2)) parts.push(`ServerPath ${pick(["/a", "/a/b", "/x", "/a/", "/"])}`);
    if (chance(0.25)) parts.push(`DocumentRoot ${root}${pick(["/a", "/ab", "/a/b/"])}`);
    parts.push(...this.#hostLines(root), ...some(0, 3, () => this.#section()));
    return { tag: `VirtualHost ${addresses.join(" ")}`, parts };
  }

  /** Aliases, redirects, variables: what stands outside of sections. */
  #hostLines(root: string): readonly Part[] {
    const { pick, chance, some } = this.#random;
    const parts: Part[] = [];
    if (chance(0.4)) {
      parts.push(
        ...some(1, 3, () =>
          pick([
            `Alias /al ${root}/a`,
            `Alias /al/ ${root}/a/b/`,
            `Alias /a/b ${root}/ab`,
            `Alias /x ${root}/f.txt`,
            `AliasMatch ^/al(.*) ${root}/ab$1`,
            `AliasMatch "^/al2/(.*)" "${root}/$1"`,
            `ScriptAlias /cgi ${root}/a`,
            `AliasMatch ^/al3(.*)$ ${root}/f$1`,
            `Alias /al ${root}/ab/`,
            `Alias "/" ${root}/a/`,
            `Alias //al//b ${root}/x.d`,
            `Alias /~u1 ${root}/ab`,
            `ScriptAliasMatch ^/cgi/(.*) ${root}/ab/$1`,
            `AliasMatch /b ${root}/ab/f.txt`,
            `Alias "/s p" ${root}/a`,
            `Alias /A ${root}/a`,
          ]),
        ),
      );
    }
    if (chance(0.3)) {
      parts.push(
        ...some(1, 2, () =>
          pick([
            "Redirect /r http://o.ex/q",
            "Redirect permanent /a/b/c http://o.ex/c/",
            "RedirectMatch ^/m(.*) http://o.ex$1",
            "Redirect gone /ab",
            "Redirect 307 /x /y",
            "RedirectMatch 404 ^/nope",
            'RedirectMatch "^/(?<n>a)/f" /q/$1',
            "Redirect seeother /rr http://o.ex/x?z",
            "RedirectPermanent /al http://o.ex/al",
            "RedirectTemp /s%20p http://o.ex/",
            "Redirect /s http://o.ex/s",
            "RedirectMatch gone \\.php$",
            "Redirect 403 /A",
            "RedirectMatch (.*)\\.x$ http://o.ex/$1.y?$0&x=&",
          ]),
        ),
      );
    }
    if (chance(0.3)) parts.push(...this.#variables());
    if (chance(0.12))
      parts.push(
        `DirectoryIndex ${pick(["g.html", "nope.html g.html", "disabled", "index.html h.php", "/a/f.txt", "nope index.html", "b/f.txt", "f.txt/pi"])}`,
      );
    if (chance(0.1)) parts.push(this.#options());
    if (chance(0.05)) parts.push("DirectorySlash Off");
    if (chance(0.06)) parts.push(this.#condition());
    return parts;
  }

  #variables(): readonly Part[] {
    const { pick, some } = this.#random;
    return some(1, 3, () =>
      pick([
        "SetEnvIf User-Agent BadBot e1",
        "SetEnvIfNoCase user-agent ^mozilla e1 e2=x",
        "BrowserMatch curl e2",
        "SetEnvIf Remote_Addr ^127\\.0\\.0\\.2$ e1",
        "SetEnvIf Request_URI ^/a/ e1",
        "SetEnvIf Request_URI //|\\.\\.|% e2",
        "SetEnvIf Request_Method ^(GET|HEAD)$ e1",
        "SetEnvIf e1 . !e1",
        "SetEnvIf X-Test yes e3=$0",
        "SetEnvIf Referer ^$ e2",
        "SetEnvIf Referer evil e3 !e1",
        "SetEnvIf Request_Protocol 1\\.0 e1",
        "SetEnvIf Server_Addr 127.0.0.1 e2",
        "SetEnvIf ^X-T.* . e3",
        "BrowserMatchNoCase bad e1",
        "SetEnvIf Host ^a e2",
        "SetEnvIf e2 . e1",
        "SetEnv e1 1",
        "SetEnvIf User-Agent ^ !e2",
        "SetEnvIfNoCase Request_URI \\.TXT$ e3",
        "SetEnvIf x-test 1 e1",
      ]),
    );
  }

  #options(): string {
    return `Options ${this.#random.pick(["None", "FollowSymLinks", "-FollowSymLinks", "SymLinksIfOwnerMatch", "+FollowSymLinks", "All", "+Indexes", "-FollowSymLinks +SymLinksIfOwnerMatch", "Indexes", "MultiViews FollowSymLinks", "Indexes FollowSymLinks"])}`;
  }

  #source(): string {
    return this.#random.pick([
      "all",
      "127.0.0.1",
      "127.0.0.2",
      "127",
      "127.0",
      "127.0.0.0/8",
      "127.0.0.2/255.255.255.254",
      "10.1",
      "127.0.0.0/31",
      "::1",
      "env=e1",
      "env=e2",
      "env=!e1",
      "env=e3",
      "127.1",
      "127.1.",
    ]);
  }

  #requirement(): string {
    return `Require ${this.#random.pick(["all denied", "all granted", "ip 127.0.0.1", "ip 127.0.0.2 10.0.0.0/8", "local", "method GET", "method POST OPTIONS", "env e1", "env e2 e3", "ip 127.1", "ip ::1", "ip 127.0.0.0/255.255.255.254", "not ip 127.0.0.1", "not env e1", "not method POST", "expr true", "expr %{REQUEST_URI} =~ m#^/a#"])}`;
  }

  #requirements(depth: number, inAll: boolean): readonly Part[] {
    const { pick, chance, some } = this.#random;
    const children = some(1, 3, (): Part => {
      if (depth > 0 && chance(0.4)) return this.#requireSection(depth - 1, inAll);
      const line = this.#requirement();
      return chance(0.1) ? { tag: pick(["Limit GET", "LimitExcept GET POST", "Limit POST PUT"]), parts: [line] } : line;
    });
    return children;
  }

  #requireSection(depth: number, inAll: boolean): Section {
    // httpd refuses a RequireNone that could never help.
    const tag = this.#random.pick(["RequireAll", "RequireAny", ...(inAll ? ["RequireNone"] : [])]);
    const parts = this.#requirements(depth, tag === "RequireAll");
    if (tag === "RequireAll") return { tag, parts: ["Require all granted", ...parts] };
    return { tag, parts: withoutNegation(parts) };
  }

  #access(): readonly Part[] {
    const { pick, chance, some, below } = this.#random;
    const oldStyle = (): readonly Part[] => [
      `Order ${pick(["allow,deny", "deny,allow", "mutual-failure", "Allow,Deny"])}`,
      ...some(0, 3, () => `${pick(["Allow", "Deny"])} from ${some(1, 2, () => this.#source()).join(" ")}`),
    ];
    if (this.#scene.withUsers && chance(0.7)) return this.#users();
    switch (below(7)) {
      case 0:
      case 1:
        return oldStyle();
      case 2:
        return [`Satisfy ${pick(["any", "all"])}`, ...(chance(0.4) ? oldStyle() : [])];
      case 3:
        return [
          {
            tag: pick(["Limit GET", "Limit POST PUT", "LimitExcept GET", "LimitExcept GET OPTIONS FOO"]),
            parts: chance(0.5) ? oldStyle() : [this.#requirement().replace("not ", "")],
          },
        ];
      case 4:
        return this.#requirements(0, false)
          .map((part) => (typeof part === "string" ? part.replace("not ", "") : part))
          .filter((part) => typeof part === "string" || !JSON.stringify(part).includes("not "));
      case 5:
        return [this.#requireSection(2, false)];
      default:
        return [this.#requirement().replace("not ", "")];
    }
  }

  /** Lines about users, with and without what they need. */
  #users(): readonly Part[] {
    const { pick, chance, some } = this.#random;
    const user = (): string =>
      `Require ${pick(["valid-user", "user ann", "user bob eve", "group staff", "group others empty", "user nobody"])}`;
    const lines: Part[] = [];
    if (chance(0.8)) lines.push(`AuthType ${pick(["Basic", "Basic", "Basic", "basic", "None"])}`);
    if (chance(0.9)) lines.push('AuthName "a realm"');
    if (chance(0.9)) lines.push(`AuthUserFile ${pick(["users", "users", "others", "nope"])}`);
    if (chance(0.6)) lines.push(`AuthGroupFile ${pick(["groups", "groups", "nope"])}`);
    if (chance(0.3)) lines.push(`Satisfy ${pick(["any", "all"])}`, `Order ${pick(["allow,deny", "deny,allow"])}`);
    if (chance(0.2)) lines.push(`${pick(["Allow", "Deny"])} from ${this.#source()}`);
    if (chance(0.1)) lines.push("AuthzSendForbiddenOnFailure On");
    if (chance(0.3)) {
      const tag = pick(["RequireAll", "RequireAny"]);
      const not =
        tag === "RequireAll" && chance(0.3) ? [`Require not ${pick(["user ann", "group staff", "ip 127.0.0.2"])}`] : [];
      const inner: Part[] = chance(0.3)
        ? [{ tag: "RequireAny", parts: [user(), this.#requirement().replace("not ", "")] }]
        : [];
      lines.push({ tag, parts: [...some(1, 2, user), ...inner, ...not] });
    } else {
      lines.push(
        ...some(0, 2, () => (chance(0.2) ? { tag: pick(["Limit GET", "LimitExcept GET"]), parts: [user()] } : user())),
      );
      if (chance(0.2)) lines.push(this.#requirement().replace("not ", ""));
    }
    return lines;
  }

  /** What stands in a section: its stamp and a few lines more. */
  #body(): readonly Part[] {
    const { pick, chance } = this.#random;
    const parts: Part[] = [this.#stamp()];
    if (chance(0.35)) parts.push(...this.#access());
    if (chance(0.12)) parts.push(this.#options());
    if (chance(0.1)) parts.push(`DirectoryIndex ${pick(["g.html", "disabled", "nope index.html", "/f.txt", "f.txt"])}`);
    if (chance(0.08))
      parts.push(
        pick([
          "Redirect /a/b http://h.ex/",
          "RedirectMatch ^/a/(.*)$ http://h.ex/$1",
          "Redirect gone /x.d",
          "RedirectMatch 403 php",
        ]),
      );
    if (chance(0.1)) parts.push(...this.#variables());
    if (chance(0.05))
      parts.push(
        pick([
          "ForceType text/x-y",
          "AddType text/z .txt",
          "SetHandler none",
          "AcceptPathInfo On",
          "AcceptPathInfo Off",
        ]),
      );
    if (chance(0.06)) parts.push(this.#condition());
    return parts;
  }

  #condition(): Section {
    const { pick } = this.#random;
    const test = pick([
      '"%{REQUEST_URI} =~ m#^/a/#"',
      "\"%{HTTP_USER_AGENT} == 'curl/8'\"",
      '"-n %{QUERY_STRING}"',
      "\"%{REQUEST_METHOD} in {'GET', 'HEAD'}\"",
      "\"%{REMOTE_ADDR} -ipmatch '127.0.0.2'\"",
      "\"! req('X-Test') == 'yes' && true\"",
      '"%{REQUEST_URI} =~ /F\\.TXT/i || false"',
      "\"-R '127.0.0.0/31'\"",
      "\"%{HTTP_HOST} -strmatch '*.ex'\"",
      "\"reqenv('e1') == '1'\"",
      '"-z %{HTTP:Referer}"',
      "\"%{tolower:%{HTTP_HOST}} == 'a.ex'\"",
      "\"'abc' < 'abd' && !('a' eq 'b')\"",
    ]);
    return { tag: `If ${test}`, parts: [this.#stamp()] };
  }

  #section(): Section {
    const { pick, chance, some } = this.#random;
    const kind = pick<GeneratedSection>([
      "Directory",
      "Directory",
      "Directory",
      "DirectoryMatch",
      "Files",
      "FilesMatch",
      "Location",
      "Location",
      "LocationMatch",
    ]);
    const argument = pick(sectionArguments(kind, this.#scene.root));
    const tag = kind.endsWith("Match") && chance(0.4) ? `${kind.slice(0, -5)} ~` : kind;
    const parts: Part[] = [...this.#body()];
    if (tag === "Directory" && chance(0.5)) parts.push(this.#override());
    if (kind.startsWith("Directory") && chance(0.3)) parts.push(...some(1, 2, () => this.#files()));
    if (kind === "Location" && chance(0.06))
      parts.push(`Alias ${this.#scene.root}${pick(["/ab", "/a/f.txt", "/a/b"])}`);
    if (kind.startsWith("Location") && chance(0.06))
      parts.push(pick(["Redirect http://l.ex/z", "Redirect 410", "Redirect permanent /zz"]));
    return { tag: `${tag} "${argument}"`, parts };
  }

  #files(): Section {
    return {
      tag: `Files ${this.#random.pick(["f.txt", "*.html", '~ "^g"', "*", "index.html", "?.txt"])}`,
      parts: this.#body(),
    };
  }

  #override(): string {
    return this.#random.pick([
      "AllowOverride All",
      "AllowOverride All",
      "AllowOverride None",
      "AllowOverride Limit",
      "AllowOverride FileInfo",
      "AllowOverride AuthConfig Limit FileInfo",
      "AllowOverride Options=FollowSymLinks FileInfo",
      "AllowOverride FileInfo Limit Options Indexes",
      "AllowOverride None\nAllowOverrideList Header",
      "AllowOverride FileInfo\nAllowOverrideList Order Allow Deny Require",
      "AllowOverride Nonfatal=All",
      "AllowOverride FileInfo Nonfatal=Override",
      "AllowOverride Options=Indexes,MultiViews FileInfo Limit",
    ]);
  }

  #accessFile(): readonly Part[] {
    const { pick, chance } = this.#random;
    const parts: Part[] = [...this.#body()];
    if (chance(0.3)) parts.push(this.#files());
    if (chance(0.04)) parts.push(pick(["DocumentRoot /x", "Nonsense", "AllowOverride All", "Order up,down"]));
    return parts;
  }
}
