import { connectionNames, isHopByHop, mayBeSpecial } from "./hop-by-hop.ts";

/**
 * The head to give to the client: the server's fields in their order and spelling, repeated ones kept apart, without those of
 * the connection. `raw` and the result are flat: name, value, name, value. A 204 loses its Content-Length, which RFC 9110 8.6
 * forbids and which would make a client wait for a body.
 */
export function responseHeaders(status: number, raw: readonly string[]): string[] {
  const named = connectionNames(raw);
  const headers: string[] = [];
  for (let index = 0; index + 1 < raw.length; index += 2) {
    const name = raw[index] ?? "";
    if (named === null && !mayBeSpecial(name)) {
      headers.push(name, raw[index + 1] ?? "");
      continue;
    }
    const lower = name.toLowerCase();
    if (isHopByHop(lower) || named?.has(lower) === true) continue;
    if (status === 204 && lower === "content-length") continue;
    headers.push(name, raw[index + 1] ?? "");
  }
  return headers;
}
