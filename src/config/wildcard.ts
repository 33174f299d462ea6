/** No file system takes longer paths (PATH_MAX), and each character may cost a look at all that follow. */
const MAX_PATTERN = 4096;

/**
 * Shell patterns as httpd's includes use them: `*` and `?` match no `/`, a leading dot must be matched by a dot, `[…]` is a
 * set with `!` or `^` as negation, a backslash escapes. Works in time proportional to pattern times name.
 * apr_fnmatch with APR_FNM_PERIOD; 1.3 ap_fnmatch with FNM_PERIOD
 */
export function matchesWildcard(pattern: string, name: string): boolean {
  if (pattern.length > MAX_PATTERN) return false;
  if (name.startsWith(".") && !pattern.startsWith(".") && !pattern.startsWith("\\.")) return false;
  let at = 0;
  let from = 0;
  // Where to go on when the part behind the last star does not fit: one character further into the name.
  let star = -1;
  let starFrom = 0;
  while (from < name.length) {
    const step = at < pattern.length && pattern[at] !== "*" ? matchOne(pattern, at, name.charAt(from)) : -1;
    if (pattern[at] === "*") {
      star = at;
      starFrom = from;
      at += 1;
    } else if (step !== -1) {
      at = step;
      from += 1;
    } else if (star !== -1) {
      starFrom += 1;
      from = starFrom;
      at = star + 1;
    } else {
      return false;
    }
  }
  while (pattern[at] === "*") at += 1;
  return at === pattern.length;
}

/** Whether a path has a wildcard in httpd's eyes: `*`, `?`, or a `[` with a `]` behind it; a backslash escapes. */
export function hasWildcard(path: string): boolean {
  let open = false;
  for (let at = 0; at < path.length; at += 1) {
    const character = path[at];
    if (character === "*" || character === "?") return true;
    if (character === "\\") at += 1;
    else if (character === "[") open = true;
    else if (character === "]" && open) return true;
  }
  return false;
}

/** Offset in the pattern behind what matched one character, or -1. */
function matchOne(pattern: string, at: number, character: string): number {
  const first = pattern[at];
  if (first === "?") return character === "/" ? -1 : at + 1;
  if (first === "[") return matchSet(pattern, at, character);
  if (first === "\\" && at + 1 < pattern.length) return pattern[at + 1] === character ? at + 2 : -1;
  return first === character ? at + 1 : -1;
}

function matchSet(pattern: string, open: number, character: string): number {
  let at = open + 1;
  const negated = pattern[at] === "!" || pattern[at] === "^";
  if (negated) at += 1;
  let found = false;
  for (let first = true; at < pattern.length && (pattern[at] !== "]" || first); first = false) {
    if (pattern[at] === "\\") at += 1;
    const low = pattern[at] ?? "";
    const range = pattern[at + 1] === "-" && pattern[at + 2] !== "]" && at + 2 < pattern.length;
    const high = range ? (pattern[at + 2] ?? low) : low;
    found ||= character >= low && character <= high;
    at += range ? 3 : 1;
  }
  if (at >= pattern.length) return pattern[open] === character ? open + 1 : -1;
  return found !== negated && character !== "/" ? at + 1 : -1;
}
