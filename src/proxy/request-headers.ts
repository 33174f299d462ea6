import { connectionNames, isHopByHop } from "./hop-by-hop.ts";

/** What the next server is told of the client's side of a request. */
export interface ClientSide {
  /** Address of the peer of the connection. */
  readonly address: string;
  readonly encrypted: boolean;
  /** True when the peer may say on whose behalf it asks: its forwarding fields are kept and added to. */
  readonly trusted: boolean;
  /** The host that the client asked for; null for an HTTP/1.0 request without one. */
  readonly host: string | null;
}

/** Names, in lower case, of the fields that say on whose behalf a request is made. */
const forwardingNames: ReadonlySet<string> = new Set(["forwarded", "x-backhand-via"]);

/**
 * Whether a field says who stands behind the request. `_` counts as `-`, because CGI makes the same variable of both and a
 * client could slip in `X_Forwarded_For`.
 */
function isForwarding(name: string): boolean {
  const first = name.charCodeAt(0);
  if (first !== 120 /* x */ && first !== 102 /* f */) return false;
  const dashed = name.includes("_") ? name.replaceAll("_", "-") : name;
  return dashed.startsWith("x-forwarded-") || forwardingNames.has(dashed);
}

/**
 * The head to send on: the client's fields in their order and spelling, without those of the connection, `Host` replaced when
 * the request target named another one, and the forwarding fields written by us. `raw` and the result are flat: name, value,
 * name, value. `via` is the name of this balancer.
 */
export function requestHeaders(raw: readonly string[], client: ClientSide, via: string): string[] {
  const named = connectionNames(raw);
  const headers: string[] = [];
  const kept = new Map<string, string>();
  for (let index = 0; index + 1 < raw.length; index += 2) {
    const name = raw[index] ?? "";
    const value = raw[index + 1] ?? "";
    const lower = name.toLowerCase();
    if (lower === "host" || isHopByHop(lower) || named?.has(lower) === true) continue;
    if (isForwarding(lower)) {
      if (!client.trusted || lower.includes("_")) continue;
      const before = kept.get(lower);
      kept.set(lower, before === undefined ? value : `${before}, ${value}`);
      continue;
    }
    headers.push(name, value);
  }
  if (client.host !== null) headers.push("Host", client.host);
  addForwarding(headers, kept, client, via);
  return headers;
}

function addForwarding(headers: string[], kept: Map<string, string>, client: ClientSide, via: string): void {
  const proto = client.encrypted ? "https" : "http";
  const { address, host } = client;
  // Most requests come straight from a client, with nothing to keep.
  if (kept.size === 0) {
    headers.push("X-Forwarded-For", address, "X-Forwarded-Proto", proto);
    if (host !== null) headers.push("X-Forwarded-Host", host);
    headers.push("Forwarded", forwardedElement(client, proto), "X-Backhand-Via", via);
    return;
  }
  const appended = (name: string, value: string): string => {
    const before = kept.get(name);
    kept.delete(name);
    return before === undefined || before === "" ? value : `${before}, ${value}`;
  };
  headers.push("X-Forwarded-For", appended("x-forwarded-for", address));
  headers.push("Forwarded", appended("forwarded", forwardedElement(client, proto)));
  headers.push("X-Backhand-Via", appended("x-backhand-via", via));
  // Said once, by the first of the proxies that we trust.
  headers.push("X-Forwarded-Proto", kept.get("x-forwarded-proto") ?? proto);
  const forwardedHost = kept.get("x-forwarded-host") ?? host;
  if (forwardedHost !== null) headers.push("X-Forwarded-Host", forwardedHost);
  for (const [name, value] of kept) {
    if (name !== "x-forwarded-proto" && name !== "x-forwarded-host") headers.push(name, value);
  }
}

/** One element of the Forwarded field. RFC 7239 4: addresses with a colon stand in brackets and quotes. */
function forwardedElement(client: ClientSide, proto: string): string {
  const node = client.address.includes(":") ? `"[${client.address}]"` : client.address;
  // A Host field can hold a quote or a backslash; routing refuses such hosts, and this must not depend on it.
  const host = client.host === null ? "" : `;host="${client.host.replace(/["\\]/g, "\\$&")}"`;
  return `for=${node}${host};proto=${proto}`;
}
