import type { WorkerFigures } from "./worker-figures.ts";

const FORM =
  /^Active connections: \d{1,10} ?\r?\nserver accepts handled requests\r?\n ?\d{1,20} \d{1,20} \d{1,20} ?\r?\nReading: (\d{1,9}) Writing: (\d{1,9}) Waiting: \d{1,9} ?\r?\n?$/;

/**
 * The requests in an answer of nginx's stub_status; null when it is none. nginx does not say how many it could take: that is
 * `capacity`. The request that asked is not counted.
 */
export function readStubStatus(text: string, capacity: number): WorkerFigures | null {
  const found = FORM.exec(text);
  if (found === null) return null;
  const busy = Math.max(0, Number(found[1]) + Number(found[2]) - 1);
  return { ready: Math.max(0, capacity - busy), busy };
}

/** Whether this is an answer of stub_status. */
export function isStubStatus(text: string): boolean {
  return FORM.test(text);
}
