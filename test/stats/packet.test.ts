import { createHmac } from "node:crypto";
import fc from "fast-check";
import type { Announcement } from "../../src/stats/announcement.ts";
import { decodeAnnouncement, encodeAnnouncement, MAX_PACKET_BYTES } from "../../src/stats/packet.ts";
import { announcement } from "../support/announcement.ts";
import { seededRandom } from "../support/candidate.ts";

const secret = "correct horse battery staple";

function decode(line: string, key: string | null = null) {
  return decodeAnnouncement(Buffer.from(line, "latin1"), key);
}

function text(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("latin1");
}

const orNull = <Value>(values: fc.Arbitrary<Value>) => fc.option(values, { nil: null });
const natural = (max: number) => fc.integer({ min: 0, max });
/** Packets carry six digits after the point. */
const fraction = (max: number) => natural(max * 1e6).map((millionths) => Number((millionths / 1e6).toFixed(6)));
const anyAnnouncement: fc.Arbitrary<Announcement> = fc.record({
  ready: natural(0x7fffffff),
  busy: natural(0x7fffffff),
  port: orNull(fc.integer({ min: 1, max: 65535 })),
  id: orNull(fc.stringMatching(/^[A-Za-z0-9._:@-]{1,253}$/)),
  address: orNull(fc.constantFrom("10.0.0.7", "192.0.2.255", "fd00::7", "2001:db8::1", "127.0.0.1")),
  startMs: orNull(natural(8.64e15)),
  sequence: orNull(natural(Number.MAX_SAFE_INTEGER)),
  timestampMs: orNull(natural(8.64e15)),
  load: orNull(fraction(1000)),
  cpuIdle: orNull(fraction(1)),
  cpuCount: orNull(fc.integer({ min: 1, max: 65536 })),
  arriba: orNull(fraction(1e6)),
  totalMemoryBytes: orNull(natural(Number.MAX_SAFE_INTEGER)),
  availableMemoryBytes: orNull(natural(Number.MAX_SAFE_INTEGER)),
  backhanded: orNull(natural(Number.MAX_SAFE_INTEGER)),
  meanTimeMs: orNull(fraction(1e6)),
  state: fc.constantFrom("up", "drain"),
  sessionsLeftMs: orNull(natural(1e9)),
});

describe("a packet", () => {
  test("is the documented line", () => {
    const line = text(
      encodeAnnouncement(
        announcement({
          ready: 8,
          busy: 2,
          port: 8080,
          id: "web1.example",
          address: "10.0.0.11",
          sequence: 7,
          startMs: 1700000000000,
          timestampMs: 1700000007000,
          load: 0.42,
          cpuIdle: 0.83,
          cpuCount: 4,
          arriba: 1200,
          totalMemoryBytes: 8e9,
          availableMemoryBytes: 3e9,
          backhanded: 10,
          meanTimeMs: 12.5,
        }),
      ),
    );
    expect(line).toBe(
      "v=1&ready=8&busy=2&port=8080&bh=1&id=web1.example&addr=10.0.0.11&seq=7&start=1700000000000&ts=1700000007000" +
        "&load=0.42&cpu=0.83&ncpu=4&arriba=1200&tmem=8000000000&amem=3000000000&numbacked=10&tatime=12.5&state=up",
    );
  });

  test("carries the first 32 hexadecimal digits of the HMAC-SHA-256 of all before the signature", () => {
    const line = text(encodeAnnouncement(announcement(), secret));
    const [signed = "", signature] = line.split("&sig=");
    expect(signature).toBe(createHmac("sha256", secret).update(signed).digest("hex").slice(0, 32));
  });

  test("decodes to what was encoded, with and without a secret", () => {
    fc.assert(
      fc.property(anyAnnouncement, orNull(fc.constant(secret)), (sent, key) => {
        const bytes = encodeAnnouncement(sent, key);
        expect(bytes.length).toBeLessThanOrEqual(MAX_PACKET_BYTES);
        expect(decodeAnnouncement(bytes, key)).toEqual(sent);
      }),
      { numRuns: 500 },
    );
  });

  test("never has an exponent in it", () => {
    expect(text(encodeAnnouncement(announcement({ load: 1e-9, arriba: 123456789.5 })))).toContain(
      "&load=0&arriba=123456789.5",
    );
  });

  test("is refused by the sender when it does not fit", () => {
    expect(() => encodeAnnouncement(announcement({ id: "x".repeat(1000) }))).toThrow(RangeError);
  });
});

