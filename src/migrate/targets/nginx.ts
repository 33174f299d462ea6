import { compile } from "../../compile/compile.ts";
import { clusterFacts } from "../apache24/balancer.ts";
import { Draft } from "../draft.ts";
import { isNginxSetting, processLines } from "../nginx/process.ts";
import { refusalLine, rewriteLines } from "../nginx/rewrites.ts";
import { serverLines, tlsWords } from "../nginx/servers.ts";
import { SharedVariables } from "../nginx/shared-variables.ts";
import { Upstreams } from "../nginx/upstreams.ts";
import { indented } from "../nginx/words.ts";
import { isCarried } from "../site/carried.ts";
import { judgeRest } from "../site/judge-rest.ts";
import { noteHidden } from "../site/note-hidden.ts";
import type { RewriteFacts } from "../site/rewrite-rule.ts";
import { hostRewrites, ruleHosts } from "../site/rewrites.ts";
import { judgeUnreached, writeRewrites } from "../site/judge-rewrites.ts";
import { placesOf } from "../site/places.ts";
import { judgeTls } from "../site/judge-tls.ts";
import { siteOf, type SiteHost } from "../site/site.ts";
import { hostTls } from "../site/tls.ts";
import { sourceLines } from "../source-lines.ts";
import type { MigrationInput, MigrationTarget } from "../target.ts";
import type { Migration, OutputLine } from "../verdict.ts";

/** A configuration for nginx: hosts, locations, access, redirects, upstreams. */
export const nginx: MigrationTarget = { name: "nginx", mainFile: "nginx.conf", migrate };

function migrate(input: MigrationInput): Migration {
  const config = input.started;
  const draft = new Draft(sourceLines(config));
  const { table } = compile(config);
  const { members } = clusterFacts(table, input.backends);
  const places = placesOf(table, draft);
  const site = siteOf(table);
  const variables = new SharedVariables();
  const upstreams = new Upstreams(members);
  const upstreamFor = upstreams.nameFor.bind(upstreams);
  const tls = hostTls(config, table);
  const ruled = ruleHosts(config, table, site.endpoints, tls);
  const rewrites = hostRewrites(ruled);
  const rewritesOf = ({ index, redirects }: SiteHost): readonly string[] =>
    writeRewrites(rewrites.get(index), draft, {
      target: "nginx",
      rule: (rule) => rewriteLines(rule, variables, redirects.length > 0),
      refusal: ({ status, pattern }) => refusalLine(status, pattern),
    });
  const ruleFactsOf = (host: number): RewriteFacts | null => ruled[host]?.facts ?? null;
  const servers = serverLines(site, { table, places, variables, upstreamFor, tls, rewritesOf, ruleFactsOf });
  judgeUnreached(rewrites, site.hosts, draft);
  judgeTls(tls, draft, tlsWords);
  const { top, http } = processLines(config, draft);
  if (members.length === 0 && upstreams.isAsked) {
    draft.note(
      "No member of the cluster is known, so balanced pages answer 503: give --backends or --discover 5s",
      true,
    );
  }
  noteHidden(site, table, places, draft, "nginx");
  judgeRest(draft, "nginx", (node) => isCarried(node, none) || isNginxSetting(node));
  const added = (lines: readonly string[]): readonly OutputLine[] =>
    lines.map((text) => ({ text, from: null, why: "what the old lines come to in nginx" }));
  const lines = [
    ...added([...top, "events { worker_connections 1024; }", "http {", ...indented(http), ...variables.lines()]),
    ...added(indented(upstreams.lines())),
    ...servers,
    ...added(["}"]),
  ];
  return { files: [{ path: nginx.mainFile, lines }], lines: draft.judged(), notes: draft.notes };
}

const none: ReadonlySet<string> = new Set();
