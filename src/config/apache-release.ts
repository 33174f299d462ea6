import { dialects, type Dialect } from "../../grammar/dialect.ts";

/** A version of httpd as three numbers: 2, 4, 10. */
export type Release = readonly [number, number, number];

/** The last release of each line: what a configuration is judged by when nobody names one. */
export const lastReleases: Readonly<Record<Dialect, Release>> = {
  "1.3": [1, 3, 42],
  "2.0": [2, 0, 65],
  "2.2": [2, 2, 34],
  "2.4": [2, 4, 71],
};

/** An httpd as a user names it: a line (`2.4`), one release of it (`2.4.10`), or `auto`. */
export interface ChosenApache {
  readonly dialect: Dialect | "auto";
  readonly release?: Release;
}

/** Reads `auto`, `2.4` or `2.4.10`; null for anything else. */
export function parseApache(text: string): ChosenApache | null {
  if (text === "auto") return { dialect: text };
  const [, line = "", patch] = /^(\d\.\d)(?:\.(\d{1,3}))?$/.exec(text) ?? [];
  const dialect = dialects.find((one) => one === line);
  if (dialect === undefined) return null;
  if (patch === undefined) return { dialect };
  const [major, minor] = lastReleases[dialect];
  return { dialect, release: [major, minor, Number(patch)] };
}

/** Negative when the first is older, 0 for the same. */
export function compareReleases(one: Release, other: Release): number {
  return one[0] - other[0] || one[1] - other[1] || one[2] - other[2];
}

/** Whether what came with a version, written as the manual does (`2.4.31`, `2.3`, empty for always), is in a release. */
export function hasSince(since: string, release: Release): boolean {
  const parts = /^(\d+)\.(\d+)(?:\.(\d+))?/.exec(since);
  if (parts === null) return true;
  return compareReleases([Number(parts[1]), Number(parts[2]), Number(parts[3] ?? 0)], release) <= 0;
}
