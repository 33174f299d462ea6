import { createCluster } from "../../src/stats/cluster.ts";
import { encodeAnnouncement } from "../../src/stats/packet.ts";
import { announcement } from "../support/announcement.ts";
import { seededRandom } from "../support/candidate.ts";

const NOW = 1_700_000_000_000;
const SECRET = "correct horse battery staple";
const PACKETS = 1_000_000;

test("a million spoofed, replayed, oversized, damaged and random packets change nothing", () => {
  const cluster = createCluster({
    self: { id: "front", address: "10.0.0.1", port: 80, startMs: NOW },
    accept: ["10.0.0.0/8"],
    secret: SECRET,
    log: () => {},
    ratePerSource: PACKETS,
  });
  const figures = { id: "web1", startMs: NOW, sequence: 9, timestampMs: NOW };
  const signed = Buffer.from(encodeAnnouncement(announcement(figures), SECRET));
  expect(cluster.receive({ bytes: signed, sourceAddress: "10.0.0.11", sourcePort: 1 }, NOW)).toBe("accepted");
  const before = cluster.members();
  const shown = structuredClone(before);

  const random = seededRandom(20261122);
  const below = (limit: number): number => Math.floor(random() * limit);
  const others = [
    // Not signed, signed with another secret, older, with another contact, without numbers.
    encodeAnnouncement(announcement({ ...figures, sequence: 10 })),
    encodeAnnouncement(announcement({ ...figures, sequence: 10 }), "another secret of somebody"),
    encodeAnnouncement(announcement({ ...figures, sequence: 8 }), SECRET),
    encodeAnnouncement(announcement({ ...figures, sequence: 10, timestampMs: NOW - 60_000 }), SECRET),
    encodeAnnouncement(announcement({ ...figures, sequence: 10, address: "192.0.2.66" }), SECRET),
    encodeAnnouncement(announcement({ id: "web2" }), SECRET),
    Buffer.alloc(1400, "a=b&"),
    Buffer.from("v=1&ready=8&busy=0"),
  ].map((bytes) => Buffer.from(bytes));
  const make: readonly (() => { bytes: Buffer; source: string })[] = [
    () => ({ bytes: signed, source: "10.0.0.11" }),
    () => ({ bytes: signed, source: `192.0.2.${below(255)}` }),
    () => ({ bytes: others[below(others.length)] ?? signed, source: `10.0.0.${below(255)}` }),
    () => {
      const bytes = Buffer.from(signed);
      const place = below(bytes.length);
      bytes[place] = (bytes[place] ?? 0) ^ (1 + below(255));
      return { bytes, source: "10.0.0.11" };
    },
    () => ({ bytes: signed.subarray(0, below(signed.length)), source: "10.0.0.11" }),
    () => ({ bytes: Buffer.from(Array.from({ length: below(40) }, () => below(256))), source: "10.0.0.12" }),
  ];
  for (let packet = 0; packet < PACKETS; packet += 1) {
    const { bytes, source } = make[packet % make.length]?.() ?? { bytes: signed, source: "" };
    const result = cluster.receive({ bytes, sourceAddress: source, sourcePort: 1 }, NOW + 1);
    if (result === "accepted") throw new Error(`It took ${bytes.toString("latin1")} from ${source}`);
  }
  expect(cluster.members()).toBe(before);
  expect(before).toEqual(shown);
  const refused = cluster.refused();
  expect(Object.values(refused).reduce((sum, count) => sum + count, 0)).toBe(PACKETS);
  for (const reason of ["source", "signature", "stale", "replay", "contact", "malformed"] as const) {
    expect(refused[reason]).toBeGreaterThan(0);
  }
}, 180_000);
