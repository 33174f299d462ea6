import { portNumber } from "../../compile/addresses.ts";
import { DEFAULT_PORT } from "../../compile/listeners.ts";
import type { ActiveConfig, ActiveDirective, ActiveSection } from "../../config/active-config.ts";
import type { Draft } from "../draft.ts";
import type { SourceText } from "../source-lines.ts";
import { changed, dropped, folded, lost } from "../verdict.ts";
import type { DefineScopes, Scopes } from "./define-scopes.ts";
import { defineScopes, scopeRelation } from "./define-scopes.ts";
import { hostWords, type HostWords } from "./host-addresses.ts";
import { firstWord, quoted, withoutWildcards } from "./line-rule.ts";
import { dropSection } from "./sections.ts";
import type { Tags } from "./tags.ts";

/** Where the server listens and which host a connection meets: Port, BindAddress, Listen, NameVirtualHost, VirtualHost. */
export function migrateHosts(config: ActiveConfig, draft: Draft, tags: Tags, main: SourceText): void {
  const { server, dialect } = config;
  if (dialect === "2.4") return;
  const isOld = dialect === "1.3";
  const defines = defineScopes(draft.source);
  if (isOld) migrateListeners(server, draft, main, defines);
  const words = wordsForAllStarts(config, draft, defines);
  for (const node of server.children) {
    if (node.kind === "directive" && node.key === "namevirtualhost") {
      const line = draft.source.lineOf(node);
      if (line !== null) draft.judge(line, dropped("every address of 2.4 has name-based hosts without being told"));
    } else if (node.kind === "section" && node.key === "virtualhost") {
      const own = words.get(node);
      if (own !== undefined) migrateHost(node, own, isOld, draft, tags);
    }
  }
  if (isOld) namePort(server, mainPort(server), draft);
}

/** The addresses of the hosts, where they do not depend on -D; where they do, those of one start. */
function wordsForAllStarts(
  config: ActiveConfig,
  draft: Draft,
  defines: DefineScopes,
): ReadonlyMap<ActiveSection, HostWords> {
  const { server } = config;
  const lines = server.children.filter(({ key }) => /^(?:port|namevirtualhost|virtualhost)$/.test(key));
  const starts = defines.starts(lines);
  const found = new Map<ActiveSection, HostWords>();
  const differing = new Set<ActiveSection>();
  for (const { has } of starts) {
    const here =
      starts.length === 1 ? config : { ...config, server: { ...server, children: server.children.filter(has) } };
    for (const [section, words] of hostWords(here)) {
      const before = found.get(section);
      if (before === undefined || before.words.length < words.words.length) found.set(section, words);
      if (before !== undefined && before.words.join(" ") !== words.words.join(" ")) differing.add(section);
    }
  }
  for (const section of differing) {
    draft.note(
      "Which requests reach this host depends on the -D names of the start, in a way that one tag of 2.4 does not say",
      true,
      draft.source.lineOf(section),
    );
  }
  return found;
}

function mainPort(server: ActiveSection): number {
  const line = server.children.findLast((node) => node.key === "port");
  return line === undefined ? DEFAULT_PORT : (portNumber(firstWord(line)) ?? DEFAULT_PORT);
}

/** 1.3 listens where BindAddress and Port say when there is no Listen. */
function migrateListeners(server: ActiveSection, draft: Draft, main: SourceText, defines: DefineScopes): void {
  const lines = server.children.filter(
    (node): node is ActiveDirective => node.kind === "directive" && /^(?:listen|port|bindaddress)$/.test(node.key),
  );
  foldRepeated(lines, draft, defines);
  const starts = defines.starts(lines).map(({ given, has }) => ({ given, listen: listenFor(lines.filter(has)) }));
  const [first] = starts;
  const speaking = lines.findLast(({ key }) => key === "bindaddress") ?? lines.findLast(({ key }) => key === "port");
  const isAlike = starts.every(({ listen }) => listen === first?.listen);
  const said = isAlike
    ? (first?.listen ?? null) === null
      ? []
      : [first?.listen ?? ""]
    : starts.flatMap(({ given, listen }) =>
        listen === null
          ? []
          : given.reduce<readonly string[]>(
              (inner, name) => [`<IfDefine ${name}>`, ...inner.map((one) => `    ${one}`), "</IfDefine>"],
              [listen],
            ),
      );
  // Under a condition the line would not stand for the starts without it.
  const isInPlace = speaking !== undefined && (isAlike || defines.of(speaking).length === 0);
  for (const directive of lines) {
    const line = draft.source.lineOf(directive);
    if (line === null || directive.key === "listen") continue;
    if (said.length === 0) {
      const why = "Listen says where the server listens; the port is part of ServerName where it is not 80";
      draft.judge(line, folded(why));
    } else if (isInPlace && directive === speaking) {
      draft.judge(line, changed(said, "2.4 says address and port by Listen"));
    } else draft.judge(line, folded(said.length === 1 ? `in ${said[0] ?? ""}` : "in the Listen lines for each start"));
  }
  if (said.length === 0 || isInPlace) return;
  const why = "httpd 1.3 listens there when nothing says otherwise";
  draft.addTop(main, { lines: said, why, from: speaking === undefined ? null : draft.source.lineOf(speaking) });
}

