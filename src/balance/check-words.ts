/** What BackhandCheck says: how servers are asked whether they are well. */
export interface CheckWords {
  /** Path and query, as sent. */
  readonly path: string;
  /** The Host field; null: the server's address and port. */
  readonly host: string | null;
  readonly intervalMs: number;
  /** For the whole of it, from the connection to the head of the answer. */
  readonly timeoutMs: number;
  /** Good answers in a row after which a server that was out is in again. */
  readonly rise: number;
  /** Bad ones in a row after which it is out. */
  readonly fall: number;
  /** Ranges of good statuses, both ends included. */
  readonly expect: readonly (readonly [from: number, to: number])[];
}

/** What is not said. Three failures of two seconds each, five seconds apart: a slow moment is none. */
export const defaultCheck: CheckWords = {
  path: "/",
  host: null,
  intervalMs: 5000,
  timeoutMs: 2000,
  rise: 2,
  fall: 3,
  expect: [[200, 399]],
};

const expected = "path=/…, host=NAME, interval=S, timeout=S, rise=N, fall=N or expect=2xx,404";

/** Reads `path=/ interval=5 timeout=2 rise=2 fall=3 expect=2xx`. */
export function readCheckWords(words: readonly string[]): CheckWords | { readonly error: string } {
  const read: { -readonly [Key in keyof CheckWords]: CheckWords[Key] } = { ...defaultCheck };
  for (const word of words) {
    const [, key = "", text = ""] = /^([a-z]{1,10})=(.{1,2000})$/i.exec(word) ?? [];
    const value = readValue(key.toLowerCase(), text);
    if (value === null) return { error: `Expected ${expected} instead of "${word}"` };
    Object.assign(read, value);
  }
  return read;
}

function readValue(key: string, text: string): Partial<CheckWords> | null {
  const seconds = /^(\d{1,5}(?:\.\d{1,3})?)s?$/.exec(text)?.[1];
  const ms = seconds !== undefined && Number(seconds) > 0 ? Number(seconds) * 1000 : null;
  const number = /^[1-9]\d{0,2}$/.test(text) ? Number(text) : null;
  switch (key) {
    case "path":
      return /^\/[\x21-\x7e]*$/.test(text) ? { path: text } : null;
    case "host":
      return /^[A-Za-z0-9._:[\]-]{1,255}$/.test(text) ? { host: text } : null;
    case "interval":
      return ms === null ? null : { intervalMs: ms };
    case "timeout":
      return ms === null ? null : { timeoutMs: ms };
    case "rise":
      return number === null ? null : { rise: number };
    case "fall":
      return number === null ? null : { fall: number };
    case "expect":
      return readStatuses(text);
    default:
      return null;
  }
}

/** `2xx,301,400-404` */
function readStatuses(text: string): Pick<CheckWords, "expect"> | null {
  const ranges: (readonly [number, number])[] = [];
  for (const word of text.split(",", 50)) {
    const [, hundred, from, to] = /^(?:([1-5])xx|([1-5]\d\d)(?:-([1-5]\d\d))?)$/i.exec(word) ?? [];
    if (hundred !== undefined) ranges.push([Number(hundred) * 100, Number(hundred) * 100 + 99]);
    else if (from !== undefined) ranges.push([Number(from), Number(to ?? from)]);
    else return null;
  }
  return { expect: ranges };
}
