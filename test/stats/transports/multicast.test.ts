import type { Received } from "../../../src/stats/transport.ts";
import { multicast } from "../../../src/stats/transports/multicast.ts";
import { addressName, freePort, testTransport, until, whileTaken } from "../../support/transport-contract.ts";

const options = { interfaceAddress: "127.0.0.1", listens: true, onError: () => {} };

describe("multicast", () => {
  testTransport({
    definition: multicast,
    target: async () => ({ address: "239.255.77.1", port: await freePort(), ttl: 1 }),
    nameOf: addressName("multicast"),
    sharedAddress: (target) => target,
  });

  test("does not hear another group on the same port", async () => {
    const port = await freePort();
    const one = multicast.create({ address: "239.255.77.1", port, ttl: null }, options);
    const two = multicast.create({ address: "239.255.77.2", port, ttl: null }, options);
    const heard: string[] = [];
    const receive = (name: string) => (datagram: Received) =>
      heard.push(`${name} ${Buffer.from(datagram.bytes).toString()}`);
    await one.start(receive("one"));
    await two.start(receive("two"));
    one.send(Buffer.from("to one"));
    two.send(Buffer.from("to two"));
    await until(() => heard.length >= 2, "both packets");
    await Promise.all([one.stop(), two.stop()]);
    expect(heard.sort()).toEqual(["one to one", "two to two"]);
  });

  test("rejects with a clear error when the interface is not of this machine", async () => {
    const target = { address: "239.255.77.1", port: await freePort(), ttl: null };
    const transport = multicast.create(target, { ...options, interfaceAddress: "203.0.113.7" });
    await expect(transport.start(() => {})).rejects.toMatchObject({
      code: "BACKHAND_TRANSPORT_NO_INTERFACE",
      message: expect.stringContaining(`multicast 239.255.77.1:${target.port}`),
    });
    // It holds nothing: who stops it, or tries again, is not surprised.
    await transport.stop();
  });

  test("rejects with a clear error when somebody has the port for himself", async () => {
    const port = await freePort();
    const transport = multicast.create({ address: "239.255.77.1", port, ttl: null }, options);
    await whileTaken(port, () =>
      expect(transport.start(() => {})).rejects.toMatchObject({
        code: "BACKHAND_TRANSPORT_IN_USE",
        message: expect.stringContaining("another process has the port"),
      }),
    );
  });

  test("serves multicast addresses only", () => {
    const serves = (address: string) => multicast.serves({ address, port: 4445, ttl: null });
    expect(["224.0.0.1", "239.255.255.255", "ff02::1"].filter(serves)).toHaveLength(3);
    expect(["223.255.255.255", "240.0.0.1", "255.255.255.255", "fd00::1"].filter(serves)).toEqual([]);
  });
});
