import ipaddr from "ipaddr.js";

/** Addresses that share the bits of a mask; both arrays have 4 or 16 bytes. */
export interface Network {
  readonly bytes: readonly number[];
  readonly mask: readonly number[];
}

/** One spelling for one address: IPv4-mapped IPv6 as IPv4, IPv6 compressed. What is no address comes back as it is. */
export function canonicalAddress(text: string): string {
  if (/^(?:[1-9]?\d|1\d\d|2[0-4]\d|25[0-5])(?:\.(?:[1-9]?\d|1\d\d|2[0-4]\d|25[0-5])){3}$/.test(text)) return text;
  const [bare, zone] = partsOf(text);
  return ipaddr.isValid(bare) ? `${ipaddr.process(bare).toString()}${zone}` : text;
}

/**
 * An address without its brackets, and the zone of an IPv6 address (`%eth0`; empty: none), which the library knows as letters
 * and digits only.
 */
function partsOf(text: string): readonly [string, string] {
  const bare = text.replace(/^\[|\]$/g, "");
  const percent = bare.indexOf("%");
  const isZone = percent > 0 && bare.includes(":") && /^%[\w.:@-]{1,64}$/.test(bare.slice(percent));
  return isZone ? [bare.slice(0, percent), bare.slice(percent)] : [bare, ""];
}

/** `239.1.1.1:4445`, `[ff02::1]:4445` */
export function addressAndPort(address: string, port: number): string {
  return `${address.includes(":") ? `[${address}]` : address}:${port}`;
}

/** Addresses that were read lately: a client asks many times, and the library takes microseconds. */
const known = new Map<string, readonly number[] | null>();
const mostKnown = 2048;

/**
 * The bytes of an address, IPv4-mapped ones as IPv4; null when it is none. The zone of a link-local one (`fe80::1%eth0`) does
 * not count: rules about `fe80::/10` are about all links.
 */
export function addressBytes(text: string): readonly number[] | null {
  const last = known.get(text);
  if (last !== undefined) return last;
  const bytes = readBytes(text);
  if (known.size >= mostKnown) known.clear();
  if (text.length < 64) known.set(text, bytes);
  return bytes;
}

function readBytes(text: string): readonly number[] | null {
  const [bare] = partsOf(text);
  if (!ipaddr.IPv4.isValidFourPartDecimal(bare) && !ipaddr.IPv6.isValid(bare)) return null;
  return ipaddr.process(bare).toByteArray();
}

/** Whether an address lies in a network; addresses of the other family never do. */
export function contains(network: Network, address: readonly number[]): boolean {
  return (
    network.bytes.length === address.length &&
    network.bytes.every((byte, index) => ((address[index] ?? 0) & (network.mask[index] ?? 0)) === byte)
  );
}

function prefixMask(bits: number, length: number): readonly number[] {
  return Array.from({ length }, (_, index) => (0xff00 >> Math.min(8, Math.max(0, bits - index * 8))) & 0xff);
}

function partialBytes(text: string): { readonly bytes: readonly number[]; readonly bits: number } | null {
  if (!/^\d{1,3}(?:\.\d{1,3}){0,3}\.?$/.test(text)) return null;
  const bytes = text.replace(/\.$/, "").split(".").map(Number);
  if (bytes.some((byte) => byte > 255)) return null;
  return { bytes: [...bytes, 0, 0, 0].slice(0, 4), bits: bytes.length * 8 };
}

/** `10.1` as inet_addr reads it: the last number fills the rest, 10.0.0.1. */
function classful(bytes: readonly number[], count: number): readonly number[] {
  return Array.from({ length: 4 }, (_, index) =>
    index === 3 ? (bytes[count - 1] ?? 0) : index < count - 1 ? (bytes[index] ?? 0) : 0,
  );
}

/**
 * Reads a network in all of httpd's spellings: an address, the first numbers of one (`10.1`, `10.1.`), `net/255.255.0.0`,
 * `net/16`, and IPv6 with a prefix length. Null when it is none, which makes it a host name, or an error with a slash in it.
 * With a mask behind it 1.3 reads a short address its own way (`inetAddr`).
 * httpd 1.3 mod_access.c allow_cmd; apr_ipsubnet_create
 */
export function parseNetwork(text: string, inetAddr: boolean): Network | null {
  const [base = "", maskText, ...more] = text.split("/");
  if (more.length > 0) return null;
  const partial = partialBytes(base);
  // A zone names an interface, and networks have none: apr_ipsubnet_create takes none either.
  const read = partial?.bytes ?? (base.includes(":") && !base.includes("%") ? addressBytes(base) : null);
  if (read === null) return null;
  const bytes = partial !== null && inetAddr && maskText !== undefined ? classful(read, partial.bits / 8) : read;
  let mask = prefixMask(partial?.bits ?? bytes.length * 8, bytes.length);
  if (maskText !== undefined) {
    const dotted = maskText.includes(".") ? addressBytes(maskText) : null;
    if (dotted !== null && dotted.length === bytes.length) mask = dotted;
    else if (/^\d{1,3}$/.test(maskText) && Number(maskText) >= 1 && Number(maskText) <= bytes.length * 8) {
      mask = prefixMask(Number(maskText), bytes.length);
    } else return null;
  }
  return { bytes: bytes.map((byte, index) => byte & (mask[index] ?? 0)), mask };
}
