import fc from "fast-check";
import ipaddr from "ipaddr.js";

import { addressAndPort, addressBytes, canonicalAddress, contains, parseNetwork } from "../../src/access/address.ts";

const inNetwork = (network: string, address: string, inetAddr = false): boolean => {
  const parsed = parseNetwork(network, inetAddr);
  const bytes = addressBytes(address);
  return parsed !== null && bytes !== null && contains(parsed, bytes);
};

describe("networks in every spelling", () => {
  test.each([
    ["10.1.2.3", "10.1.2.3", true],
    ["10.1.2.3", "10.1.2.4", false],
    ["10.1", "10.1.255.0", true],
    ["10.1.", "10.1.0.9", true],
    ["10.1", "10.10.0.1", false],
    ["10", "10.9.9.9", true],
    ["10.1.0.0/16", "10.1.9.9", true],
    ["10.1.0.0/255.255.0.0", "10.1.9.9", true],
    ["10.1.2.3/16", "10.1.9.9", true],
    ["127.0.0.2/255.255.255.254", "127.0.0.3", true],
    ["127.0.0.2/255.255.255.254", "127.0.0.1", false],
    ["10.0.5.0/255.0.255.0", "10.77.5.0", true],
    ["10.0.5.0/255.0.255.0", "10.77.6.0", false],
    ["192.168.1.128/25", "192.168.1.200", true],
    ["192.168.1.128/25", "192.168.1.100", false],
    ["2001:db8::/32", "2001:db8:1::1", true],
    ["2001:db8::/32", "2001:db9::1", false],
    ["::1", "::1", true],
    ["::ffff:10.1.2.3", "10.1.2.3", true],
    ["10.1.2.3", "::ffff:10.1.2.3", true],
    ["0.0.0.0/1", "::1", false],
    ["fe80::/10", "fe80::1%eth0", true],
    ["fe80::/10", "fe80::1%br-lan.7", true],
    ["fe80::1", "fe80::1%veth_a", true],
  ])("%s and %s: %s", (network, address, expected) => {
    expect(inNetwork(network, address)).toBe(expected);
  });

  test("1.3 reads a short address with a mask as inet_addr does", () => {
    expect(inNetwork("10.1/16", "10.0.9.9", true)).toBe(true);
    expect(inNetwork("10.1/16", "10.1.9.9", true)).toBe(false);
    expect(inNetwork("10.1/16", "10.1.9.9")).toBe(true);
  });

  test.each([
    "",
    "all",
    "example.com",
    "10.1.2.3.4",
    "10.256",
    "10.1/33",
    "10.1/0",
    "10.1/x",
    "10.1/255.0",
    "1/2/3",
    "::1/129",
    "01x",
    "fe80::1%eth0",
    "fe80::%eth0/10",
  ])("%s is none", (text) => {
    expect(parseNetwork(text, false)).toBeNull();
  });
});

test("a prefix holds exactly what ipaddr.js says", () => {
  const address = fc.tuple(fc.nat(255), fc.nat(255), fc.nat(255), fc.nat(255)).map((bytes) => bytes.join("."));
  fc.assert(
    fc.property(address, address, fc.integer({ min: 1, max: 32 }), (base, other, bits) => {
      const expected = ipaddr.IPv4.parse(other).match(ipaddr.IPv4.parse(base), bits);
      expect(inNetwork(`${base}/${bits}`, other)).toBe(expected);
      expect(inNetwork(`${base}/${bits}`, base)).toBe(true);
    }),
  );
});

test("addresses have one spelling", () => {
  expect(canonicalAddress("::ffff:10.0.0.1")).toBe("10.0.0.1");
  expect(canonicalAddress("[2001:DB8:0:0::1]")).toBe("2001:db8::1");
  expect(canonicalAddress("10.0.0.1")).toBe("10.0.0.1");
  expect(canonicalAddress("nonsense")).toBe("nonsense");
  expect(canonicalAddress("[FE80:0::1%br-lan]")).toBe("fe80::1%br-lan");
  expect([addressAndPort("10.0.0.1", 80), addressAndPort("fd00::1", 80)]).toEqual(["10.0.0.1:80", "[fd00::1]:80"]);
  expect(addressBytes("10.1")).toBeNull();
  expect(addressBytes("")).toBeNull();
});

test("no text makes the readers throw", () => {
  const unit = fc.constantFrom(...Array.from("0123456789abcdefF:::...%-_/[]"), "fe80::", "::ffff:", "%eth0");
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.string({ unit })), (text) => {
      parseNetwork(text, false);
      parseNetwork(text, true);
      addressBytes(text);
      canonicalAddress(text);
    }),
  );
});
