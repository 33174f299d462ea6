import ipaddr from "ipaddr.js";
import type { Word } from "../../grammar/word.ts";
import type { ActiveDirective } from "../config/active-config.ts";

/** `address:port[,ttl]`, as text; what is not there is null. */
export interface Endpoint {
  readonly host: string;
  readonly port: string | null;
  readonly ttl: string | null;
  readonly word: Word;
}

/** `MulticastStats [myip] dest:port[,ttl]`, and BroadcastStats, which is written alike. */
export interface AnnounceTarget {
  readonly contact: Endpoint | null;
  readonly destination: Endpoint;
}

function endpointOf(word: Word): Endpoint {
  // An IPv6 address alone needs no brackets: its colons lead to no port.
  if (addressOf(word.value) !== null) return { host: word.value, port: null, ttl: null, word };
  const [, host = word.value, port = null, ttl = null] =
    /^(\[[^\]]*\]|[^:,]*)(?::([^,]*))?(?:,(.*))?$/s.exec(word.value) ?? [];
  return { host: host.replace(/^\[|\]$/g, ""), port, ttl, word };
}

/** What a MulticastStats or BroadcastStats line says, or null when it is another directive or has no argument. */
export function announceTargetOf(directive: ActiveDirective): AnnounceTarget | null {
  if (directive.key !== "multicaststats" && directive.key !== "broadcaststats") return null;
  const [first, second] = directive.words;
  if (first === undefined) return null;
  return second === undefined
    ? { contact: null, destination: endpointOf(first) }
    : { contact: endpointOf(first), destination: endpointOf(second) };
}

/**
 * The address, or null for anything but four decimal numbers (or an IPv6 address): host names, half addresses. The zone of an
 * IPv6 address (`fe80::1%eth0`) is left out.
 */
export function addressOf(text: string): ipaddr.IPv4 | ipaddr.IPv6 | null {
  if (ipaddr.IPv4.isValidFourPartDecimal(text)) return ipaddr.IPv4.parse(text);
  const [bare = ""] = /^[^%]*:[^%]*(?=%[\w.:@-]{1,64}$|$)/.exec(text) ?? [];
  return bare !== "" && ipaddr.IPv6.isValid(bare) ? ipaddr.IPv6.parse(bare) : null;
}

/** An address and how many of its leading bits count. */
export type Network = readonly [ipaddr.IPv4 | ipaddr.IPv6, number];

/** The network of an AcceptStats line: an address, with a prefix length or a dotted mask; null when it is neither. */
export function networkOf(text: string): Network | null {
  const [host = "", mask, ...rest] = text.split("/");
  const address = addressOf(host);
  // Networks are none of an interface.
  if (address === null || host.includes("%") || rest.length > 0) return null;
  const bits = address.toByteArray().length * 8;
  if (mask === undefined) return [address, bits];
  if (/^\d{1,3}$/.test(mask)) return Number(mask) <= bits ? [address, Number(mask)] : null;
  const length = ipaddr.IPv4.isValidFourPartDecimal(mask) ? ipaddr.IPv4.parse(mask).prefixLengthFromSubnetMask() : null;
  return length === null ? null : [address, length];
}

/** Whether the address is one of a group: 224.0.0.0/4 or ff00::/8. */
export function isGroup(address: ipaddr.IPv4 | ipaddr.IPv6): boolean {
  return address.range() === "multicast";
}

/** An address that by custom reaches a whole IPv4 network: all ones at its end. */
export function isBroadcast(address: ipaddr.IPv4 | ipaddr.IPv6): boolean {
  return address.kind() === "ipv4" && address.toByteArray().at(-1) === 255;
}
