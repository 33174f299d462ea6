import { compile } from "../../compile/compile.ts";
import type { ActiveNode } from "../../config/active-config.ts";
import { fateOf, isOff, methodOf } from "../apache24/balanced-sections.ts";
import { clusterFacts } from "../apache24/balancer.ts";
import { Draft } from "../draft.ts";
import { alternatives } from "../site/haproxy-access.ts";
import { judgeRest } from "../site/judge-rest.ts";
import type { SiteHost, SitePlace } from "../site/site.ts";
import { siteHosts } from "../site/site.ts";
import { sourceLines } from "../source-lines.ts";
import type { MigrationInput, MigrationTarget } from "../target.ts";
import type { Migration } from "../verdict.ts";
import { lost } from "../verdict.ts";

/** A configuration for HAProxy: hosts, access, redirects, and servers that tell their load by `backhand agent`. */
export const haproxy: MigrationTarget = { name: "haproxy", mainFile: "haproxy.cfg", migrate };

/** Where `backhand agent --haproxy-agent` answers on each server. */
const AGENT_PORT = 4446;

const carried = new Set(
  (
    "listen port bindaddress servername serveralias documentroot alias redirect redirectmatch redirectpermanent redirecttemp " +
    "order allow deny satisfy require virtualhost directory location files directorymatch filesmatch locationmatch limit limitexcept " +
    "ifmodule ifdefine backhand backhandfromso multicaststats broadcaststats acceptstats loadmodule addmodule clearmodulelist servertype include resourceconfig accessconfig serverroot"
  ).split(" "),
);

function migrate(input: MigrationInput): Migration {
  const { config } = input;
  const draft = new Draft(sourceLines(config));
  const { table } = compile(config);
  const { members } = clusterFacts(table, input.backends);
  const hosts = siteHosts(config, table);
  const backends = new Map<string, string>();
  const backendOf = ({ balanced }: SitePlace): string | null => {
    if (balanced === null || isOff(balanced)) return null;
    for (const step of balanced.steps) {
      const line = draft.source.lineOf(step.directive);
      const { isLost, why } = fateOf(step);
      if (line !== null && isLost) draft.judge(line, lost(why));
      else if (line !== null && step.name === "bySession") {
        draft.judge(line, lost("HAProxy cannot read an address out of a session: its own cookie keeps clients"));
      }
    }
    const { name, session } = methodOf(balanced, true);
    // Weights come from the agents, so the load of a server counts with every method.
    const method =
      (name === "byrequests" ? "roundrobin" : name === "bybusyness" ? "leastconn" : "random(2)") +
      (session === null ? "" : " cookie");
    const found = [...backends].find(([, one]) => one === method)?.[0];
    const key = found ?? `backhand${backends.size === 0 ? "" : `_${backends.size + 1}`}`;
    backends.set(key, method);
    return key;
  };
  const rules = hosts.flatMap((host, index) => hostRules(host, index, draft, backendOf));
  const sockets = [...new Set(table.listen.map(({ address, port }) => `${address === "*" ? "" : address}:${port}`))];
  const texts = [
    "global",
    "    maxconn 4096",
    "defaults",
    "    mode http",
    "    option forwardfor",
    "    option redispatch",
    "    retries 3",
    "    timeout connect 5s",
    "    timeout client 60s",
    "    timeout server 60s",
    "frontend www",
    ...(sockets.length === 0 ? [":80"] : sockets).map((socket) => `    bind ${socket}`),
    // Paths that two readers may read in two ways would pass by the rules below.
    "    http-request deny deny_status 400 if { path,url_dec -m reg (//|/\\.\\.?(/|$)|%) }",
    "    http-request set-var(txn.host) int(0)",
    ...hosts.flatMap((_, index) => chooseHost(index, hosts)),
    ...rules,
    "    default_backend files",
    ...[...backends].flatMap(([name, method]) => backend(name, method, members)),
    "backend files",
    "    # HAProxy serves no files: what was not balanced needs a server of its own here.",
    "    http-request return status 404",
  ];
  if (members.length === 0 && backends.size > 0) {
    draft.note(
      "No member of the cluster is known, so balanced pages answer 503: give --backends or --discover 5s",
      true,
    );
  }
  for (const { unplaced } of hosts) {
    for (const { section } of unplaced) {
      const line = draft.source.lineOf(section);
      if (line !== null)
        draft.judge(line, lost("no URL stands for this section, so its access rules have no place in HAProxy"));
    }
  }
  judgeRest(draft, "HAProxy", ({ key }: ActiveNode) => carried.has(key));
  if (hosts.some(({ places }) => places.some(({ balanced }) => balanced === null))) {
    draft.note("HAProxy serves no files: what is not balanced answers 404 until its backend is another server", true);
  }
  const lines = texts.map((text) => ({ text, from: null, why: "what the old lines come to in HAProxy" }));
  return { files: [{ path: haproxy.mainFile, lines }], lines: draft.judged(), notes: draft.notes };
}

