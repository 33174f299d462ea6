interface NumberRange {
  readonly min: number;
  readonly max: number;
  readonly integer: boolean;
}

/**
 * The number that a candidacy function's argument gives, or the message that says what it must be. Stricter than the atoi of
 * a C function: `byAge six` meant something, and 0 seconds is not it.
 */
export function parseNumber(text: string, range: NumberRange): number | { readonly error: string } {
  const value = /^[+-]?(?:\d{1,15}(?:\.\d{0,15})?|\.\d{1,15})$/.test(text) ? Number(text) : NaN;
  if (value >= range.min && value <= range.max && (!range.integer || Number.isInteger(value))) return value;
  const noun = range.integer ? "a whole number" : "a number";
  return { error: `Expected ${noun} from ${range.min} to ${range.max} instead of "${text}"` };
}
