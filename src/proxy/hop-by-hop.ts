/**
 * Header fields that belong to one connection and never travel further, in lower case. `expect` is here because Node answers
 * it itself, `trailer` because trailers are not relayed, `http2-settings` because no upgrade to HTTP/2 is. `x-backhand-load` and
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
    if (name.length !== 10 || name.toLowerCase() !== "connection") continue;
    const value = (raw[index + 1] ?? "").toLowerCase();
    if (value === "keep-alive" || value === "close") continue;
    for (const token of value.split(",")) {
      const option = token.trim();
      if (option !== "" && !untouchable.has(option)) (names ??= new Set()).add(option);
    }
  }
  return names;
}
