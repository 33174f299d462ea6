import type { IncomingMessage } from "node:http";
import { createTrust } from "../../src/server/trust.ts";

const trust = createTrust(
  ["10.0.0.0/8"],
  ["192.168.0.0/16"],
  () => ({ hasContact: (address) => address === "172.16.0.1" }),
  "front",
);

const withVia = (via: string | undefined): IncomingMessage =>
  ({ headers: via === undefined ? {} : { "x-backhand-via": via } }) as unknown as IncomingMessage;

test.each([
  ["a trusted proxy", "10.1.2.3", true],
  ["a server of the cluster", "172.16.0.1", true],
  ["one that may announce itself and has not", "192.168.0.1", false],
  ["anybody else", "9.9.9.9", false],
])("who may speak for others: %s", (_who, address, expected) => {
  expect(trust.isTrusted(address)).toBe(expected);
});

test.each([
  ["without the field", undefined, "10.1.2.3", false],
  ["of a trusted proxy", "other", "10.1.2.3", true],
  ["of a server of the cluster", "other", "172.16.0.1", true],
  ["of one that may announce itself", "other", "192.168.0.1", true],
  ["of anybody else", "other", "9.9.9.9", false],
  ["that was here before, whoever says so", "other, front", "9.9.9.9", true],
  ["that was at one whose name begins so", "front2", "9.9.9.9", false],
])("a request is balanced already: %s", (_what, via, peer, expected) => {
  expect(trust.isAlreadyBalanced(withVia(via), peer)).toBe(expected);
});
