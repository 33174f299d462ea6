import { clusterFacts } from "../apache24/balancer.ts";
import { compilationOf } from "../compiled.ts";
import { Draft } from "../draft.ts";
import { Backends } from "../haproxy/backends.ts";
import { hostRules as chooseHost } from "../haproxy/hosts.ts";
import { bindLines, tlsWords } from "../haproxy/binds.ts";
import { GOES_ON, refusalRule, rewriteRules } from "../haproxy/rewrites.ts";
import { folderRuleLines } from "../haproxy/folder-rules.ts";
import { ErrorPages } from "../haproxy/error-pages.ts";
import { clientRules } from "../haproxy/clients.ts";
import { Headers } from "../haproxy/headers.ts";
import { RequestVariables } from "../haproxy/request-variables.ts";
import { logLines } from "../haproxy/logs.ts";
import { Relays } from "../haproxy/relays.ts";
import { hostRules, type RuleContext } from "../haproxy/rules.ts";
import { headLimits } from "../haproxy/limits.ts";
import { timeoutLines } from "../haproxy/timeouts.ts";
import { isCarried } from "../site/carried.ts";
import { folderRules } from "../site/folder-rules.ts";
import { isBalanced } from "../site/fates.ts";
import { LineOutcomes } from "../site/line-outcomes.ts";
import { proxyBalancers } from "../site/proxy-balancers.ts";
import { judgeMappings } from "../site/judge-mappings.ts";
import { judgeIncludes } from "../site/judge-includes.ts";
import { judgeRest } from "../site/judge-rest.ts";
import { noteHidden } from "../site/note-hidden.ts";
import { hostRewrites, ruleHosts } from "../site/rewrites.ts";
import { judgeUnreached, writeRewrites } from "../site/judge-rewrites.ts";
import { placesOf } from "../site/places.ts";
import { judgeTls } from "../site/judge-tls.ts";
import { isStatusPage } from "../site/status-pages.ts";
import { siteOf } from "../site/site.ts";
import { hostTls } from "../site/tls.ts";
import { migrateWithoutMacros } from "../macros/with-macros.ts";
import { sourceLines } from "../source-lines.ts";
import type { MigrationInput, MigrationTarget } from "../target.ts";
import { addedLines, changed, dropped, folded, madeLines, type Migration, type OutputLine } from "../verdict.ts";

const WHY = "HAProxy needs it, or would do otherwise than httpd";

/** A configuration for HAProxy: hosts, access, redirects, and servers that tell their load by `backhand agent`. */
export const haproxy: MigrationTarget = {
  name: "haproxy",
  mainFile: "haproxy.cfg",
  migrate: (input) => migrateWithoutMacros(input, migrateText),
};

const carried = new Set(["proxypreservehost"]);

/** Directives that rules are written for, whatever else their section says. */
const isSetting = (key: string): boolean =>
  /^(?:limitrequestbody|setoutputfilter|addoutputfilterbytype|mod_gzip_on|mod_gzip_item_include|(?:request|error)?header|expires(?:active|default|bytype)|errordocument|proxyerroroverride|proxypassreversecookie(?:domain|path))$/.test(
    key,
  );

