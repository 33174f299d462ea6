import { commonEscape, fail, take, type State } from "./perl-scan.ts";
import { takeSet } from "./perl-set.ts";

/**
 * Why PCRE cannot compile an expression, or null: what stops httpd 2.x at AliasMatch, RewriteRule and their kin. One pass,
 * whatever the text. Lengths of lookbehinds are looked at only as far as quantifiers go.
 * pcre2_compile.c parse_regex of 10.42, without UTF
 */
export function perlExpressionProblem(text: string): string | null {
  const state: State = {
    text,
    at: 0,
    groups: 0,
    open: [],
    repeatable: false,
    names: new Set(),
    references: [],
    extended: false,
    problem: null,
  };
  while (state.at < text.length && state.problem === null && !state.extended) step(state);
  // Blanks and comments in the expression: what is a comment depends on more than this pass knows.
  if (state.extended) return null;
  if (state.problem !== null) return state.problem;
  if (state.open.length > 0) return "a ( has no )";
  for (const reference of state.references) {
    const known = typeof reference === "number" ? reference <= state.groups : state.names.has(reference);
    if (!known) return `there is no group ${reference} to refer to`;
  }
  return null;
}

const bound = /\{(\d+)(,(\d*))?\}/y;

function step(state: State): void {
  const character = state.text.charAt(state.at);
  switch (character) {
    case "\\":
      state.at += 1;
      escape(state);
      return;
    case "(":
      state.at += 1;
      group(state);
      return;
    case ")":
      state.at += 1;
      if (state.open.pop() === undefined) fail(state, "a ) has no (");
      state.repeatable = true;
      return;
    case "[":
      takeSet(state);
      return;
    case "*":
    case "+":
    case "?":
      state.at += 1;
      quantifier(state, character, false);
      return;
    case "{": {
      const found = take(state, bound);
      if (found === null) break;
      const low = Number(found[1]);
      const high = found[3] === undefined || found[3] === "" ? low : Number(found[3]);
      if (low > 65535 || high > 65535) fail(state, "a repetition is too often");
      else if (high < low) fail(state, "the numbers of a {…} are out of order");
      else quantifier(state, "{…}", found[2] === undefined);
      return;
    }
    case "|":
    case "^":
    case "$":
      state.at += 1;
      state.repeatable = false;
      return;
  }
  state.at += 1;
  state.repeatable = true;
}

function quantifier(state: State, shown: string, exact: boolean): void {
  if (!state.repeatable) {
    fail(state, `there is nothing for ${shown} to repeat`);
    return;
  }
  if (!exact && state.open.at(-1)?.fixed === true) fail(state, "what a lookbehind looks at has no fixed length");
  // Lazy and possessive repetitions.
  const next = state.text[state.at];
  if (next === "?" || next === "+") state.at += 1;
  state.repeatable = false;
}

const name = /[A-Za-z_][A-Za-z0-9_]{0,31}/y;

/** Behind a backslash, outside of a set. */
function escape(state: State): void {
  const character = state.text.charAt(state.at);
  state.at += 1;
  state.repeatable = !/[AbBGzZK]/.test(character);
  switch (character) {
    case "":
      fail(state, "it ends in a backslash");
      return;
    case "Q": {
      const end = state.text.indexOf("\\E", state.at);
      const empty = end === state.at || state.at >= state.text.length;
      state.at = end === -1 ? state.text.length : end + 2;
      if (empty) state.repeatable = false;
      return;
    }
    case "g":
    case "k":
      namedReference(state, character);
      return;
  }
  if (/[1-9]/.test(character)) {
    state.at -= 1;
    const digits = take(state, /\d+/y)?.[0] ?? "";
    const number = Number(digits);
    if (number < 10 || character >= "8" || number <= state.groups) state.references.push(number);
    // Else an octal code: its first three digits, and the rest is text.
    return;
  }
  commonEscape(state, character);
}

/** `\g1`, `\g{-1}`, `\g{name}`, `\g<name>`, `\k<name>` and the other ways to write them. */
function namedReference(state: State, letter: string): void {
  const digits = letter === "g" ? take(state, /[+-]?\d+/y)?.[0] : undefined;
  if (digits !== undefined) {
    refer(state, digits);
    return;
  }
  const open = state.text.charAt(state.at);
  const close = { "{": "}", "<": ">", "'": "'" }[open];
  if (close === undefined) {
    fail(state, `a \\${letter} is not followed by a group`);
    return;
  }
  state.at += 1;
  const number = letter === "g" ? take(state, /[+-]?\d+/y)?.[0] : undefined;
  if (number !== undefined) refer(state, number);
  else {
    const found = take(state, name)?.[0];
    if (found === undefined) fail(state, "the name of a group is missing");
    else state.references.push(found);
  }
  if (state.text[state.at] !== close) fail(state, "the name of a group has no end");
  state.at += 1;
}

function refer(state: State, digits: string): void {
  const number = Number(digits);
  if (digits.startsWith("-")) {
    if (number === 0 || -number > state.groups) fail(state, "there is no such group to refer to");
    return;
  }
  state.references.push(digits.startsWith("+") ? state.groups + number : number);
}

