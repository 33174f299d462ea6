import fc from "fast-check";
import {
  canonicalAddress,
  isHostAddress,
  isInside,
  isLinkLocal,
  isMulticastAddress,
  parseNetwork,
  withoutZone,
  zoneOf,
} from "../../src/stats/ip-address.ts";

test.each([
  ["10.0.0.1", "10.0.0.1"],
  ["::ffff:10.0.0.1", "10.0.0.1"],
  ["2001:DB8:0:0::1", "2001:db8::1"],
  ["fe80::1%eth0", "fe80::1%eth0"],
  ["FE80:0::1%br-lan", "fe80::1%br-lan"],
  ["fe80::1%my_if.100", "fe80::1%my_if.100"],
  ["::ffff:10.0.0.1%eth0", "10.0.0.1"],
  ["fe80::1%", null],
  ["fe80::1%eth0 x", null],
  ["10.0.0.1%eth0", null],
  ["10.1", null],
  ["0x7f.1", null],
  ["010.0.0.1", null],
  ["localhost", null],
  ["", null],
])("the one form of %j is %j", (text, form) => {
  expect(canonicalAddress(text)).toBe(form);
});

test("a host address is neither unspecified nor of a group or everybody", () => {
  expect(["0.0.0.0", "::", "239.1.1.1", "ff02::1", "255.255.255.255", "x"].filter(isHostAddress)).toEqual([]);
  expect(["10.0.0.255", "127.0.0.1", "::1", "fd00::1"].filter(isHostAddress)).toHaveLength(4);
});

test("networks are addresses with a prefix, or one address", () => {
  const networks = ["10.0.0.0/24", "192.0.2.7", "fd00::/64", "fe80::/10"].map(parseNetwork);
  const inside = ["10.0.0.255", "192.0.2.7", "fd00::5", "fe80::1%eth0", "fe80::1%in-web_1.7", "::ffff:10.0.0.1"];
  expect(inside.filter((address) => isInside(address, networks))).toEqual(inside);
  const outside = ["10.0.1.0", "192.0.2.8", "fd00:0:0:1::5", "::ffff:10.0.1.1", "localhost", ""];
  expect(outside.filter((address) => isInside(address, networks))).toEqual([]);
  expect(isInside("203.0.113.9", [parseNetwork("0.0.0.0/0")])).toBe(true);
});

test("a zone can be told from the address, and link-local addresses from others", () => {
  expect([zoneOf("fe80::1%br-lan"), withoutZone("fe80::1%br-lan")]).toEqual(["br-lan", "fe80::1"]);
  expect([zoneOf("fe80::1"), withoutZone("fe80::1")]).toEqual([null, "fe80::1"]);
  expect(["fe80::1", "febf::1%eth0", "fe9a::"].filter(isLinkLocal)).toHaveLength(3);
  expect(["fec0::1", "fd00::1", "fe8::1", "10.0.0.1", "::1"].filter(isLinkLocal)).toEqual([]);
});

test("no text makes the readers throw", () => {
  const unit = fc.constantFrom(
    ...Array.from("0123456789abcdefFx:::...%-_/@ []"),
    "fe80::",
    "::ffff:",
    "10.0.0.",
    "%eth0",
  );
  fc.assert(
    fc.property(fc.string({ unit, maxLength: 30 }), (text) => {
      const form = canonicalAddress(text);
      expect(form === null || canonicalAddress(form) === form).toBe(true);
      isHostAddress(text);
      isMulticastAddress(text);
      expect(isInside(text, [parseNetwork("::/0"), parseNetwork("0.0.0.0/0")])).toBe(form !== null);
    }),
    { numRuns: 5000 },
  );
});

test.each([
  "fe80::1%eth0",
  "fe80::%eth0/10",
  "10.0.0.0/33",
  "10.0.0.0/",
  "10.0.0.0/-1",
  "fd00::/129",
  "10.0/8",
  "all",
  "10.0.0.0/8/8",
  "10.0.0.0/1e1",
])("%j is no network", (text) => {
  expect(() => parseNetwork(text)).toThrow(TypeError);
});
