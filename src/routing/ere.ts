/** A pattern in the syntax of RE2, or why the extended regular expression is none. */
export type Translation = { readonly source: string } | { readonly error: string };

const classes = new Set([
  "alnum",
  "alpha",
  "blank",
  "cntrl",
  "digit",
  "graph",
  "lower",
  "print",
  "punct",
  "space",
  "upper",
  "xdigit",
]);

const special = new Set("\\^$.|?*+()[]{}".split(""));

function literal(character: string): string {
  return special.has(character) ? `\\${character}` : character;
}

function inSet(character: string): string {
  return "\\[]^-&~".includes(character) ? `\\${character}` : character;
}

/** `[[.x.]]` and `[[=x=]]` name one character in the C locale. */
function readNamed(source: string, at: number): { readonly text: string; readonly end: number } | null {
  const kind = source[at + 1];
  if (source[at] !== "[" || (kind !== ":" && kind !== "." && kind !== "=")) return null;
  const close = source.indexOf(`${kind}]`, at + 2);
  if (close === -1) return null;
  const name = source.slice(at + 2, close);
  if (kind === ":") return classes.has(name) ? { text: `[:${name}:]`, end: close + 2 } : null;
  return name.length === 1 ? { text: inSet(name), end: close + 2 } : null;
}

/** A bracket expression behind its `[`. A backslash is an ordinary character there. */
function readSet(source: string, from: number): { readonly text: string; readonly end: number } | null {
  let at = from;
  let text = "[";
  if (source[at] === "^") {
    text += "^";
    at++;
  }
  for (let first = true; at < source.length; first = false) {
    if (source[at] === "]" && !first) return { text: `${text}]`, end: at + 1 };
    const named = readNamed(source, at);
    if (named !== null) {
      text += named.text;
      at = named.end;
    } else if (source[at] === "-" && !first && source[at + 1] !== "]" && !text.endsWith("[^")) {
      text += "-";
      at++;
    } else {
      text += inSet(source[at] ?? "");
      at++;
    }
  }
  return null;
}

/** `{2}`, `{2,}`, `{2,5}` at `at`, or null when the brace is an ordinary character. */
function readBound(source: string, at: number): string | null {
  return /^\{\d+(?:,\d*)?\}/.exec(source.slice(at, at + 16))?.[0] ?? null;
}

/**
 * Translates a POSIX extended regular expression, as the library in httpd 1.3 reads it, into the syntax of RE2: there is no
 * `\d` (a backslash makes any next character an ordinary one), brackets know no backslash, and `(?` is an error.
 * `atEnd` false is REG_NOTEOL: `$` never matches, which is how 1.3 to 2.2 test <DirectoryMatch>.
 * httpd 1.3 src/regex/regcomp.c p_ere_exp
 */
export function translateEre(source: string, atEnd: boolean): Translation {
  let text = "";
  let depth = 0;
  let operand = false;
  for (let at = 0; at < source.length;) {
    const character = source[at] ?? "";
    at++;
    const bound = character === "{" ? readBound(source, at - 1) : null;
    if (character === "*" || character === "+" || character === "?" || bound !== null) {
      if (!operand) return { error: `nothing to repeat before "${bound ?? character}"` };
      text += bound ?? character;
      at += (bound ?? " ").length - 1;
      if ("*+?".includes(source[at] ?? " ") || readBound(source, at) !== null) {
        return { error: `a second repetition "${source[at] ?? ""}" behind "${bound ?? character}"` };
      }
      continue;
    }
    operand = true;
    if (character === "\\") {
      if (at >= source.length) return { error: "a trailing backslash" };
      text += literal(source[at] ?? "");
      at++;
    } else if (character === "[") {
      const set = readSet(source, at);
      if (set === null) return { error: 'a "[" without its "]"' };
      text += set.text;
      at = set.end;
    } else if (character === "(") {
      depth++;
      text += "(";
      operand = false;
    } else if (character === ")" && depth > 0) {
      depth--;
      text += ")";
    } else if (character === "|") {
      text += "|";
      operand = false;
    } else if (character === "^") {
      text += "^";
      operand = false;
    } else if (character === "$") {
      text += atEnd ? "$" : "[^\\x00-\\x{10FFFF}]";
      operand = false;
    } else if (character === ".") {
      text += ".";
    } else {
      text += literal(character);
    }
  }
  return depth > 0 ? { error: 'a "(" without its ")"' } : { source: text };
}
