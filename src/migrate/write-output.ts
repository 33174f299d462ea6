import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";

/** A directory that is there already. */
export class OutputExistsError extends Error {
  override readonly name = "OutputExistsError";
  readonly code = "BACKHAND_OUTPUT_EXISTS";

  constructor(path: string) {
    super(`${path} exists; give another directory, or --force to replace it`);
  }
}

/**
 * Writes a directory whole or not at all: its files go into one beside it, which then takes its name. With `force` the old
 * one is put aside first and comes back when that fails. Paths of files are relative.
 *
 * @throws OutputExistsError without `force` when something is there; Node's error when writing fails
 */
export function writeDirectory(path: string, files: ReadonlyMap<string, string | Uint8Array>, force: boolean): void {
  const target = resolve(path);
  if (existsSync(target) && !force) throw new OutputExistsError(path);
  const beside = (word: string): string =>
    join(dirname(target), `.${basename(target)}.${word}.${randomBytes(6).toString("hex")}`);
  const fresh = beside("new");
  mkdirSync(dirname(target), { recursive: true });
  try {
    mkdirSync(fresh);
    for (const [name, text] of files) {
      const file = join(fresh, name);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text, { flag: "wx" });
    }
    if (!existsSync(target)) {
      renameSync(fresh, target);
      return;
    }
    if (!force) throw new OutputExistsError(path);
    const old = beside("old");
    renameSync(target, old);
    try {
      renameSync(fresh, target);
    } catch (error) {
      renameSync(old, target);
      throw error;
    }
    rmSync(old, { recursive: true, force: true });
  } catch (error) {
    rmSync(fresh, { recursive: true, force: true });
    throw error;
  }
}
