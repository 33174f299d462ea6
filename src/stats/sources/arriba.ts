import { constants } from "node:fs";
import { open, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";

/** In UnixSocketDir; mod_backhand's name for it. Deleting the file measures again. */
const FILE = "mod_backhand-Arriba";

/** A slice short enough not to be noticed by a request that waits for it, long enough to be measured. */
const SLICE_MS = 5;
const SLICES = 20;
/** Work between two looks at the clock, well below a millisecond. */
const ROUNDS = 20_000;

/** The range in which a figure in the file is believed. */
const MAX_SPEED = 1e9;

/** The measured figure, and why it could not be kept, for the log; null: it was. */
export interface Arriba {
  readonly speed: number;
  readonly problem: string | null;
}

/**
 * Relative speed of one CPU: taken from the file in that directory, or measured in about 100 ms and written there. Null: no
 * directory, so nothing is kept. A file that cannot be read is measured anew; one that cannot be written is no error.
 */
export async function readArriba(directory: string | null, measure = measureArriba): Promise<Arriba> {
  if (directory === null) return { speed: await measure(), problem: null };
  const path = join(directory, FILE);
  const cached = await readCached(path);
  if (cached !== null) return { speed: cached, problem: null };
  const speed = await measure();
  try {
    await write(path, `${speed}\n`);
    return { speed, problem: null };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { speed, problem: `Cannot keep the measured speed in ${path}: ${why}` };
  }
}

/**
 * Thousands of rounds of integer and floating point work in a millisecond, of the best of some slices: others on the same CPU
 * make a slice slower, nothing makes it faster. Gives way to other work between the slices.
 */
export async function measureArriba(now: () => number = () => performance.now()): Promise<number> {
  let best = 0;
  for (let slice = 0; slice < SLICES; slice += 1) {
    const startMs = now();
    let rounds = 0;
    let elapsedMs = 0;
    do {
      work(rounds);
      rounds += ROUNDS;
      elapsedMs = now() - startMs;
    } while (elapsedMs < SLICE_MS);
    best = Math.max(best, rounds / 1000 / elapsedMs);
    await nextTurn();
  }
  return Math.max(1, Math.round(best));
}

/** Kept in a variable of the module, so that the work is not optimised away. */
let residue = 0;

function work(seed: number): void {
  let state = seed | 1;
  let sum = residue;
  for (let round = 0; round < ROUNDS; round += 1) {
    state = Math.imul(state, 1664525) + 1013904223;
    sum = sum * 0.5 + (state >>> 16) / (1 + (state & 255));
  }
  residue = sum;
}

/** Null: not there, or nothing that was written by us. */
async function readCached(path: string): Promise<number | null> {
  try {
    // Others may write to the directory: no links are followed, and no pipe is waited for.
    const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    try {
      if (!(await file.stat()).isFile()) return null;
      const { bytesRead, buffer } = await file.read(Buffer.alloc(32), 0, 32, 0);
      const text = buffer.toString("latin1", 0, bytesRead);
      const speed = /^\d{1,10}\n$/.test(text) ? Number(text) : 0;
      return speed >= 1 && speed <= MAX_SPEED ? speed : null;
    } finally {
      await file.close();
    }
  } catch {
    return null;
  }
}

/** Whole or not at all: another process may read it at any moment. */
async function write(path: string, text: string): Promise<void> {
  const temporary = `${path}.${process.pid}.${Date.now()}`;
  const file = await open(temporary, "wx", 0o644);
  try {
    await file.writeFile(text);
    await file.close();
    await rename(temporary, path);
  } catch (error) {
    await file.close().catch(() => {});
    await rm(temporary, { force: true });
    throw error;
  }
}
