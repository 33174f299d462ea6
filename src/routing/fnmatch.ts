import type { ByteString } from "./bytes.ts";

/** Tells whether a whole text matches. */
export type Matcher = (text: ByteString) => boolean;

type Step =
  | { readonly kind: "character"; readonly value: string }
  /** `?`: any character but a slash. */
  | { readonly kind: "one" }
  /** `*`: any run without a slash. */
  | { readonly kind: "run" }
  | { readonly kind: "set"; readonly negated: boolean; readonly ranges: readonly (readonly [string, string])[] };

/**
 * Whether httpd takes a path or name as a shell pattern: it has `*` or `?`, or a `[` with a `]` somewhere behind it; a
 * backslash takes the meaning from the next character.
 * httpd 1.3 util.c ap_is_fnmatch, the same in apr_fnmatch_test
 */
export function isShellPattern(text: string): boolean {
  let inSet = false;
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (character === "?" || character === "*") return true;
    if (character === "\\") at++;
    else if (character === "[") inSet = true;
    else if (character === "]" && inSet) return true;
  }
  return false;
}

/** Reads `[…]` behind its opening bracket; null when nothing closes it. */
function readSet(pattern: string, from: number): { readonly step: Step; readonly end: number } | null {
  let at = from;
  const negated = pattern[at] === "!" || pattern[at] === "^";
  if (negated) at++;
  const first = at;
  const ranges: (readonly [string, string])[] = [];
  while (at < pattern.length && (pattern[at] !== "]" || at === first)) {
    if (pattern[at] === "\\" && at + 1 < pattern.length) at++;
    const low = pattern[at] ?? "";
    let high = low;
    at++;
    if (pattern[at] === "-" && at + 1 < pattern.length && pattern[at + 1] !== "]") {
      at++;
      if (pattern[at] === "\\" && at + 1 < pattern.length) at++;
      high = pattern[at] ?? "";
      at++;
    }
    ranges.push([low, high]);
  }
  return at < pattern.length ? { step: { kind: "set", negated, ranges }, end: at + 1 } : null;
}

function readSteps(pattern: string): readonly Step[] {
  const steps: Step[] = [];
  for (let at = 0; at < pattern.length;) {
    const character = pattern[at] ?? "";
    at++;
    if (character === "*") {
      if (steps.at(-1)?.kind !== "run") steps.push({ kind: "run" });
    } else if (character === "?") {
      steps.push({ kind: "one" });
    } else if (character === "[") {
      const set = readSet(pattern, at);
      if (set === null) {
        steps.push({ kind: "character", value: "[" });
      } else {
        steps.push(set.step);
        at = set.end;
      }
    } else if (character === "\\" && at < pattern.length) {
      steps.push({ kind: "character", value: pattern[at] ?? "" });
      at++;
    } else {
      steps.push({ kind: "character", value: character });
    }
  }
  return steps;
}

function accepts(step: Step, character: string, crosses: boolean): boolean {
  switch (step.kind) {
    case "character":
      return step.value === character;
    case "one":
      return crosses || character !== "/";
    case "set":
      return (
        (crosses || character !== "/") &&
        step.ranges.some(([low, high]) => low <= character && character <= high) !== step.negated
      );
    case "run":
      return false;
    default:
      return step satisfies never;
  }
}

/**
 * The matcher of a shell pattern with the meaning of FNM_PATHNAME: `*`, `?` and `[…]` never match a slash, a leading dot is
 * nothing special. Only the last `*` is ever tried again: a run cannot cross a slash, so what stands before the last slash
 * is settled; the time is bounded by the product of both lengths. With `crosses` a slash is a character as any other.
 * httpd 1.3 fnmatch.c, apr_fnmatch.c; cases with `*` in httpd-oracle-routing.json
 */
export function shellPattern(pattern: ByteString, crosses = false): Matcher {
  const steps = readSteps(pattern);
  return (text) => {
    let at = 0;
    let step = 0;
    let runStep = -1;
    let runAt = 0;
    for (;;) {
      const current = steps[step];
      if (current?.kind === "run") {
        runStep = step;
        runAt = at;
        step++;
        continue;
      }
      if (current === undefined ? at === text.length : at < text.length && accepts(current, text[at] ?? "", crosses)) {
        if (current === undefined) return true;
        at++;
        step++;
        continue;
      }
      if (runStep === -1 || runAt >= text.length || (!crosses && text[runAt] === "/")) return false;
      runAt++;
      at = runAt;
      step = runStep + 1;
    }
  };
}
