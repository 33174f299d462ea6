import { decide } from "../../src/access/decide.ts";
import { accessFileReader } from "../../src/compile/access-file-reader.ts";
import { compile } from "../../src/compile/compile.ts";
import { memoryFileSystem } from "../../src/config/memory-file-system.ts";
import { readConfiguration } from "../../src/config/read.ts";
import { createRouter, isRefusal } from "../../src/routing/router.ts";
import type { Random } from "../differential/random.ts";

const clients = ["10.1.2.3", "10.2.3.4", "192.168.1.5", "192.168.77.9", "203.0.113.9"];
const origins = [
  "all",
  "10.",
  "10.1",
  "10.1.2.3",
  "192.168.1.0/24",
  "192.168.0.0/255.255.0.0",
  "203.0.113.0/28",
  "env=flag",
];
const methods = ["GET", "POST", "PUT", "HEAD", "DELETE"];
/** Whoever has a password, which is "secret". */
export const users = ["ann", "bob", "eve"];

function hostLines(random: Random): readonly string[] {
  const order = random.pick(["Order deny,allow", "Order allow,deny", "Order mutual-failure", ""]);
  const rules = random.some(
    0,
    3,
    () => `${random.pick(["Allow", "Deny"])} from ${random.some(1, 2, () => random.pick(origins)).join(" ")}`,
  );
  return [order, ...rules].filter((line) => line !== "");
}

const userLine = (random: Random): string =>
  random.pick([
    "Require valid-user",
    "Require user ann",
    "Require user ann bob",
    "Require group staff",
    "require valid-user",
  ]);

/** Lines of one section; in a kind without Satisfy the three sorts stand apart in different sections. */
function block(random: Random, withSatisfy: boolean): readonly string[] {
  const lines: string[] = [];
  const limited = (inner: readonly string[]): readonly string[] => {
    if (inner.length === 0 || !random.chance(0.25)) return inner;
    const tag = random.pick(["Limit", "LimitExcept"]);
    const names = random.some(1, 2, () => random.pick(methods.filter((name) => name !== "HEAD"))).join(" ");
    return [`<${tag} ${names}>`, ...inner, `</${tag}>`];
  };
  if (random.chance(0.75)) lines.push(...limited(hostLines(random)));
  if (random.chance(0.4)) lines.push(...limited(random.some(1, 2, () => userLine(random))));
  if (withSatisfy && random.chance(0.4)) lines.push(`Satisfy ${random.pick(["any", "all"])}`);
  return lines;
}

/** Below the document root. */
/** Folders that one Location each is for. */
export const only = Array.from({ length: 12 }, (_, index) => `only${index}`);
export const folders = ["a", "a/b", "a/b/c", "d", "d/e"];

/** A configuration of 1.3 with access rules in every kind of section. */
export function accessConfiguration(random: Random, withSatisfy: boolean, withHosts: boolean): string {
  const auth = ["AuthType Basic", 'AuthName "x"', "AuthUserFile /data/users", "AuthGroupFile /data/groups"];
  const section = (tag: string, argument: string): readonly string[] => [
    `<${tag} ${argument}>`,
    ...block(random, withSatisfy),
    `</${tag}>`,
  ];
  // Files of a folder count behind all that stand outside of one, and with the rules of the folders below it.
  const folder = (name: string): readonly string[] => [
    `<Directory /srv/www/${name}>`,
    ...block(random, withSatisfy),
    ...(random.chance(0.25) ? section("Files", random.pick(["secret.txt", '~ "^\\.ht"'])) : []),
    "</Directory>",
  ];
  return [
    "Listen 80",
    "ServerName x.example",
    "ServerRoot /srv",
    "DocumentRoot /srv/www",
    "SetEnvIf X-Flag yes flag",
    "AliasMatch ^/am/(.*)$ /srv/www/$1",
    "AliasMatch ^/lang(/(de|en))?(/.*)?$ /srv/www$3",
    "UserDir /srv/www",
    "<Directory />",
    ...auth,
    ...(random.chance(0.5) ? block(random, withSatisfy) : []),
    "</Directory>",
    ...folders.flatMap((name) => (random.chance(0.7) ? folder(name) : [])),
    ...(random.chance(0.4) ? section("Directory", "/srv/www/*/e") : []),
    ...(random.chance(0.4) ? section("Files", "secret.txt") : []),
    ...(random.chance(0.3) ? section("Files", '~ "^\\.ht"') : []),
    ...(random.chance(0.5) ? section("Location", "/a/b") : []),
    ...(random.chance(0.3) ? section("Location", "/a") : []),
    ...Array.from({ length: 12 }, (_, index) => section("Location", `/only${index}`)).flat(),
    // Sections of the main server stand in every host, between those that the host has of its own.
    ...(withHosts
      ? [
          "NameVirtualHost *",
          "<VirtualHost *>",
          "ServerName x.example",
          "</VirtualHost>",
          "<VirtualHost *>",
          "ServerName y.example",
          ...folders.flatMap((name) => (random.chance(0.3) ? folder(name) : [])),
          ...(random.chance(0.3) ? section("Files", "secret.txt") : []),
          ...(random.chance(0.5) ? section("Location", "/a") : []),
          ...(random.chance(0.5) ? section("Directory", "/srv/www") : []),
          "</VirtualHost>",
        ]
      : []),
    "",
  ].join("\n");
}

