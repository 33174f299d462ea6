import { writeFileSync } from "node:fs";
import { accessFileReader } from "../../src/compile/access-file-reader.ts";
import { compile } from "../../src/compile/compile.ts";
import { nodeFileSystem } from "../../src/config/node-file-system.ts";
import { readConfiguration } from "../../src/config/read.ts";
import { createCachedFileFacts } from "../../src/server/cached-file-facts.ts";
import { startServer } from "../../src/server/start-server.ts";
import type { RunningServer } from "../../src/server/start-server.ts";

/** Starts our server from a configuration, as the command does with --allow-unenforced. */
export async function startOurs(path: string, text: string): Promise<RunningServer> {
  writeFileSync(path, text);
  const config = readConfiguration({ path, fileSystem: nodeFileSystem, dialect: "2.4" });
  const { table, problems } = compile(config);
  const error = problems.find(({ severity }) => severity === "error");
  if (error !== undefined) throw new Error(`Our compiler refuses the configuration: ${error.message}`);
  return startServer(table, {
    stderr: () => undefined,
    facts: createCachedFileFacts(),
    accessFiles: accessFileReader(config, nodeFileSystem, { allowUnenforced: true }),
    measureSpeed: () => Promise.resolve(1),
    graceMs: 0,
  });
}
