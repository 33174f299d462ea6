import { isAbsolute, join } from "node:path";
import type { Host, RoutingTable, TableDirective } from "../compile/table.ts";
import { createSettingReader } from "./setting-reader.ts";
import { commonFormat, parseLogFormat, saysTraffic } from "./log-format.ts";
import type { FormatLine, LogFacts } from "./log-format.ts";
import type { LogFile } from "./log-file.ts";
import type { RequestRecord } from "./request-record.ts";
import { variableOf } from "./request-variables.ts";
import { ServerError } from "./server-error.ts";

/** Logs of a table's hosts. */
export interface AccessLogs {
  /** Writes a finished request to the logs of its host. */
  readonly log: (record: RequestRecord) => void;
  /** Whether a format says what went over connections. */
  readonly countsTraffic: boolean;
  /** Lines whose logs are not written, with the reason. */
  readonly unwritten: readonly { readonly directive: TableDirective; readonly reason: string }[];
}

export interface AccessLogOptions {
  readonly table: RoutingTable;
  readonly pid: number;
  /** Opens what a log line names, the same log for the same word. */
  readonly open: (word: string) => LogFile;
  readonly where: (directive: TableDirective) => string;
}

interface Target {
  readonly file: LogFile;
  readonly format: FormatLine;
  readonly isWanted: (record: RequestRecord) => boolean;
}

/**
 * Sets up CustomLog and TransferLog of each host; a virtual host with logs of its own does not write to the main server's.
 * Throws a ServerError for a format that cannot be read and for a log that cannot be opened.
 */
export function createAccessLogs({ table, pid, open, where }: AccessLogOptions): AccessLogs {
  const facts: LogFacts = { hosts: table.hosts, pid };
  const unwritten: { directive: TableDirective; reason: string }[] = [];
  let countsTraffic = false;
  const main = logLines(table, 0);

  const targetsOf = (lines: readonly TableDirective[], formats: Formats): readonly Target[] =>
    lines.flatMap((directive): readonly Target[] => {
      const [path = "", name, condition = ""] = directive.args;
      if (/^expr=/i.test(condition)) {
        unwritten.push({ directive, reason: "conditions with expressions are not evaluated" });
        return [];
      }
      const text = directive.name.toLowerCase() === "transferlog" ? formats.unnamed : formatText(name, formats);
      const format = parseLogFormat(text, facts);
      countsTraffic ||= saysTraffic(text);
      if (typeof format !== "function") {
        throw new ServerError("BACKHAND_BAD_TABLE", `${format.error} in the format of ${where(directive)}`);
      }
      return [
        {
          file: open(path),
          format,
          isWanted: condition === "" ? always : wanted(condition),
        },
      ];
    });

  const mainFormats = formatsOf(main);
  const mainTargets = targetsOf(main.filter(isLog), mainFormats);
  const targets = table.hosts.map((_host: Host, index) => {
    if (index === 0) return mainTargets;
    const lines = logLines(table, index);
    return lines.some(isLog) ? targetsOf(lines.filter(isLog), formatsOf([...main, ...lines])) : mainTargets;
  });

  return {
    unwritten,
    countsTraffic,
    log(record) {
      if (record.endPreciseMs === 0) record.endPreciseMs = performance.now();
      for (const { file, format, isWanted } of targets[record.host] ?? mainTargets) {
        if (!isWanted(record)) continue;
        file.write(`${format(record)}\n`);
      }
    },
  };
}

const always = (): boolean => true;

/** `env=name` and `env=!name`: requests that have the variable, or that have it not. */
function wanted(condition: string): (record: RequestRecord) => boolean {
  const [, not, name = ""] = /^env=(!?)(.*)$/i.exec(condition) ?? [];
  return (record) => (variableOf(record, name) === null) === (not === "!");
}

interface Formats {
  /** Nicknames, as written. */
  readonly named: ReadonlyMap<string, string>;
  /** The last LogFormat without a nickname; for TransferLog. */
  readonly unnamed: string;
}

const isLog = ({ name }: TableDirective): boolean => /^(?:customlog|transferlog)$/i.test(name);

/** The log lines of a host's own level; for the main server the server-wide settings too. */
function logLines(table: RoutingTable, host: number): readonly TableDirective[] {
  if (host > 0) return (table.hosts[host]?.directives ?? []).filter(({ name }) => isLogName(name));
  const reader = createSettingReader(table);
  return ["LogFormat", "CustomLog", "TransferLog"].flatMap((name) => reader.all(name));
}

function isLogName(name: string): boolean {
  return /^(?:logformat|customlog|transferlog)$/i.test(name);
}

function formatsOf(lines: readonly TableDirective[]): Formats {
  const named = new Map<string, string>([["CLF", commonFormat]]);
  let unnamed = commonFormat;
  for (const { name, args } of lines) {
    if (name.toLowerCase() !== "logformat") continue;
    const [format = "", nickname] = args;
    if (nickname === undefined) unnamed = format;
    else named.set(nickname, format);
  }
  return { named, unnamed };
}

function formatText(word: string | undefined, formats: Formats): string {
  if (word === undefined) return formats.unnamed;
  return formats.named.get(word) ?? word;
}

/** A path of the configuration, which starts at ServerRoot. */
export function absolute(path: string, serverRoot: string): string {
  return isAbsolute(path) ? path : join(serverRoot, path);
}
