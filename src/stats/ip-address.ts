import { isIP, isIPv4 } from "node:net";
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
  // The library's IPv6 text already carries the zone.
  return address.toString();
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
  const address = parseAddress(slash < 0 ? text : text.slice(0, slash));
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

/** Null unless it is strictly an address: the library alone takes octal, hexadecimal and shortened forms too. */
function parseAddress(text: string): Address | null {
  return isIP(text) === 0 ? null : ipaddr.process(text);
}
