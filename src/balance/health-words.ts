/** What BackhandHealth and byHealth say. */
export interface HealthWords {
  /** Failures one after the other that eject a server. */
  readonly failures: number;
  /** Share of the requests within `windowMs`, 0 to 1, whose failure ejects it as well. */
  readonly errorShare: number;
  readonly windowMs: number;
  /** How long the first time; the second time twice as long, and so on. */
  readonly ejectMs: number;
  /** Most of the servers that may be ejected at a time, 0 to 1. */
  readonly maxEjected: number;
}

/**
 * What holds without BackhandHealth. Five failures in a row are no accident even at an error rate of one in four (one in a
 * thousand); more than half of the cluster is rather a fault of ours, or of what all of them use.
 */
export const defaultHealth: HealthWords = {
  failures: 5,
  errorShare: 0.5,
  windowMs: 10_000,
  ejectMs: 30_000,
  maxEjected: 0.5,
};

/** Reads `failures=5 errors=50% window=10 eject=30 max-ejected=50%`; what is not said is as in `defaults`. */
export function readHealthWords(
  words: readonly string[],
  defaults: HealthWords = defaultHealth,
): HealthWords | { readonly error: string } {
  const read: { -readonly [Key in keyof HealthWords]: HealthWords[Key] } = { ...defaults };
  for (const word of words) {
    const [, key = "", text = ""] = /^([a-z-]{1,20})=(.{1,20})$/i.exec(word) ?? [];
    const value = readValue(key.toLowerCase(), text);
    if (value === null) {
      const expected = "failures=N, errors=N%, window=S, eject=S or max-ejected=N%";
      return { error: `Expected ${expected} instead of "${word}"` };
    }
    Object.assign(read, value);
  }
  return read;
}

function readValue(key: string, text: string): Partial<HealthWords> | null {
  const percent = /^(\d{1,3})%$/.exec(text)?.[1];
  const share = percent !== undefined && Number(percent) <= 100 ? Number(percent) / 100 : null;
  const seconds = /^(\d{1,5}(?:\.\d{1,3})?)s?$/.exec(text)?.[1];
  const ms = seconds !== undefined && Number(seconds) > 0 ? Number(seconds) * 1000 : null;
  switch (key) {
    case "failures":
      return /^[1-9]\d{0,3}$/.test(text) ? { failures: Number(text) } : null;
    case "errors":
      return share !== null && share > 0 ? { errorShare: share } : null;
    case "window":
      return ms === null ? null : { windowMs: ms };
    case "eject":
      return ms === null ? null : { ejectMs: ms };
    case "max-ejected":
      return share === null ? null : { maxEjected: share };
    default:
      return null;
  }
}

/** `BackhandHealth off` */
export function isOff(words: readonly string[]): boolean {
  return words.length === 1 && words[0]?.toLowerCase() === "off";
}
