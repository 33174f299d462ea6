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
