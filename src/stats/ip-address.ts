import { isIP, isIPv4, isIPv6 } from "node:net";
import ipaddr from "ipaddr.js";

type Address = ipaddr.IPv4 | ipaddr.IPv6;

/** A network from AcceptStats. */
export type Network = readonly [Address, number];

/**
 * An address as text in its one shortest form, IPv4-mapped IPv6 as IPv4; null for anything else than an address. Zones
 * (`fe80::1%eth0`) stay.
 */
export function canonicalAddress(text: string): string | null {
  // Strict dotted decimals are their own shortest form. Every packet comes here, and the library takes microseconds.
  if (isIPv4(text)) return text;
  const address = parseAddress(text);
  if (address === null) return null;
  const zone = zoneOf(text);
  return zone === null || address.kind() === "ipv4" ? address.toString() : `${address.toString()}%${zone}`;
}

/** The interface behind the `%` of an IPv6 address, which means something on one machine only; null: none is named. */
export function zoneOf(text: string): string | null {
  const percent = text.indexOf("%");
  return percent < 0 ? null : text.slice(percent + 1);
}

/** The address as other machines may hear of it. */
export function withoutZone(text: string): string {
  const percent = text.indexOf("%");
  return percent < 0 ? text : text.slice(0, percent);
}

/** Whether an address in its one form (`canonicalAddress`) means something only on one link, so that a zone is needed to reach it. */
export function isLinkLocal(address: string): boolean {
  return /^fe[89ab][0-9a-f]:/.test(address);
}

/** Whether a server may be contacted there: not unspecified, multicast or broadcast. */
export function isHostAddress(text: string): boolean {
  if (isIPv4(text)) {
    const first = Number(text.slice(0, text.indexOf(".")));
    return first > 0 && (first < 224 || first > 239) && text !== "255.255.255.255";
  }
  const range = parseAddress(text)?.range();
  return range !== undefined && range !== "unspecified" && range !== "multicast" && range !== "broadcast";
}

/** Whether this is the address of a multicast group. */
export function isMulticastAddress(text: string): boolean {
  return parseAddress(text)?.range() === "multicast";
}

/**
 * Reads `address/prefix` or a bare address.
 * Throws a TypeError for anything else: who compiled the configuration has checked it.
 */
export function parseNetwork(text: string): Network {
  const slash = text.indexOf("/");
  const address = text.includes("%") ? null : parseAddress(slash < 0 ? text : text.slice(0, slash));
  const longest = address?.kind() === "ipv4" ? 32 : 128;
  const prefix = slash < 0 ? longest : /^\d{1,3}$/.test(text.slice(slash + 1)) ? Number(text.slice(slash + 1)) : NaN;
  if (address === null || !(prefix <= longest)) throw new TypeError(`Expected address/prefix instead of "${text}"`);
  return [address, prefix];
}

/** Whether an address lies in one of the networks. */
export function isInside(text: string, networks: readonly Network[]): boolean {
  const address = parseAddress(text);
  if (address === null) return false;
  return networks.some(([network, prefix]) => network.kind() === address.kind() && address.match([network, prefix]));
}

/** Names of interfaces may hold nearly everything; none has more characters anywhere. */
const ZONE = /^[\w.:@-]{1,64}$/;

/**
 * Null unless it is strictly an address: the library alone takes octal, hexadecimal and shortened forms too, and throws for
 * zones that it does not know (`fe80::1%br-lan`). The zone is left out.
 */
function parseAddress(text: string): Address | null {
  const zone = zoneOf(text);
  const bare = withoutZone(text);
  if (zone !== null && !(isIPv6(bare) && ZONE.test(zone))) return null;
  return isIP(bare) === 0 || !ipaddr.isValid(bare) ? null : ipaddr.process(bare);
}
