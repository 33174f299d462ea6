import fc from "fast-check";
import { busName, hidesSource, readBusTarget } from "../../src/stats/bus-target.ts";

describe("what BackhandStatsBus names", () => {
  test.each([
    ["nats://bus", { scheme: "nats", hosts: [{ host: "bus", port: 4222 }], path: "" }],
    ["nats://me:s%40crt@bus:1/a.b", { user: "me", password: "s@crt", hosts: [{ host: "bus", port: 1 }], path: "a.b" }],
    ["nats://token@bus", { user: "token", password: null }],
    ["redis://:pw@10.0.0.1", { user: null, password: "pw", hosts: [{ host: "10.0.0.1", port: 6379 }] }],
    ["redis://bus/", { path: "" }],
    ["http://[::1]:8080/x/y?z=1", { hosts: [{ host: "::1", port: 8080 }], path: "x/y?z=1" }],
    ["https://front", { hosts: [{ host: "front", port: 443 }] }],
    ["udp://_backhand._udp.example", { hosts: [{ host: "_backhand._udp.example", port: null }] }],
    ["udp://a:1,10.0.0.1:2,[fd00::1]:3", { hosts: [{ port: 1 }, { host: "10.0.0.1" }, { host: "fd00::1", port: 3 }] }],
    ["http", { scheme: "http", hosts: [] }],
  ])("is read from %s", (text, expected) => {
    expect(readBusTarget(text)).toMatchObject(expected);
  });

  test.each([
    "",
    "nats",
    "https",
    "nats://",
    "nats:bus",
    "mqtt://bus",
    "NATS://bus",
    "constructor://bus",
    "nats://bus:0",
    "nats://bus:65536",
    "nats://bus:x",
    "nats://a,,b",
    "nats://bus/with space",
    "nats://bus/>",
    "nats://bus/a..b",
    "nats://bus/a/b",
    "nats://u:%zz@bus",
    "redis://bus/0",
    "redis://10.0.0",
    "redis://10.0.0.256",
    "udp://name",
    "udp://10.0.0.1:1/path",
    "udp://user@10.0.0.1:1",
    "http://a,b/",
    "http://user:pw@a/",
    "http://a/\r\nHost: b",
    `nats://${"a,".repeat(100)}a`,
    `nats://${"a".repeat(254)}`,
  ])("is nothing for %j", (text) => {
    expect(readBusTarget(text)).toEqual({ error: expect.stringMatching(/^Expected /) });
  });

  test("is read or refused in short time, whatever is written", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^(nats|redis|udp|http):\/\/[a-z0-9.:@/,%[\]_-]{0,80}$/), (text) => {
        const target = readBusTarget(text);
        if (!("error" in target)) expect(busName(target)).toContain(target.scheme);
      }),
    );
    const start = performance.now();
    for (const part of ["a.", "a,", "%41", "[:", "@", "/"]) readBusTarget(`nats://${part.repeat(500_000)}!`);
    expect(performance.now() - start).toBeLessThan(500);
  });

  test("tells which buses hide who sent an announcement", () => {
    const hiding = ["nats://a", "tls://a", "redis://a", "rediss://a", "udp://a:1", "http://a"].filter((text) => {
      const target = readBusTarget(text);
      return !("error" in target) && hidesSource(target);
    });
    expect(hiding).toEqual(["nats://a", "tls://a", "redis://a", "rediss://a"]);
  });
});
