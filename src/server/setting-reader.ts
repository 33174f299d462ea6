import type { RoutingTable, TableDirective } from "../compile/table.ts";

/** Looks up server-wide directives: the last one of a name holds. */
export interface SettingReader {
  readonly find: (name: string) => TableDirective | null;
  /** The last line of a directive that goes by several names. */
  readonly findLast: (...names: readonly string[]) => TableDirective | null;
  /** The first word; null when there is no such line. */
  readonly text: (name: string) => string | null;
  /** On or Off. */
  readonly flag: (name: string, otherwise: boolean) => boolean;
  /** A whole number of at least 0; anything else counts as not there. */
  readonly count: (name: string, otherwise: number) => number;
  /** A time in seconds, or with 2.4's units, as milliseconds. */
  readonly milliseconds: (name: string, otherwise: number) => number;
  /** All lines of a name, in order. */
  readonly all: (name: string) => readonly TableDirective[];
}

/** Reads the settings of a table, those of the main server's own level included. */
export function createSettingReader(table: RoutingTable): SettingReader {
  const lines = [...(table.hosts[0]?.directives ?? []), ...table.settings];
  const all = (name: string): readonly TableDirective[] =>
    lines.filter((directive) => directive.name.toLowerCase() === name.toLowerCase());
  const find = (name: string): TableDirective | null => all(name).at(-1) ?? null;
  const findLast = (...names: readonly string[]): TableDirective | null =>
    lines.findLast((directive) => names.some((name) => directive.name.toLowerCase() === name.toLowerCase())) ?? null;
  const text = (name: string): string | null => find(name)?.args[0] ?? null;
  return {
    all,
    find,
    findLast,
    text,
    flag(name, otherwise) {
      const word = text(name)?.toLowerCase();
      return word === undefined ? otherwise : word === "on";
    },
    count(name, otherwise) {
      const word = text(name) ?? "";
      return /^\d{1,15}$/.test(word) ? Number(word) : otherwise;
    },
    milliseconds(name, otherwise) {
      return readMilliseconds(text(name) ?? "") ?? otherwise;
    },
  };
}

const unitsMs: Readonly<Record<string, number>> = { ms: 1, s: 1000, mi: 60_000, min: 60_000, h: 3_600_000 };

/** `30`, `30s`, `500ms`, `2min`, `1h` as milliseconds; null for anything else. httpd 2.4 ap_timeout_parameter_parse */
export function readMilliseconds(word: string): number | null {
  const [, digits, unit] = /^(\d{1,9}(?:\.\d{1,6})?)([a-z]{0,3})$/i.exec(word) ?? [];
  const factor = unitsMs[unit === "" || unit === undefined ? "s" : unit.toLowerCase()];
  return digits === undefined || factor === undefined ? null : Math.round(Number(digits) * factor);
}

/** The `key=value` words of one of our own directives, names in lower case. */
export function readPairs(directive: TableDirective | null): ReadonlyMap<string, string> {
  const pairs = new Map<string, string>();
  for (const word of directive?.args ?? []) {
    const equals = word.indexOf("=");
    if (equals > 0) pairs.set(word.slice(0, equals).toLowerCase(), word.slice(equals + 1));
  }
  return pairs;
}
