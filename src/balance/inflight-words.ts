/** What BackhandMaxInflight says of each server, or MaxClients of this one. */
export interface InflightLimit {
  /** Requests that the server may have at a time; 0: no limit. */
  readonly limit: number;
  /** Requests that may wait for a place, all together. */
  readonly queue: number;
  /** How long each of them may wait. */
  readonly waitMs: number;
}

/** What holds without BackhandMaxInflight. */
export const noInflightLimit: InflightLimit = { limit: 0, queue: 0, waitMs: 0 };

/** A second is what a person hardly notices; a server that is full for longer than that does not become free in ten. */
const defaultWaitMs = 1000;

/** Reads `N queue=N wait=MS`; without `queue` as many may wait as one server takes. */
export function readInflightWords(words: readonly string[]): InflightLimit | { readonly error: string } {
  const [first = "", ...more] = words;
  if (!/^[1-9]\d{0,5}$/.test(first)) return { error: `Expected a number of requests instead of "${first}"` };
  let read: InflightLimit = { limit: Number(first), queue: Number(first), waitMs: defaultWaitMs };
  for (const word of more) {
    const [, key = "", number = ""] = /^(queue|wait)=(\d{1,6})$/i.exec(word) ?? [];
    if (key === "") return { error: `Expected queue=N or wait=MS instead of "${word}"` };
    read = key.toLowerCase() === "queue" ? { ...read, queue: Number(number) } : { ...read, waitMs: Number(number) };
  }
  return read;
}

/** The part of a limit that one of several workers keeps to, by its place from 0: all parts together are the limit. */
export function inflightShare({ limit, queue, waitMs }: InflightLimit, slot: number, count: number): InflightLimit {
  const part = (all: number): number => Math.floor(all / count) + (slot < all % count ? 1 : 0);
  return { limit: part(limit), queue: part(queue), waitMs };
}
