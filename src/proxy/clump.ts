/** Something that waits to be written. */
export interface Waiting {
  /** Writes it; never throws. */
  flush(): void;
}

/** So many wait at most: those at the front should not wait for long for the sake of the others. */
const most = 16;

const waiting: Waiting[] = [];
let isPlanned = false;

/**
 * Writes soon: when everything that has come in meanwhile was looked at, or enough waits. Writes in a row find their readers
 * awake where single ones have the system wake a process each, which costs more than the write itself when the reader is on
 * the same machine. A server with nothing else to do writes at once.
 */
export function writeSoon(one: Waiting): void {
  waiting.push(one);
  if (waiting.length >= most) {
    flushAll();
  } else if (!isPlanned) {
    isPlanned = true;
    setImmediate(flushPlanned);
  }
}

function flushPlanned(): void {
  isPlanned = false;
  flushAll();
}

function flushAll(): void {
  for (const one of waiting.splice(0)) one.flush();
}
