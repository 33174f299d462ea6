import type { Dialect } from "../../grammar/dialect.ts";

/** The last release of each line, for IfVersion: what a configuration asks for there is nearly always "at least". */
const releases: Readonly<Record<Dialect, readonly [number, number, number]>> = {
  "1.3": [1, 3, 42],
  "2.0": [2, 0, 65],
  "2.2": [2, 2, 34],
  "2.4": [2, 4, 71],
};

/**
 * Evaluates the argument of IfVersion, `[[!]operator] version` with `=`, `==`, `>`, `>=`, `<`, `<=`, `~` or `/regex/`; null
 * when it is none. Missing parts of a version are zero.
 * 2.4 modules/metadata/mod_version.c
 */
export function testVersion(dialect: Dialect, words: readonly string[]): boolean | null {
  const [first, second, ...rest] = words;
  if (first === undefined || rest.length > 0) return null;
  const [written, version] = second === undefined ? ["=", first] : [first, second];
  const negated = written.startsWith("!");
  const operator = negated ? written.slice(1) : written;
  const value = compare(dialect, operator === "" ? "=" : operator, version);
  return value === null ? null : value !== negated;
}

function compare(dialect: Dialect, operator: string, version: string): boolean | null {
  const release = releases[dialect];
  const pattern = /^\/(.*)\/$/.exec(version)?.[1] ?? (operator === "~" ? version : null);
  if (pattern !== null)
    return operator === "~" || operator.startsWith("=") ? matchesPattern(pattern, release.join(".")) : null;
  const parts = /^(\d{1,5})(?:\.(\d{1,5})?)?(?:\.(\d{1,5})?)?$/.exec(version);
  if (parts === null) return null;
  const order =
    [1, 2, 3].map((index) => (release[index - 1] ?? 0) - Number(parts[index] ?? "0")).find((part) => part !== 0) ?? 0;
  switch (operator) {
    case "=":
    case "==":
      return order === 0;
    case ">":
      return order > 0;
    case ">=":
      return order >= 0;
    case "<":
      return order < 0;
    case "<=":
      return order <= 0;
    default:
      return null;
  }
}

/** Bounded: a version has few characters, a longer pattern or repeated groups are none for it and could take for ever. */
function matchesPattern(pattern: string, version: string): boolean | null {
  if (pattern.length > 60) return null;
  if (/\)[*+?{]/.test(pattern)) return false;
  try {
    return new RegExp(pattern).test(version);
  } catch {
    return null;
  }
}