const verbs = /\*(?:ACCEPT|FAIL|F|COMMIT|PRUNE|SKIP|THEN|MARK|)(?::[^)]*)?\)/y;
const spelled =
  /\*(?:atomic|pla|plb|napla|naplb|nla|nlb|sr|asr|positive_lookahead|negative_lookahead|positive_lookbehind|negative_lookbehind|script_run|atomic_script_run|non_atomic_positive_lookahead|non_atomic_positive_lookbehind):/y;
const startOptions =
  /\*(?:UTF8?|UCP|CR|LF|CRLF|ANYCRLF|ANY|NUL|BSR_ANYCRLF|BSR_UNICODE|NO_AUTO_POSSESS|NO_DOTSTAR_ANCHOR|NO_JIT|NO_START_OPT|NOTEMPTY|NOTEMPTY_ATSTART|LIMIT_(?:MATCH|DEPTH|HEAP|RECURSION)=\d+)\)/y;

/** Behind an opening parenthesis. */
function group(state: State): void {
  const { text } = state;
  const fixed = state.open.at(-1)?.fixed ?? false;
  const open = (inner = fixed): void => {
    state.open.push({ fixed: inner });
    state.repeatable = false;
  };
  if (text[state.at] === "*") {
    const verb = take(state, verbs)?.[0];
    if (verb !== undefined) {
      state.repeatable = verb.startsWith("*ACCEPT");
      return;
    }
    // Only in front of everything.
    if (
      /^(?:\(\*[A-Z0-9_=]+\))*\($/.test(text.slice(0, Math.min(state.at, 200))) &&
      take(state, startOptions) !== null
    ) {
      state.repeatable = false;
      return;
    }
    const kind = take(state, spelled)?.[0];
    if (kind === undefined) fail(state, "a (* is followed by an unknown name");
    else open(fixed || kind.includes("lb") || kind.includes("lookbehind"));
    return;
  }
  if (text[state.at] !== "?") {
    state.groups += 1;
    open();
    return;
  }
  state.at += 1;
  if (take(state, /[:|>=!*]/y) !== null) {
    open();
    return;
  }
  if (take(state, /<[=!*]/y) !== null) {
    open(true);
    return;
  }
  if (text[state.at] === "#") {
    const end = text.indexOf(")", state.at);
    if (end === -1) fail(state, "a (?# has no )");
    state.at = end + 1;
    return;
  }
  if (take(state, /P?<|'/y) !== null) {
    groupName(state, text[state.at - 1] === "'" ? "'" : ">");
    open();
    return;
  }
  if (take(state, /P=/y) !== null || take(state, /P>|&/y) !== null) {
    const found = take(state, name)?.[0];
    if (found === undefined) fail(state, "the name of a group is missing");
    else state.references.push(found);
    closeCall(state);
    return;
  }
  if (take(state, /R\)/y) !== null) {
    state.repeatable = true;
    return;
  }
  const call = take(state, /[+-]?\d+/y)?.[0];
  if (call !== undefined) {
    refer(state, call);
    closeCall(state);
    return;
  }
  if (text[state.at] === "(") {
    condition(state);
    open();
    return;
  }
  if (take(state, /C\d{0,3}\)/y) !== null) {
    state.repeatable = false;
    return;
  }
  const options = take(state, /\^?[imnsxJ]*(?:-[imnsx]*)?/y)?.[0] ?? "";
  if (options.includes("^") && options.includes("-")) fail(state, "unknown letter behind (?");
  if (options.replace(/-.*$/, "").includes("x")) state.extended = true;
  const next = text[state.at];
  state.at += 1;
  if (next === ":") open();
  else if (next === ")") state.repeatable = false;
  else fail(state, next === undefined ? "a ( has no )" : `unknown letter ${next} behind (?`);
}

function closeCall(state: State): void {
  if (state.text[state.at] !== ")") fail(state, "a ( has no )");
  state.at += 1;
  state.repeatable = true;
}

function groupName(state: State, close: string): void {
  const found = take(state, name)?.[0];
  if (found === undefined) fail(state, "the name of a group is missing or starts with a digit");
  else if (state.text[state.at] !== close) fail(state, "the name of a group has no end");
  else if (state.names.has(found)) fail(state, `two groups are called ${found}`);
  else state.names.add(found);
  state.at += 1;
  state.groups += 1;
}

/** `(?(1)…)`, `(?(<name>)…)`, `(?(R)…)`, `(?(DEFINE)…)`, or an assertion, which is read as any group. */
function condition(state: State): void {
  if (/^\((?:\?(?:[=!*]|<[=!*])|\*)/.test(state.text.slice(state.at, state.at + 4))) return;
  state.at += 1;
  const number = take(state, /[+-]?\d+/y)?.[0];
  if (number !== undefined) refer(state, number);
  else if (take(state, /R(?:\d+|&\w+)?(?=\))|DEFINE(?=\))|VERSION>?=[\d.]+(?=\))/y) === null) {
    const quote = take(state, /[<']/y)?.[0];
    const found = take(state, name)?.[0];
    if (found === undefined) fail(state, "a condition is malformed");
    else state.references.push(found);
    if (quote !== undefined && take(state, quote === "<" ? />/y : /'/y) === null)
      fail(state, "a condition is malformed");
  }
  if (state.text[state.at] !== ")") fail(state, "a condition has no )");
  state.at += 1;
}
