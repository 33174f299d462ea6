import { randomBytes } from "node:crypto";
import {
  closeSync,
  fchmodSync,
  fchownSync,
  fsyncSync,
  openSync,
  realpathSync,
  renameSync,
  statSync,
  unlinkSync,
  writeSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";

/**
 * Gives a file new bytes, so that at every moment either the old or the new ones are there, whole: written beside it,
 * flushed, renamed over it. Mode and, where the process may, owner stay; a symbolic link stays one, and the file that it
 * leads to is replaced. Throws Node's error when that is not possible; the file is then as it was.
 */
export function replaceFile(path: string, bytes: Uint8Array): void {
  const target = realpathSync(path);
  const { mode, uid, gid } = statSync(target);
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
