/** A number in front of a text, as C's `strtoll` reads it, and what is behind. */
interface LeadingNumber {
  /** Kept within 64 bits. */
  readonly value: number;
  /** Whether the text had more than 64 bits. */
  readonly tooLarge: boolean;
  readonly rest: string;
}

const LONG_MAX = 2n ** 63n - 1n;

/** Reads a number; a text without one is 0, all of it being the rest. */
export function leadingNumber(text: string): LeadingNumber {
  const [whole = "", digits = ""] = /^[ \t\n\v\f\r]*([+-]?\d+)/.exec(text) ?? [];
  const rest = text.slice(whole.length);
  if (digits.length < 16) return { value: Number(digits), tooLarge: false, rest };
  const tooLarge = digits.length > 30 || BigInt(digits) > LONG_MAX || BigInt(digits) < -LONG_MAX - 1n;
  return { value: tooLarge ? (digits.startsWith("-") ? -(2 ** 63) : 2 ** 63) : Number(digits), tooLarge, rest };
}

const unitSeconds: ReadonlyMap<string, number> = new Map([
  ["s", 1],
  ["h", 3600],
  ["ms", 0.001],
  ["mi", 60],
]);

/**
 * Seconds of a time such as 5, 5s, 500ms, 2min or 1h; a unit alone is none of it, and what is behind a unit does not count.
 * Null for what httpd refuses.
 * 2.4 server/util.c ap_timeout_parameter_parse
 */
export function timeSeconds(text: string): number | null {
  const { value, tooLarge, rest } = leadingNumber(text);
  const unit = rest === "" ? 1 : unitSeconds.get(/^(?:s|h|ms|mi)/.exec(rest)?.[0] ?? "");
  if (unit === undefined || tooLarge || value < 0) return null;
  const seconds = value * unit;
  // It counts microseconds in 64 bits.
  return seconds * 1_000_000 < 2 ** 63 ? seconds : null;
}
