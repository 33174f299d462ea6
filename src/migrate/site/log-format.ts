/** An item of LogFormat: modifiers, argument, letter. */
const item = /%([<>]?)(![\d,]*|[\d,]+)?([<>]?)(?:\{([^}]*)\})?(\^t[io]|[a-zA-Z%])/y;

/** How a target says the parts of a format; null: not at all. */
export interface LogWords {
  readonly item: (letter: string, argument: string | undefined) => string | null;
  /** One character, which is no line end; `before` is what was written up to it. */
  readonly literal: (character: string, before: string) => string | null;
}

/** A format of httpd in the words of a target, or the items that it has nothing for. Items for some statuses only are none that a target has. */
export function translateLogFormat(
  format: string,
  words: LogWords,
): { readonly text: string } | { readonly missing: readonly string[] } {
  const missing: string[] = [];
  let text = "";
  const write = (source: string, said: string | null): void => {
    if (said === null) missing.push(source);
    else text += said;
  };
  for (let at = 0; at < format.length;) {
    item.lastIndex = at;
    const [whole, , only, , argument, letter = ""] = item.exec(format) ?? [];
    if (whole !== undefined) {
      write(whole, only === undefined ? words.item(letter, argument) : null);
      at += whole.length;
      continue;
    }
    const isTab = format.startsWith("\\t", at);
    const character = isTab ? "\t" : (format[at] ?? "");
    const isLineEnd = /[\n\r]/.test(character) || format.startsWith("\\n", at);
    write(character, isLineEnd ? null : words.literal(character, text));
    at += isTab ? 2 : 1;
  }
  return missing.length === 0 ? { text } : { missing };
}
