import { eastAsianWidth } from "get-east-asian-width";

/** Control, format and surrogate characters, line and paragraph separators: whatever moves a terminal's cursor or hides. */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

const CONTROL_PICTURES = 0x2400;

function visible(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x20) return String.fromCharCode(CONTROL_PICTURES + code);
  if (code === 0x7f) return "\u2421";
  // Bytes that are no UTF-8, as src/source/encoding.ts keeps them.
  if (code >= 0xdc80 && code <= 0xdcff) return `<${(code & 0xff).toString(16).toUpperCase()}>`;
  return `<U+${code.toString(16).toUpperCase().padStart(4, "0")}>`;
}

/**
 * The text as it can be shown: a hostile file must not send escape sequences to the terminal, nor reverse or hide what is
 * read. Control characters become their pictures (U+2400 and on), the others their number. One line stays one line.
 */
export function printable(text: string): string {
  // Looking for what cannot be shown takes much longer than this, and most texts have nothing of it.
  return ASCII.test(text) ? text : text.replace(UNPRINTABLE, visible);
}

/** The same of many lines, which stay lines. Most have nothing that cannot be shown: the others alone are taken out. */
export function printableLines(lines: string): string {
  const odd = /[^\x20-\x7e\n]/g;
  let shown = "";
  let done = 0;
  while (odd.test(lines)) {
    const start = lines.lastIndexOf("\n", odd.lastIndex - 1) + 1;
    const feed = lines.indexOf("\n", odd.lastIndex);
    const end = feed === -1 ? lines.length : feed;
    shown += lines.slice(done, start) + printable(lines.slice(start, end));
    done = end;
    odd.lastIndex = end;
  }
  return shown + lines.slice(done);
}

const ASCII = /^[\x20-\x7e]*$/;
/** Combining marks, and joiners that are left of emoji. */
const NO_WIDTH = /[\p{M}\p{Cf}]/gu;

/** Columns that a printable text takes on a terminal. */
export function widthOf(text: string): number {
  if (ASCII.test(text)) return text.length;
  return Array.from(text.replace(NO_WIDTH, "")).reduce((width, character) => {
    return width + eastAsianWidth(character.codePointAt(0) ?? 0);
  }, 0);
}
