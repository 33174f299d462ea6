import { compareReleases, type Release } from "./apache-release.ts";

/**
 * Evaluates the argument of IfVersion, `[[!]operator] version` with `=`, `==`, `>`, `>=`, `<`, `<=`, `~` or `/regex/`; null
 * when it is none. Missing parts of a version are zero.
 * 2.4 modules/metadata/mod_version.c
 */
export function testVersion(release: Release, words: readonly string[]): boolean | null {
  const [first, second, ...rest] = words;
  if (first === undefined || rest.length > 0) return null;
  const [written, version] = second === undefined ? ["=", first] : [first, second];
  const negated = written.startsWith("!");
  const operator = negated ? written.slice(1) : written;
  const value = compare(release, operator === "" ? "=" : operator, version);
  return value === null ? null : value !== negated;
}

function compare(release: Release, operator: string, version: string): boolean | null {
  const pattern = /^\/(.*)\/$/.exec(version)?.[1] ?? (operator === "~" ? version : null);
  if (pattern !== null)
    return operator === "~" || operator.startsWith("=") ? matchesPattern(pattern, release.join(".")) : null;
  const parts = /^(\d{1,5})(?:\.(\d{1,5})?)?(?:\.(\d{1,5})?)?$/.exec(version);
  if (parts === null) return null;
  const order = compareReleases(release, [Number(parts[1]), Number(parts[2] ?? "0"), Number(parts[3] ?? "0")]);
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
