import type { IncomingMessage } from "node:http";
import { isIP } from "node:net";
import { canonicalAddress } from "../stats/ip-address.ts";

/** The address of the other end, IPv4 in its own form also on a socket for both kinds. */
export function peerAddressOf(request: IncomingMessage): string {
  return plainAddress(request.socket.remoteAddress ?? "");
}

/** IPv4-mapped IPv6 addresses as IPv4. */
export function plainAddress(address: string): string {
  return address.startsWith("::ffff:") ? (canonicalAddress(address) ?? address) : address;
}

/**
 * On whose behalf a request comes: from a trusted peer, the last address of X-Forwarded-For that is not itself trusted; from
 * anybody else the peer. Whatever cannot be read ends the search at the address before it.
 */
export function clientAddressOf(
  request: IncomingMessage,
  peer: string,
  isTrusted: (address: string) => boolean,
): string {
  const forwarded = request.headers["x-forwarded-for"];
  if (forwarded === undefined || !isTrusted(peer)) return peer;
  const list = (Array.isArray(forwarded) ? forwarded.join(",") : forwarded).split(",");
  let client = peer;
  for (const part of list.reverse()) {
    const address = part.trim().replace(/^\[(.*)\]$/, "$1");
    if (isIP(address) === 0) return client;
    client = plainAddress(address);
    if (!isTrusted(client)) return client;
  }
  return client;
}

/**
 * How the client speaks to the first server that it meets: what a trusted peer says of that in X-Forwarded-Proto, the first of
 * several, else how this connection is made. Whatever is neither http nor https is not believed.
 */
export function clientSchemeOf(
  request: IncomingMessage,
  peer: string,
  isTrusted: (address: string) => boolean,
): "http" | "https" {
  const own = "encrypted" in request.socket ? "https" : "http";
  const said = request.headers["x-forwarded-proto"];
  if (said === undefined || !isTrusted(peer)) return own;
  const [first = ""] = (Array.isArray(said) ? said.join(",") : said).split(",", 1);
  const scheme = first.trim().toLowerCase();
  return scheme === "http" || scheme === "https" ? scheme : own;
}
