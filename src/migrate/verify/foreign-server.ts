import type { SandboxNetwork } from "./sandbox-network.ts";

/** A server with a language of its own, as it can be run and asked on the loopback. */
export interface ForeignServer {
  /** Where Debian has its program. */
  readonly program: string;
  /** Whether it sends files of the old document roots. */
  readonly sendsFiles: boolean;
  /** Paths that its output answers with 400 whatever stands in the old file, as the target's page says; null: none. */
  readonly refused: RegExp | null;
  /** A URL in the form in which two that it sends for the same are one, as the target's page says. */
  readonly locationForm: (url: string) => string;
  /** The output with other addresses, paths and members, and with stamps; nothing of what decides is another. */
  readonly sandbox: (text: string, folder: string, network: SandboxNetwork) => string;
  /** To run `file` in the foreground. */
  readonly args: (file: string, folder: string) => readonly string[];
  /** What a balancer for these candidacy functions has as its method, and as the stamp of its upstream. */
  readonly groupOf: (pipeline: readonly { readonly function: string; readonly argument: string | null }[]) => string;
  /** The number that the host stamp of an answer gives, as the first line of the output with it: its position from 0. */
  readonly hostLine: (stamp: string, lines: readonly string[]) => number;
}

/** Names an address or port in a file of a foreign server. */
export function sandboxSocket(address: string, port: number, network: SandboxNetwork): string {
  const ip = address === "" || address === "*" ? "0.0.0.0" : network.ip(address.replace(/^\[|\]$/g, ""));
  return `${ip}:${network.port(port)}`;
}
