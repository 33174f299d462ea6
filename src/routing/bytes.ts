import { Buffer } from "node:buffer";

import { decode, encode } from "../source/encoding.ts";

/**
 * httpd compares bytes, so routing works on byte strings: one character from U+0000 to U+00FF for each byte, which is also
 * how Node hands out request targets and header fields. Texts of the table become byte strings once, at start.
 */
export type ByteString = string;

const ascii = /^[\x00-\x7f]*$/;

/** The bytes of a text of the configuration or of a command line. */
export function toBytes(text: string): ByteString {
  return ascii.test(text) ? text : Buffer.from(encode(text)).toString("latin1");
}

/** The text of bytes, as {@link decode} reads a file; for people and for file names. */
export function fromBytes(bytes: ByteString): string {
  return ascii.test(bytes) ? bytes : decode(Buffer.from(bytes, "latin1"));
}

/** Lower case of ASCII letters only, as the C locale has it. */
export function lowerAscii(text: ByteString): ByteString {
  return ascii.test(text) ? text.toLowerCase() : text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}
