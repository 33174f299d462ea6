import type { WorkerChannel } from "../server/workers/serve-worker.ts";

/** The world of a command: what main.ts takes from the process, and tests replace. */
export interface Terminal {
  /** Results, and nothing else when they are for machines; bytes that are no UTF-8 go out as they came in. */
  readonly stdout: (text: string) => void;
  /** Messages to people. */
  readonly stderr: (text: string) => void;
  /** Whether to colour what goes to standard output. */
  readonly color: boolean;
  /** Width of the terminal in columns; 80 when it is none. */
  readonly columns: number;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** All bytes of standard input. */
  readonly stdin: () => Promise<Uint8Array>;
  /** Resolves with the name when the process is asked to stop (SIGTERM, SIGINT). */
  readonly stopped: () => Promise<string>;
  /** Calls the listener when the process is asked to read its configuration again. Gives what ends that. */
  readonly onReload?: (listener: () => void) => () => void;
  /** The script of the command, by which it starts itself again; tests have none. */
  readonly script?: string;
  /** The process that started this one as its worker. */
  readonly parent?: WorkerChannel;
}

/** Options that every command has. */
export interface GlobalOptions {
  /** `auto`, a line (`2.4`) or a release (`2.4.10`). */
  readonly apache: string;
  /** From -D. */
  readonly define: readonly string[];
  /** From -C: directives read before the file. */
  readonly before: readonly string[];
  /** From -c: directives read after it. */
  readonly after: readonly string[];
  readonly serverRoot?: string;
  /** From --module: modules compiled in, `mod_x.c`. */
  readonly module: readonly string[];
  /** From --directives: files that declare directives of modules that backhand does not know. */
  readonly directives?: readonly string[];
}

/** A usage error or unreadable input: one message, exit code 2, no stack trace. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}
