import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** A folder of a test's own; `remove` deletes it with what is in it. */
export interface TemporaryFolder {
  readonly path: string;
  /** Writes a file, with the folders on its way; returns its full path. */
  write(name: string, content: string | Uint8Array): string;
  remove(): void;
}

/** Makes a folder below the system's temporary folder. */
export function temporaryFolder(): TemporaryFolder {
  const path = mkdtempSync(join(tmpdir(), "backhand-test-"));
  return {
    path,
    write(name, content) {
      const file = join(path, name);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, content);
      return file;
    },
    remove() {
      rmSync(path, { recursive: true, force: true });
    },
  };
}
