import { mkdtempSync, rmSync } from "node:fs";
import { constants, tmpdir } from "node:os";
import { join } from "node:path";

/** A folder for one server and its files. */
export interface SandboxFolder {
  readonly path: string;
  readonly remove: () => void;
}

/** Signals that would end the process without its listeners of `exit`. */
const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * Makes a folder below that of temporary files. Until it is removed, the signals by which users and systems end a program let
 * the process exit with their number and 128: it then removes the folder, and {@link startServer} ends its server.
 */
export function makeSandboxFolder(): SandboxFolder {
  const path = mkdtempSync(join(tmpdir(), "backhand-verify-"));
  const clear = (): void => {
    rmSync(path, { recursive: true, force: true });
  };
  const end = (signal: (typeof signals)[number]): void => {
    process.exit(128 + constants.signals[signal]);
  };
  process.once("exit", clear);
  for (const signal of signals) process.on(signal, end);
  return {
    path,
    remove() {
      process.off("exit", clear);
      for (const signal of signals) process.off(signal, end);
      clear();
    },
  };
}
