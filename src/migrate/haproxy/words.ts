/** A word on a line of HAProxy: what would end it or begin something else has a backslash. */
export function word(text: string): string {
  return text.replace(/[\\ #'"]/g, "\\$&").replaceAll("\t", "\\t");
}

/**
 * What a converter makes with arguments that hold anything, in a log format that becomes a word by {@link formatWord}. Null for
 * a quote, which no level of quoting leaves alone.
 */
export function converted(sample: string, name: string, args: readonly string[]): string | null {
  if (args.some((one) => /['"\x00-\x1f\x7f]/.test(one))) return null;
  return `%[${sample},${name}(${args.map((one) => `"${one.replace(/\\/g, "\\\\")}"`).join(",")})]`;
}

/** A log format of plain characters and what is {@link converted} as one word. */
export function formatWord(text: string): string {
  return text.includes('"') ? `'${text}'` : text;
}

/** The same for what may be empty. */
export function quotedWord(text: string): string {
  return text === "" ? '""' : word(text);
}

/** The query as it was sent behind a character, where one was sent; in a log format. */
export function queryBehind(separator: "?" | "&"): string {
  return `%[query,regsub(^,${separator})]`;
}

/** A text where HAProxy reads items of a log format. */
export function format(text: string): string {
  return text.replaceAll("%", "%%");
}
