import { addressBytes } from "../../access/address.ts";
import { clusterSettings } from "../../compile/cluster.ts";
import type { RoutingTable } from "../../compile/table.ts";
import type { ActiveConfig, ActiveDirective, ActiveSection } from "../../config/active-config.ts";
import type { Draft } from "../draft.ts";
import type { SourceText } from "../source-lines.ts";
import type { Backend } from "../target.ts";
import { changed, dropped, folded, lost, type Verdict } from "../verdict.ts";
import type { BalancedSection, Method, Step } from "./balanced-sections.ts";
import { balancedSections, fateOf, isOff, isOffStep, methodOf } from "./balanced-sections.ts";
import { firstWord, wordsOf } from "./line-rule.ts";
import type { Tags } from "./tags.ts";

/** What the cluster lines of a configuration come to. */
export interface ClusterFacts {
  /** Group and port that Apache's heartbeats can use; null: none of the lines names a multicast group. */
  readonly group: string | null;
  /** Networks of the servers. */
  readonly networks: readonly string[];
  /** Members: those that were given, else single addresses of AcceptStats. */
  readonly members: readonly Backend[];
}

/** The cluster's lines of a configuration, without compiling the rest of it. */
export function clusterOf({ server }: ActiveConfig): RoutingTable["cluster"] {
  const hosts = [server, ...server.children.filter((node) => node.kind === "section" && node.key === "virtualhost")];
  const lines = hosts.flatMap((host) =>
    host.kind === "section" ? host.children.filter((node): node is ActiveDirective => node.kind === "directive") : [],
  );
  const own = lines.filter(({ spec }) => spec?.module.startsWith("mod_backhand") === true);
  return clusterSettings(
    own,
    () => ({ file: 0, line: 1 }),
    (path) => path,
    () => {},
  );
}

/** Reads the cluster's lines. */
export function clusterFacts({ cluster }: Pick<RoutingTable, "cluster">, given: readonly Backend[]): ClusterFacts {
  const group = cluster.announce.find(({ address }) => {
    const first = addressBytes(address)?.[0] ?? 0;
    return first >= 224 && first < 240;
  });
  const single = cluster.accept
    .filter((network) => network.endsWith("/32"))
    .map((network) => ({ address: network.slice(0, -3), port: 80 }));
  return {
    group: group === undefined ? null : `${group.address}:${group.port}`,
    networks: cluster.accept,
    members: given.length > 0 ? given : single,
  };
}

/** Whether a configuration hands requests on; one without Backhand lines is a server behind a balancer. */
export function isBalancer(config: ActiveConfig): boolean {
  return balancedSections(config).some((one) => !isOff(one));
}

/**
 * Candidacy functions as balancers of mod_proxy. The request is handed on by a rule of its section, so that it meets the very
 * sections and access rules that it met before; ProxyPass would bypass <Directory> and <Files>.
 */
export function migrateBalancing(
  config: ActiveConfig,
  facts: ClusterFacts,
  draft: Draft,
  tags: Tags,
  main: SourceText,
): void {
  const sections = balancedSections(config);
  const balancers = new Map<
    string,
    { readonly name: string; readonly method: Method; readonly first: ActiveDirective }
  >();
  for (const balanced of sections) {
    const { section, steps } = balanced;
    const method = methodOf(balanced, facts.group !== null);
    const key = JSON.stringify(method);
    let balancer = balancers.get(key);
    if (balancer === undefined && !isOff(balanced) && steps[0] !== undefined) {
      const name = balancers.size === 0 ? "backhand" : `backhand-${balancers.size + 1}`;
      balancer = { name, method, first: steps[0].directive };
      balancers.set(key, balancer);
    }
    for (const step of steps) {
      const line = draft.source.lineOf(step.directive);
      if (line !== null) draft.judge(line, verdictOf(step, isOff(balanced), facts));
    }
    const name = facts.members.length > 0 ? balancer?.name : undefined;
    writeRules(section, isOff(balanced) ? null : name, balanced, draft, tags, main);
  }
  const isHeard = [...balancers.values()].some(({ method }) => method.name === "heartbeat");
  clusterLines(config, facts, isHeard, isBalancer(config), draft);
  if (balancers.size === 0) return;
  if (facts.members.length === 0) {
    draft.note(
      "No member of the cluster is known, so balanced pages answer 503: give --backends address:port,… or --discover 5s",
      true,
    );
    return;
  }
  for (const { name, method, first } of balancers.values()) {
    draft.addBottom(main, {
      lines: ["", ...balancerLines(name, method, facts)],
      why: "the servers that the candidacy functions chose among",
      from: draft.source.lineOf(first),
    });
  }
}

function verdictOf(step: Step, isInOff: boolean, { members }: ClusterFacts): Verdict {
  const { isLost, why } = fateOf(step);
  if (isInOff) return folded(isOffStep(step) ? why : "chooses no server: `Backhand off` holds in this section");
  return isLost ? lost(why) : members.length === 0 ? lost(NO_MEMBERS) : folded(why);
}

const NO_MEMBERS = "no member of the cluster is known, so no balancer is written: give --backends or --discover 5s";

