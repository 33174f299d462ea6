const names = new Set("alnum alpha blank cntrl digit graph lower print punct space upper xdigit".split(" "));

/** One bracket expression behind its `[`: a backslash is itself there, which PCRE writes twice. */
function readSet(source: string, from: number): { readonly text: string; readonly end: number } | null {
  let at = from;
  let text = "[";
  if (source[at] === "^") {
    text += "^";
    at += 1;
  }
  for (let isFirst = true; at < source.length; isFirst = false) {
    const character = source[at] ?? "";
    if (character === "]" && !isFirst) return { text: `${text}]`, end: at + 1 };
    const named = /^\[([:.=])([^\]]{1,16}?)\1\]/.exec(source.slice(at, at + 24));
    if (named !== null) {
      const [whole, kind, name = ""] = named;
      if (kind === ":" ? !names.has(name) : name.length !== 1) return null;
      text += kind === ":" ? whole : name.replace(/[\\\]^-]/, "\\$&");
      at += whole.length;
      continue;
    }
    text += character === "\\" ? "\\\\" : character === "[" ? "\\[" : character;
    at += 1;
  }
  return null;
}

/**
 * An extended regular expression of httpd 1.3 as PCRE reads it alike: a backslash before a letter or digit means that
 * letter, brackets know no backslash. `matchesEnd` false: `$` never matches, as 1.3 tests <DirectoryMatch>. Null for what
 * is no expression of 1.3.
 */
export function toPcre(source: string, matchesEnd = true): string | null {
  let text = "";
  for (let at = 0; at < source.length;) {
    const character = source[at] ?? "";
    at += 1;
    if (character === "\\") {
      const next = source[at];
      if (next === undefined) return null;
      text += /[A-Za-z0-9]/.test(next) ? next : `\\${next}`;
      at += 1;
    } else if (character === "[") {
      const set = readSet(source, at);
      if (set === null) return null;
      text += set.text;
      at = set.end;
    } else if (character === "$" && !matchesEnd) {
      text += "(?!)";
    } else {
      text += character;
    }
  }
  return text;
}
