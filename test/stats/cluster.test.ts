import fc from "fast-check";
import type { Announcement } from "../../src/stats/announcement.ts";
import type { Cluster, ClusterOptions } from "../../src/stats/cluster.ts";
import { createCluster } from "../../src/stats/cluster.ts";
import { encodeAnnouncement } from "../../src/stats/packet.ts";
import { announcement } from "../support/announcement.ts";

const NOW = 1_700_000_000_000;
const secret = "correct horse battery staple";

function cluster(options: Partial<ClusterOptions> = {}): Cluster {
  return createCluster({
    self: { id: "front1", address: "10.0.0.1", port: 80, startMs: NOW },
    accept: ["10.0.0.0/24"],
    secret: null,
    log: () => {},
    ...options,
  });
}

function packet(figures: Partial<Announcement>, from = "10.0.0.11", key: string | null = null) {
  return { bytes: encodeAnnouncement(announcement(figures), key), sourceAddress: from, sourcePort: 4445 };
}

/** A signed packet of web1, which started a minute ago. */
function signed(sequence: number | null, figures: Partial<Announcement> = {}, from = "10.0.0.11") {
  return packet({ id: "web1", startMs: NOW - 60_000, sequence, timestampMs: NOW, ...figures }, from, secret);
}

function others(view: Cluster) {
  return view.members().filter((member) => !member.isSelf);
}

describe("the view of a cluster on a bus, which does not tell who sends", () => {
  const onBus = (figures: Partial<Announcement>, key: string | null = null) => ({
    ...packet(figures, "", key),
    sourceAddress: null,
  });

  test("takes an announcement for one from the address that it carries", () => {
    const view = cluster();
    expect(view.receive(onBus({ id: null, address: "10.0.0.11" }), NOW, "nats bus")).toBe("accepted");
    expect(others(view)).toMatchObject([{ id: "10.0.0.11", address: "10.0.0.11" }]);
  });

  test("refuses one without an address, and one whose address is not in AcceptStats", () => {
    const view = cluster();
    expect(view.receive(onBus({}), NOW, "nats bus")).toBe("contact");
    expect(view.receive(onBus({ address: "10.9.9.9" }), NOW, "nats bus")).toBe("source");
    expect(others(view)).toEqual([]);
  });

  test("knows its own, although its own address need not be in AcceptStats", () => {
    const view = cluster({ accept: ["10.0.1.0/24"] });
    expect(view.receive(onBus({ id: "front1", startMs: NOW, address: "10.0.0.1" }), NOW, "nats bus")).toBe("own");
  });

  test("limits the announcements of each address, and logs once a minute for the whole bus", () => {
    const lines: string[] = [];
    const view = cluster({ ratePerSource: 2, log: (line) => lines.push(line) });
    for (let turn = 0; turn < 3; turn += 1) view.receive(onBus({ address: "10.0.0.11" }), NOW, "nats bus");
    expect(view.receive(onBus({ id: "web2", address: "10.0.0.12" }), NOW, "nats bus")).toBe("accepted");
    for (let host = 1; host < 50; host += 1) view.receive(onBus({ address: `10.9.9.${host}` }), NOW, "nats bus");
    expect(view.refused()).toMatchObject({ rate: 1, source: 49 });
    expect(lines).toEqual([expect.stringMatching(/^Dropped an announcement from nats bus: /)]);
  });

  test("asks for a signature where there is a secret", () => {
    const view = cluster({ secret });
    const figures = { address: "10.0.0.11", startMs: NOW - 9, sequence: 1, timestampMs: NOW };
    expect(view.receive(onBus(figures), NOW, "nats bus")).toBe("signature");
    expect(view.receive(onBus(figures, secret), NOW, "nats bus")).toBe("accepted");
    expect(view.receive(onBus(figures, secret), NOW, "nats bus")).toBe("replay");
  });
});

