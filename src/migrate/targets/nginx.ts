import { clusterFacts } from "../apache24/balancer.ts";
import { compilationOf } from "../compiled.ts";
import { Draft } from "../draft.ts";
import { noteDocumentRoot } from "../note-document-root.ts";
import { sharedParameters } from "../nginx/fastcgi.ts";
import { noteSlashes } from "../nginx/note-slashes.ts";
import { PlaceSettings } from "../nginx/place-settings.ts";
import { logsOf } from "../nginx/logs.ts";
import { hostProcessLines, isNginxSetting, isSectionSetting, processLines } from "../nginx/process.ts";
import { Relays } from "../nginx/relays.ts";
import { refusalLine, rewriteLines } from "../nginx/rewrites.ts";
import { isClosed, serverLines, tlsWords } from "../nginx/servers.ts";
import { SharedVariables } from "../nginx/shared-variables.ts";
import { Upstreams } from "../nginx/upstreams.ts";
import { indented } from "../nginx/words.ts";
import { isCarried } from "../site/carried.ts";
import { LineOutcomes } from "../site/line-outcomes.ts";
import { proxyBalancers } from "../site/proxy-balancers.ts";
import { judgeMappings } from "../site/judge-mappings.ts";
import { judgeIncludes } from "../site/judge-includes.ts";
import { judgeRest } from "../site/judge-rest.ts";
import { noteHidden } from "../site/note-hidden.ts";
import type { RewriteFacts } from "../site/rewrite-rule.ts";
import { hostRewrites, ruleHosts } from "../site/rewrites.ts";
import { judgeUnreached, writeRewrites } from "../site/judge-rewrites.ts";
import { placesOf } from "../site/places.ts";
import { judgeTls } from "../site/judge-tls.ts";
import { siteOf, type SiteHost } from "../site/site.ts";
import { hostTls } from "../site/tls.ts";
import { migrateWithoutMacros } from "../macros/with-macros.ts";
import { sourceLines } from "../source-lines.ts";
import type { MigrationInput, MigrationTarget } from "../target.ts";
import { addedLines, dropped, folded, lost, madeLines, type Migration, type OutputLine } from "../verdict.ts";

const WHY = "nginx needs it, or would do otherwise than httpd";

/** A configuration for nginx: hosts, locations, access, redirects, upstreams. */
export const nginx: MigrationTarget = {
  name: "nginx",
  mainFile: "nginx.conf",
  migrate: (input) => migrateWithoutMacros(input, migrateText),
};

function migrateText(input: MigrationInput): Migration {
  const config = input.started;
  const draft = new Draft(sourceLines(config));
  const compilation = compilationOf(config);
  const { table } = compilation;
  const { members } = clusterFacts(table, input.backends);
  const places = placesOf(table, draft);
  const site = siteOf(table, isSectionSetting);
  const variables = new SharedVariables();
  const upstreams = new Upstreams(members);
  const upstreamFor = upstreams.nameFor.bind(upstreams);
  const relays = new Relays(proxyBalancers(config), places);
  const outcomes = new LineOutcomes(places, "nginx");
  const tls = hostTls(config, table);
  const ruled = ruleHosts(config, table, site.endpoints, tls);
  const rewrites = hostRewrites(ruled);
  const rewritesOf = (host: SiteHost): readonly string[] =>
    writeRewrites(rewrites.get(host.index), draft, {
      target: "nginx",
      rule: (rule) => {
        // Behind another path nothing would ask what is closed.
        if (rule.kind === "inside" && isClosed(host)) return null;
        return rewriteLines(rule, variables, host.redirects.length > 0);
      },
      refusal: ({ status, pattern }) => refusalLine(status, pattern),
    });
  const ruleFactsOf = (host: number): RewriteFacts | null => ruled[host]?.facts ?? null;
  const logs = logsOf(config, draft, variables);
  const placeSettings = new PlaceSettings(table, outcomes, variables);
  const outside = placeSettings.outside();
  const servers = serverLines(site, {
    table,
    places,
    variables,
    upstreamFor,
    tls,
    rewritesOf,
    ruleFactsOf,
    relays,
    placeSettings,
    outside,
    logs: logs.ofHosts,
    processOf: hostProcessLines(config, draft),
  });
  outcomes.finish();
  const balancers = judgeBalancers(relays, draft);
  judgeMappings(site, draft, places);
  judgeUnreached(rewrites, site.hosts, draft);
  judgeTls(tls, draft, tlsWords);
  const process = processLines(config, draft, outside);
  if (members.length === 0 && upstreams.isAsked) {
    draft.note(
      "No member of the cluster is known, so balanced pages answer 503: give --backends or --discover 5s",
      true,
    );
  }
  noteDocumentRoot(config, draft);
  noteSlashes(config.dialect, draft);
  noteHidden(site, compilation, places, draft, "nginx");
  judgePasswords(draft, servers);
  judgeIncludes(config, draft);
  judgeRest(draft, "nginx", {
    isCarried: (node) => isCarried(node, passing) || isNginxSetting(node),
    asks: new Set(["all", "ip", "method", "env", "valid-user", "user"]),
  });
  const added = (lines: readonly string[]): readonly OutputLine[] => addedLines(lines, WHY);
  const lines = [
    ...added(process.top),
    ...madeLines(logs.top),
    ...added(["events { worker_connections 1024; }", "http {"]),
    ...madeLines(indented(process.inherited)),
    ...added(indented(process.own)),
    ...madeLines(indented([...process.made, ...logs.http])),
    ...added(indented(sharedParameters(servers))),
    ...madeLines(variables.lines()),
    ...madeLines(indented([...resolver(relays, input, draft), ...upstreams.lines(), ...balancers])),
    ...servers,
    ...added(["}"]),
  ];
  return { files: [{ path: nginx.mainFile, lines }], lines: draft.judged(), notes: draft.notes };
}

/** Files of passwords that nothing in the output reads. */
function judgePasswords(draft: Draft, servers: readonly OutputLine[]): void {
  const isAsked = servers.some(({ text }) => text.includes("auth_basic "));
  for (const line of draft.source.files.flatMap(({ lines }) => lines)) {
    const { node } = line;
    if (node === null || draft.isJudged(line) || !/^auth(?:type|name|userfile|basicprovider)$/.test(node.key)) continue;
    if (!isAsked) draft.judge(line, dropped("nothing in nginx asks for users, and nothing reads a file of passwords"));
  }
}

/** The upstreams of balancers of mod_proxy, and what has become of their lines. */
function judgeBalancers(relays: Relays, draft: Draft): readonly string[] {
  return relays.upstreamLines((node, hasSession) => {
    const line = draft.source.lineOf(node);
    const isSession = hasSession && node.words.some(({ value }) => /^stickysession=/i.test(value));
    const why = "nginx keeps a client by its address (ip_hash), not by its session";
    if (line !== null) draft.judge(line, isSession ? lost(why) : folded("part of the upstream"));
  });
}

/** Names are looked up while nginx runs, for which it must be told whom to ask. */
function resolver({ names }: Relays, { nameServers = [] }: MigrationInput, draft: Draft): readonly string[] {
  if (names.length === 0) return [];
  const list = nameServers.filter((one) => /^[\d.]+$/.test(one));
  if (list.length > 0) return [`resolver ${list.join(" ")} ipv6=off;`];
  draft.note(
    `nginx must be told which name server to ask for ${names.join(", ")}: write \`resolver ADDRESS;\` into its http block, before which they answer 502`,
    true,
  );
  return [];
}

/** Lines that the locations of what is sent on say by themselves. */
const passing: ReadonlySet<string> = new Set(["proxypreservehost"]);
