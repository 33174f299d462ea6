import { broadcast } from "../../../src/stats/transports/broadcast.ts";
import { addressName, freePort, testTransport } from "../../support/transport-contract.ts";

describe("broadcast", () => {
  testTransport({
    definition: broadcast,
    target: async () => ({ address: "127.255.255.255", port: await freePort(), ttl: null }),
    nameOf: addressName("broadcast"),
    sharedAddress: (target) => target,
  });

  test("serves the broadcast addresses of this machine's networks", () => {
    const serves = (address: string) => broadcast.serves({ address, port: 4445, ttl: null });
    expect(serves("255.255.255.255")).toBe(true);
    expect(serves("127.255.255.255")).toBe(true);
    expect(serves("127.0.0.1")).toBe(false);
    // Not a network of this machine: it may as well be a host there.
    expect(serves("198.51.100.255")).toBe(false);
  });
});