describe("the view of the cluster", () => {
  test("begins with this server alone", () => {
    expect(cluster().members()).toMatchObject([{ id: "front1", address: "10.0.0.1", port: 80, isSelf: true }]);
  });

  test("takes over an announcement with its figures", () => {
    const view = cluster();
    expect(
      view.receive(
        packet({ port: 8080, ready: 3, busy: 5, load: 0.5, cpuCount: 4, state: "drain", sessionsLeftMs: 900 }),
        NOW,
      ),
    ).toBe("accepted");
    expect(others(view)).toEqual([
      {
        id: "web1",
        address: "10.0.0.11",
        port: 8080,
        isSelf: false,
        state: "drain",
        sessionsUntilMs: NOW + 900,
        startedMs: null,
        lastHeardMs: NOW,
        ready: 3,
        busy: 5,
        load: 0.5,
        cpuIdle: 0,
        cpuCount: 4,
        arriba: 0,
        totalMemoryBytes: 0,
        availableMemoryBytes: 0,
        backhanded: 0,
        meanTimeMs: 0,
      },
    ]);
  });

  test("gives a plain heartbeat the source address as name and contact, and the default port", () => {
    const plain = { bytes: Buffer.from("v=1&ready=8&busy=0"), sourceAddress: "10.0.0.11", sourcePort: 55331 };
    const view = cluster();
    view.receive(plain, NOW);
    expect(others(view)).toMatchObject([{ id: "10.0.0.11", address: "10.0.0.11", port: 80, ready: 8 }]);
    const other = cluster({ defaultPort: 8080 });
    other.receive(plain, NOW);
    expect(others(other)).toMatchObject([{ port: 8080 }]);
  });

  test("reads IPv4-mapped sources as IPv4", () => {
    const view = cluster();
    view.receive(packet({ id: null }, "::ffff:10.0.0.11"), NOW);
    expect(others(view)).toMatchObject([{ id: "10.0.0.11", address: "10.0.0.11" }]);
  });

  test("knows IPv6 networks", () => {
    const view = cluster({ accept: ["fd00::/64"] });
    expect(view.receive(packet({}, "fd00::11"), NOW)).toBe("accepted");
    expect(view.receive(packet({}, "fd00:0:0:1::11"), NOW)).toBe("source");
  });

  test("reaches a neighbour on the link by the interface that its packet came in on", () => {
    const view = cluster({ accept: ["fe80::/10"] });
    expect(view.receive(packet({ id: "web1" }, "fe80::11%br-lan"), NOW)).toBe("accepted");
    expect(view.receive(packet({ id: "web2", address: "fe80::99" }, "fe80::12%br-lan"), NOW)).toBe("accepted");
    expect(view.receive(packet({ id: null }, "FE80::13%eth0.7"), NOW)).toBe("accepted");
    expect(others(view).map(({ id, address }) => `${id} ${address}`)).toEqual([
      "web1 fe80::11%br-lan",
      "web2 fe80::99%br-lan",
      "fe80::13%eth0.7 fe80::13%eth0.7",
    ]);
    expect(view.hasContact("fe80::99%br-lan")).toBe(true);
  });

  test("takes what it gets without a secret, in whatever order", () => {
    const view = cluster();
    view.receive(packet({ startMs: 1, sequence: 9_000_000, busy: 1 }), NOW);
    expect(view.receive(packet({ startMs: 1, sequence: 3, busy: 2 }), NOW)).toBe("accepted");
    expect(others(view)).toMatchObject([{ busy: 2 }]);
  });

  test("keeps servers in the order in which they appeared, and the array until something changes", () => {
    const view = cluster();
    for (const id of ["c", "a", "b", "c"]) view.receive(packet({ id }), NOW);
    expect(view.members().map((member) => member.id)).toEqual(["front1", "c", "a", "b"]);
    expect(view.members()).toBe(view.members());
    const before = view.members();
    view.receive(packet({ id: "a", busy: 7 }), NOW + 1000);
    expect(view.members()).not.toBe(before);
    expect(before[2]).toMatchObject({ id: "a", busy: 0 });
    expect(view.members()[2]).toMatchObject({ id: "a", busy: 7, lastHeardMs: NOW + 1000 });
  });

  test("takes over this server's own figures, and ignores its own packets", () => {
    const view = cluster();
    view.updateSelf(announcement({ id: "front1", busy: 4, state: "drain" }), NOW);
    expect(view.self()).toMatchObject({ id: "front1", isSelf: true, busy: 4, state: "drain", lastHeardMs: NOW });
    expect(view.receive(packet({ id: "front1", startMs: NOW }, "10.0.0.1"), NOW)).toBe("own");
    // On another interface of this machine.
    expect(view.receive(packet({ id: "front1", startMs: NOW }, "10.0.0.99"), NOW)).toBe("own");
    expect(view.members()).toHaveLength(1);
    expect(Object.values(view.refused()).every((count) => count === 0)).toBe(true);
  });

  test("forgets who was silent for long, and only them", () => {
    const view = cluster({ forgetAfterMs: 100_000 });
    view.receive(packet({ id: "a" }), NOW);
    view.receive(packet({ id: "b" }), NOW + 60_000);
    view.forget(NOW + 100_000);
    expect(others(view).map((member) => member.id)).toEqual(["a", "b"]);
    view.forget(NOW + 100_001);
    expect(others(view).map((member) => member.id)).toEqual(["b"]);
  });

  test("forgets who said farewell after a minute", () => {
    const view = cluster();
    view.receive(packet({ id: "a", state: "drain" }), NOW);
    view.receive(packet({ id: "b" }), NOW);
    view.forget(NOW + 60_000);
    expect(others(view).map((member) => member.id)).toEqual(["a", "b"]);
    view.forget(NOW + 60_001);
    expect(others(view).map((member) => member.id)).toEqual(["b"]);
  });
});

