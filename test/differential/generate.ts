import type { Configuration, Part, Section } from "./configuration.ts";
import { AccessGenerator } from "./generated-access.ts";
import {
  aliasLines,
  conditionSections,
  indexLine,
  optionsLine,
  redirectLines,
  variableLines,
} from "./generated-lines.ts";
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

/** Makes the configurations of one scene. */
export class Generator {
  readonly #random: Random;
  readonly #scene: Scene;
  readonly #access: AccessGenerator;
  #stamps = 0;

  constructor(random: Random, scene: Scene) {
    this.#random = random;
    this.#scene = scene;
    this.#access = new AccessGenerator(random, scene.withUsers);
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
              `UserDir ${homes}\nUserDir disabled u2`,
              `UserDir disabled\nUserDir enabled u1\nUserDir ${homes}/*/pub`,
              `UserDir ${homes}/*/nope ${homes}/*/pub`,
              "UserDir pub",
              "UserDir http://h.ex/~*/x",
              "UserDir http://h.ex/home",
            ]),
          ]
        : []),
      ...(chance(0.2) ? [`UseCanonicalName ${pick(["On", "Off"])}`] : []),
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
        `[::]:${first}`,
        "[::ffff:127.0.0.1]",
        `*:${first}`,
        `*:${first}`,
      ]),
    );
    const parts: Part[] = [`Header always append V v${index}`];
    if (chance(0.85))
      parts.push(
        `ServerName ${pick(["a.ex", "b.ex", "c.ex", "127.0.0.1", "a.ex:99", "http://b.ex:80", "A.EX", "main.ex", `c.ex:${first}`])}`,
      );
    if (chance(0.5))
      parts.push(
        ...some(
          1,
          2,
          () =>
            `ServerAlias ${some(1, 2, () => pick(["*.ex", "?.ex", "w.a.ex", "*.a.ex", "d.ex", "a.ex", "*", "*a*", "W.*", "??", "*.w.a.ex", "a.ex.", "a.ex:80", "*?.ex", "127.*", "a_b.ex"])).join(" ")}`,
        ),
      );
    if (chance(0.2)) parts.push(`ServerPath ${pick(["/a", "/a/b", "/x", "/a/", "/", "/%61"])}`);
    if (chance(0.25)) parts.push(`DocumentRoot ${root}${pick(["/a", "/ab", "/a/b/"])}`);
    parts.push(...this.#hostLines(root), ...some(0, 3, () => this.#section()));
    return { tag: `VirtualHost ${addresses.join(" ")}`, parts };
  }

  /** Aliases, redirects, variables: what stands outside of sections. */
  #hostLines(root: string): readonly Part[] {
    const { pick, chance } = this.#random;
    return [
      ...(chance(0.4) ? aliasLines(this.#random, root) : []),
      ...(chance(0.3) ? redirectLines(this.#random) : []),
      ...(chance(0.3) ? variableLines(this.#random) : []),
      ...(chance(0.12) ? [indexLine(this.#random)] : []),
      ...(chance(0.1) ? [optionsLine(this.#random)] : []),
      ...(chance(0.05) ? ["DirectorySlash Off"] : []),
      ...(chance(0.05) ? [`MergeSlashes ${pick(["Off", "On"])}`] : []),
      ...(chance(0.08) ? [`AllowEncodedSlashes ${pick(["On", "NoDecode", "Off"])}`] : []),
      ...(chance(0.05) ? [`AcceptPathInfo ${pick(["On", "Off", "Default"])}`] : []),
      ...(chance(0.1) ? this.#conditions() : []),
    ];
  }

  #conditions(): readonly Part[] {
    const inner = (): readonly Part[] =>
      this.#random.chance(0.5) ? this.#access.lines() : [optionsLine(this.#random)];
    return conditionSections(this.#random, () => this.#stamp(), inner);
  }

  /** What stands in a section: its stamp and a few lines more. */
  #body(): readonly Part[] {
    const { pick, chance } = this.#random;
    const parts: Part[] = [this.#stamp()];
    if (chance(0.35)) parts.push(...this.#access.lines());
    if (chance(0.12)) parts.push(optionsLine(this.#random));
    if (chance(0.1)) parts.push(indexLine(this.#random));
    if (chance(0.08))
      parts.push(
        pick([
          "Redirect /a/b http://h.ex/",
          "RedirectMatch ^/a/(.*)$ http://h.ex/$1",
          "Redirect gone /x.d",
          "RedirectMatch 403 php",
          "RedirectMatch ^/(.*)f\\.txt$ /$1g.html",
        ]),
      );
    if (chance(0.1)) parts.push(...variableLines(this.#random));
    if (chance(0.08))
      parts.push(
        pick([
          "ForceType text/x-y",
          "AddType text/z .txt",
          "SetHandler none",
          "SetHandler default-handler",
          "AcceptPathInfo On",
          "AcceptPathInfo Off",
          "DirectorySlash Off",
          "DirectorySlash On",
          "DirectoryCheckHandler On",
          "DirectoryIndexRedirect on",
          "DirectoryIndexRedirect permanent",
          "UseCanonicalName On",
        ]),
      );
    if (chance(0.08)) parts.push(...this.#conditions());
    return parts;
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
    if (kind.startsWith("Location") && chance(0.06))
      parts.push(
        `${pick(["Alias", "Alias", "ScriptAlias"])} ${this.#scene.root}${pick(["/ab", "/a/f.txt", "/a/b", "/a/"])}`,
      );
    if (kind.startsWith("Location") && chance(0.06))
      parts.push(
        pick([
          "Redirect http://l.ex/z",
          "Redirect 410",
          "Redirect permanent /zz",
          "Redirect 404",
          "Redirect temp http://l.ex/%%2f",
        ]),
      );
    return { tag: `${tag} "${argument}"`, parts };
  }

  #files(): Section {
    const { pick, chance } = this.#random;
    if (chance(0.3))
      return { tag: `FilesMatch ${pick(['"\\.txt$"', '"^[fi]"', '"^$"', '"(?i)G"'])}`, parts: this.#body() };
    return {
      tag: `Files ${pick(["f.txt", "*.html", '~ "^g"', "*", "index.html", "?.txt"])}`,
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
      "AllowOverride FileInfo AuthConfig Limit Options Indexes Nonfatal=Unknown",
      "AllowOverride All\nAllowOverrideList None",
      "AllowOverride FileInfo AuthConfig",
    ]);
  }

  #accessFile(): readonly Part[] {
    const { pick, chance } = this.#random;
    const parts: Part[] = [...this.#body()];
    if (chance(0.3)) parts.push(this.#files());
    if (chance(0.04))
      parts.push(pick(["DocumentRoot /x", "Nonsense", "AllowOverride All", "Order up,down", "Alias /x /y"]));
    return parts;
  }
}