/** Hands on the requests of a section: to a balancer, to none (null), or nowhere (undefined) since no member is known. */
function writeRules(
  section: ActiveSection,
  balancer: string | null | undefined,
  { steps }: BalancedSection,
  draft: Draft,
  tags: Tags,
  main: SourceText,
): void {
  const first = steps[0] === undefined ? null : draft.source.lineOf(steps[0].directive);
  if (first === null) return;
  const rules =
    balancer === null
      ? ["RewriteEngine Off"]
      : balancer === undefined
        ? ["Redirect 503 /"]
        : [
            // A rule in a section wants one of the two options for links.
            "Options +FollowSymLinks",
            "DirectorySlash Off",
            "DirectoryCheckHandler On",
            "RewriteEngine On",
            `RewriteRule "^" "balancer://${balancer}%{REQUEST_URI}" [P,L]`,
          ];
  const why = "hands the requests of the section on";
  if (section.key === "server" || section.key === "virtualhost") {
    const inside = ['<Directory "/">', ...rules.map((line) => `    ${line}`), "</Directory>"];
    const close = closeOf(section, draft, tags);
    if (close === null) draft.addBottom(main, { lines: inside, why, from: first });
    else draft.addBefore(close, { lines: inside.map((line) => `    ${line}`), why, from: first });
    return;
  }
  const close = closeOf(section, draft, tags);
  if (close === null) draft.addAfter(first, { lines: rules, why, from: first });
  else draft.addBefore(close, { lines: rules.map((line) => `    ${line}`), why, from: first });
}

function closeOf(section: ActiveSection, draft: Draft, tags: Tags): ReturnType<Tags["closeOf"]> {
  const open = draft.source.lineOf(section);
  return open === null ? null : tags.closeOf(open);
}

const hex = (address: string): string =>
  (addressBytes(address) ?? []).map((byte) => byte.toString(16).padStart(2, "0")).join("");

function balancerLines(name: string, { name: method, session }: Method, { members }: ClusterFacts): readonly string[] {
  const variable = `${name.toUpperCase().replaceAll("-", "_")}_ROUTE`;
  const pattern = session?.replace(/[^\w]/g, "\\$&") ?? "";
  return [
    ...(session === null
      ? []
      : [
          "# The eight digits behind the session's identifier are the address of a server, and the route of a member.",
          ...[
            ["QUERY_STRING", "[&;?]"],
            ["HTTP_COOKIE", "[;, ]"],
          ].map(
            ([from, separators]) =>
              `SetEnvIfExpr "%{${from}} =~ /(?:^|${separators})${pattern}=\\x22?([0-9a-fA-F]{8})/ && tolower($1) =~ /(.+)/" ${variable}=$1`,
          ),
          `RequestHeader append Cookie "${variable}=.%{${variable}}e" env=${variable}`,
        ]),
    `<Proxy "balancer://${name}">`,
    ...members.map(({ address, port }) => {
      const host = address.includes(":") ? `[${address}]` : address;
      const route = session === null ? "" : ` route=${hex(address)}`;
      return `    BalancerMember "http://${host}:${port}" retry=5 connectiontimeout=5 hcmethod=TCP hcinterval=5${route}`;
    }),
    `    ProxySet lbmethod=${method}${session === null ? "" : ` stickysession=${variable}`}`,
    "</Proxy>",
    "ProxyPreserveHost On",
  ];
}

/** Announcements, as Apache's own heartbeats; the rest of mod_backhand's lines. */
function clusterLines(
  config: ActiveConfig,
  { group, members }: ClusterFacts,
  isHeard: boolean,
  balances: boolean,
  draft: Draft,
): void {
  let isSaid = false;
  const visit = (section: ActiveSection): void => {
    for (const node of section.children) {
      if (node.kind === "section") {
        visit(node);
        continue;
      }
      const line = draft.source.lineOf(node);
      if (line === null || !node.spec?.module.startsWith("mod_backhand") || draft.isJudged(line)) continue;
      if (node.key === "multicaststats" || node.key === "broadcaststats") {
        const isGroup = group !== null && wordsOf(node).some((word) => word.split(",")[0] === group);
        if (!isGroup || isSaid) {
          draft.judge(
            line,
            isSaid
              ? folded(`Apache's heartbeats go to ${group ?? ""}`)
              : dropped("Apache's heartbeats go to multicast groups only"),
          );
        } else if (balances) {
          isSaid = true;
          const lines = [`HeartbeatListen ${group}`, `HeartbeatMaxServers ${Math.max(10, members.length)}`];
          draft.judge(
            line,
            isHeard
              ? changed(lines, "the members announce themselves there")
              : folded("the method needs no announcements"),
          );
        } else {
          isSaid = true;
          draft.judge(
            line,
            changed(
              `HeartbeatAddress ${group}`,
              "announces this server once a second, to ours and to Apache's balancers",
            ),
          );
        }
        continue;
      }
      if (node.key === "backhandlocal") {
        draft.judge(line, lost(`2.4 serves its own requests itself: ${firstWord(node)} would be a ProxyPass`));
        continue;
      }
      draft.judge(line, dropped(meaning(node)));
    }
  };
  visit(config.server);
}

function meaning({ key, name }: ActiveDirective): string {
  switch (key) {
    case "acceptstats":
      return "members of 2.4 are listed one by one, and a heartbeat of another server is of no use to anybody";
    case "unixsocketdir":
    case "backhandmoderatorpidfile":
      return "2.4 keeps what it hears in shared memory";
    case "backhandselfredirect":
      return "2.4 never hands a request on to itself";
    case "backhandconnectionpools":
      return "mod_proxy keeps its connections";
    default:
      return `2.4 has nothing like ${name}`;
  }
}
