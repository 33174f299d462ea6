import { randomBytes } from "node:crypto";
import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  fchmodSync,
  fchownSync,
  fsyncSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  unlinkSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";

/**
 * Gives a file new bytes, so that at every moment either the old or the new ones are there, whole: written beside it,
 * flushed, renamed over it. Mode and, where the process may, owner stay; a symbolic link stays one, and the file that it
 * leads to is replaced. Throws Node's error when that is not possible; the file is then as it was. What is no file, a device
 * or a pipe, is written to.
 */
export function replaceFile(path: string, bytes: Uint8Array): void {
  const found = statSync(path);
  if (!found.isFile()) {
    // A device or a pipe (/dev/null, /dev/stdout) takes what it is given; a file in its place would break what uses it.
    writeFileSync(path, bytes);
    return;
  }
  const target = realpathSync(path);
  const { mode, uid, gid } = found;
  // Renaming asks only the folder; a file that is read-only is meant to stay as it is.
  accessSync(target, constants.W_OK);
  const beside = join(dirname(target), `.${basename(target)}.${randomBytes(6).toString("hex")}`);
  const file = openSync(beside, "wx", 0o600);
  try {
    try {
      for (let at = 0; at < bytes.length;) at += writeSync(file, bytes, at);
      try {
        fchownSync(file, uid, gid);
      } catch {
        // Not root: the file then belongs to whoever repaired it, as with any editor.
      }
      fchmodSync(file, mode & 0o7777);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(beside, target);
  } catch (error) {
    unlinkSync(beside);
    throw error;
  }
}

/** As {@link replaceFile}; a file that is not there is made, whole or not at all. */
export function writeWholeFile(path: string, bytes: Uint8Array): void {
  if (existsSync(path)) {
    replaceFile(path, bytes);
    return;
  }
  const beside = join(dirname(path), `.${basename(path)}.${randomBytes(6).toString("hex")}`);
  try {
    writeFileSync(beside, bytes, { flag: "wx", flush: true });
    renameSync(beside, path);
  } catch (error) {
    rmSync(beside, { force: true });
    throw error;
  }
}
