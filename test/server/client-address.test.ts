import type { IncomingMessage } from "node:http";
import { clientAddressOf, plainAddress } from "../../src/server/client-address.ts";

function requestWith(forwarded: string | undefined): IncomingMessage {
  return { headers: forwarded === undefined ? {} : { "x-forwarded-for": forwarded } } as unknown as IncomingMessage;
}

const isTrusted = (address: string): boolean => address.startsWith("10.");

test.each([
  ["no field", "10.0.0.1", undefined, "10.0.0.1"],
  ["a peer that is not trusted", "9.9.9.9", "1.1.1.1", "9.9.9.9"],
  ["one address", "10.0.0.1", "1.1.1.1", "1.1.1.1"],
  ["what the client itself wrote stands before what proxies added", "10.0.0.1", "6.6.6.6, 1.1.1.1", "1.1.1.1"],
  ["trusted proxies on the way are passed over", "10.0.0.1", "1.1.1.1, 10.0.0.3, 10.0.0.2", "1.1.1.1"],
  ["only trusted ones", "10.0.0.1", "10.0.0.3, 10.0.0.2", "10.0.0.3"],
  ["what is no address ends the search", "10.0.0.1", "1.1.1.1, unknown, 10.0.0.2", "10.0.0.2"],
  ["IPv6", "10.0.0.1", "[2001:db8::1]", "2001:db8::1"],
  ["an empty field", "10.0.0.1", "", "10.0.0.1"],
])("%s", (_what, peer, forwarded, expected) => {
  expect(clientAddressOf(requestWith(forwarded), peer, isTrusted)).toBe(expected);
});

test("a client of a socket for both kinds has its IPv4 address", () => {
  expect(plainAddress("::ffff:10.1.2.3")).toBe("10.1.2.3");
  expect(plainAddress("2001:db8::1")).toBe("2001:db8::1");
});