function backend(
  name: string,
  method: string,
  members: readonly { readonly address: string; readonly port: number }[],
): readonly string[] {
  const [algorithm = "", cookie] = method.split(" ");
  return [
    `backend ${name}`,
    `    balance ${algorithm}`,
    ...(cookie === undefined ? [] : ["    cookie BACKHAND insert indirect nocache"]),
    ...members.map(({ address, port }, index) => {
      const sticky = cookie === undefined ? "" : ` cookie s${index + 1}`;
      return `    server s${index + 1} ${address}:${port} check weight 100 agent-check agent-port ${AGENT_PORT} agent-inter 2s${sticky}`;
    }),
  ];
}

/** Which host a request meets: by address, then by name; of several that fit, the one that comes first in the old file. */
function chooseHost(index: number, hosts: readonly SiteHost[]): readonly string[] {
  if (index === 0) return [];
  // The lines run from the last host to the first, defaults before names, since the last that fits counts.
  const at = hosts.length - index;
  const one = hosts[at];
  if (one === undefined) return [];
  const set = `    http-request set-var(txn.host) int(${at}) if`;
  return one.addresses.flatMap(({ address, port }) => {
    // An address with hosts of its own has none of those for all addresses.
    const own = hosts
      .slice(1)
      .flatMap(({ addresses }) => addresses.filter((other) => other.port === port && other.address !== "*"));
    const others = own.length === 0 ? "" : `!{ dst ${[...new Set(own.map((other) => other.address))].join(" ")} } `;
    const place = `${address === "*" ? others : `{ dst ${address} } `}{ dst_port ${port} }`;
    const isFirst = !hosts
      .slice(1, at)
      .some(({ addresses }) => addresses.some((other) => other.address === address && other.port === port));
    return [
      ...(isFirst ? [`${set} ${place} { var(txn.host) -m int 0 }`] : []),
      ...one.names.flatMap((name) => {
        const test = nameTest(name.toLowerCase());
        return test === null ? [] : [`${set} ${place} { req.hdr(host),host_only,lower ${test} }`];
      }),
    ];
  });
}

function nameTest(name: string): string | null {
  if (!/^[a-z0-9._*?-]+$/.test(name)) return null;
  if (!/[*?]/.test(name)) return `-m str ${name}`;
  return `-m reg ^${name.replace(/\./g, "\\.").replace(/\*/g, ".*").replace(/\?/g, ".")}$`;
}

function hostRules(
  host: SiteHost,
  index: number,
  draft: Draft,
  backendOf: (place: SitePlace) => string | null,
): readonly string[] {
  const here = `{ var(txn.host) -m int ${index} }`;
  const lines: string[] = [];
  for (const { status, pattern, target, directive } of host.redirects) {
    const line = draft.source.lineOf(directive);
    if (line === null) continue;
    const prefix = /^\^(\/[\w./\\-]*)\(\/\.\*\)\?\$$/.exec(pattern)?.[1]?.replaceAll("\\", "");
    if (
      prefix === undefined ||
      target === null ||
      status < 301 ||
      status > 308 ||
      !/^https?:\/\/[\w.:/-]+\$1$/.test(target)
    ) {
      draft.judge(line, lost("HAProxy cannot say this redirect: closed"));
      lines.push(`    http-request deny deny_status 503 if ${here} { path,url_dec -m reg ${escape(pattern)} }`);
      continue;
    }
    const code = [301, 302, 303, 307, 308].includes(status) ? status : 302;
    const to = target.slice(0, -2);
    for (const test of [`-m str ${prefix}`, `-m beg ${prefix}/`]) {
      lines.push(
        `    http-request redirect location ${to}%[path,regsub(^${prefix},)] code ${code} if ${here} { path ${test} }`,
      );
    }
  }
  for (const pattern of host.closed)
    lines.push(`    http-request deny if ${here} { path,url_dec -m reg ${escape(pattern)} }`);
  lines.push(`    http-request set-var(txn.place) int(0) if ${here}`);
  const uses: string[] = [];
  for (const [number, place] of host.places.entries()) {
    const { path } = place;
    const tests = path === "/" ? ["-m beg /"] : [`-m str ${path}`, `-m beg ${path}/`];
    for (const test of tests)
      lines.push(`    http-request set-var(txn.place) int(${number}) if ${here} { path,url_dec ${test} }`);
    const meets = `${here} { var(txn.place) -m int ${number} }`;
    const holds = alternatives(place.formula);
    if (holds === null) {
      for (const { section } of place.guards.slice(-1)) {
        const line = draft.source.lineOf(section);
        if (line !== null) draft.judge(line, lost("HAProxy cannot decide by what the access rules ask for: closed"));
      }
    }
    const isOpen = holds?.some((one) => one.length === 0) === true;
    const name = backendOf(place);
    if (name !== null) uses.push(`    use_backend ${name} if ${meets}`);
    if (isOpen) continue;
    // The longest path counts, so its rules come when all lengths are known.
    uses.unshift(
      ...(holds ?? []).map((one) => `    http-request set-var(txn.ok) int(1) if ${meets} ${one.join(" ")}`),
      `    http-request deny if ${meets} !{ var(txn.ok) -m int 1 }`,
    );
  }
  const isRule = (line: string): boolean => line.includes("http-request");
  return [...lines, ...uses.filter(isRule), ...uses.filter((line) => !isRule(line))];
}

/** An expression on a line of HAProxy. */
function escape(pattern: string): string {
  return pattern.replace(/[\\ #'"]/g, "\\$&");
}
