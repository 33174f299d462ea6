import { randomBytes } from "node:crypto";
import {
  closeSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { hostname } from "node:os";
import { basename, dirname, join, resolve, sep } from "node:path";
import { encode, encodeInto } from "../source/encoding.ts";

/** A directory that is there already. */
export class OutputExistsError extends Error {
  override readonly name = "OutputExistsError";
  readonly code = "BACKHAND_OUTPUT_EXISTS";

  constructor(path: string) {
    super(`${path} exists; give another directory, or --force to replace it`);
  }
}

/** A directory that cannot be written or replaced without harm. */
export class OutputRefusedError extends Error {
  override readonly name = "OutputRefusedError";
  readonly code = "BACKHAND_OUTPUT_REFUSED";
}

/** The directory itself when a name leads to it by symbolic links. Throws OutputRefusedError for a link to nowhere. */
function behindLinks(path: string): string {
  const whole = resolve(path);
  if (!isThere(whole)) return whole;
  try {
    return realpathSync(whole);
  } catch {
    throw new OutputRefusedError(`${path} is a symbolic link that leads nowhere; remove it, or give another directory`);
  }
}

function isThere(path: string): boolean {
  try {
    return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch {
    // Below a file, or where nobody may look: writing says why.
    return false;
  }
}

/** Whether a path is a directory or lies below it; by what links lead to. */
function isWithin(path: string, directory: string): boolean {
  let real = resolve(path);
  try {
    real = realpathSync(real);
  } catch {
    // What is not there is below a directory by its name.
  }
  return real === directory || real.startsWith(directory.endsWith(sep) ? directory : directory + sep);
}

/** Beside a directory: its new form, or its old one, by the process that makes it. */
function beside(target: string, word: "new" | "old"): string {
  const own = `${machine()}.${process.pid}.${randomBytes(6).toString("hex")}`;
  return join(dirname(target), `.${basename(target)}.${word}.${own}`);
}

const machine = (): string => hostname().replace(/[^\w-]/g, "-");

/**
 * Puts right what a process left behind that was killed while it wrote: a directory that had been put aside comes back, and
 * what was never finished goes. Of processes of this machine that have ended alone.
 */
export function recoverDirectory(path: string): void {
  const target = behindLinks(path);
  const start = `.${basename(target)}.`;
  let names: readonly string[];
  try {
    names = readdirSync(dirname(target)).filter((name) => name.startsWith(start));
  } catch {
    return;
  }
  for (const name of names) {
    const [word = "", where, pid = "", random = ""] = name.slice(start.length).split(".");
    if (where !== machine() || !/^\d{1,10}$/.test(pid) || !/^[\da-f]{12}$/.test(random) || isRunning(Number(pid)))
      continue;
    const left = join(dirname(target), name);
    if (word === "old" && !isThere(target)) renameSync(left, target);
    else if (word === "old" || word === "new") rmSync(left, { recursive: true, force: true });
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

/** What must not be lost when a directory is replaced. */
export interface Kept {
  /** Files that are read. */
  readonly sources: readonly string[];
  /** The working directory. */
  readonly cwd: string;
}

/**
 * Writes a directory whole or not at all: its files go into one beside it, which then takes its name. With `force` the old
 * one is put aside first and comes back when that fails; {@link recoverDirectory} does it for a process that was killed
 * between. Paths of files are relative. A symbolic link to a directory stays, and what it leads to is replaced.
 *
 * @throws OutputExistsError without `force` when something is there
 * @throws OutputRefusedError when what is there holds files that are read or the working directory
 * @throws Node's error when writing fails
 */
export function writeDirectory(
  path: string,
  files: ReadonlyMap<string, string | Iterable<string>>,
  force: boolean,
  { sources, cwd }: Kept = { sources: [], cwd: sep },
): void {
  const target = behindLinks(path);
  if (isThere(target)) {
    if (!force) throw new OutputExistsError(path);
    const source = sources.find((one) => isWithin(one, target));
    if (source !== undefined) {
      const what = resolve(source) === target ? "is" : `holds ${source}, which is`;
      throw new OutputRefusedError(`${path} ${what} read; give a directory of its own`);
    }
    if (isWithin(cwd, target)) {
      throw new OutputRefusedError(`${path} is the directory that this runs in, or one around it; give another one`);
    }
  }
  const fresh = beside(target, "new");
  makeDirectories(dirname(target));
  try {
    mkdirSync(fresh);
    // One for all: memory for thousands of files would be asked for and given back by the megabyte.
    const buffer = Buffer.allocUnsafe(WRITTEN_AT_ONCE);
    for (const [name, text] of files) {
      const file = join(fresh, name);
      mkdirSync(dirname(file), { recursive: true });
      if (typeof text === "string") writeFileSync(file, text, { flag: "wx" });
      else writeParts(file, text, buffer);
    }
    takePlace(fresh, target, path, force);
  } catch (error) {
    rmSync(fresh, { recursive: true, force: true });
    throw error;
  }
}

/** One by one: what Node does by itself for a path never ends where the system refuses names, as below /proc. */
function makeDirectories(path: string): void {
  if (isThere(path)) return;
  makeDirectories(dirname(path));
  try {
    mkdirSync(path);
  } catch (error) {
    // Another process may have been quicker.
    if (!isThere(path)) throw error;
  }
}

/** So many bytes are written together. */
const WRITTEN_AT_ONCE = 1 << 20;
/** A character of UTF-16 becomes so many bytes of UTF-8 at most. */
const MOST_BYTES = 3;

/**
 * Writes a text that comes in parts, which begin and end with whole characters. Parts become bytes one by one, behind each
 * other in `buffer`: neither joined nor given a buffer each.
 */
function writeParts(file: string, parts: Iterable<string>, buffer: Buffer): void {
  const descriptor = openSync(file, "wx");
  let length = 0;
  const flush = (): void => {
    writeFileSync(descriptor, buffer.subarray(0, length));
    length = 0;
  };
  try {
    for (const part of parts) {
      if (length + part.length * MOST_BYTES > buffer.length && length > 0) flush();
      if (part.length * MOST_BYTES > buffer.length) writeFileSync(descriptor, encode(part));
      else length += encodeInto(part, buffer, length);
    }
    flush();
  } finally {
    closeSync(descriptor);
  }
}

function takePlace(fresh: string, target: string, path: string, force: boolean): void {
  if (!isThere(target)) {
    renameSync(fresh, target);
    return;
  }
  if (!force) throw new OutputExistsError(path);
  const old = beside(target, "old");
  renameSync(target, old);
  try {
    renameSync(fresh, target);
  } catch (error) {
    renameSync(old, target);
    throw error;
  }
  rmSync(old, { recursive: true, force: true });
}