describe("decoding", () => {
  test("takes the line of Apache's mod_heartbeat", () => {
    expect(decode("v=1&ready=8&busy=0")).toEqual(announcement({ port: null, id: null }));
  });

  test.each([
    ["keys that nobody knows", "v=1&ready=8&busy=0&x-backhand=1&future=%20".replace("%20", "a%2Fb")],
    ["a key without a value", "v&ready=8&busy=0&flag"],
    ["empty fields", "&v=1&&ready=8&busy=0&"],
    ["one line end", "v=1&ready=8&busy=0\r\n"],
    ["escaped letters in keys and values", "%76=1&r%65ady=%38&busy=0"],
    ["a signature when there is no secret", `v=1&ready=8&busy=0&sig=${"0".repeat(32)}`],
  ])("takes %s", (_title, line) => {
    expect(decode(line)).toEqual(announcement({ port: null, id: null }));
  });

  test.each([
    ["nothing", ""],
    ["no version", "ready=8&busy=0"],
    ["no busy", "v=1&ready=8"],
    ["a negative number", "v=1&ready=-8&busy=0"],
    ["a huge number", "v=1&ready=99999999999&busy=0"],
    ["NaN", "v=1&ready=8&busy=0&load=NaN"],
    ["infinity", "v=1&ready=8&busy=0&load=Infinity"],
    ["an exponent", "v=1&ready=8&busy=0&load=1e3"],
    ["hexadecimal", "v=1&ready=0x8&busy=0"],
    ["a blank", "v=1&ready= 8&busy=0"],
    ["an escaped blank", "v=1&ready=%208&busy=0"],
    ["a fraction of a worker", "v=1&ready=8.5&busy=0"],
    ["no digits", "v=1&ready=&busy=0"],
    ["a load above a million", "v=1&ready=8&busy=0&load=1000001"],
    ["more than all CPU idle", "v=1&ready=8&busy=0&cpu=1.01"],
    ["no CPU", "v=1&ready=8&busy=0&ncpu=0"],
    ["port 0", "v=1&ready=8&busy=0&port=0"],
    ["port 65536", "v=1&ready=8&busy=0&port=65536"],
    ["more memory than a number can tell exactly", "v=1&ready=8&busy=0&tmem=9007199254740992"],
    ["a key twice", "v=1&ready=8&busy=0&ready=9"],
    ["a key twice, once escaped", "v=1&ready=8&busy=0&r%65ady=9"],
    ["a bad escape", "v=1&ready=8&busy=0&x=%2"],
    ["an escape of no hexadecimal digits", "v=1&ready=8&busy=0&x=%zz"],
    ["an escaped NUL", "v=1&ready=8&busy=0&x=%00"],
    ["an escaped line end", "v=1&ready=8&busy=0&id=a%0ab"],
    ["bytes above ASCII", "v=1&ready=8&busy=0&x=\xe4"],
    ["two lines", "v=1&ready=8&busy=0\nv=1"],
    ["markup in the name", "v=1&ready=8&busy=0&id=<b>"],
    ["an empty name", "v=1&ready=8&busy=0&id="],
    ["a name of 254 characters", `v=1&ready=8&busy=0&id=${"x".repeat(254)}`],
    ["a host name as address", "v=1&ready=8&busy=0&addr=localhost"],
    ["a short address", "v=1&ready=8&busy=0&addr=10.1"],
    ["an octal address", "v=1&ready=8&busy=0&addr=010.0.0.1"],
    ["a multicast address", "v=1&ready=8&busy=0&addr=239.1.1.1"],
    ["the unspecified address", "v=1&ready=8&busy=0&addr=0.0.0.0"],
    ["an address with a zone", "v=1&ready=8&busy=0&addr=fe80::1%25eth0"],
    ["an address with a zone that not every reader knows", "v=1&ready=8&busy=0&addr=fe80::1%25br-lan"],
    ["another state", "v=1&ready=8&busy=0&state=down"],
    ["a signature that is none", "v=1&ready=8&busy=0&sig=12"],
    ["a signature before the end", `v=1&ready=8&sig=${"0".repeat(32)}&busy=0`],
    ["an escaped signature key", `v=1&ready=8&busy=0&s%69g=${"0".repeat(32)}`],
    ["1001 bytes", `v=1&ready=8&busy=0&x=${"y".repeat(980)}`],
  ])("refuses %s", (_title, line) => {
    expect(decode(line)).toMatchObject({ failure: "malformed" });
  });

  test("takes 1000 bytes", () => {
    const line = `v=1&ready=8&busy=0&x=${"y".repeat(979)}`;
    expect(line).toHaveLength(1000);
    expect(decode(line)).toEqual(announcement({ port: null, id: null }));
  });

  test("reads IPv4-mapped addresses as IPv4, and IPv6 in its shortest form", () => {
    expect(decode("v=1&ready=8&busy=0&addr=::ffff:10.0.0.9")).toMatchObject({ address: "10.0.0.9" });
    expect(decode("v=1&ready=8&busy=0&addr=2001:0DB8:0::1")).toMatchObject({ address: "2001:db8::1" });
  });

  test("wants the right signature when there is a secret", () => {
    const line = text(encodeAnnouncement(announcement({ busy: 3 }), secret));
    expect(decode(line, secret)).toMatchObject({ busy: 3 });
    expect(decode(line, "another secret")).toMatchObject({ failure: "signature" });
    expect(decode(line.replace("busy=3", "busy=0"), secret)).toMatchObject({ failure: "signature" });
    expect(decode(line.replace(/&sig=.*/, ""), secret)).toMatchObject({ failure: "signature" });
    expect(decode(`${line}&load=1`, secret)).toMatchObject({ failure: "signature" });
    expect(decode(line.slice(0, -1), secret)).toMatchObject({ failure: "signature" });
  });

  test("never throws at a million random bytes", () => {
    const random = seededRandom(42);
    const alphabet = Buffer.from("v=1&ready=8&busy=0&sig=%25%zz&load=1.5&addr=::1&id=a\0\xff\n", "latin1");
    let bytes = 0;
    let taken = 0;
    while (bytes < 1e6) {
      const wild = random() < 0.5;
      const packet = Uint8Array.from({ length: Math.floor(random() * 200) }, () =>
        wild ? Math.floor(random() * 256) : (alphabet[Math.floor(random() * alphabet.length)] ?? 0),
      );
      bytes += packet.length;
      if (!("failure" in decodeAnnouncement(packet, random() < 0.1 ? secret : null))) taken += 1;
    }
    expect(taken).toBe(0);
  });

  test("never throws at a packet with a few bytes changed, and never lets a signed one pass", () => {
    const good = encodeAnnouncement(announcement({ load: 1.5, address: "10.0.0.1", sequence: 4 }), secret);
    fc.assert(
      fc.property(natural(good.length - 1), natural(255), (at, byte) => {
        const changed = Uint8Array.from(good);
        fc.pre(changed[at] !== byte);
        changed[at] = byte;
        decodeAnnouncement(changed);
        expect(decodeAnnouncement(changed, secret)).toHaveProperty("failure", "signature");
      }),
      { numRuns: 2000 },
    );
  });

  test("never throws, whatever one of its values is", () => {
    const keys = ["ready", "port", "id", "addr", "seq", "start", "load", "cpu", "tmem", "state", "left", "x"];
    const unit = fc.constantFrom(...Array.from("0123456789abcdef:::...%25-_+eE/[]&="), "fe80::", "%25", "::ffff:");
    fc.assert(
      fc.property(fc.constantFrom(...keys), fc.string({ unit, maxLength: 40 }), (key, value) => {
        const read = decode(`v=1&ready=8&busy=0&${key}=${value}`);
        expect("failure" in read ? typeof read.message : typeof read.ready).toBe(
          "failure" in read ? "string" : "number",
        );
      }),
      { numRuns: 5000 },
    );
  });

  test("takes time in proportion to the length only", () => {
    for (const piece of ["%", "&", "=", "%4", "&sig=", "0", "\r", "\n"]) {
      expect(decode(piece.repeat(MAX_PACKET_BYTES / piece.length))).toHaveProperty("failure");
    }
    expect(decodeAnnouncement(Buffer.alloc(10_000_000, "%"))).toHaveProperty("failure");
  });
});