describe("a packet is refused and counted", () => {
  test("as source when AcceptStats does not name it", () => {
    const view = cluster();
    expect(view.receive(packet({}, "10.0.1.11"), NOW)).toBe("source");
    expect(cluster({ accept: [] }).receive(packet({}), NOW)).toBe("source");
    expect(view.refused().source).toBe(1);
    expect(others(view)).toEqual([]);
  });

  test("as malformed when it cannot be read", () => {
    const view = cluster();
    const bytes = Buffer.from("v=1&ready=eight&busy=0");
    expect(view.receive({ bytes, sourceAddress: "10.0.0.11", sourcePort: 1 }, NOW)).toBe("malformed");
    expect(view.refused()).toMatchObject({ malformed: 1 });
  });

  test("as contact when it sends requests to a place outside of AcceptStats", () => {
    const view = cluster();
    expect(view.receive(packet({ address: "10.0.0.12" }), NOW)).toBe("accepted");
    expect(view.receive(packet({ id: "web2", address: "198.51.100.1" }), NOW)).toBe("contact");
    expect(others(view)).toMatchObject([{ address: "10.0.0.12" }]);
  });

  test("as contact when it wants requests for a link-local address that is not on the link it came from", () => {
    const view = cluster({ accept: ["fe80::/10", "fd00::/64"] });
    const link = { address: "fe80::11" };
    expect(view.receive(packet(link, "fd00::11"), NOW)).toBe("contact");
    const bus = { bytes: packet(link, "").bytes, sourceAddress: null, sourcePort: 0 };
    expect(view.receive(bus, NOW, "nats")).toBe("contact");
    expect(others(view)).toEqual([]);
  });

  test("as contact while another living server has its name", () => {
    const view = cluster();
    view.receive(packet({}, "10.0.0.11"), NOW);
    expect(view.receive(packet({}, "10.0.0.12"), NOW + 4999)).toBe("contact");
    expect(view.receive(packet({ port: 81 }, "10.0.0.11"), NOW + 4999)).toBe("contact");
    expect(others(view)).toMatchObject([{ address: "10.0.0.11", port: 80, lastHeardMs: NOW }]);
    expect(view.receive(packet({}, "10.0.0.12"), NOW + 5000)).toBe("accepted");
    expect(others(view)).toMatchObject([{ address: "10.0.0.12" }]);
  });

  test("as contact when it has our own name", () => {
    const view = cluster();
    expect(view.receive(packet({ id: "front1", startMs: NOW - 5 }, "10.0.0.12"), NOW)).toBe("contact");
    expect(view.members()).toHaveLength(1);
  });

  test("as rate when there are too many from one address, which leaves the others alone", () => {
    const view = cluster({ ratePerSource: 3 });
    const verdicts = [0, 1, 2, 3].map((at) => view.receive(packet({}), NOW + at));
    expect(verdicts).toEqual(["accepted", "accepted", "accepted", "rate"]);
    expect(view.receive(packet({ id: "web2" }, "10.0.0.12"), NOW + 4)).toBe("accepted");
    expect(view.receive(packet({}), NOW + 1000)).toBe("accepted");
  });

  test("as full when there is no room, unless somebody has been silent for a minute", () => {
    const view = cluster({ maxMembers: 2 });
    view.receive(packet({ id: "a" }), NOW);
    view.receive(packet({ id: "b" }), NOW + 1000);
    expect(view.receive(packet({ id: "c" }), NOW + 59_999)).toBe("full");
    expect(view.receive(packet({ id: "b" }), NOW + 59_999)).toBe("accepted");
    expect(view.receive(packet({ id: "c" }), NOW + 60_000)).toBe("accepted");
    expect(others(view).map((member) => member.id)).toEqual(["b", "c"]);
    expect(view.refused().full).toBe(1);
  });
});

