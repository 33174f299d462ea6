import type { Received } from "../../../src/stats/transport.ts";
import { unicast } from "../../../src/stats/transports/unicast.ts";
import { addressName, freePort, testTransport, until, whileTaken } from "../../support/transport-contract.ts";

const options = { interfaceAddress: null, listens: true, onError: () => {} };

describe("unicast", () => {
  testTransport({
    definition: unicast,
    target: async () => ({ address: "127.0.0.1", port: await freePort(), ttl: null }),
    nameOf: addressName("unicast"),
  });

  describe("over IPv6", () => {
    testTransport({
      definition: unicast,
      target: async () => ({ address: "::1", port: await freePort(), ttl: null }),
      nameOf: ({ port }) => `unicast [::1]:${port}`,
      source: "::1",
    });
  });

  test("hears every packet once when a server announces to several machines on one port", async () => {
    const port = await freePort();
    const lines = ["127.0.0.1", "127.0.0.2", "127.0.0.3"].map((address) =>
      unicast.create({ address, port, ttl: null }, options),
    );
    const heard: string[] = [];
    const receive = (datagram: Received) => heard.push(Buffer.from(datagram.bytes).toString());
    for (const line of lines) await line.start(receive);
    lines.forEach((line, index) => {
      line.send(Buffer.from(`to ${index + 1}`));
    });
    // The three addresses are all this machine.
    await until(() => heard.length >= 3, "the packets");
    for (const line of lines) await line.stop();
    expect(heard.sort()).toEqual(["to 1", "to 2", "to 3"]);
  });

  test("rejects with a clear error when another process has the port, and holds nothing then", async () => {
    const port = await freePort();
    const transport = unicast.create({ address: "127.0.0.1", port, ttl: null }, options);
    await whileTaken(port, () =>
      expect(transport.start(() => {})).rejects.toMatchObject({ code: "BACKHAND_TRANSPORT_IN_USE" }),
    );
    await transport.start(() => {});
    await transport.stop();
  });

  test("reports that a destination cannot be reached once, not every second", async () => {
    const errors: string[] = [];
    const transport = unicast.create(
      // A broadcast address that the socket may not send to.
      { address: "255.255.255.255", port: await freePort(), ttl: null },
      { ...options, onError: (error) => errors.push(error.code) },
    );
    await transport.start(() => {});
    transport.send(Buffer.from("one"));
    await until(() => errors.length > 0, "the error");
    transport.send(Buffer.from("two"));
    await new Promise((resolve) => setTimeout(resolve, 20));
    await transport.stop();
    expect(errors).toEqual(["BACKHAND_TRANSPORT_FORBIDDEN"]);
  });
});
