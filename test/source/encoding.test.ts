import { Buffer } from "node:buffer";
import fc from "fast-check";
import { decode, encode, encodeInto } from "../../src/source/encoding.ts";

const bytes = (...values: readonly number[]): Uint8Array => Uint8Array.from(values);

test("every sequence of bytes comes back", () => {
  const text = fc.string({ unit: "binary" }).map((value) => [...Buffer.from(value)]);
  const nearly = fc.constantFrom(
    [0xc3],
    [0xc3, 0xa9],
    [0xed, 0xb2, 0x80],
    [0xf0, 0x9f, 0x98],
    [0xef, 0xbb, 0xbf],
    [0x80],
  );
  const pieces = fc.array(fc.oneof(fc.array(fc.nat(255), { maxLength: 8 }), text, nearly));
  fc.assert(
    fc.property(pieces, (lists) => {
      const all = bytes(...lists.flat());
      expect(Buffer.from(encode(decode(all)))).toEqual(Buffer.from(all));
    }),
    { numRuns: 1000 },
  );
});

test("every single byte and every pair of them comes back", () => {
  for (let first = 0; first < 256; first += 1) {
    expect([...encode(decode(bytes(first)))]).toEqual([first]);
    for (let second = 0; second < 256; second += 1) {
      const back = encode(decode(bytes(first, second)));
      if (back[0] !== first || back[1] !== second || back.length !== 2) throw new Error(`${first} ${second}`);
    }
  }
});

test("well-formed text reads as UTF-8, and writing it is what everyone does", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), (text) => {
      expect(decode(Buffer.from(text))).toBe(text);
      expect(Buffer.from(encode(text)).equals(Buffer.from(text))).toBe(true);
    }),
  );
});

test.each([
  ["a byte of Latin-1", [0x61, 0xe9, 0x62], "a\udce9b"],
  ["a sequence cut short by the end", [0x61, 0xe2, 0x82], "a\udce2\udc82"],
  ["a sequence cut short by a letter", [0xe2, 0x82, 0x61], "\udce2\udc82a"],
  ["an overlong slash", [0xc0, 0xaf], "\udcc0\udcaf"],
  ["an encoded surrogate", [0xed, 0xa0, 0x80], "\udced\udca0\udc80"],
  ["above U+10FFFF", [0xf4, 0x90, 0x80, 0x80], "\udcf4\udc90\udc80\udc80"],
  ["good ones around a bad one", [0xc3, 0xa9, 0xff, 0xf0, 0x9f, 0x98, 0x80], "é\udcff😀"],
  ["a byte order mark", [0xef, 0xbb, 0xbf, 0x61], "\ufeffa"],
])("%s", (_, values, text) => {
  expect(decode(bytes(...values))).toBe(text);
});

test("a view into a larger buffer is read from its own start to its own end", () => {
  expect(decode(bytes(0x61, 0x62, 0xff, 0x63).subarray(1, 3))).toBe("b\udcff");
});

test("a surrogate that stands for no byte is written as U+FFFD", () => {
  expect([...encode("a\ud800b\udc00")]).toEqual([0x61, 0xef, 0xbf, 0xbd, 0x62, 0xef, 0xbf, 0xbd]);
});

test("a character whose second half looks like a byte stays a character", () => {
  expect(Buffer.from(encode("a\u{1f480}b")).toString()).toBe("a\u{1f480}b");
  expect([...encode("\u{1f480}\udcff")]).toEqual([0xf0, 0x9f, 0x92, 0x80, 0xff]);
});

test("text goes into a buffer as it is encoded, and nothing else of the buffer changes", () => {
  const texts = ["", "plain", "é€😀", "a\udce9b😀", "\udce2\udc82", "\ud83d"];
  const buffer = Buffer.alloc(64);
  for (const text of texts) {
    buffer.fill(0x2e);
    const length = encodeInto(text, buffer, 7);
    const wanted = Buffer.from(encode(text));
    expect(buffer.subarray(7, 7 + length)).toEqual(wanted);
    expect(buffer.toString("latin1", 0, 7) + buffer.toString("latin1", 7 + length)).toBe(".".repeat(64 - length));
  }
});
