import { compile } from "../../compile/compile.ts";
import type { ActiveNode } from "../../config/active-config.ts";
import { clusterFacts } from "../apache24/balancer.ts";
import { fateOf, isOff, methodOf } from "../apache24/balanced-sections.ts";
import { Draft } from "../draft.ts";
import { addressRules, quote } from "../site/nginx-access.ts";
import { judgeRest } from "../site/judge-rest.ts";
import type { SiteHost, SitePlace } from "../site/site.ts";
import { siteHosts } from "../site/site.ts";
import { sourceLines } from "../source-lines.ts";
import type { MigrationInput, MigrationTarget } from "../target.ts";
import type { Migration } from "../verdict.ts";
import { lost } from "../verdict.ts";

/** A configuration for nginx: hosts, locations, access, redirects, upstreams. */
export const nginx: MigrationTarget = { name: "nginx", mainFile: "nginx.conf", migrate };

const carried = new Set(
  (
    "listen port bindaddress servername serveralias documentroot alias redirect redirectmatch redirectpermanent redirecttemp " +
    "order allow deny satisfy require authtype authname authuserfile virtualhost directory location files directorymatch filesmatch locationmatch " +
    "limit limitexcept ifmodule ifdefine backhand loadmodule addmodule clearmodulelist servertype include resourceconfig accessconfig serverroot"
  ).split(" "),
);

function migrate(input: MigrationInput): Migration {
  const { config } = input;
  const draft = new Draft(sourceLines(config));
  const { table } = compile(config);
  const { members } = clusterFacts(table, input.backends);
  const hosts = siteHosts(config, table);
  const methods = new Map<string, string>();
  const upstreamOf = ({ balanced }: SitePlace): string | null => {
    if (balanced === null || isOff(balanced)) return null;
    const method = methodOf(balanced, false);
    const key =
      method.session === null && method.name !== "byrequests" ? "least_conn" : method.session === null ? "" : "ip_hash";
    for (const step of balanced.steps) {
      const line = draft.source.lineOf(step.directive);
      const { isLost, why } = fateOf(step);
      if (line !== null && isLost) draft.judge(line, lost(why));
      else if (line !== null && step.name === "bySession")
        draft.judge(line, lost("nginx keeps a client by its address (ip_hash), not by its session"));
    }
    if (members.length === 0) return "none";
    const found = [...methods].find(([, one]) => one === key)?.[0];
    const name = found ?? `backhand${methods.size === 0 ? "" : `_${methods.size + 1}`}`;
    methods.set(name, key);
    return name;
  };
  const servers = hosts.flatMap((host, index) => serverBlock(host, index === 0, hosts, draft, upstreamOf));
  const upstreams = [...methods].flatMap(([name, method]) => [
    `    upstream ${name} {`,
    ...(method === "" ? [] : [`        ${method};`]),
    ...members.map(
      ({ address, port }) =>
        `        server ${address.includes(":") ? `[${address}]` : address}:${port} max_fails=3 fail_timeout=5s;`,
    ),
    "        keepalive 32;",
    "    }",
  ]);
  const texts = [
    "worker_processes auto;",
    "events { worker_connections 1024; }",
    "http {",
    "    include /etc/nginx/mime.types;",
    "    default_type application/octet-stream;",
    "    server_tokens off;",
    "    server_names_hash_bucket_size 128;",
    ...upstreams,
    ...servers,
    "}",
  ];
  if (
    members.length === 0 &&
    hosts.some(({ places }) => places.some(({ balanced }) => balanced !== null && !isOff(balanced)))
  ) {
    draft.note(
      "No member of the cluster is known, so balanced pages answer 503: give --backends or --discover 5s",
      true,
    );
  }
  for (const { unplaced } of hosts) {
    for (const { section } of unplaced) {
      const line = draft.source.lineOf(section);
      if (line !== null)
        draft.judge(line, lost("no URL stands for this section, so its access rules have no place in nginx"));
    }
  }
  judgeRest(
    draft,
    "nginx",
    (node: ActiveNode) => carried.has(node.key) || node.key === "backhandfromso" || isIndex(node),
  );
  const from = null;
  const lines = texts.map((text) => ({ text, from, why: "what the old lines come to in nginx" }));
  return { files: [{ path: nginx.mainFile, lines }], lines: draft.judged(), notes: draft.notes };
}

/** Index files are written for hosts; those of a folder alone have no place. */
function isIndex({ key, parent, words }: ActiveNode): boolean {
  return (
    key === "directoryindex" &&
    (parent?.key === "server" || parent?.key === "virtualhost") &&
    words.every(({ value }) => INDEX_FILE.test(value))
  );
}

/** What may stand behind `index` as it is. */
const INDEX_FILE = /^[\w./-]+$/;

