/**
 * Reads the value in a part of an ASCII text; NaN: it is none of this kind. On the bytes themselves: strings and regular
 * expressions cost most of reading a packet.
 */
export type ReadNumber = (text: Uint8Array, from: number, to: number) => number;

const ZERO = 48;
const NINE = 57;
const POINT = 46;

/** Digits up to which a fraction is exact as a whole number, and so is its division by a power of ten rounded once. */
const EXACT_DIGITS = 15;
/** Computing them costs more than all the digits. */
const POWERS_OF_TEN = Array.from({ length: EXACT_DIGITS + 1 }, (_, exponent) => 10 ** exponent);

/** 1 to 16 digits, in a range. */
export function wholeNumber(max: number, min = 0): ReadNumber {
  return (text, from, to) => {
    if (to <= from || to - from > 16) return NaN;
    let value = 0;
    for (let index = from; index < to; index += 1) {
      const code = text[index] ?? 0;
      if (code < ZERO || code > NINE) return NaN;
      value = value * 10 + (code - ZERO);
    }
    return value >= min && value <= max ? value : NaN;
  };
}

/** 1 to 10 digits, and a point with 1 to 20 more or nothing, in a range from 0. */
export function decimal(max: number): ReadNumber {
  return (text, from, to) => {
    let digits = 0;
    let point = -1;
    for (let index = from; index < to; index += 1) {
      const code = text[index] ?? 0;
      if (code === POINT && point < 0) {
        point = index;
        continue;
      }
      if (code < ZERO || code > NINE) return NaN;
      digits = digits * 10 + (code - ZERO);
    }
    const whole = (point < 0 ? to : point) - from;
    const fraction = point < 0 ? 0 : to - point - 1;
    if (whole < 1 || whole > 10 || fraction > 20 || (point >= 0 && fraction === 0)) return NaN;
    const value =
      whole + fraction <= EXACT_DIGITS
        ? digits / (POWERS_OF_TEN[fraction] ?? NaN)
        : Number(String.fromCharCode(...text.subarray(from, to)));
    return value <= max ? value : NaN;
  };
}