function foldRepeated(lines: readonly ActiveDirective[], draft: Draft, defines: DefineScopes): void {
  const seen = new Map<string, Scopes>();
  for (const directive of lines) {
    if (directive.key !== "listen") continue;
    const line = draft.source.lineOf(directive);
    const text = firstWord(directive).toLowerCase();
    const before = seen.get(text);
    const scopes = defines.of(directive);
    if (before === undefined) seen.set(text, scopes);
    else if (line !== null && scopeRelation(before, scopes) === "sure") {
      draft.judge(line, folded("the same socket as before; 2.4 opens none twice"));
    }
  }
}

/** The Listen line that Port and BindAddress come to; null when others say it. */
function listenFor(lines: readonly ActiveDirective[]): string | null {
  if (lines.some(({ key }) => key === "listen")) return null;
  const last = (key: string): string | null => {
    const line = lines.findLast((one) => one.key === key);
    return line === undefined ? null : firstWord(line);
  };
  const port = portNumber(last("port") ?? "") ?? DEFAULT_PORT;
  const address = last("bindaddress") ?? "*";
  return `Listen ${address === "*" ? "" : `${address}:`}${port}`;
}

/** 2.4 takes the port of URLs to itself from ServerName. */
function namePort(section: ActiveSection, port: number, draft: Draft): void {
  if (port === 80) return;
  const name = section.children.findLast(
    (node): node is ActiveDirective => node.kind === "directive" && node.key === "servername",
  );
  const line = name === undefined ? null : draft.source.lineOf(name);
  if (name === undefined || line === null || firstWord(name).includes(":")) return;
  draft.judge(
    line,
    changed(
      `ServerName ${quoted(`${withoutWildcards(firstWord(name))}:${port}`)}`,
      "2.4 takes the port of its own URLs from there",
    ),
  );
}

function migrateHost(
  section: ActiveSection,
  { words, port, unreached, isSpread, hides, hidesAddress, names }: HostWords,
  isOld: boolean,
  draft: Draft,
  tags: Tags,
): void {
  const line = draft.source.lineOf(section);
  if (line === null) return;
  if (words.length === 0) {
    if (port === null) {
      dropSection(line, draft, tags, "the host has no address");
      return;
    }
    for (const inner of tags.between(line, tags.closeOf(line))) {
      draft.drop(
        inner,
        dropped("no request reached this host: another one has its address first, and no NameVirtualHost names it"),
      );
    }
    return;
  }
  const before = section.words.map(({ value }) => value);
  if (words.join(" ") !== before.join(" ")) {
    const why = isSpread
      ? "with each port on which the host answers: 2.4 prefers a host of the very port, where older ones take the first that fits"
      : unreached > 0
        ? "without the addresses that another host has first; with the port that httpd 1.3 takes"
        : "with the port that httpd 1.3 takes: without one 2.4 answers on every port";
    draft.judge(line, changed(`<VirtualHost ${words.join(" ")}>`, why));
  }
  for (const [what, others] of [
    ["name", hides],
    ["address", hidesAddress],
  ] as const) {
    for (const hidden of others.flatMap((other) => draft.source.lineOf(other) ?? [])) {
      draft.note(
        `On a port where this host answers for want of another, 2.4 gives it the requests for its ${what} too, which the host of line ${hidden.first} had`,
        true,
        line,
        hidden,
      );
    }
  }
  const { server, aliases } = names;
  const lines = [
    ...(server === null ? [] : [`ServerName ${quoted(server)}`]),
    ...aliases.map((name) => `ServerAlias ${name}`),
  ];
  if (lines.length > 0) {
    const why = "names that the host had by its addresses, which 2.4 asks in another order";
    draft.addAfter(line, { lines: lines.map((one) => `    ${one}`), why, from: line });
  }
  hostPort(section, port ?? 80, draft, isOld);
}

function hostPort(section: ActiveSection, addressPort: number, draft: Draft, isOld: boolean): void {
  if (!isOld) return;
  const line = section.children.findLast(
    (node): node is ActiveDirective => node.kind === "directive" && node.key === "port",
  );
  for (const node of section.children) {
    if (node.kind !== "directive" || (node.key !== "port" && node.key !== "bindaddress")) continue;
    const source = draft.source.lineOf(node);
    if (source === null) continue;
    draft.judge(
      source,
      node.key === "port"
        ? folded("in ServerName, where it is not 80")
        : lost("a host of 2.4 has its addresses in its tag"),
    );
  }
  const own = line === undefined ? null : portNumber(firstWord(line));
  namePort(section, own ?? (addressPort === 0 ? 80 : addressPort), draft);
}