function migrateText(input: MigrationInput): Migration {
  const config = input.started;
  const draft = new Draft(sourceLines(config));
  const compilation = compilationOf(config);
  const { table } = compilation;
  const { members } = clusterFacts(table, input.backends);
  const places = placesOf(table, draft);
  const site = siteOf(table, isSetting);
  const backends = new Backends(members);
  const relays = new Relays(proxyBalancers(config), places);
  const tls = hostTls(config, table);
  const ruled = ruleHosts(config, table, site.endpoints, tls);
  const rewrites = hostRewrites(ruled);
  let number = 0;
  const rewritesOf = (host: number, at: string): readonly string[] => {
    let here = at;
    return writeRewrites(rewrites.get(host), draft, {
      target: "HAProxy",
      rule: (rule) => {
        number += 1;
        const lines = rewriteRules(rule, here, number);
        if (lines !== null && rule.kind === "inside" && rule.isLast) here = `${at} ${GOES_ON}`;
        return lines;
      },
      refusal: ({ status, pattern }) => refusalRule(status, pattern, here),
    });
  };
  const isMapped = (host: number): boolean =>
    rewrites.get(host)?.rules.some((rule) => rule.kind === "inside" && !rule.passesOn) === true;
  const folderRulesOf: RuleContext["folderRulesOf"] = ({ index, regions }, region, variant, meets) => {
    const facts = ruled[index]?.facts;
    const root = regions.find(({ path }) => path === "")?.folder ?? null;
    const found = facts === undefined ? null : folderRules(variant, region, facts, root, places);
    if (found === null) return [];
    number += found.rules.length;
    return folderRuleLines(found, meets, number - found.rules.length + 1);
  };
  const variables = new RequestVariables();
  const outcomes = new LineOutcomes(places, "HAProxy");
  const errorPages = new ErrorPages(table, outcomes);
  const headers = new Headers(table, outcomes, errorPages, variables);
  const context: RuleContext = {
    table,
    places,
    backends,
    relays,
    headers,
    errorPages,
    outcomes,
    hasTls: (host) => tls.has(host),
    rewritesOf,
    isMapped,
    folderRulesOf,
  };
  const reverses = relays.share(site.hosts);
  const rules = site.hosts.map((host) => hostRules(host, context));
  const clients = clientRules(
    table,
    site.hosts.map(({ index }) => index),
    places,
  );
  const timeouts = timeoutLines(config, draft);
  const logs = logLines(config, draft);
  const fields = headers.lines();
  outcomes.finish();
  judgeBalancers(relays, draft);
  judgeFiles(draft);
  const sockets = bindLines(table, site, tls);
  judgeUnreached(rewrites, site.hosts, draft);
  judgeTls(tls, draft, tlsWords);
  if (members.length === 0 && backends.isAsked) {
    draft.note(
      "No member of the cluster is known, so balanced pages answer 503: give --backends or --discover 5s",
      true,
    );
  }
  const sendsFiles = site.hosts.some(({ regions }) =>
    regions.some(
      ({ relay, variants }) =>
        relay === null && variants.some(({ pipeline, handler }) => !isBalanced(pipeline) && !isStatusPage(handler)),
    ),
  );
  if (sendsFiles) {
    draft.note("HAProxy serves no files: what is not balanced answers 404 until its backend is another server", true);
  }
  noteHidden(site, compilation, places, draft, "HAProxy");
  judgeMappings(site, draft, places);
  judgeIncludes(config, draft);
  judgeRest(draft, "HAProxy", {
    isCarried: (node) => isCarried(node, carried),
    asks: new Set(["all", "ip", "method", "env"]),
  });
  const inside = (lines: readonly string[]): readonly OutputLine[] => madeLines(lines, "    ");
  const added = (lines: readonly string[]): readonly OutputLine[] => addedLines(lines, WHY);
  const lines = [
    ...added([
      "global",
      "    maxconn 4096",
      // Files that the output names lie beside it.
      ...(sockets.files.length === 0 ? [] : ["    default-path config"]),
      "defaults",
      "    mode http",
      "    option forwardfor",
      "    option redispatch",
      "    retries 3",
      "    timeout connect 5s",
    ]),
    ...inside(timeouts),
    ...added(["frontend www"]),
    ...inside([...sockets.lines, ...logs.settings, ...logs.requests]),
    ...added([
      ...(tls.size === 0 ? [] : ["    http-request set-header X-Forwarded-Proto https if { ssl_fc }"]),
      // What cannot be decoded would pass by the rules below, which look at the decoded path; httpd answers the same.
      "    http-request deny deny_status 400 if { path -m reg %(?![0-9A-Fa-f]{2}) }",
      "    http-request deny deny_status 404 if { path -m reg -i %(2f|00) }",
      // So would a path that others read as another one: nothing here takes dots and double slashes out.
      "    http-request deny deny_status 400 if { path,url_dec -m reg (//|/\\.\\.?(/|$)) }",
    ]),
    ...inside([...headLimits(config, draft), ...variables.lines()]),
    ...added(["    http-request set-var(txn.host) int(0)"]),
    ...chooseHost(site, places),
    ...inside([
      ...logs.hosts,
      ...clients,
      ...rules.flatMap(({ requests }) => requests),
      ...fields.requests,
      ...reverses,
      ...fields.responses,
      ...logs.responses,
      ...rules.flatMap((one) => one.backends),
    ]),
    ...added(["    default_backend files"]),
    ...madeLines(backends.lines()),
    ...relays.lines(),
    ...added([
      "backend files",
      "    # HAProxy serves no files: what was not balanced needs a server of its own here.",
      "    http-request return status 404",
    ]),
  ];
  return { files: [{ path: haproxy.mainFile, lines }, ...sockets.files], lines: draft.judged(), notes: draft.notes };
}

/** Files and programs, which the note about the backend `files` speaks of; what closes them is judged by itself. */
function judgeFiles(draft: Draft): void {
  for (const line of draft.source.files.flatMap(({ lines }) => lines)) {
    if (line.node === null || draft.isJudged(line)) continue;
    if (/^auth(?:type|name|userfile|basicprovider)$/.test(line.node.key))
      draft.judge(line, dropped("HAProxy asks for no users here, and reads no file of passwords"));
    if (!ofFiles.has(line.node.key)) continue;
    draft.judge(
      line,
      dropped("HAProxy sends no files and runs no programs: the server behind the backend files has to"),
    );
  }
}

const ofFiles = new Set(
  "documentroot virtualdocumentroot virtualscriptalias alias aliasmatch scriptalias scriptaliasmatch userdir directoryindex directoryslash fallbackresource addhandler sethandler removehandler".split(
    " ",
  ),
);

/** What has become of the lines of mod_proxy's balancers. */
function judgeBalancers({ used }: Relays, draft: Draft): void {
  for (const { lines, session } of used) {
    for (const node of lines) {
      const line = draft.source.lineOf(node);
      const isSession = session !== null && node.words.some(({ value }) => /^stickysession=/i.test(value));
      const why = "HAProxy keeps clients by a cookie of its own, not by their session";
      if (line !== null)
        draft.judge(line, isSession ? changed("cookie BACKHAND insert", why) : folded("part of the backend"));
    }
  }
}
