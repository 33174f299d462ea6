import { commonEscape, fail, hasFailed, take, type State } from "./perl-scan.ts";

const posixName = /\[([:.=])(\^?)([^\]\\]{0,30}?)\1\]/y;
const classes: ReadonlySet<string> = new Set(
  "alpha lower upper alnum ascii blank cntrl digit graph print punct space word xdigit".split(" "),
);

/** A set, from its opening bracket on. */
export function takeSet(state: State): void {
  posixName.lastIndex = state.at;
  if (posixName.test(state.text)) {
    fail(state, "a class such as [:alpha:] stands in a set: [[:alpha:]]");
    return;
  }
  if (take(state, /\[\[:[<>]:\]\]/y) !== null) {
    state.repeatable = false;
    return;
  }
  state.at += 1;
  if (state.text[state.at] === "^") state.at += 1;
  // A code, or null for what cannot be the end of a range.
  let before: number | null = null;
  for (let first = true; state.at < state.text.length; first = false) {
    if (state.text[state.at] === "]" && !first) {
      state.at += 1;
      state.repeatable = true;
      return;
    }
    const member = setMember(state);
    if (hasFailed(state)) return;
    if (member === "nothing") continue;
    const dash = state.text[state.at] === "-" && state.text[state.at + 1] !== "]" && state.at + 1 < state.text.length;
    if (!dash) continue;
    before = member;
    state.at += 1;
    const after = setMember(state);
    if (hasFailed(state)) return;
    if (after === "nothing") continue;
    if (before === null || after === null) fail(state, "a range in a set has a class at one end");
    else if (after < before) fail(state, "a range in a set is out of order");
    if (hasFailed(state)) return;
  }
  fail(state, "a [ has no ]");
}

/** One member of a set: its code, null for a class, or nothing (`\E`, an empty `\Q\E`). */
function setMember(state: State): number | null | "nothing" {
  const posix = take(state, posixName);
  if (posix !== null) {
    if (posix[1] !== ":") fail(state, "collating elements are not supported");
    else if (!classes.has(posix[3] ?? "")) fail(state, `unknown class [:${posix[3] ?? ""}:]`);
    return null;
  }
  const character = state.text.charAt(state.at);
  state.at += 1;
  if (character !== "\\") return character.charCodeAt(0);
  const escaped = state.text.charAt(state.at);
  state.at += 1;
  if (escaped === "E") return "nothing";
  if (escaped === "Q") {
    const end = state.text.indexOf("\\E", state.at);
    state.at = end === -1 ? state.text.length : end + 2;
    return "nothing";
  }
  if (/[BRXN]/.test(escaped)) fail(state, `\\${escaped} has no place in a set`);
  if (escaped === "") fail(state, "a [ has no ]");
  if (/[dDsSwWhHvVpP]/.test(escaped)) {
    commonEscape(state, escaped);
    return null;
  }
  if (/[0-7]/.test(escaped)) {
    state.at -= 1;
    return parseInt(take(state, /[0-7]{1,3}/y)?.[0] ?? "0", 8) & 0xff;
  }
  const start = state.at;
  if (/[A-Za-z]/.test(escaped)) commonEscape(state, escaped);
  return codeOf(escaped, state.text.slice(start, state.at));
}

const codes: Readonly<Record<string, number>> = { a: 7, b: 8, e: 27, f: 12, n: 10, r: 13, t: 9 };

function codeOf(letter: string, rest: string): number {
  if (letter === "x") return parseInt(rest.replace(/[{}]/g, "") || "0", 16);
  if (letter === "o") return parseInt(rest.replace(/[{}]/g, "") || "0", 8);
  if (letter === "c") return rest.toUpperCase().charCodeAt(0) ^ 64;
  return codes[letter] ?? letter.charCodeAt(0);
}
