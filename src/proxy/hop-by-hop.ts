import { isIgnoringCase } from "./ignoring-case.ts";

/**
 * Header fields that belong to one connection and never travel further, in lower case. `expect` is here because it is
 * written anew, `trailer` because trailers come unannounced, `http2-settings` because no upgrade to HTTP/2 is. `x-backhand-load` and
 * `x-backhand-trace` are between a balancer and its neighbour.
 * RFC 9110 7.6.1, RFC 2616 13.5.1
 */
const hopByHop: ReadonlySet<string> = new Set([
  "connection",
  "expect",
  "http2-settings",
  "keep-alive",
  "proxy-authenticate",
  "proxy-authorization",
  "proxy-connection",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
  "x-backhand-load",
  "x-backhand-trace",
]);

/** Whether a field, its name in lower case, is for one connection only. */
export function isHopByHop(name: string): boolean {
  return hopByHop.has(name);
}

/**
 * Fields that a Connection field cannot take away: without them the message would be another one.
 */
const untouchable: ReadonlySet<string> = new Set(["content-length", "host"]);

/**
 * The names that the Connection fields of a head list, in lower case; null when there are none besides `close` and
 * `keep-alive`, which is nearly always. `raw` is flat: name, value, name, value.
 */
export function connectionNames(raw: readonly string[]): ReadonlySet<string> | null {
  let names: Set<string> | null = null;
  for (let index = 0; index + 1 < raw.length; index += 2) {
    const name = raw[index] ?? "";
    if (!isIgnoringCase(name, "connection")) continue;
    const value = raw[index + 1] ?? "";
    if (isIgnoringCase(value, "keep-alive") || isIgnoringCase(value, "close")) continue;
    for (const token of value.toLowerCase().split(",")) {
      const option = token.trim();
      if (option !== "" && !untouchable.has(option)) (names ??= new Set()).add(option);
    }
  }
  return names;
}

/** Names that something is done about besides the above, in lower case; those that begin with `x` are not listed. */
const otherSpecial = ["host", "forwarded", "content-length"];

/** For each length below 32 and each first letter whether a name of that kind is special. */
const special = new Uint8Array(32 * 32);
for (const name of [...hopByHop, ...otherSpecial]) special[name.length * 32 + (name.charCodeAt(0) & 31)] = 1;
for (let length = 0; length < 32; length += 1) special[length * 32 + ("x".charCodeAt(0) & 31)] = 1;

/**
 * False for most names that nothing is done about, in any spelling, at a fraction of the price of making lower case of them.
 * True says nothing.
 */
export function mayBeSpecial(name: string): boolean {
  const { length } = name;
  return length >= 32 || special[length * 32 + (name.charCodeAt(0) & 31)] === 1;
}

/** Fields that mean nothing, or too much, behind a body: of framing, routing, authentication, and about the content. RFC 9110 6.5.1 */
const notBehind =
  /^(?:content-.*|host|authorization|set-cookie2?|cookie|cache-control|max-forwards|range|if-.*|age|date|expires|location|retry-after|vary|warning|www-authenticate|x-forwarded-.*|forwarded|x-backhand-.*)$/;

/** The fields behind a body that travel further, flat as they came. */
export function trailersToRelay(raw: readonly string[]): string[] {
  const kept: string[] = [];
  for (let index = 0; index + 1 < raw.length; index += 2) {
    const name = raw[index] ?? "";
    const lower = name.toLowerCase().replaceAll("_", "-");
    if (!isHopByHop(lower) && !notBehind.test(lower)) kept.push(name, raw[index + 1] ?? "");
  }
  return kept;
}
