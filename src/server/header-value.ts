import { loadavg } from "node:os";
import type { ByteString } from "../routing/bytes.ts";
import { lowerAscii } from "../routing/bytes.ts";
import type { AskedRequest } from "../routing/client-facts.ts";
import { unescapeHeaderText } from "../routing/header-escapes.ts";
import { parseInterpolated, valueText } from "../routing/expression-values.ts";

/** What the values of Header and RequestHeader lines may ask of a request. */
export interface HeaderFacts {
  /** Null for a request that was refused before it was looked at. */
  readonly asked: AskedRequest | null;
  /** A variable of SetEnvIf, SetEnv and their kin, by its name in any spelling. */
  readonly variable: (name: string) => ByteString | null;
  readonly startMs: number;
  readonly elapsedMs: number;
  /** Per cent of the requests that this server takes at a time. */
  readonly busyPercent: number;
}

/** Makes the value of a line; null when it depends on what is not known here. */
export type HeaderValue = (facts: HeaderFacts) => ByteString | null;

/** A value must not end its line: what would is a space. */
const unsendable = /[\r\n\0]+/g;

/**
 * Reads a value with its `%` items. 1.3 has none.
 * httpd mod_headers.c parse_format_string, process_tags
 */
export function parseHeaderValue(text: ByteString, hasItems: boolean): HeaderValue {
  if (!hasItems) return () => text;
  if (text.startsWith("expr=")) {
    const value = parseInterpolated(text.slice("expr=".length));
    return ({ asked }) => (asked === null ? null : (valueText(value, asked)?.replace(unsendable, " ") ?? null));
  }
  const parts: (string | ((facts: HeaderFacts) => string))[] = [];
  const item = /%(?:\{([^}]*)\})?(.)/gs;
  let at = 0;
  for (let match = item.exec(text); match !== null; match = item.exec(text)) {
    parts.push(unescapeHeaderText(text.slice(at, match.index)), itemValue(match[2] ?? "", match[1] ?? ""));
    at = item.lastIndex;
  }
  parts.push(unescapeHeaderText(text.slice(at)));
  if (parts.every((part) => typeof part === "string")) {
    const whole = parts.join("");
    return () => whole;
  }
  return (facts) => parts.map((part) => (typeof part === "string" ? part : part(facts))).join("");
}

function itemValue(letter: string, argument: string): string | ((facts: HeaderFacts) => string) {
  switch (letter) {
    case "%":
      return "%";
    case "t":
      return ({ startMs }) => `t=${startMs * 1000}`;
    case "D":
      return ({ elapsedMs }) => `D=${Math.round(elapsedMs * 1000)}`;
    case "l":
      return () =>
        `l=${loadavg()
          .map((load) => load.toFixed(2))
          .join("/")}`;
    case "b":
      return ({ busyPercent }) => `b=${busyPercent}`;
    case "i":
      return ({ busyPercent }) => `i=${100 - busyPercent}`;
    case "e":
      return ({ variable }) => (variable(lowerAscii(argument)) ?? "(null)").replace(unsendable, " ");
    // Only mod_ssl's variables, of which there are none on a plain connection.
    case "s":
      return "(null)";
    default:
      return "";
  }
}
