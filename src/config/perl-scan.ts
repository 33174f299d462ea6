interface Group {
  /** A lookbehind, or inside one: everything in it must have one length. */
  readonly fixed: boolean;
}

/** The state of one pass over an expression. */
export interface State {
  readonly text: string;
  at: number;
  /** Capturing groups so far. */
  groups: number;
  readonly open: Group[];
  /** Whether a quantifier may follow. */
  repeatable: boolean;
  readonly names: Set<string>;
  readonly references: (number | string)[];
  /** `(?x)` was seen. */
  extended: boolean;
  problem: string | null;
}

/** Records what is wrong; the first problem counts. */
export function fail(state: State, problem: string): void {
  state.problem ??= problem;
}

/** Whether something is wrong already. */
export function hasFailed(state: State): boolean {
  return state.problem !== null;
}

/** Takes what an expression that is sticky matches at the current place, or null. */
export function take(state: State, pattern: RegExp): RegExpExecArray | null {
  pattern.lastIndex = state.at;
  const found = pattern.exec(state.text);
  if (found !== null) state.at += found[0].length;
  return found;
}

const hex = /\{[0-9a-fA-F]+\}/y;
const octal = /\{[0-7]+\}/y;

/** What means the same inside and outside of a set. */
export function commonEscape(state: State, character: string): void {
  switch (character) {
    case "c":
      if (!/[\x20-\x7e]/.test(state.text.charAt(state.at))) fail(state, "a \\c has no character behind it");
      state.at += 1;
      return;
    case "x": {
      if (state.text[state.at] !== "{") {
        take(state, /[0-9a-fA-F]{0,2}/y);
        return;
      }
      const found = take(state, hex)?.[0];
      if (found === undefined) fail(state, "a \\x{…} is no number");
      else if (parseInt(found.slice(1), 16) > 0xff) fail(state, "a \\x{…} is too large");
      return;
    }
    case "o": {
      const found = take(state, octal)?.[0];
      if (found === undefined) fail(state, "a \\o{…} is no number");
      else if (parseInt(found.slice(1), 8) > 0xff) fail(state, "a \\o{…} is too large");
      return;
    }
    case "p":
    case "P": {
      const found = take(state, /\{\^?[A-Za-z0-9_ &]+\}|[A-Za-z]/y)?.[0];
      if (found === undefined || (found.length === 1 && !/[CLMNPSZ]/.test(found)))
        fail(state, `\\${character} has no property`);
      else if (found.length > 1 && !isProperty(found.slice(1, -1).replace("^", "")))
        fail(state, `\\${character} has no property`);
      return;
    }
    case "N":
      if (state.text[state.at] === "{" && !/^\{\d+(?:,\d*)?\}/.test(state.text.slice(state.at, state.at + 16)))
        fail(state, "\\N{…} is not supported");
      return;
  }
  if (/[A-Za-z]/.test(character) && !/[abdefhnrstvwzABCDEGHKRSVWXZ]/.test(character))
    fail(state, `\\${character} is unknown`);
}

/** General categories; scripts are too many to list and are taken as they come. */
function isProperty(text: string): boolean {
  if (text.length > 2)
    return /^(?:Any|L&|Xan|Xps|Xsp|Xuc|Xwd|Han|Latin|Greek|Cyrillic|Arabic|Hebrew|Common|Thai)$/i.test(text);
  return /^(?:C[cfnos]?|L[lmotu&]?|M[cen]?|N[dlo]?|P[cdefios]?|S[ckmo]?|Z[lps]?)$/.test(text);
}
