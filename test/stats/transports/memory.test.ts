import { createMemoryNetwork } from "../../../src/stats/memory-network.ts";
import type { Received } from "../../../src/stats/transport.ts";
import { memory } from "../../../src/stats/transports/memory.ts";
import { seededRandom } from "../../support/candidate.ts";
import { addressName, testTransport } from "../../support/transport-contract.ts";

const target = { address: "239.1.1.1", port: 4445, ttl: null };

describe("memory", () => {
  testTransport({
    definition: memory(createMemoryNetwork()),
    target: () => Promise.resolve(target),
    nameOf: addressName("memory"),
  });

  /** Two servers on a network; `heard` is what the second got, with the time. */
  async function pair(network = createMemoryNetwork()) {
    const heard: string[] = [];
    const receive = (datagram: Received) =>
      heard.push(`${Buffer.from(datagram.bytes).toString()} at ${network.nowMs()}`);
    const [one, two] = ["10.0.0.1", "10.0.0.2"].map((interfaceAddress) =>
      memory(network).create(target, { interfaceAddress, listens: true, onError: () => {} }),
    );
    await one?.start(() => {});
    await two?.start(receive);
    return { network, heard, send: (text: string) => one?.send(Buffer.from(text)) };
  }

  test("delivers delayed packets in the order of their arrival", async () => {
    const delays = [300, 300, 100, 100];
    const { network, heard, send } = await pair(createMemoryNetwork({ delayMs: () => delays.shift() ?? 0 }));
    send("slow");
    send("fast");
    network.advance(99);
    expect(heard).toEqual([]);
    network.advance(500);
    expect(heard).toEqual(["fast at 100", "slow at 300"]);
    expect(network.nowMs()).toBe(599);
  });

  test("loses the wanted share", async () => {
    const { heard, send } = await pair(createMemoryNetwork({ loss: 0.25, random: seededRandom(3) }));
    for (let index = 0; index < 1000; index += 1) send("x");
    expect(heard.length).toBeGreaterThan(700);
    expect(heard.length).toBeLessThan(800);
  });

  test("keeps the parts of a partition from each other until they are one again", async () => {
    const { network, heard, send } = await pair();
    network.partition([["10.0.0.1"], ["10.0.0.2", "10.0.0.3"]]);
    send("lost");
    network.partition([]);
    send("found");
    expect(heard).toEqual(["found at 0"]);
  });

  test("keeps groups apart", async () => {
    const { network, heard } = await pair();
    network.send({ address: "10.0.0.1", group: "239.1.1.2:4445" }, Buffer.from("elsewhere"));
    expect(heard).toEqual([]);
  });
});
