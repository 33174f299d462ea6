import type { IncomingMessage } from "node:http";
import { clientAddressOf, clientSchemeOf, plainAddress } from "../../src/server/client-address.ts";

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

test.each([
  ["no field", "10.0.0.1", undefined, "http"],
  ["a trusted peer", "10.0.0.1", "https", "https"],
  ["in any case", "10.0.0.1", " HTTPS ", "https"],
  ["a peer that is not trusted", "9.9.9.9", "https", "http"],
  ["several, of which the first met the client", "10.0.0.1", "https, http", "https"],
  ["what is no scheme", "10.0.0.1", "javascript", "http"],
  ["an empty field", "10.0.0.1", "", "http"],
])("the client's scheme: %s", (_what, peer, said, expected) => {
  const headers = said === undefined ? {} : { "x-forwarded-proto": said };
  const over = (socket: object) => ({ headers, socket }) as unknown as IncomingMessage;
  expect(clientSchemeOf(over({}), peer, isTrusted)).toBe(expected);
});

test("a trusted peer over TLS may speak for a client that came without", () => {
  const request = {
    headers: { "x-forwarded-proto": "http" },
    socket: { encrypted: true },
  } as unknown as IncomingMessage;
  expect(clientSchemeOf(request, "10.0.0.1", isTrusted)).toBe("http");
  expect(clientSchemeOf(request, "9.9.9.9", isTrusted)).toBe("https");
});
