/** UTF-16 codes of the characters that mean something to httpd's reader. */
export const code = {
  nul: 0x00,
  lineFeed: 0x0a,
  carriageReturn: 0x0d,
  doubleQuote: 0x22,
  hash: 0x23,
  singleQuote: 0x27,
  slash: 0x2f,
  less: 0x3c,
  greater: 0x3e,
  backslash: 0x5c,
} as const;

/**
 * Whether a code is what C's `isspace` calls a blank in the C locale: tab, LF, VT, FF, CR and space. A no-break space or a
 * byte order mark is none, so regular expressions with `\s` are of no use here.
 */
export function isBlank(character: number): boolean {
  return character === 0x20 || (character >= 0x09 && character <= 0x0d);
}

/** First offset from `from` on that holds no blank, or `to`. */
export function skipBlanks(text: string, from: number, to: number): number {
  let at = from;
  while (at < to && isBlank(text.charCodeAt(at))) at += 1;
  return at;
}

/** End of the text that is left when the blanks before `to` are cut; not below `from`. */
export function trimBlanks(text: string, from: number, to: number): number {
  let at = to;
  while (at > from && isBlank(text.charCodeAt(at - 1))) at -= 1;
  return at;
}
