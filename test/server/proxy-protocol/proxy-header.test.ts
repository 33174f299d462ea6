import fc from "fast-check";
import { readProxyHeader } from "../../../src/server/proxy-protocol/proxy-header.ts";

const latin1 = (text: string): Buffer => Buffer.from(text, "latin1");
const signature = "\r\n\r\n\0\r\nQUIT\n";

function binary(command: number, family: number, addresses: Buffer, size = addresses.length): Buffer {
  return Buffer.concat([latin1(signature), Buffer.from([command, family, size >> 8, size & 255]), addresses]);
}

const ipv4 = Buffer.from([10, 0, 0, 9, 10, 0, 0, 1, 0x1f, 0x90, 0, 80]);
const ipv6 = Buffer.concat([
  latin1("\x20\x01\x0d\xb8\0\0\0\0\0\0\0\0\0\0\0\x09"),
  Buffer.alloc(16),
  Buffer.from([0x1f, 0x90, 0, 80]),
]);
const mapped = Buffer.concat([
  Buffer.alloc(10),
  Buffer.from([255, 255, 10, 0, 0, 9]),
  Buffer.alloc(16),
  Buffer.alloc(4),
]);

const good: readonly (readonly [string, Buffer, { readonly address: string; readonly port: number } | null])[] = [
  ["a line for IPv4", latin1("PROXY TCP4 10.0.0.9 10.0.0.1 8080 80\r\n"), { address: "10.0.0.9", port: 8080 }],
  ["a line for IPv6", latin1("PROXY TCP6 2001:DB8::9 2001:db8::1 0 65535\r\n"), { address: "2001:db8::9", port: 0 }],
  ["a line for IPv4 in IPv6", latin1("PROXY TCP6 ::ffff:10.0.0.9 ::1 1 2\r\n"), { address: "10.0.0.9", port: 1 }],
  ["a line for nobody", latin1("PROXY UNKNOWN\r\n"), null],
  ["a line for nobody with more", latin1("PROXY UNKNOWN ff:ff whatever \0 65536\r\n"), null],
  ["version 2, IPv4", binary(0x21, 0x11, ipv4), { address: "10.0.0.9", port: 8080 }],
  ["version 2, IPv6", binary(0x21, 0x21, ipv6), { address: "2001:db8::9", port: 8080 }],
  ["version 2, IPv4 in IPv6", binary(0x21, 0x21, mapped), { address: "10.0.0.9", port: 0 }],
  [
    "version 2 with more behind the addresses",
    binary(0x21, 0x11, Buffer.concat([ipv4, Buffer.alloc(300, 4)])),
    { address: "10.0.0.9", port: 8080 },
  ],
  ["version 2 for the proxy itself", binary(0x20, 0x11, ipv4), null],
  ["version 2 for the proxy itself without addresses", binary(0x20, 0x00, Buffer.alloc(0)), null],
  ["version 2 without a family", binary(0x21, 0x00, Buffer.alloc(5)), null],
  ["version 2, Unix sockets", binary(0x21, 0x31, Buffer.alloc(216)), null],
];

test.each(good)("%s is read, however it is cut, and nothing behind it", (_name, bytes, client) => {
  for (let length = 0; length < bytes.length; length += 1) {
    expect(readProxyHeader(bytes.subarray(0, length))).toEqual({ kind: "more" });
  }
  expect(readProxyHeader(bytes)).toEqual({ kind: "header", client, length: bytes.length });
  const more = Buffer.concat([bytes, latin1("GET / HTTP/1.1\r\n\r\n")]);
  expect(readProxyHeader(more)).toEqual({ kind: "header", client, length: bytes.length });
});

test.each<[string, Buffer]>([
  ["a request", latin1("GET / HTTP/1.1\r\n\r\n")],
  ["a TLS handshake", latin1("\x16\x03\x01\x02\0")],
  ["one letter that is another", latin1("PROXZ")],
  ["small letters", latin1("proxy TCP4 10.0.0.9 10.0.0.1 8080 80\r\n")],
  ["another family", latin1("PROXY UDP4 10.0.0.9 10.0.0.1 8080 80\r\n")],
  ["an address of the other family", latin1("PROXY TCP4 ::1 ::1 8080 80\r\n")],
  ["an IPv4 address for IPv6", latin1("PROXY TCP6 10.0.0.9 10.0.0.1 8080 80\r\n")],
  ["an address that is none", latin1("PROXY TCP4 10.0.0.999 10.0.0.1 8080 80\r\n")],
  ["an address with leading zeros", latin1("PROXY TCP4 010.0.0.9 10.0.0.1 8080 80\r\n")],
  ["a port that is none", latin1("PROXY TCP4 10.0.0.9 10.0.0.1 65536 80\r\n")],
  ["a port with leading zeros", latin1("PROXY TCP4 10.0.0.9 10.0.0.1 080 80\r\n")],
  ["two spaces", latin1("PROXY TCP4  10.0.0.9 10.0.0.1 8080 80\r\n")],
  ["a space at the end", latin1("PROXY TCP4 10.0.0.9 10.0.0.1 8080 80 \r\n")],
  ["a port too few", latin1("PROXY TCP4 10.0.0.9 10.0.0.1 8080\r\n")],
  ["a bare line feed", latin1(`PROXY TCP4 10.0.0.9 10.0.0.1 8080 80\n${"x".repeat(100)}`)],
  ["a line without an end", latin1(`PROXY UNKNOWN ${"x".repeat(200)}`)],
  ["version 3", binary(0x31, 0x11, ipv4)],
  ["an unknown command", binary(0x22, 0x11, ipv4)],
  ["datagrams", binary(0x21, 0x12, ipv4)],
  ["an unknown family", binary(0x21, 0x41, ipv4)],
  ["too short for its addresses", binary(0x21, 0x11, ipv4.subarray(0, 11))],
  ["far too long", binary(0x21, 0x11, Buffer.alloc(0), 65_535)],
])("%s is bad", (_name, bytes) => {
  expect(readProxyHeader(bytes).kind).toBe("bad");
});

test("no bytes make it throw, and more bytes never change what was said", () => {
  const start = fc.constantFrom(
    latin1(""),
    latin1("PROXY "),
    latin1("PROXY TCP4 "),
    latin1(signature),
    latin1(`${signature}!`),
  );
  const random = fc.tuple(start, fc.uint8Array({ maxLength: 300 })).map(([head, rest]) => Buffer.concat([head, rest]));
  fc.assert(
    fc.property(random, fc.nat(300), (bytes, cut) => {
      const whole = readProxyHeader(bytes);
      const part = readProxyHeader(bytes.subarray(0, cut));
      if (part.kind !== "more") expect(whole).toEqual(part);
      if (whole.kind === "header") expect(whole.length).toBeLessThanOrEqual(bytes.length);
    }),
    { numRuns: 5000 },
  );
});
