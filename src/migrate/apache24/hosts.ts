import { portNumber } from "../../compile/addresses.ts";
import { DEFAULT_PORT } from "../../compile/listeners.ts";
import type { ActiveConfig, ActiveDirective, ActiveSection } from "../../config/active-config.ts";
import type { Draft } from "../draft.ts";
import type { SourceText } from "../source-lines.ts";
import { changed, dropped, folded, lost } from "../verdict.ts";
import { hostWords, type HostWords } from "./host-addresses.ts";
import { firstWord, quoted } from "./line-rule.ts";
import { dropSection } from "./sections.ts";
import type { Tags } from "./tags.ts";

/** Where the server listens and which host a connection meets: Port, BindAddress, Listen, NameVirtualHost, VirtualHost. */
export function migrateHosts(config: ActiveConfig, draft: Draft, tags: Tags, main: SourceText): void {
  const { server, dialect } = config;
  if (dialect === "2.4") return;
  const isOld = dialect === "1.3";
  if (isOld) migrateListeners(server, draft, main);
  const words = hostWords(config);
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

function mainPort(server: ActiveSection): number {
  const line = server.children.findLast((node) => node.key === "port");
  return line === undefined ? DEFAULT_PORT : (portNumber(firstWord(line)) ?? DEFAULT_PORT);
}

/** 1.3 listens where BindAddress and Port say when there is no Listen. */
function migrateListeners(server: ActiveSection, draft: Draft, main: SourceText): void {
  const own = (key: string): readonly ActiveDirective[] =>
    server.children.filter((node): node is ActiveDirective => node.kind === "directive" && node.key === key);
  const listens = own("listen");
  const ports = own("port");
  const binds = own("bindaddress");
  const port = mainPort(server);
  const seen = new Set<string>();
  for (const directive of listens) {
    const line = draft.source.lineOf(directive);
    const text = firstWord(directive).toLowerCase();
    if (line !== null && seen.has(text)) draft.judge(line, folded("the same socket as before; 2.4 opens none twice"));
    seen.add(text);
  }
  const address = binds.at(-1) === undefined ? "*" : firstWord(binds.at(-1) as ActiveDirective);
  const listen = `Listen ${address === "*" ? "" : `${address}:`}${port}`;
  // Listen lines for some starts of the server only leave the others to Port.
  const guards = listens.map((directive) => defineAround(directive, draft));
  const names = guards.every((name) => name !== null) ? [...new Set(guards)] : [];
  const isSaid = listens.length > 0 && names.length === 0;
  const speaking = isSaid ? undefined : (binds.at(-1) ?? ports.at(-1));
  for (const directive of [...ports, ...binds]) {
    const line = draft.source.lineOf(directive);
    if (line === null) continue;
    if (directive === speaking) {
      const lines = names.reduce<readonly string[]>(
        (inner, name) => [`<IfDefine !${name}>`, ...inner.map((one) => `    ${one}`), "</IfDefine>"],
        [listen],
      );
      draft.judge(line, changed(lines, "2.4 says address and port by Listen"));
    } else if (isSaid) {
      draft.judge(
        line,
        folded("Listen says where the server listens; the port is part of ServerName where it is not 80"),
      );
    } else draft.judge(line, folded(`in ${listen}`));
  }
  if (listens.length === 0 && speaking === undefined) {
    draft.addTop(main, {
      lines: ["Listen 80"],
      why: "httpd 1.3 listens there when nothing says otherwise",
      from: null,
    });
  }
}

/** The name of the innermost IfDefine (one without `!`) that a line stands in; null when there is none. */
function defineAround(directive: ActiveDirective, draft: Draft): string | null {
  const line = draft.source.lineOf(directive);
  const open: (string | null)[] = [];
  for (const { line: one, text } of line?.file.lines ?? []) {
    if (one === line?.line) break;
    const tag = one.kind === "open" || one.kind === "close" ? one.name.toLowerCase() : "";
    if (tag !== "ifdefine") continue;
    if (one.kind === "close") open.pop();
    else open.push(/<\w+\s+"?([^!\s">]+)/.exec(text)?.[1] ?? null);
  }
  return open.at(-1) ?? null;
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
    changed(`ServerName ${quoted(`${firstWord(name)}:${port}`)}`, "2.4 takes the port of its own URLs from there"),
  );
}

function migrateHost(
  section: ActiveSection,
  { words, port, unreached, isSpread, hides }: HostWords,
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
      draft.judge(
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
  const hidden = hides === null ? null : draft.source.lineOf(hides);
  if (hidden !== null) {
    draft.note(
      `On a port where this host answers for want of another, 2.4 gives it the requests for its name too, which the host of line ${hidden.first} had`,
      true,
      line,
    );
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
