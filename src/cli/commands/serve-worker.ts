import cluster from "node:cluster";
import { createCachedFileFacts } from "../../server/cached-file-facts.ts";
import { defaultGraceMs } from "../../server/start-server.ts";
import { serveWorker } from "../../server/workers/serve-worker.ts";
import { letBackgroundThreadsYield } from "../background-threads.ts";
import type { ExitCode } from "../exit-codes.ts";
import { exitCodes } from "../exit-codes.ts";
import { servedTable } from "../load-access-reader.ts";
import { UsageError } from "../terminal.ts";
import type { Terminal } from "../terminal.ts";

/** `backhand serve-worker`: one process of `serve --workers`, which starts it. */
export async function run(terminal: Terminal): Promise<ExitCode> {
  const { parent: channel, stderr, cwd } = terminal;
  if (channel === undefined) throw new UsageError("serve-worker is started by serve --workers alone");
  // The process that started it decides about reloading, and hears these signals itself.
  terminal.onReload?.(() => undefined);
  // Else Node ends a worker at once, and its requests with it, when that process is gone.
  if (cluster.worker !== undefined) cluster.worker.exitedAfterDisconnect = true;
  letBackgroundThreadsYield();
  try {
    await serveWorker({
      channel,
      stderr,
      facts: createCachedFileFacts(),
      process,
      load: (sent) => servedTable(sent, cwd),
      stopped: terminal.stopped(),
      graceMs: defaultGraceMs,
    });
    return exitCodes.fine;
  } catch {
    // Whoever started it knows why, and tells.
    return exitCodes.findings;
  } finally {
    channel.close();
  }
}
