import type { Terminal } from "../../src/cli/terminal.ts";

/** A terminal without colour that keeps what a command writes; it is never asked to stop. */
export interface RecordedTerminal {
  readonly terminal: Terminal;
  readonly out: () => string;
  readonly err: () => string;
}

export function recordedTerminal(
  cwd: string,
  change: Partial<Omit<Terminal, "stdout" | "stderr" | "cwd">> = {},
): RecordedTerminal {
  let out = "";
  let err = "";
  const terminal: Terminal = {
    stdout: (text) => void (out += text),
    stderr: (text) => void (err += text),
    color: false,
    columns: 80,
    cwd,
    env: {},
    stdin: () => Promise.resolve(new Uint8Array()),
    stopped: () => new Promise(() => {}),
    ...change,
  };
  return { terminal, out: () => out, err: () => err };
}
