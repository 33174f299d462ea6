import { setTimeout as pause } from "node:timers/promises";

/** The result of the work; rejects when that takes longer. */
export async function withinTime<Value>(work: Promise<Value>, limitMs: number): Promise<Value> {
  const ending = new AbortController();
  const late = pause(limitMs, undefined, { signal: ending.signal }).then(() => {
    throw new Error(`no answer within ${limitMs} ms`);
  });
  late.catch(() => {});
  try {
    return await Promise.race([work, late]);
  } finally {
    ending.abort();
  }
}
