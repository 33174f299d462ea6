import type { BusTarget } from "../../../src/stats/bus-target.ts";
import { readBusTarget } from "../../../src/stats/bus-target.ts";
import type { NameService } from "../../../src/stats/resolve-host.ts";
import type { StatsTransport } from "../../../src/stats/transport.ts";
import { udp, udpWith } from "../../../src/stats/transports/udp.ts";
import { freePort, testTransport, until, whileTaken } from "../../support/transport-contract.ts";

function targetOf(text: string): BusTarget {
  const target = readBusTarget(text);
  if ("error" in target) throw new Error(target.error);
  return target;
}

const nobody: NameService = {
  addresses: () => Promise.reject(new Error("no such name")),
  services: () => Promise.reject(new Error("no such service")),
};

const open: StatsTransport[] = [];
const errors: string[] = [];
const options = { interfaceAddress: null, listens: true, onError: (error: Error) => errors.push(error.message) };

afterEach(async () => {
  await Promise.all(open.splice(0).map((transport) => transport.stop()));
  errors.length = 0;
});

/** A started transport that listens to itself, with the texts that it heard. */
async function started(text: string, names: NameService, everyMs?: number) {
  const transport = udpWith(names, everyMs).create(targetOf(text), options);
  const heard: string[] = [];
  open.push(transport);
  await transport.start(({ bytes }) => heard.push(Buffer.from(bytes).toString()));
  return { transport, heard };
}

describe("udp", () => {
  testTransport({
    definition: udp,
    target: async () => targetOf(`udp://127.0.0.1:${await freePort()}`),
    nameOf: ({ hosts }) => `udp 127.0.0.1:${hosts[0]?.port ?? 0}`,
  });

  describe("over IPv6", () => {
    testTransport({
      definition: udp,
      target: async () => targetOf(`udp://[::1]:${await freePort()}`),
      nameOf: ({ hosts }) => `udp [::1]:${hosts[0]?.port ?? 0}`,
      source: "::1",
    });
  });

  test("sends to all addresses of all names of its list, once to each", async () => {
    const port = await freePort();
    const names: NameService = {
      ...nobody,
      addresses: (name) => Promise.resolve(name === "a.example" ? ["127.0.0.1", "127.0.0.2"] : ["127.0.0.3"]),
    };
    const { transport, heard } = await started(`udp://a.example:${port},b.example:${port},127.0.0.3:${port}`, names);
    transport.send(Buffer.from("one"));
    await until(() => heard.length >= 3, "the packets");
    await new Promise((resolve) => setTimeout(resolve, 30));
    // All of them are this machine, which listens on the port once.
    expect(heard).toEqual(["one", "one", "one"]);
    expect(errors).toEqual([]);
  });

  test("knows the names of the hosts file", async () => {
    const transport = udp.create(targetOf(`udp://localhost:${await freePort()}`), options);
    open.push(transport);
    const heard: string[] = [];
    await transport.start(({ bytes }) => heard.push(Buffer.from(bytes).toString()));
    transport.send(Buffer.from("one"));
    await until(() => heard.length > 0, "the packet");
  });

  test("takes machines and ports from SRV records", async () => {
    const [first, second] = [await freePort(), await freePort()];
    const names: NameService = {
      addresses: (name) => Promise.resolve([name === "one.example" ? "127.0.0.1" : "::1"]),
      services: () =>
        Promise.resolve([
          { name: "one.example", port: first },
          { name: "two.example", port: second },
        ]),
    };
    const { transport, heard } = await started("udp://_backhand._udp.example", names);
    transport.send(Buffer.from("one"));
    await until(() => heard.length === 2, "both packets");
  });

  test("follows a name to its new address, and keeps the old one while the name service fails", async () => {
    const port = await freePort();
    let answer: () => Promise<readonly string[]> = () => Promise.resolve(["127.0.0.1"]);
    let asked = 0;
    const names: NameService = {
      ...nobody,
      addresses: () => {
        asked += 1;
        return answer();
      },
    };
    const { transport, heard } = await started(`udp://a.example:${port}`, names, 10);
    const askedAgain = async () => {
      const before = asked;
      await until(() => asked > before + 1, "another look");
    };
    answer = () => Promise.reject(new Error("the name service is down"));
    await askedAgain();
    transport.send(Buffer.from("still"));
    await until(() => heard.length === 1, "the packet");
    expect(errors).toEqual([expect.stringContaining("the name service is down")]);
    answer = () => Promise.resolve(["127.0.0.1", "127.0.0.2"]);
    await askedAgain();
    transport.send(Buffer.from("both"));
    await until(() => heard.length === 3, "both packets");
  });

  test("starts without a name service, and sends when it answers", async () => {
    const port = await freePort();
    let answer: () => Promise<readonly string[]> = () => Promise.reject(new Error("down"));
    const names: NameService = { ...nobody, addresses: () => answer() };
    const { transport, heard } = await started(`udp://a.example:${port}`, names, 10);
    transport.send(Buffer.from("lost"));
    answer = () => Promise.resolve(["127.0.0.1"]);
    await until(() => {
      transport.send(Buffer.from("heard"));
      return heard.length > 0;
    }, "a packet");
    expect(new Set(heard)).toEqual(new Set(["heard"]));
    expect(errors).toHaveLength(1);
  });

  test("sends to no groups and to at most 64 machines, whatever the name service says", async () => {
    const port = await freePort();
    const addresses = ["239.1.1.1", "0.0.0.0", "255.255.255.255"].concat(
      Array.from({ length: 200 }, (_, index) => `127.0.1.${index}`),
    );
    const { transport, heard } = await started(`udp://a.example:${port}`, {
      ...nobody,
      addresses: () => Promise.resolve(addresses),
    });
    transport.send(Buffer.from("one"));
    await until(() => heard.length >= 64, "the packets");
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(heard).toHaveLength(64);
    expect(errors).toEqual([]);
  });

  test("rejects with a clear error when another process has the port, and holds nothing then", async () => {
    const port = await freePort();
    const transport = udp.create(targetOf(`udp://127.0.0.1:${port}`), options);
    await whileTaken(port, () =>
      expect(transport.start(() => {})).rejects.toMatchObject({ code: "BACKHAND_TRANSPORT_IN_USE" }),
    );
    await transport.start(() => {});
    await transport.stop();
  });
});
