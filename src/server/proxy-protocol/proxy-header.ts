import { isIPv4, isIPv6 } from "node:net";
import { canonicalAddress } from "../../stats/ip-address.ts";

/** Who a connection comes from by the word of the proxy that opened it. */
export interface ProxiedClient {
  readonly address: string;
  readonly port: number;
}

/** What the first bytes of a connection through a proxy are. */
export type ProxyHeader =
  /** Not enough of them yet. */
  | { readonly kind: "more" }
  /** `client` null: the proxy speaks for itself (a health check), or for nobody with an IP address. */
  | { readonly kind: "header"; readonly client: ProxiedClient | null; readonly length: number }
  | { readonly kind: "bad"; readonly reason: string };

const more: ProxyHeader = { kind: "more" };
const bad = (reason: string): ProxyHeader => ({ kind: "bad", reason });

/** The longest line of version 1, its CR LF included. */
const mostLine = 107;

/** Most that may follow the head of version 2: addresses and what proxies add, which takes some hundred bytes. */
const mostAddresses = 2048;

const textStart = Buffer.from("PROXY ");
const binaryStart = Buffer.from("\r\n\r\n\0\r\nQUIT\n", "latin1");
const binaryHead = 16;

/**
 * Reads a header of the PROXY protocol, version 1 or 2, from all bytes so far. One strict reading; what is no header is bad,
 * never passed on as a request. https://www.haproxy.org/download/3.0/doc/proxy-protocol.txt, 2.1 and 2.2
 */
export function readProxyHeader(bytes: Buffer): ProxyHeader {
  if (begins(bytes, binaryStart)) return bytes.length < binaryHead ? more : readBinary(bytes);
  if (begins(bytes, textStart)) return readLine(bytes);
  return bad("Expected a header of the PROXY protocol");
}

/** Whether bytes are the beginning of a start, or have it as theirs. */
function begins(bytes: Buffer, start: Buffer): boolean {
  const length = Math.min(bytes.length, start.length);
  return bytes.subarray(0, length).equals(start.subarray(0, length));
}

function readLine(bytes: Buffer): ProxyHeader {
  const end = bytes.subarray(0, mostLine).indexOf("\r\n");
  if (end < 0) return bytes.length >= mostLine ? bad("A line of the PROXY protocol without an end") : more;
  const line = bytes.toString("latin1", 0, end);
  const length = end + 2;
  // Behind UNKNOWN anything may stand, and nothing of it counts.
  if (line === "PROXY UNKNOWN" || line.startsWith("PROXY UNKNOWN ")) return { kind: "header", client: null, length };
  const [, family = "", source = "", destination = "", sourcePort = "", destinationPort = ""] =
    /^PROXY (TCP4|TCP6) ([\da-fA-F.:]+) ([\da-fA-F.:]+) (\d{1,5}) (\d{1,5})$/.exec(line) ?? [];
  const isAddress = family === "TCP4" ? isIPv4 : isIPv6;
  const ports = [sourcePort, destinationPort];
  if (family === "" || !isAddress(source) || !isAddress(destination) || !ports.every(isPort)) {
    return bad("A line of the PROXY protocol that cannot be read");
  }
  return { kind: "header", client: { address: plain(source), port: Number(sourcePort) }, length };
}

function isPort(text: string): boolean {
  return Number(text) <= 65_535 && (text === "0" || !text.startsWith("0"));
}

function readBinary(bytes: Buffer): ProxyHeader {
  const command = bytes[12] ?? 0;
  const family = bytes[13] ?? 0;
  const size = bytes.readUInt16BE(14);
  if (command >> 4 !== 2) return bad("A version of the PROXY protocol besides 1 and 2");
  if (size > mostAddresses) return bad("A header of the PROXY protocol that is far too long");
  const length = binaryHead + size;
  const isLocal = command === 0x20;
  if (!isLocal && command !== 0x21) return bad("A command of the PROXY protocol that nobody knows");
  const needed = isLocal ? 0 : sizes.get(family);
  if (needed === undefined) return bad("A family of addresses that no connection has");
  if (size < needed) return bad("A header of the PROXY protocol too short for its addresses");
  if (bytes.length < length) return more;
  return { kind: "header", client: isLocal ? null : clientOf(family, bytes.subarray(binaryHead, length)), length };
}

const ipv4 = 0x11;
const ipv6 = 0x21;

/** Bytes of the addresses by family and transport: none, IPv4, IPv6 and Unix sockets, each over streams. */
const sizes: ReadonlyMap<number, number> = new Map([
  [0x00, 0],
  [ipv4, 12],
  [ipv6, 36],
  [0x31, 216],
]);

function clientOf(family: number, bytes: Buffer): ProxiedClient | null {
  if (family === ipv4) return { address: [...bytes.subarray(0, 4)].join("."), port: bytes.readUInt16BE(8) };
  if (family !== ipv6) return null;
  const groups = Array.from({ length: 8 }, (_, index) => bytes.readUInt16BE(index * 2).toString(16));
  return { address: plain(groups.join(":")), port: bytes.readUInt16BE(32) };
}

/** In the one form in which addresses are compared, IPv4 inside IPv6 as IPv4. */
function plain(address: string): string {
  return canonicalAddress(address) ?? address;
}
