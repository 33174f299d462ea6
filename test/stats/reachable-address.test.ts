import { reachableAddress } from "../../src/stats/reachable-address.ts";

const lo = [{ address: "127.0.0.1", family: "IPv4", internal: true }];
const link = { address: "fe80::1", family: "IPv6", internal: false };
const six = { address: "fd00::1", family: "IPv6", internal: false };
const four = { address: "10.0.0.1", family: "IPv4", internal: false };

test("who listens on one address is reached there", () => {
  expect(reachableAddress("10.9.9.9", () => ({ eth0: [four] }))).toBe("10.9.9.9");
});

test.each([
  ["its first IPv4 address", [link, six, four], "10.0.0.1"],
  ["else its first IPv6 address that is not of one link only", [link, six], "fd00::1"],
  ["else nowhere but from itself", [link], "127.0.0.1"],
] as const)("who listens on all is reached at %s", (_title, eth0, expected) => {
  for (const all of ["*", "::", "0.0.0.0", undefined]) {
    expect(reachableAddress(all, () => ({ lo, eth0, gone: undefined }))).toBe(expected);
  }
});
