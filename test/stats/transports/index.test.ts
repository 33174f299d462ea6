import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import {
  busDefinitions,
  createBus,
  createTransport,
  transportDefinitions,
} from "../../../src/stats/transports/index.ts";

const root = join(import.meta.dirname, "..", "..", "..");
const options = { interfaceAddress: null, listens: true, onError: () => {} };

describe("the registry of transports", () => {
  test("has every file of its folder but the one for tests, in the order in which they are asked, and each has a page", () => {
    const names = [...transportDefinitions, ...busDefinitions].map((definition) => definition.name);
    const files = readdirSync(join(root, "src/stats/transports")).map((file) => file.replace(/\.ts$/, ""));
    expect([...names, "memory", "index"].sort()).toEqual(files.sort());
    for (const name of [...names, "memory"]) expect(existsSync(join(root, "docs/transports", `${name}.md`))).toBe(true);
  });

  test.each([
    ["239.1.1.1", "multicast 239.1.1.1:4445"],
    ["ff02::1", "multicast [ff02::1]:4445"],
    ["255.255.255.255", "broadcast 255.255.255.255:4445"],
    ["127.255.255.255", "broadcast 127.255.255.255:4445"],
    ["10.0.0.5", "unicast 10.0.0.5:4445"],
    ["fd00::5", "unicast [fd00::5]:4445"],
  ])("takes %s for %s", (address, name) => {
    expect(createTransport({ address, port: 4445, ttl: null }, options).name).toBe(name);
  });

  test.each([
    ["nats://bus1,bus2:4223/site.a", "nats bus1:4222,bus2:4223/site.a"],
    ["tls://bus1", "tls bus1:4222"],
    ["redis://:open-sesame@[fd00::5]/site.a", "redis [fd00::5]:6379/site.a"],
    ["rediss://bus1:7000", "rediss bus1:7000"],
    ["udp://10.0.0.1:4445,_backhand._udp.example", "udp 10.0.0.1:4445,_backhand._udp.example"],
    ["https://front1/heartbeat", "https front1:443/heartbeat"],
  ])("takes the bus %s and names it without its password", (text, name) => {
    expect(createBus(text, options).transport?.name).toBe(name);
  });

  test("sends nothing for the word http, which only lets announcements be posted here", () => {
    expect(createBus("http", options).transport).toBeNull();
  });

  test("refuses what names no bus, without showing a password", () => {
    expect(() => createBus("redis://:open-sesame@bus/0", options)).toThrow(
      /^Cannot read the bus "redis:\/\/…@bus\/0": Expected a channel/,
    );
  });
});
