import type { ActiveConfig, ActiveDirective, ActiveSection } from "../../config/active-config.ts";
import type { Draft } from "../draft.ts";
import { changed, dropped, folded, type Verdict } from "../verdict.ts";
import { logFormat } from "./log-format.ts";
import type { SharedVariables } from "./shared-variables.ts";
import { quote } from "./words.ts";
import { remembering } from "../remembering.ts";

/** Where Debian's nginx writes its logs; folders of the old server may not be there, without which nginx does not start. */
const FOLDER = "/var/log/nginx";

/** Logs of the whole server and of its hosts. */
export interface Logs {
  /** Before the http block. */
  readonly top: readonly string[];
  readonly http: readonly string[];
  /** By the index of the host; hosts without logs of their own are left out. */
  readonly ofHosts: ReadonlyMap<number, readonly string[]>;
}

const COMMON = '%h %l %u %t "%r" %>s %b';
const levels = new Set(["emerg", "alert", "crit", "error", "warn", "notice", "info", "debug"]);

/** Writes CustomLog, TransferLog, LogFormat, ErrorLog and LogLevel, and judges their lines. */
export function logsOf({ server, dialect }: ActiveConfig, draft: Draft, variables: SharedVariables): Logs {
  const judge = (node: ActiveDirective, verdict: Verdict): void => {
    const line = draft.source.lineOf(node);
    if (line !== null) draft.judge(line, verdict);
  };
  const hosts = server.children.filter(
    (node): node is ActiveSection => node.kind === "section" && node.key === "virtualhost",
  );
  const nameOf = fileNames([server, ...hosts]);
  const formats = new Map<string, string>();
  const translated = remembering((format) => logFormat(format, variables));
  const lines: string[] = [];
  const known = new Map<string, string>();
  const taken = new Set<string>();
  const counts = new Map<string, number>();
  const nameFor = (nick: string | null, text: string): string => {
    const before = known.get(text);
    if (before !== undefined) return before;
    const stem = `httpd_${nick?.replace(/\W/g, "_") ?? "log"}`;
    let count = counts.get(stem) ?? 1;
    let name = count === 1 ? stem : `${stem}_${count}`;
    for (; taken.has(name); name = `${stem}_${count}`) count += 1;
    taken.add(name);
    counts.set(stem, count);
    known.set(text, name);
    lines.push(`log_format ${name} ${quote(text)};`);
    return name;
  };
  const accessLine = (node: ActiveDirective, last: string): string | null => {
    const [file = "", word, ...rest] = node.words.map(({ value }) => value);
    const nick = word !== undefined && formats.has(word) ? word : null;
    const format =
      node.key === "transferlog" ? last : ((word === undefined ? undefined : formats.get(word)) ?? word ?? last);
    const condition = node.key === "transferlog" ? word : rest[0];
    if (file.startsWith("|")) return refuse(node, "nginx gives its log to no program");
    if (condition !== undefined) return refuse(node, `nginx has no ${condition} for a log`);
    const found = translated(format);
    if ("missing" in found)
      return refuse(node, `nginx has nothing like ${found.missing.join(" ").trim()} of its format`);
    const line = `access_log ${quote(`${FOLDER}/${nameOf(file)}`)} ${nameFor(nick, found.text)};`;
    judge(node, changed(line, `in the folder of nginx`));
    return line;
  };
  const refuse = (node: ActiveDirective, why: string): null => {
    judge(node, dropped(`${why}, so nothing is written there`));
    return null;
  };
  const levelOf = (section: ActiveSection): ActiveDirective | undefined =>
    section.children.findLast((node): node is ActiveDirective => node.kind === "directive" && node.key === "loglevel");
  const serverLevel = levelOf(server);
  const ofSection = (
    section: ActiveSection,
  ): { readonly access: readonly string[] | null; readonly error: string | null } => {
    let last = COMMON;
    const access: ActiveDirective[] = [];
    let error: ActiveDirective | null = null;
    for (const node of section.children) {
      if (node.kind !== "directive") continue;
      if (node.key === "logformat") {
        const [format = "", nick] = node.words.map(({ value }) => value);
        if (nick === undefined) last = formats.get(format) ?? format;
        else formats.set(nick, format);
        judge(node, folded("part of the logs that name it"));
      } else if (node.key === "customlog" || node.key === "transferlog") access.push(node);
      else if (node.key === "errorlog") error = node;
    }
    const level = levelOf(section) ?? serverLevel;
    const word = level?.words[0]?.value.toLowerCase().replace(/^.*:/, "") ?? (dialect === "1.3" ? "error" : "warn");
    const name = levels.has(word) ? word : "debug";
    const written = access.flatMap((node) => accessLine(node, last) ?? []);
    const own = levelOf(section);
    const errorLine =
      error !== null ? errorLogLine(error, name) : own !== undefined ? `error_log ${mainErrorLog()} ${name};` : null;
    if (own !== undefined)
      judge(own, errorLine === null ? dropped("its ErrorLog is not written") : folded("part of error_log"));
    return { access: access.length === 0 ? null : written, error: errorLine };
  };
  /** Where errors of a host without an ErrorLog of its own stand. */
  const mainErrorLog = (): string => {
    const line = server.children.findLast((node) => node.kind === "directive" && node.key === "errorlog");
    const file = line?.words[0]?.value ?? "";
    return quote(`${FOLDER}/${line === undefined || isNoFile(file) ? "error.log" : nameOf(file)}`);
  };
  const errorLogLine = (node: ActiveDirective, level: string): string | null => {
    const file = node.words[0]?.value ?? "";
    if (isNoFile(file)) return refuse(node, `nginx has nothing like ${file} here`);
    const line = `error_log ${quote(`${FOLDER}/${nameOf(file)}`)} ${level};`;
    judge(node, changed(line, "in the folder of nginx"));
    return line;
  };
  const main = ofSection(server);
  const ofHosts = new Map<number, readonly string[]>();
  for (const [index, host] of hosts.entries()) {
    const { access, error } = ofSection(host);
    const own = [...(access ?? []), ...(error === null ? [] : [error])];
    if (own.length > 0) ofHosts.set(index + 1, own);
  }
  return {
    top: main.error === null ? [] : [main.error],
    // Without a line httpd writes none.
    http: [...lines, ...(main.access ?? ["access_log off;"])],
    ofHosts,
  };
}

/** A program or the log of the system. */
const isNoFile = (file: string): boolean => file.startsWith("|") || file.startsWith("syslog");

/** Names for files in one folder: their own, or the whole path where two have the same. */
function fileNames(sections: readonly ActiveSection[]): (file: string) => string {
  const paths = new Map<string, Set<string>>();
  const base = (file: string): string => file.replace(/^.*\//, "").replace(/[^\w.-]/g, "_");
  for (const { children } of sections) {
    for (const { key, words } of children) {
      if (!/^(?:custom|transfer|error)log$/.test(key)) continue;
      const file = words[0]?.value ?? "";
      paths.set(base(file), (paths.get(base(file)) ?? new Set()).add(file));
    }
  }
  return (file) =>
    (paths.get(base(file))?.size ?? 0) > 1 ? file.replace(/^\/+/, "").replace(/[^\w.-]/g, "_") : base(file) || "log";
}