describe("with a secret, a packet is refused", () => {
  test("as signature when it is not signed, or otherwise", () => {
    const view = cluster({ secret });
    expect(view.receive(packet({}), NOW)).toBe("signature");
    expect(view.receive(packet({ timestampMs: NOW }, "10.0.0.11", "another"), NOW)).toBe("signature");
    expect(view.refused().signature).toBe(2);
  });

  test("as stale when its time is more than 30 s from ours, or missing", () => {
    const view = cluster({ secret });
    expect(view.receive(signed(1, { timestampMs: NOW - 30_001 }), NOW)).toBe("stale");
    expect(view.receive(signed(1, { timestampMs: NOW + 30_001 }), NOW)).toBe("stale");
    expect(view.receive(signed(1, { timestampMs: null }), NOW)).toBe("stale");
    expect(view.receive(signed(1, { timestampMs: NOW - 30_000 }), NOW)).toBe("accepted");
    expect(view.refused().stale).toBe(3);
  });

  test("as replay unless its sequence number rises", () => {
    const view = cluster({ secret });
    expect(view.receive(signed(5), NOW)).toBe("accepted");
    expect(view.receive(signed(5), NOW)).toBe("replay");
    expect(view.receive(signed(4), NOW)).toBe("replay");
    expect(view.receive(signed(null), NOW)).toBe("replay");
    expect(view.receive(signed(6), NOW)).toBe("accepted");
    expect(view.refused().replay).toBe(3);
  });

  test("as replay when it is of a start before a later one", () => {
    const view = cluster({ secret });
    view.receive(signed(500), NOW);
    expect(view.receive(signed(1, { startMs: NOW }), NOW)).toBe("accepted");
    expect(view.receive(signed(501), NOW)).toBe("replay");
  });

  test("as replay also when it comes from another address", () => {
    const view = cluster({ secret });
    const stolen = signed(5, { address: "10.0.0.11" });
    expect(view.receive(stolen, NOW)).toBe("accepted");
    expect(view.receive({ ...stolen, sourceAddress: "10.0.0.66" }, NOW + 20_000)).toBe("replay");
  });

  test("as replay on each way by itself, while packets that were overtaken on another way change nothing", () => {
    const view = cluster({ secret });
    const first = signed(5, { busy: 5 });
    const second = signed(6, { busy: 6 });
    expect(view.receive(second, NOW, "multicast")).toBe("accepted");
    expect(view.receive(first, NOW, "unicast")).toBe("late");
    expect(others(view)).toMatchObject([{ busy: 6 }]);
    expect(view.receive(first, NOW, "unicast")).toBe("replay");
    expect(view.receive(second, NOW, "multicast")).toBe("replay");
    expect(view.receive(second, NOW, "unicast")).toBe("late");
    expect(view.receive(signed(7, { busy: 7 }), NOW, "unicast")).toBe("accepted");
    expect(others(view)).toMatchObject([{ busy: 7 }]);
    expect(view.refused().replay).toBe(2);
  });

  test("as long as a replayed packet could be fresh enough", () => {
    // Sent by a clock that is 30 s ahead, replayed when it is 30 s behind ours.
    const view = cluster({ secret, maxMembers: 1, forgetAfterMs: 0 });
    const ahead = signed(5, { timestampMs: NOW + 30_000 });
    expect(view.receive(ahead, NOW)).toBe("accepted");
    view.forget(NOW + 60_000);
    expect(view.receive(ahead, NOW + 60_000)).toBe("replay");
    view.forget(NOW + 60_001);
    expect(view.receive(ahead, NOW + 60_001)).toBe("stale");
  });
});