/** .htaccess files with rules of their own, by their paths. */
export function accessFilesOf(random: Random, withSatisfy: boolean): Readonly<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const name of folders) {
    const inner = block(random, withSatisfy);
    const files = random.chance(0.3) ? ["<Files secret.txt>", ...block(random, withSatisfy), "</Files>"] : [];
    if (random.chance(0.5)) found[`/srv/www/${name}/.htaccess`] = [...inner, ...files, ""].join("\n");
  }
  return found;
}

/** A request to such a configuration. */
export interface Case {
  readonly host: string;
  readonly path: string;
  readonly method: string;
  readonly client: string;
  readonly flag: boolean;
  readonly user: string | null;
}

/** Any request. */
export function randomCase(random: Random): Case {
  const folder = random.chance(0.5) ? `only${random.below(12)}` : random.pick(["", ...folders]);
  const file = random.pick(["f.txt", "f.txt", "secret.txt", ".htx"]);
  // The same files by lines with expressions.
  const way = random.chance(0.7) ? "" : random.pick(["/am", "/lang", "/lang/de", folder === "" ? "" : "/~"]);
  const path = folder === "" ? `/${file}` : `/${folder}/${file}`;
  return {
    host: random.chance(0.6) ? "y.example" : "x.example",
    path: way === "/~" ? path.replace("/", "/~") : way + path,
    method: random.pick(methods),
    client: random.pick(clients),
    flag: random.chance(0.3),
    user: random.chance(0.4) ? random.pick(users) : null,
  };
}

/** What httpd answers. */
export type Decision = "granted" | "denied" | "authentication";

/** By our implementation of 1.3, with the password already checked. */
export function oldDecisions(text: string, files: Readonly<Record<string, string>> = {}): (one: Case) => Decision {
  const fileSystem = memoryFileSystem({ "/etc/httpd.conf": text });
  const config = readConfiguration({ path: "/etc/httpd.conf", fileSystem, dialect: "1.3" });
  const isFolder = new Set(["/", "/srv", "/srv/www", ...[...folders, ...only].map((name) => `/srv/www/${name}`)]);
  const router = createRouter(compile(config).table, {
    facts: { kindOf: (path) => (isFolder.has(path.replace(/(?<=.)\/$/, "")) ? "directory" : null) },
    accessFiles: accessFileReader(config, memoryFileSystem(files), { allowUnenforced: true }),
  });
  const groups: Readonly<Record<string, ReadonlySet<string>>> = {
    ann: new Set(["staff"]),
    bob: new Set(),
    eve: new Set(["staff"]),
  };
  return ({ host, path, method, client, flag, user }) => {
    const headers = ["Host", host, ...(flag ? ["X-Flag", "yes"] : [])];
    const match = router.route({
      localAddress: "127.0.0.1",
      localPort: 80,
      host,
      target: path,
      method,
      client: { address: client, protocol: "HTTP/1.1", headers },
    });
    if (isRefusal(match)) throw new Error(`Expected a match for ${path}`);
    const known = user === null ? null : { name: user, groups: groups[user] ?? null };
    const first = decide(match.access, client, method, null, { asked: match.asked });
    if (first !== "authentication" || known === null) return first;
    // A user who is not the right one is asked again.
    return decide(match.access, client, method, null, { asked: match.asked, user: known }) === "granted"
      ? "granted"
      : "authentication";
  };
}

/** What a status says of access. */
export const decisionOf = (status: number): Decision =>
  status === 401 ? "authentication" : status === 403 ? "denied" : "granted";
