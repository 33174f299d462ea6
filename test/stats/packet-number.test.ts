import fc from "fast-check";
import { decimal, wholeNumber } from "../../src/stats/packet-number.ts";

const bytes = (text: string) => Buffer.from(text, "utf8");

describe("numbers in packets", () => {
  test("are read as JavaScript reads them", () => {
    const whole = wholeNumber(Number.MAX_SAFE_INTEGER);
    const fraction = decimal(1e10);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER }), (value) => {
        expect(whole(bytes(`x${value}y`), 1, `${value}`.length + 1)).toBe(value);
      }),
    );
    fc.assert(
      fc.property(fc.stringMatching(/^\d{1,10}(\.\d{1,20})?$/), (text) => {
        expect(fraction(bytes(`=${text}&`), 1, text.length + 1)).toBe(Number(text));
      }),
    );
  });

  test.each(["", "-1", "+1", "1e3", " 1", "1 ", "0x1", "1,5", "12345678901234567", "9007199254740993", "١"])(
    "are none of %j, whole",
    (text) => {
      expect(wholeNumber(Number.MAX_SAFE_INTEGER)(bytes(text), 0, bytes(text).length)).toBeNaN();
    },
  );

  test.each(["", ".", ".5", "5.", "1.2.3", "-0.5", "1e3", "NaN", "12345678901", `0.${"1".repeat(21)}`])(
    "are none of %j, with a fraction",
    (text) => {
      expect(decimal(1e12)(bytes(text), 0, bytes(text).length)).toBeNaN();
    },
  );

  test("are none outside of their range", () => {
    expect([
      wholeNumber(10, 1)(bytes("0"), 0, 1),
      wholeNumber(10, 1)(bytes("11"), 0, 2),
      decimal(1)(bytes("1.000001"), 0, 8),
    ]).toEqual([NaN, NaN, NaN]);
    expect([
      wholeNumber(10, 1)(bytes("1"), 0, 1),
      wholeNumber(10, 1)(bytes("10"), 0, 2),
      decimal(1)(bytes("1"), 0, 1),
    ]).toEqual([1, 10, 1]);
  });
});