describe("the log", () => {
  test("gets one line a minute for each source", () => {
    const lines: string[] = [];
    const view = cluster({ log: (line) => lines.push(line) });
    for (let at = 0; at < 60_000; at += 500) {
      view.receive(packet({}, "10.0.1.1"), NOW + at);
      view.receive(packet({}, "10.0.1.2"), NOW + at);
    }
    expect(lines).toEqual([
      "Dropped an announcement from 10.0.1.1: AcceptStats does not name it",
      "Dropped an announcement from 10.0.1.2: AcceptStats does not name it",
    ]);
    view.receive(packet({}, "10.0.1.1"), NOW + 60_000);
    expect(lines).toHaveLength(3);
  });

  test("is not flooded by forged sources", () => {
    let lines = 0;
    const view = cluster({ log: () => (lines += 1) });
    for (let at = 0; at < 5000; at += 1) view.receive(packet({}, `198.51.${at >> 8}.${at & 255}`), NOW);
    expect(lines).toBe(1000);
    expect(view.refused().source).toBe(5000);
  });
});

test("a network that is none is refused at once", () => {
  expect(() => cluster({ accept: ["10.0.0.0/33"] })).toThrow(TypeError);
  expect(() => cluster({ accept: ["example.com"] })).toThrow(TypeError);
  expect(() => cluster({ accept: ["10.0.0.0/"] })).toThrow(TypeError);
});

test("every packet is taken, our own, or counted once, and the view stays bounded", () => {
  const step = fc.record({
    bytes: fc.oneof(
      fc.uint8Array({ maxLength: 40 }),
      fc
        .record({
          id: fc.option(fc.constantFrom("a", "b", "c", "d", "front1"), { nil: null }),
          sequence: fc.nat(9),
          timestampMs: fc.integer({ min: NOW - 40_000, max: NOW + 40_000 }),
          startMs: fc.constantFrom(NOW - 1, NOW - 2),
        })
        .map((figures) => encodeAnnouncement(announcement(figures), secret)),
    ),
    sourceAddress: fc.constantFrom("10.0.0.1", "10.0.0.2", "::ffff:10.0.0.3", "10.9.9.9", "fd00::1", "rubbish"),
    waitMs: fc.integer({ min: 0, max: 30_000 }),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), fc.boolean(), (steps, withSecret) => {
      const view = cluster({ secret: withSecret ? secret : null, maxMembers: 3, ratePerSource: 2 });
      let nowMs = NOW;
      let passed = 0;
      for (const { bytes, sourceAddress, waitMs } of steps) {
        nowMs += waitMs;
        const verdict = view.receive({ bytes, sourceAddress, sourcePort: 1 }, nowMs);
        if (verdict === "accepted" || verdict === "own") passed += 1;
      }
      const counts = Object.values(view.refused());
      expect(counts.reduce((sum, count) => sum + count, passed)).toBe(steps.length);
      const ids = view.members().map((member) => member.id);
      expect(ids.length).toBeLessThanOrEqual(4);
      expect(new Set(ids).size).toBe(ids.length);
    }),
  );
});