function indexLine({ index }: SiteHost): readonly string[] {
  if (index === null) return [];
  const files = index.filter((file) => INDEX_FILE.test(file));
  // nginx takes index.html where nothing is said; a name that no file has says it.
  return [`        index ${files.length === 0 ? ".no-index" : files.join(" ")};`];
}

function serverBlock(
  host: SiteHost,
  isMain: boolean,
  hosts: readonly SiteHost[],
  draft: Draft,
  upstreamOf: (place: SitePlace) => string | null,
): readonly string[] {
  const seen = new Set<string>();
  const listens = host.addresses.flatMap(({ address, port }) => {
    const text = address === "*" ? String(port) : `${address.includes(":") ? `[${address}]` : address}:${port}`;
    if (seen.has(text)) return [];
    seen.add(text);
    // The first host of an address answers names that nobody has; the main server only where no host is.
    const others = hosts.filter(
      (other, at) => at > 0 && other.addresses.some((one) => one.address === address && one.port === port),
    );
    const isDefault = isMain ? others.length === 0 : others[0] === host;
    return isMain && others.length > 0 ? [] : [`        listen ${text}${isDefault ? " default_server" : ""};`];
  });
  if (listens.length === 0) return [];
  const names = host.names.map(serverName).filter((name) => name !== null);
  const rules = host.redirects.map(({ status, pattern, target, directive }) => {
    const line = draft.source.lineOf(directive);
    if (line === null) return "";
    const code = target === null && status < 400 ? 302 : status;
    return `        if ($uri ~ "${pattern}") { return ${code}${target === null || code >= 400 ? "" : ` "${target}$is_args$args"`}; }`;
  });
  return [
    "    server {",
    ...listens,
    ...(names.length === 0 ? [] : [`        server_name ${names.join(" ")};`]),
    ...(host.root === null || host.root.includes("$")
      ? ["        root /nonexistent;"]
      : [`        root ${quote(host.root)};`]),
    ...indexLine(host),
    ...rules.filter((rule) => rule !== ""),
    ...host.closed.map((pattern) => `        if ($uri ~ "${pattern}") { return 403; }`),
    ...host.places.flatMap((place) => locations(place, host, draft, upstreamOf(place))),
    "    }",
  ];
}

/** nginx knows one star, at an end; other patterns are expressions. */
function serverName(name: string): string | null {
  const lower = name.toLowerCase();
  if (/^(?:\*\.)?[a-z0-9._-]+$/.test(lower) || /^[a-z0-9._-]+\.\*$/.test(lower)) return lower;
  if (!/^[a-z0-9._*?-]+$/.test(lower)) return null;
  return `"~^${lower.replace(/\./g, "\\.").replace(/\*/g, ".*").replace(/\?/g, ".")}$"`;
}

/** nginx takes a dollar sign for a variable and has no way to write one. */
function aliasLines(folder: string): readonly string[] {
  return folder.includes("$") ? ["return 404;"] : [`alias ${quote(folder)};`];
}

function locations(place: SitePlace, host: SiteHost, draft: Draft, upstream: string | null): readonly string[] {
  const { path, formula, folder } = place;
  const rules = addressRules(formula, place);
  if (rules === null) {
    for (const { section } of place.guards.slice(-1)) {
      const line = draft.source.lineOf(section);
      if (line !== null) draft.judge(line, lost("nginx cannot decide by what the access rules ask for: closed"));
    }
  }
  const isOwnRoot =
    host.root !== null &&
    folder === (path === "/" ? host.root : host.root.replace(/\/$/, "") + path).replace(/(?<=.)\/+$/, "");
  const content =
    upstream === "none"
      ? ["return 503;"]
      : upstream !== null
        ? [
            `proxy_pass http://${upstream};`,
            "proxy_http_version 1.1;",
            'proxy_set_header Connection "";',
            "proxy_set_header Host $host;",
            "proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;",
            "proxy_set_header X-Forwarded-Proto $scheme;",
            "proxy_next_upstream error timeout;",
          ]
        : host.programs.map((pattern) => `if ($uri ~ "${pattern}") { return 501; }`);
  // "return" answers before anybody looks at access.
  const access = upstream === "none" ? [] : (rules ?? ["deny all;"]);
  const block = (head: string, alias: string | null): readonly string[] => [
    `        location ${head} {`,
    ...[...access, ...content, ...(alias === null || upstream !== null ? [] : aliasLines(alias))].map(
      (line) => `            ${line}`,
    ),
    "        }",
  ];
  const alias = isOwnRoot || folder === null ? null : folder;
  if (path === "/") return block("/", null);
  return [
    ...block(`= ${quote(path)}`, alias),
    ...block(`^~ ${quote(`${path}/`)}`, alias === null ? null : `${alias}/`),
  ];
}
