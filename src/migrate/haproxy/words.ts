/** A word on a line of HAProxy: what would end it or begin something else has a backslash. */
export function word(text: string): string {
  return text.replace(/[\\ #'"]/g, "\\$&").replaceAll("\t", "\\t");
}

/** A converter with arguments that hold anything, as one word. Null for a quote, which no level of quoting leaves alone. */
export function converter(sample: string, name: string, args: readonly string[]): string | null {
  if (args.some((one) => /['"\x00-\x1f\x7f]/.test(one))) return null;
  return `'${sample},${name}(${args.map((one) => `"${one.replace(/\\/g, "\\\\")}"`).join(",")})'`;
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
