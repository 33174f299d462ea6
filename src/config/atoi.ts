const LONG_MAX = 2n ** 63n - 1n;

/**
 * What C's `atoi` makes of a text on the 64-bit machines that httpd runs on: the number in front, 0 without one; more than
 * 32 bits wrap around, more than 64 stop at the largest long, which wraps to -1.
 */
export function atoi(text: string): number {
  const [, sign = "", digits = "0"] = /^[ \t\n\v\f\r]*([+-]?)(\d{1,20})/.exec(text) ?? [];
  if (digits.length < 10) return Number(sign + digits);
  const size = BigInt(digits);
  const long = sign === "-" ? -(size > LONG_MAX ? LONG_MAX + 1n : size) : size > LONG_MAX ? LONG_MAX : size;
  return Number(BigInt.asIntN(32, long));
}
