import type { Dialect } from "../../../grammar/dialect.ts";
import type { Network } from "../../access/address.ts";
import { parseOrigin } from "../../access/origin.ts";
import type { Formula } from "./formula.ts";
import { always, not, test } from "./formula.ts";

/**
 * One word behind `Allow from` or `Deny from` as a test of 2.4; null for what no httpd accepts, which must close.
 */
export function originTest(word: string, dialect: Dialect): Formula | null {
  const origin = parseOrigin(word, dialect);
  switch (origin.kind) {
    case "all":
      return always;
    case "network":
      return test("ip", [networkWord(word, origin.network)]);
    case "name":
      return /^[\w.:-]+$/.test(word) ? test("host", [word]) : null;
    case "variable": {
      const name = word.slice(origin.negated ? 5 : 4);
      if (!/^[\w.-]+$/.test(name)) return null;
      const found = test("env", [name]);
      return origin.negated ? not(found) : found;
    }
    case "malformed":
      return null;
    default:
      return origin satisfies never;
  }
}

/** 2.4 reads the same short forms, but for masks behind short addresses and a dot at the end. */
function networkWord(word: string, { bytes, mask }: Network): string {
  if (/^\d+(?:\.\d+){0,3}$/.test(word) || (word.includes(":") && !word.includes("["))) return word;
  const bits = mask.map((byte) => byte.toString(2).padStart(8, "0")).join("");
  if (bytes.length === 4) {
    const isPrefix = /^1+0*$/.test(bits);
    const length = bits.lastIndexOf("1") + 1;
    if (length === 32 && isPrefix) return bytes.join(".");
    return `${bytes.join(".")}/${isPrefix ? length : mask.join(".")}`;
  }
  return word.replace(/[[\]]/g, "");
}
