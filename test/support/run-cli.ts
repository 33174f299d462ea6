import { spawn } from "node:child_process";
import { join } from "node:path";

/** The built command; `npm ci` builds it. */
export const cliPath = join(import.meta.dirname, "..", "..", "dist", "cli.js");

export interface CliRun {
  /** Null when a signal ended the process. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CliOptions {
  readonly cwd?: string;
  readonly input?: string | Uint8Array;
  /** Runs as another user; only root may. */
  readonly uid?: number;
  /** Ends the process, as a bound for tests that go wrong. */
  readonly timeoutMs?: number;
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs the built command in a process of its own. */
export function runCli(args: readonly string[], options: CliOptions = {}): Promise<CliRun> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [cliPath, ...args], {
      cwd: options.cwd,
      uid: options.uid,
      timeout: options.timeoutMs ?? 60_000,
      env: { PATH: process.env["PATH"], ...options.env },
    });
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => stdout.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => stderr.push(chunk));
    child.on("error", reject);
    child.on("close", (code) => {
      resolve({ code, stdout: Buffer.concat(stdout).toString(), stderr: Buffer.concat(stderr).toString() });
    });
    child.stdin.on("error", () => {});
    child.stdin.end(options.input);
  });
}
