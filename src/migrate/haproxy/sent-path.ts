import { encode } from "../../source/encoding.ts";
import { escaped } from "../site/url-pattern.ts";

/** What no client has a reason to encode. */
export const plainPath = /^[\w./~-]*$/;

/** An expression for a decoded path as it is sent: characters that are not plain ones may be encoded, or have to be. */
export function sentPath(path: string): string {
  if (plainPath.test(path)) return escaped(path);
  return Array.from(path, (character) => {
    if (plainPath.test(character)) return escaped(character);
    const bytes = Array.from(encode(character), (byte) => `%${hexadecimal(byte)}`).join("");
    return /^[!-~]$/.test(character) ? `(?:${escaped(character)}|${bytes})` : bytes;
  }).join("");
}

/** Two digits, of which letters may be large or small. */
function hexadecimal(byte: number): string {
  return byte
    .toString(16)
    .padStart(2, "0")
    .replace(/[a-f]/g, (digit) => `[${digit}${digit.toUpperCase()}]`);
}
