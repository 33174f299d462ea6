import type { RequestChange } from "./engine.ts";
import { connectionNames, isHopByHop, mayBeSpecial } from "./hop-by-hop.ts";

/** What the next server is told of the client's side of a request. */
export interface ClientSide {
  /** Address of the peer of the connection. */
  readonly address: string;
  readonly encrypted: boolean;
  /** Whether the peer may say on whose behalf it asks: its forwarding fields are kept and added to. Asked when there are any. */
  readonly isTrusted: (address: string) => boolean;
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
 * The fields to send on, as lines: the client's in their order and spelling, without those of the connection, `Host` replaced
 * when the request target named another one, and the forwarding fields written by us. `raw` is flat: name, value, name, value.
 * `via` is the name of this balancer.
 */
export function requestFields(
  raw: readonly string[],
  client: ClientSide,
  via: string,
  change: RequestChange | null = null,
): string {
  if (change?.fields !== undefined) return changedFields(raw, client, via, { ...change, edit: change.fields });
  const hostField = change?.host ?? client.host;
  const named = connectionNames(raw);
  let fields = "";
  let kept: Map<string, string> | null = null;
  let hasHost = false;
  let trusted: boolean | null = null;
  for (let index = 0; index + 1 < raw.length; index += 2) {
    const name = raw[index] ?? "";
    const value = raw[index + 1] ?? "";
    if (named === null && !mayBeSpecial(name)) {
      fields += `${name}: ${value}\r\n`;
      continue;
    }
    const lower = name.toLowerCase();
    if (lower === "host") {
      hasHost = true;
      fields += `${name}: ${hostField ?? value}\r\n`;
    } else if (isHopByHop(lower) || named?.has(lower) === true) {
      continue;
    } else if (isForwarding(lower)) {
      if (lower.includes("_") || !(trusted ??= client.isTrusted(client.address))) continue;
      const before = kept?.get(lower);
      (kept ??= new Map()).set(lower, before === undefined ? value : `${before}, ${value}`);
    } else {
      fields += `${name}: ${value}\r\n`;
    }
  }
  // An absolute target in HTTP/1.0 needs no Host field.
  if (!hasHost && hostField !== null) fields += `Host: ${hostField}\r\n`;
  return fields + forwardingFields(kept, client, via);
}

/**
 * The fields after `edit`, which sees none that an untrusted client says of others: what it says itself of the client, an
 * X-Forwarded-Proto for instance, is then as good as a trusted proxy's. The fields that frame the message stay as they are.
 */
function changedFields(
  raw: readonly string[],
  client: ClientSide,
  via: string,
  { host, edit }: { readonly host?: string; readonly edit: NonNullable<RequestChange["fields"]> },
): string {
  const trusted = client.isTrusted(client.address);
  const seen: string[] = [];
  const framing: string[] = [];
  for (let index = 0; index + 1 < raw.length; index += 2) {
    const name = raw[index] ?? "";
    const lower = name.toLowerCase();
    if (isForwarding(lower) && (!trusted || lower.includes("_"))) continue;
    (isFraming(lower) ? framing : seen).push(name, raw[index + 1] ?? "");
  }
  const edited: string[] = [];
  let hostField = host ?? null;
  const fields = edit(seen);
  for (let index = 0; index + 1 < fields.length; index += 2) {
    const name = fields[index] ?? "";
    const value = fields[index + 1] ?? "";
    if (isFraming(name.toLowerCase())) continue;
    // One that was put in the place of the client's counts, unless the server's own name is to be sent.
    if (name.toLowerCase() === "host" && host === undefined && value !== valueOf(raw, "host")) hostField = value;
    edited.push(name, value);
  }
  return requestFields(
    [...edited, ...framing],
    { ...client, isTrusted: () => true },
    via,
    hostField === null ? {} : { host: hostField },
  );
}

function valueOf(raw: readonly string[], lower: string): string | null {
  const at = raw.findIndex((name, index) => index % 2 === 0 && name.toLowerCase() === lower);
  return at === -1 ? null : (raw[at + 1] ?? "");
}

/** Fields without which the message would be another one. */
function isFraming(lower: string): boolean {
  return lower === "content-length" || lower === "transfer-encoding" || lower === "connection";
}

function forwardingFields(kept: Map<string, string> | null, client: ClientSide, via: string): string {
  const proto = client.encrypted ? "https" : "http";
  const { address, host } = client;
  const element = forwardedElement(client, proto);
  // Most requests come straight from a client, with nothing to keep.
  if (kept === null) {
    const hostLine = host === null ? "" : `X-Forwarded-Host: ${host}\r\n`;
    return `X-Forwarded-For: ${address}\r\nX-Forwarded-Proto: ${proto}\r\n${hostLine}Forwarded: ${element}\r\nX-Backhand-Via: ${via}\r\n`;
  }
  const appended = (name: string, value: string): string => {
    const before = kept.get(name);
    kept.delete(name);
    return before === undefined || before === "" ? value : `${before}, ${value}`;
  };
  let fields = `X-Forwarded-For: ${appended("x-forwarded-for", address)}\r\n`;
  fields += `Forwarded: ${appended("forwarded", element)}\r\n`;
  fields += `X-Backhand-Via: ${appended("x-backhand-via", via)}\r\n`;
  // Said once, by the first of the proxies that we trust.
  fields += `X-Forwarded-Proto: ${kept.get("x-forwarded-proto") ?? proto}\r\n`;
  const forwardedHost = kept.get("x-forwarded-host") ?? host;
  if (forwardedHost !== null) fields += `X-Forwarded-Host: ${forwardedHost}\r\n`;
  for (const [name, value] of kept) {
    if (name !== "x-forwarded-proto" && name !== "x-forwarded-host") fields += `${name}: ${value}\r\n`;
  }
  return fields;
}

/** One element of the Forwarded field. RFC 7239 4: addresses with a colon stand in brackets and quotes. */
function forwardedElement(client: ClientSide, proto: string): string {
  const node = client.address.includes(":") ? `"[${client.address}]"` : client.address;
  const host = client.host === null ? "" : `;host="${client.host}"`;
  return `for=${node}${host};proto=${proto}`;
}
