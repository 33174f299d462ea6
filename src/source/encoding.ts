import { Buffer, isUtf8 } from "node:buffer";

/**
 * Bytes that are no UTF-8 become the lone surrogates U+DC80 to U+DCFF, one for each byte, so that every file has a text and
 * {@link encode} gives back exactly its bytes (the scheme of Python's PEP 383).
 */
const ESCAPE = 0xdc00;

/** Length of the well-formed UTF-8 sequence at `at`, or 0. Table 3-7 of the Unicode Standard. */
function sequenceLength(bytes: Uint8Array, at: number): number {
  const first = bytes[at] ?? 0;
  if (first < 0x80) return 1;
  const length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
  return first >= 0xc2 && at + length <= bytes.length && isUtf8(bytes.subarray(at, at + length)) ? length : 0;
}

/** Decodes bytes as UTF-8 without losing any; a byte order mark is kept as U+FEFF. */
export function decode(bytes: Uint8Array): string {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (isUtf8(buffer)) return buffer.toString("utf8");
  const parts: string[] = [];
  let from = 0;
  for (let at = 0; at < buffer.length;) {
    const length = sequenceLength(buffer, at);
    if (length > 0) {
      at += length;
      continue;
    }
    parts.push(buffer.toString("utf8", from, at), String.fromCharCode(ESCAPE | (buffer[at] ?? 0)));
    at += 1;
    from = at;
  }
  parts.push(buffer.toString("utf8", from));
  return parts.join("");
}

/** Finds whole characters beyond U+FFFF, too. */
const ESCAPED = /[\udc80-\udcff]/;

/** The bytes that {@link decode} read; a lone surrogate that stands for no byte becomes U+FFFD, as in any UTF-8 encoder. */
export function encode(text: string): Uint8Array {
  // Nearly all text has none of them, whole characters or not.
  if (!ESCAPED.test(text)) return Buffer.from(text, "utf8");
  const pieces = text.split(/([\udc80-\udcff]+)/u);
  if (pieces.length === 1) return Buffer.from(text, "utf8");
  return Buffer.concat(pieces.map((piece, index) => Buffer.from(piece, index % 2 === 1 ? "latin1" : "utf8")));
}

/** Puts the bytes that {@link encode} gives into `buffer` from `at` on, where they must have room; how many they are. */
export function encodeInto(text: string, buffer: Buffer, at: number): number {
  if (!ESCAPED.test(text)) return buffer.write(text, at, "utf8");
  const bytes = encode(text);
  buffer.set(bytes, at);
  return bytes.length;
}
