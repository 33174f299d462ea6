#!/usr/bin/env node
import { supportsColor } from "chalk";
import { encode } from "../source/encoding.ts";
import { runCommandLine } from "./program.ts";
import { compileForShortRun } from "./short-run.ts";
import type { WorkerChannel } from "../server/workers/serve-worker.ts";
import type { Terminal } from "./terminal.ts";

/** Reads all of standard input. */
async function readStdin(): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** Waits for a request to stop; a second one ends the process at once. */
function stopped(): Promise<string> {
  return new Promise((resolve) => {
    for (const signal of ["SIGTERM", "SIGINT"] as const) {
      process.once(signal, () => {
        process.once(signal, () => process.exit(130));
        resolve(signal);
      });
    }
  });
}

/** SIGHUP as daemons have it, SIGUSR1 as httpd's graceful restart. */
function onReload(listener: () => void): () => void {
  const signals = ["SIGHUP", "SIGUSR1"] as const;
  for (const signal of signals) process.on(signal, listener);
  return () => {
    for (const signal of signals) process.off(signal, listener);
  };
}

// A reader that leaves early (`backhand lint | head`) is no fault.
for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
    process.exitCode ??= 0;
  });
}

/** The way to the process that started this one as its worker; undefined: nobody did. */
function parent(): WorkerChannel | undefined {
  if (argv[0] !== "serve-worker" || process.send === undefined) return undefined;
  return {
    // A primary that is gone is heard of through the channel.
    send(message) {
      if (process.connected) process.send?.(message, undefined, undefined, () => undefined);
    },
    onMessage: (listener) => process.on("message", listener),
    onClose: (listener) => process.once("disconnect", listener),
    close: () => {
      if (process.connected) process.disconnect();
    },
  };
}

const argv = process.argv.slice(2);
const [command = ""] = argv;
if (["compile", "fmt", "lint", "migrate"].includes(command)) compileForShortRun();
const script = process.argv[1];
const channel = parent();
const terminal: Terminal = {
  stdout: (text) => process.stdout.write(encode(text)),
  stderr: (text) => process.stderr.write(text),
  color: supportsColor !== false && !process.env["NO_COLOR"] && !argv.includes("--no-color"),
  columns: process.stdout.columns > 0 ? process.stdout.columns : 80,
  cwd: process.cwd(),
  env: process.env,
  stdin: readStdin,
  stopped,
  onReload,
  ...(script === undefined ? {} : { script }),
  ...(channel === undefined ? {} : { parent: channel }),
};
process.exitCode = await runCommandLine(
  argv.filter((word) => word !== "--no-color"),
  terminal,
);
