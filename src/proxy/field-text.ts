/** What a byte may be part of, as bits: 1 a field's name or a method (RFC 9110 5.6.2 token), 2 a field's value or a reason. */
const kinds = new Uint8Array(256);
for (const character of "!#$%&'*+-.^_`|~0123456789") kinds[character.charCodeAt(0)] = 1;
for (let letter = 65; letter <= 90; letter += 1) {
  kinds[letter] = 1;
  kinds[letter + 32] = 1;
}
for (let byte = 0; byte < 256; byte += 1) {
  if (byte === 9 || (byte >= 32 && byte !== 127)) kinds[byte] = (kinds[byte] ?? 0) | 2;
}

/** Whether a code may stand in the name of a field. */
export function isNameCode(code: number): boolean {
  return ((kinds[code] ?? 0) & 1) !== 0;
}

/** Whether a code may stand in the value of a field; spaces and tabs included, other controls and U+0100 and up not. */
export function isValueCode(code: number): boolean {
  return ((kinds[code] ?? 0) & 2) !== 0;
}

/** A bad place in a head; the message says what was expected. */
export class BadFieldText extends Error {
  override readonly name = "BadFieldText";
}

/**
 * Reads the lines of a head from `start` to the empty line that ends it, which must be the end of the text. Gives names and
 * values in turn. One strict reading: a name, a colon, a value without controls, CR and LF; no folding, no space before the
 * colon. Throws BadFieldText. Linear, and each line is looked at once.
 */
export function readFields(text: string, start: number): string[] {
  const fields: string[] = [];
  let at = start;
  while (text.charCodeAt(at) !== 13 /* CR */) {
    const nameStart = at;
    while (isNameCode(text.charCodeAt(at))) at += 1;
    if (at === nameStart || text.charCodeAt(at) !== 58 /* : */)
      throw new BadFieldText("Expected a field name and a colon");
    const nameEnd = at;
    at += 1;
    let code = text.charCodeAt(at);
    while (code === 32 || code === 9) code = text.charCodeAt(++at);
    const valueStart = at;
    let valueEnd = at;
    while (isValueCode(code)) {
      at += 1;
      if (code !== 32 && code !== 9) valueEnd = at;
      code = text.charCodeAt(at);
    }
    if (code !== 13 || text.charCodeAt(at + 1) !== 10)
      throw new BadFieldText("Expected a field value without controls");
    // Readers differ about a tab behind the values that frame a body; the names' lengths say enough.
    const size = nameEnd - nameStart;
    if (valueEnd < at && (size === 14 || size === 17) && text.slice(valueEnd, at).includes("\t")) {
      throw new BadFieldText("Expected no tab behind a value");
    }
    fields.push(text.slice(nameStart, nameEnd), text.slice(valueStart, valueEnd));
    at += 2;
  }
  if (text.charCodeAt(at + 1) !== 10 || at + 2 !== text.length) throw new BadFieldText("Expected the end of the head");
  return fields;
}
