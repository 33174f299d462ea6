import type { ActiveConfig, ActiveDirective, ActiveSection } from "../../config/active-config.ts";
import type { Draft } from "../draft.ts";
import { changed, dropped, folded, type Verdict } from "../verdict.ts";
import { haproxyLogFormat, type LogSample } from "./log-format.ts";
import { word } from "./words.ts";
import { remembering } from "../remembering.ts";

/** Lines of the frontend about what it writes of each request. */
export interface LogLines {
  /** Beside its sockets. */
  readonly settings: readonly string[];
  /** Before everything that looks at or changes a request. */
  readonly requests: readonly string[];
  /** Behind what chooses the host. */
  readonly hosts: readonly string[];
  readonly responses: readonly string[];
}

const COMMON = '%h %l %u %t "%r" %>s %b';

/** A log of a host in its own words. */
interface Log {
  readonly node: ActiveDirective;
  readonly file: string;
  readonly text: string;
}

/** Writes CustomLog, TransferLog and LogFormat, and judges their lines: HAProxy writes one line for a request, in one format. */
export function logLines({ server }: ActiveConfig, draft: Draft): LogLines {
  const judge = (node: ActiveDirective, verdict: Verdict): void => {
    const line = draft.source.lineOf(node);
    if (line !== null) draft.judge(line, verdict);
  };
  const kept = new Map<string, LogSample & { readonly name: string }>();
  const keep = (one: LogSample): string => {
    const known = kept.get(one.sample);
    if (known !== undefined) return known.name;
    const name = `txn.log${kept.size + 1}`;
    kept.set(one.sample, { ...one, name });
    return name;
  };
  const refuse = (node: ActiveDirective, why: string): readonly Log[] => {
    judge(node, dropped(`${why}, so nothing is written in the place of ${node.words[0]?.value ?? "it"}`));
    return [];
  };
  const formats = new Map<string, string>();
  const translated = remembering((source) => haproxyLogFormat(source, keep));
  const read = (section: ActiveSection): { readonly said: boolean; readonly logs: readonly Log[] } => {
    let last = COMMON;
    const nodes: ActiveDirective[] = [];
    for (const node of section.children) {
      if (node.kind !== "directive") continue;
      if (node.key === "logformat") {
        const [text = "", nick] = node.words.map(({ value }) => value);
        if (nick === undefined) last = formats.get(text) ?? text;
        else formats.set(nick, text);
        judge(node, folded("part of the logs that name it"));
      } else if (node.key === "customlog" || node.key === "transferlog") nodes.push(node);
    }
    const logs = nodes.flatMap((node): readonly Log[] => {
      const [file = "", name, ...rest] = node.words.map(({ value }) => value);
      const isTransfer = node.key === "transferlog";
      const condition = isTransfer ? name : rest[0];
      if (file.startsWith("|")) return refuse(node, "HAProxy gives its log to no program");
      if (condition !== undefined) return refuse(node, `HAProxy has no ${condition} for a log`);
      const source = isTransfer ? last : ((name === undefined ? undefined : formats.get(name)) ?? name ?? last);
      const found = translated(source);
      if ("missing" in found) {
        return refuse(node, `HAProxy has nothing like ${found.missing.join(" ").trim()} of its format`);
      }
      return [{ node, file, text: found.text }];
    });
    return { said: nodes.length > 0, logs };
  };
  const main = read(server);
  const hosts = server.children.filter(
    (node): node is ActiveSection => node.kind === "section" && node.key === "virtualhost",
  );
  const all = [main, ...hosts.map(read)].map(({ said, logs }) => (said ? logs : main.logs));
  const [format] = all.flatMap((logs) => logs.map(({ text }) => text));
  if (format === undefined) return { settings: [], requests: [], hosts: [], responses: [] };
  const chosen = all.map((logs) => logs.find(({ text }) => text === format) ?? logs[0] ?? null);
  const files = new Set(chosen.flatMap((log) => (log === null ? [] : [log.file])));
  const isOne = files.size === 1 && !chosen.includes(null);
  const line = `log-format ${word(isOne ? format : `%[var(txn.log)] ${format}`)}`;
  for (const [index, logs] of all.entries()) {
    for (const { node, file, text } of logs) {
      if (chosen[index]?.node !== node) {
        judge(node, dropped(`HAProxy writes one line for a request, so nothing is written in the place of ${file}`));
        continue;
      }
      const how = isOne ? "" : ", behind the name of the file";
      const other = text === format ? "" : ", in the format of another log, of which HAProxy has one";
      const size = /%B/.test(format) ? "; sizes count the fields, too" : "";
      judge(node, changed(line, `to the log of the system in the place of ${file}${how}${other}${size}`));
    }
  }
  const samples = [...kept.values()].filter(({ name }) => format.includes(`var(${name})`));
  const linesOf = (of: LogSample["of"], kind: string): readonly string[] =>
    samples.flatMap((one) => (one.of === of ? [`${kind} set-var(${one.name}) ${one.sample}`] : []));
  return {
    // httpd writes nothing of connections without a request.
    settings: ["log /dev/log local0 info", "option dontlognull", line],
    requests: linesOf("request", "http-request"),
    hosts: isOne
      ? []
      : chosen.map((log, index) =>
          log === null
            ? `http-request set-log-level silent if { var(txn.host) -m int ${index} }`
            : `http-request set-var(txn.log) str(${log.file.replace(/[^\w./-]/g, "_")}) if { var(txn.host) -m int ${index} }`,
        ),
    responses: linesOf("answer", "http-after-response"),
  };
}
